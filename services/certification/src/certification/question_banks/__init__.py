"""Versioned banks of questions: written, approved by a second person, published for good."""
