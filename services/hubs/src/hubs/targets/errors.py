"""Refusals about targets."""

from chassis.errors import Unprocessable


class AcademicYearWrong(Unprocessable):
    """An academic year is written with both its calendar years, one after the other: 2026-27."""

    code, title = "academic-year-wrong", "This is not an academic year"
