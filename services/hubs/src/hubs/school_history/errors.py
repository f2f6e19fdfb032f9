"""Refusals about the past of schools."""

from chassis.errors import NotFound


class SchoolNotKnownThen(NotFound):
    """The school is known, but nothing is known of it on that day."""

    code, title = "school-not-known-then", "Nothing is known of the school on that day"
