"""Programmes with events for pupils, the schools that take part in a year, and what may be reported of them."""
