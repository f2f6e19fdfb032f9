"""Assessments that somebody else holds for us."""
