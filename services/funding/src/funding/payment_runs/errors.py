"""Refusals about payment runs."""

from uuid import UUID

from chassis.errors import Conflict, NotFound, Unprocessable


class PaymentRunNotFound(NotFound):
    """There is no such payment run."""

    code, title = "payment-run-not-found", "No such payment run"

    def __init__(self, run_id: UUID) -> None:
        super().__init__(f"There is no payment run {run_id}.")


class PaymentNotFound(NotFound):
    """There is no such payment in the run."""

    code, title = "payment-not-found", "No such payment"


class NothingToPay(Conflict):
    """Nothing that is owed can be paid now."""

    code, title = "nothing-to-pay", "Nothing waits that can be paid"


class AlreadyReleased(Conflict):
    """The run was released; releasing it again would pay nobody."""

    code, title = "already-released", "Already released"


class WrongStep(Conflict):
    """The run is at another step."""

    code, title = "wrong-step", "The run is at another step"


class ContentDiffers(Conflict):
    """The content is not what the caller has seen."""

    code, title = "content-differs", "The run is not what you have seen"


class PayeeNotReady(Conflict):
    """A payee cannot be paid by the details that the run has."""

    code, title = "payee-not-ready", "A payee cannot be paid so"


class ProcessingDayWrong(Unprocessable):
    """Banks cannot process the run on this day."""

    code, title = "processing-day-wrong", "Banks do not process it on that day"
