"""Refusals of the ledger."""

from chassis.errors import Conflict, NotFound


class BudgetExhausted(Conflict):
    """The budget does not hold the money."""

    code, title = "budget-exhausted", "The budget does not hold enough"


class BudgetNotFound(NotFound):
    """There is no such budget."""

    code, title = "budget-not-found", "No such budget"


class PeriodNotFound(NotFound):
    """The ledger began after this month."""

    code, title = "period-not-found", "The ledger began later"


class PeriodNotOver(Conflict):
    """The month is still running."""

    code, title = "period-not-over", "The month is not over"


class PeriodAlreadyProposed(Conflict):
    """The month is closed or about to be."""

    code, title = "period-already-proposed", "The closing was proposed before"


class PeriodNotProposed(Conflict):
    """There is nothing to check."""

    code, title = "period-not-proposed", "No closing waits to be checked"


class PeriodChanged(Conflict):
    """The journal is not the one whose closing was proposed."""

    code, title = "period-changed", "The month's journal has changed"


class LedgerInconsistent(Exception):
    """Money was to be taken from where it must be and is not: a fault in the platform, never the caller's."""
