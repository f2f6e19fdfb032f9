"""Marking again where a question was wrong."""
