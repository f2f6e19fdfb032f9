"""Refusals about log entries."""

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class LogEntryNotFound(NotFound):
    """No entry of that id, or another teacher's."""

    code, title = "log-entry-not-found", "No such log entry"

    def __init__(self) -> None:
        super().__init__("There is no such log entry.")


class NotSelfCertifiable(Unprocessable):
    """The catalogue does not list it as community activity that teachers record themselves."""

    code, title = "activity-not-self-certifiable", "This activity cannot be recorded in the log"

    def __init__(self, activity: str) -> None:
        super().__init__(
            f"{activity!r} is not an activity that teachers record themselves. "
            "GET /v1/activities?category=community lists them as self_certifiable."
        )


class OccursInFuture(Unprocessable):
    """The log holds what has happened."""

    code, title = "activity-in-future", "The date is in the future"

    def __init__(self) -> None:
        super().__init__("Record an activity on the day it happened or later.")


class EntryAlreadyDecided(Conflict):
    """A decision stands."""

    code, title = "log-entry-already-decided", "The entry has been decided on"

    def __init__(self, status: str) -> None:
        super().__init__(f"This entry is {status} already; a decision is not made twice.")


class OwnLogEntry(Forbidden):
    """Nobody moderates their own entry."""

    code, title = "own-log-entry", "You cannot decide on your own entry"

    def __init__(self) -> None:
        super().__init__("This entry is yours: another moderator decides on it.")
