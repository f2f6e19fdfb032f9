"""Versions of a scheme's rules on their way to being published: written, tested, approved by a second person."""
