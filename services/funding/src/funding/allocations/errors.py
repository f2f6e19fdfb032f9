"""Refusals about allocations."""

from uuid import UUID

from chassis.errors import Conflict, NotFound


class AllocationNotFound(NotFound):
    """There is no such allocation."""

    code, title = "allocation-not-found", "No such allocation"

    def __init__(self, allocation_id: UUID) -> None:
        super().__init__(f"There is no allocation {allocation_id}.")


class AllocationDecided(Conflict):
    """The allocation was approved or declined before."""

    code, title = "allocation-decided", "Already decided"


class SameBudget(Conflict):
    """Money would be moved to where it is."""

    code, title = "same-budget", "From and to are the same budget"
