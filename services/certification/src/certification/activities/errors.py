"""Refusals about the catalogue."""

from chassis.errors import NotFound


class ActivityNotFound(NotFound):
    """No activity of the catalogue has this code."""

    code, title = "activity-not-found", "No such activity"

    def __init__(self, code: str) -> None:
        super().__init__(f"The catalogue has no activity {code!r}. GET /v1/activities lists them.")
