"""Refusals of completions and matches."""

from chassis.errors import Conflict, Forbidden, NotFound


class PartnerUnknown(Forbidden):
    """The API key names no organisation."""

    code, title = "organisation-required", "The key belongs to no organisation"


class MatchNotFound(NotFound):
    """There is no such match, or it is not the caller's to see."""

    code, title = "match-not-found", "No such match"


class MatchResolved(Conflict):
    """Somebody has said that the learner is another teacher."""

    code, title = "match-resolved", "The match has been resolved otherwise"
