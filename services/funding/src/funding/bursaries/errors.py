"""Refusals about bursaries."""

from uuid import UUID

from chassis.errors import Conflict, Forbidden, NotFound


class BursaryNotFound(NotFound):
    """There is no such bursary, or it is not the caller's."""

    code, title = "bursary-not-found", "No such bursary"

    def __init__(self, bursary_id: UUID) -> None:
        super().__init__(f"There is no bursary {bursary_id} that you may see.")


class BookingNotFound(NotFound):
    """There is no such booking, it is not the caller's to see, or word of it has not arrived yet."""

    code, title = "booking-not-found", "No such booking"

    def __init__(self, booking_id: UUID) -> None:
        super().__init__(
            f"You have no booking {booking_id} for your school here.",
            hint="A booking made a moment ago arrives here within seconds.",
        )


class BookingIsCancelled(Conflict):
    """The booking was given up."""

    code, title = "booking-cancelled", "The booking is cancelled"


class AlreadyApplied(Conflict):
    """The booking has a bursary already."""

    code, title = "already-applied", "Already applied for"


class NoPolicyInForce(Conflict):
    """No published policy is about such a course today."""

    code, title = "no-policy-in-force", "No policy covers this course"


class SelfApproval(Forbidden):
    """Approval is by a second person."""

    code, title = "self-approval", "Another person has to do this"


class NotAwaitingApproval(Conflict):
    """The bursary is not waiting to be approved or declined."""

    code, title = "not-awaiting-approval", "Not awaiting approval"


class NeedsReview(Conflict):
    """Facts are missing, so the rule has not said yes."""

    code, title = "needs-review", "The facts do not settle it yet"


class DecisionExpired(Conflict):
    """A fact that the decision rests on holds no longer."""

    code, title = "decision-expired", "The decision holds no longer"


class NothingToWithdraw(Conflict):
    """Nothing of the bursary can be given up any more."""

    code, title = "nothing-to-withdraw", "It cannot be withdrawn"


class NotPaid(Conflict):
    """There is no money to come back."""

    code, title = "bursary-not-paid", "It was not paid"


class DecisionNotFound(NotFound):
    """The bursary has no decision of this number, or is not the caller's."""

    code, title = "decision-not-found", "No such decision"

    def __init__(self, bursary_id: UUID, ordinal: int) -> None:
        super().__init__(f"There is no decision {ordinal} on a bursary {bursary_id} that you may see.")
