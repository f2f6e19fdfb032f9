"""Refusals about claims on awards."""

from chassis.errors import Conflict, NotFound, Unprocessable


class GrantClaimNotFound(NotFound):
    """The award has no such claim."""

    code, title = "grant-claim-not-found", "No such claim"


class LineRefused(Unprocessable):
    """A line names no rate that was in force, or says days for a cost or a cost for days."""

    code, title = "grant-claim-line-refused", "A line cannot be claimed"


class AboveCap(Conflict):
    """The rate's cap, or the award, does not hold the claim."""

    code, title = "grant-claim-above-cap", "Above the cap"


class GrantClaimDecided(Conflict):
    """The claim has been decided."""

    code, title = "grant-claim-decided", "Already decided"
