"""Refusals of the ledger."""

from chassis.errors import Conflict, NotFound


class BudgetExhausted(Conflict):
    """The budget does not hold the money."""

    code, title = "budget-exhausted", "The budget does not hold enough"


class BudgetNotFound(NotFound):
    """There is no such budget."""

    code, title = "budget-not-found", "No such budget"


class LedgerInconsistent(Exception):
    """Money was to be taken from where it must be and is not: a fault in the platform, never the caller's."""
