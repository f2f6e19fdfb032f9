"""The life of a bursary as one table of steps. The database holds the same table and refuses every other step."""

from uuid import UUID

from chassis import clock
from chassis.principal import Principal
from funding.bursaries.models import Bursary, BursaryStatus

S = BursaryStatus

STEPS: dict[tuple[BursaryStatus | None, BursaryStatus], str] = {
    (None, S.ELIGIBLE): "Applied for, and the rule says yes",
    (None, S.NEEDS_REVIEW): "Applied for, and a fact is missing",
    (None, S.INELIGIBLE): "Applied for, and the rule says no",
    (S.NEEDS_REVIEW, S.ELIGIBLE): "Decided again: yes",
    (S.NEEDS_REVIEW, S.INELIGIBLE): "Decided again: no",
    (S.NEEDS_REVIEW, S.DECLINED): "A person declined it",
    (S.NEEDS_REVIEW, S.CANCELLED): "The booking was given up",
    (S.NEEDS_REVIEW, S.LAPSED): "Withdrawn",
    (S.ELIGIBLE, S.NEEDS_REVIEW): "Decided again: a fact is missing now",
    (S.ELIGIBLE, S.INELIGIBLE): "Decided again: no",
    (S.ELIGIBLE, S.APPROVED): "Approved, and the money is reserved",
    (S.ELIGIBLE, S.CLAIMABLE): "Approved, the money is reserved, and it was earned before",
    (S.ELIGIBLE, S.DECLINED): "A person declined it",
    (S.ELIGIBLE, S.CANCELLED): "The booking was given up",
    (S.ELIGIBLE, S.LAPSED): "Withdrawn",
    (S.APPROVED, S.CLAIMABLE): "Earned",
    (S.APPROVED, S.CANCELLED): "The booking was given up; the money is released",
    (S.APPROVED, S.LAPSED): "Withdrawn, or not earned in time; the money is released",
    (S.CLAIMABLE, S.APPROVED): "What earned it was withdrawn",
    (S.CLAIMABLE, S.CLAIMED): "Claimed",
    (S.CLAIMABLE, S.CANCELLED): "The booking was given up; the money is released",
    (S.CLAIMABLE, S.LAPSED): "Withdrawn; the money is released",
    (S.CLAIMED, S.CLAIMABLE): "The claim was declined",
    (S.CLAIMED, S.PAID): "Paid",
    (S.CLAIMED, S.CANCELLED): "The booking was given up before the claim was decided; the money is released",
    (S.CLAIMED, S.LAPSED): "Withdrawn before the claim was decided; the money is released",
    (S.PAID, S.CLAIMED): "The bank sent the payment back; it is owed again",
    (S.PAID, S.CLAWED_BACK): "The money came back",
}


def move(
    bursary: Bursary, to: BursaryStatus, because: str, *, by: Principal | None = None, cause: str | None = None
) -> None:
    """Bring a bursary to a status; its history says who did it, why, and by which fact."""
    bursary.status = to
    note(bursary, because, by.id if by is not None else None, cause)


def note(bursary: Bursary, because: str, actor_id: UUID | None, cause: str | None) -> None:
    """Say why the status that is about to be stored was come to."""
    bursary.moved_by, bursary.moved_because, bursary.moved_cause = actor_id, because, cause
    bursary.moved_at = clock.now()
