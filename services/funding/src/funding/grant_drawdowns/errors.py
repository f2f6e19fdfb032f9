"""Refusals about drawing."""

from chassis.errors import Conflict, NotFound


class InstalmentNotFound(NotFound):
    """The award has no such instalment."""

    code, title = "grant-instalment-not-found", "No such instalment"


class DrawdownNotFound(NotFound):
    """The award has no such request."""

    code, title = "grant-drawdown-not-found", "No such request"


class DrawnTooEarly(Conflict):
    """The instalment's day has not come."""

    code, title = "grant-drawn-too-early", "Its day has not come"


class DrawnAboveInstalment(Conflict):
    """The instalment does not hold so much."""

    code, title = "grant-drawn-above-instalment", "The instalment does not hold it"


class DrawdownDecided(Conflict):
    """The request has been decided."""

    code, title = "grant-drawdown-decided", "Already decided"
