"""Refusals about recoveries."""

from uuid import UUID

from chassis.errors import Conflict, Forbidden, NotFound


class RecoveryNotFound(NotFound):
    """There is no such case, or it is another's."""

    code, title = "recovery-not-found", "No such recovery case"

    def __init__(self, case_id: UUID) -> None:
        super().__init__(f"There is no recovery case {case_id} that you may see.")


class PaymentNotFound(NotFound):
    """No such payment was made."""

    code, title = "payment-not-found", "No such payment"

    def __init__(self, payment_id: UUID) -> None:
        super().__init__(f"No payment {payment_id} was made that you may see.")


class RecoveryUnderWay(Conflict):
    """The payment is being recovered, or was."""

    code, title = "recovery-under-way", "The payment has a recovery case"


class RecoveryTooLarge(Conflict):
    """More than was paid, or than is still to come back."""

    code, title = "recovery-too-large", "That is more than there is"


class ReceiptKnown(Conflict):
    """A receipt of this reference is recorded in the case."""

    code, title = "recovery-receipt-known", "Recorded before"


class WrongStep(Conflict):
    """The case does not stand where this step begins."""

    code, title = "recovery-wrong-step", "Not now"


class SecondPersonNeeded(Forbidden):
    """Whoever proposed does not agree."""

    code, title = "recovery-second-person", "Another person has to do this"
