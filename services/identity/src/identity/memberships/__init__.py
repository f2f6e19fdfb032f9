"""Roles that people hold at organisations, and how each organisation looks after its own people."""
