"""Refusals about matches."""

from chassis.errors import Conflict, NotFound, Unprocessable


class MatchNotFound(NotFound):
    """There is no such match, or it is not the caller's to see."""

    code, title = "match-not-found", "No such match"


class MatchResolved(Conflict):
    """Somebody has decided otherwise; that has to be reversed first."""

    code, title = "match-resolved", "The match has been resolved otherwise"


class MatchOpen(Conflict):
    """Nothing has been decided that could be reversed."""

    code, title = "match-open", "The match has not been resolved"


class NotThisLearners(Unprocessable):
    """A completion to be assigned is not one of the learner's that wait."""

    code, title = "not-this-learners", "A completion does not wait for this learner"
