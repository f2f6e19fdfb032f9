"""Refusals about schools."""

from chassis.errors import NotFound


class SchoolNotFound(NotFound):
    """The register holds no such number."""

    code, title = "school-not-found", "No school has this number"


class SchoolPlaceUnknown(NotFound):
    """The register gives the school neither a district nor a position."""

    code, title = "school-place-unknown", "The school's place is not known"
