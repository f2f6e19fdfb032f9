"""Refusals of plans."""

from chassis.errors import NotFound


class StemPlanNotFound(NotFound):
    """There is no such version of the plan."""

    code, title = "stem-plan-not-found", "No such version of the plan"
