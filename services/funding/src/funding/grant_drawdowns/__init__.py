"""Requests of recipients to draw an instalment, with evidence, approved by a second person."""
