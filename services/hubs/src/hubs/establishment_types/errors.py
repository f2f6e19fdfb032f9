"""Refusals about verdicts."""

from chassis.errors import Conflict, NotFound


class VerdictNotFound(NotFound):
    """There is no such verdict."""

    code, title = "verdict-not-found", "No such verdict"


class VerdictDecided(Conflict):
    """The verdict has been approved or refused; propose another."""

    code, title = "verdict-decided", "The verdict has been decided"


class VerdictUnchanged(Conflict):
    """The same is in force on that day already, or waits for a decision."""

    code, title = "verdict-unchanged", "This is proposed or in force already"
