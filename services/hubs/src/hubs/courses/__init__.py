"""Courses of the catalogue and their dated runs."""
