"""Refusals about log entries."""

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class LogEntryNotFound(NotFound):
    """No entry of that id, or one that is not yours to see."""

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


class HoursMissing(Unprocessable):
    """A scheme that the teacher is in credits the activity by its hours."""

    code, title = "log-entry-hours-missing", "Say how many hours it took"

    def __init__(self, scheme: str) -> None:
        super().__init__(f"The scheme {scheme!r} credits this activity by hours: send `hours`.", scheme=scheme)


class EntryAlreadyDecided(Conflict):
    """A decision stands."""

    code, title = "log-entry-already-decided", "The entry has been decided on"

    def __init__(self, status: str) -> None:
        super().__init__(f"This entry is {status} already; a decision is not made twice.")


class EntryNotOpen(Conflict):
    """The entry is not at a point of its life where that can be done."""

    code, title = "log-entry-not-open", "That cannot be done with the entry now"

    def __init__(self, status: str, possible: str) -> None:
        super().__init__(f"This entry is {status}; {possible}.", log_entry_status=status)


class EntryClaimed(Conflict):
    """Another moderator has it in hand."""

    code, title = "log-entry-claimed", "Another moderator has this entry in hand"

    def __init__(self) -> None:
        super().__init__("Another moderator has taken it; the claim lapses by itself when nothing comes of it.")


class OwnLogEntry(Forbidden):
    """Nobody moderates their own entry."""

    code, title = "own-log-entry", "You cannot decide on your own entry"

    def __init__(self) -> None:
        super().__init__("This entry is yours: another moderator decides on it.")


class AlreadyLookedAt(Forbidden):
    """A second look is another person's."""

    code, title = "log-entry-own-decision", "You decided on this entry yourself"

    def __init__(self) -> None:
        super().__init__("The second look at a decision is somebody else's.")
