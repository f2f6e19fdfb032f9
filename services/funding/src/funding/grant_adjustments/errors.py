"""Refusals about adjustments."""

from chassis.errors import Conflict, NotFound


class AdjustmentNotFound(NotFound):
    """The award has no adjustment of this number."""

    code, title = "grant-adjustment-not-found", "No such adjustment"


class AdjustmentOpen(Conflict):
    """Another adjustment of the award waits to be decided."""

    code, title = "grant-adjustment-open", "One is waiting already"


class AdjustmentDecided(Conflict):
    """The adjustment has been decided."""

    code, title = "grant-adjustment-decided", "Already decided"


class NothingChanges(Conflict):
    """The calculation comes to the same lines as the one that holds."""

    code, title = "grant-adjustment-changes-nothing", "Nothing changes"
