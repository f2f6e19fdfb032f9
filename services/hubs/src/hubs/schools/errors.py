"""Refusals about schools."""

from chassis.errors import NotFound


class SchoolNotFound(NotFound):
    """No school of this number is known."""

    code, title = "school-not-found", "No such school"


class SchoolPlaceUnknown(NotFound):
    """The register gives the school neither a district nor a position."""

    code, title = "school-place-unknown", "The school's place is not known"
