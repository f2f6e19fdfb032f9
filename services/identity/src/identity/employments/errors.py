"""Refusals about employments."""

from chassis.errors import Conflict


class MoveBeforePresentSchool(Conflict):
    """A move cannot begin before the present employment did."""

    code, title = "move-before-present-school", "You were at your present school by then"
