"""Refusals about employments."""

from chassis.errors import Conflict


class EmploymentNotOpen(Conflict):
    """Whoever teaches nowhere cannot leave."""

    code, title = "employment-not-open", "There is no present school to leave"


class LeavingBeforePresentSchool(Conflict):
    """An employment cannot end before it began."""

    code, title = "leaving-before-present-school", "You were not at your present school yet"


class MoveBeforePresentSchool(Conflict):
    """A move cannot begin before the present employment did."""

    code, title = "move-before-present-school", "You were at your present school by then"
