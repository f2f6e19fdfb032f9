"""Refusals of the catalogue."""

from chassis.errors import NotFound, Unprocessable


class CourseNotFound(NotFound):
    """There is no such course."""

    code, title = "course-not-found", "No such course"


class CourseRunNotFound(NotFound):
    """There is no such run."""

    code, title = "course-run-not-found", "No such course run"


class DistanceNeedsPlace(Unprocessable):
    """`within_km` was sent without `near`."""

    code, title = "within-km-needs-near", "A distance needs a place"
