"""Refusals about grants of groups."""

from chassis.errors import Conflict, NotFound


class GroupGrantNotFound(NotFound):
    """Nothing has been told of such a group, or its money is not the caller's to see."""

    code, title = "group-grant-not-found", "No such group"


class NoRecoveryProposed(Conflict):
    """Nobody is asked to end the grant of this group: it was not called off, nothing was drawn, or it was decided."""

    code, title = "no-recovery-proposed", "There is nothing to decide"
