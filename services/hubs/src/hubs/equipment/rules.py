"""What may be done with a loan, as a table, and what the outcome of damage takes from a kit. No database here."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from hubs.equipment.errors import LoanDaysWrong, LoanStepNotPossible
from hubs.equipment.models import DamageOutcome, DamageReport, LoanStatus

Move = Literal["agree", "refuse", "cancel", "collect", "return", "lose"]
FURTHEST_AHEAD = timedelta(days=400)

MOVES: Mapping[tuple[LoanStatus, Move], LoanStatus] = {
    ("requested", "agree"): "agreed",
    ("requested", "refuse"): "refused",
    ("requested", "cancel"): "cancelled",
    ("agreed", "cancel"): "cancelled",
    ("agreed", "collect"): "lent",
    ("lent", "return"): "returned",
    ("lent", "lose"): "lost",
    ("lost", "return"): "returned",
}
"""Every move there is. What was lost may be found and come back."""


def after(status: LoanStatus, move: Move) -> LoanStatus:
    """Where a loan stands after a move; LoanStepNotPossible."""
    found = MOVES.get((status, move))
    if found is None:
        may_follow = [possible for before, possible in MOVES if before == status]
        raise LoanStepNotPossible(f"The loan is {status}.", loan_status=status, may_follow=may_follow)
    return found


def require_days(from_on: date, due_on: date, longest: int, today: date) -> None:
    """Raise LoanDaysWrong unless a loan may be asked for these days."""
    if not today <= from_on <= today + FURTHEST_AHEAD:
        raise LoanDaysWrong(f"A loan begins between today and {today + FURTHEST_AHEAD}.")
    if not 0 <= (due_on - from_on).days < longest:
        raise LoanDaysWrong(f"The kit is lent for up to {longest} days at a time.", longest_loan_days=longest)


def items_gone(report: DamageReport, outcome: DamageOutcome) -> int:
    """How many items the kit has fewer: what was repaired is there again, what is missing is not."""
    if outcome == "written_off":
        return report.items_damaged + report.items_missing
    return report.items_missing if outcome == "repaired" else 0
