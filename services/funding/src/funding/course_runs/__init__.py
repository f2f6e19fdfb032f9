"""Funding's own copy of course runs, kept from `course_run.changed`: what a quote is made for."""
