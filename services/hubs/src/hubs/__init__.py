"""Hubs, schools, courses, bookings, registers and completions."""
