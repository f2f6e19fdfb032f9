"""Refusals about budgets and funds."""

from chassis.errors import Conflict, NotFound


class BudgetExists(Conflict):
    """A budget has this code."""

    code, title = "budget-exists", "There is such a budget"


class FundNotFound(NotFound):
    """There is no such fund."""

    code, title = "fund-not-found", "No such fund"


class FundExhausted(Conflict):
    """The award would be distributed more than once."""

    code, title = "fund-exhausted", "The fund was not awarded enough"
