"""Refusals about payment runs."""

from uuid import UUID

from chassis.errors import Conflict, NotFound


class PaymentRunNotFound(NotFound):
    """There is no such payment run."""

    code, title = "payment-run-not-found", "No such payment run"

    def __init__(self, run_id: UUID) -> None:
        super().__init__(f"There is no payment run {run_id}.")


class NothingToPay(Conflict):
    """No approved claim waits for a payment run."""

    code, title = "nothing-to-pay", "No approved claims are waiting"


class AlreadyReleased(Conflict):
    """The run was released; releasing it again would pay nobody."""

    code, title = "already-released", "Already released"
