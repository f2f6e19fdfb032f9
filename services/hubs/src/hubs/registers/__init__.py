"""Attendance registers of course runs."""
