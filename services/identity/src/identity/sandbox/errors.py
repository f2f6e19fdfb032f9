"""Refusals about the sandbox."""

from chassis.errors import Unprocessable


class ClockGoesForward(Unprocessable):
    """The sandbox's clock was to go back, or further ahead than it can."""

    code, title = "clock-goes-forward", "The clock cannot be set to that"
