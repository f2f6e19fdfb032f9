"""Refusals about claims."""

from uuid import UUID

from chassis.errors import Conflict, Forbidden, NotFound


class ClaimNotFound(NotFound):
    """There is no such claim, or it is not the caller's."""

    code, title = "claim-not-found", "No such claim"

    def __init__(self, claim_id: UUID) -> None:
        super().__init__(f"There is no claim {claim_id} that you may see.")


class CourseNotCompleted(Conflict):
    """The bursary is approved, and the course is not completed yet."""

    code, title = "course-not-completed", "The course is not completed yet"


class NotClaimable(Conflict):
    """The bursary cannot be claimed as it stands."""

    code, title = "not-claimable", "It cannot be claimed"


class NotAwaitingDecision(Conflict):
    """The claim has been decided."""

    code, title = "not-awaiting-decision", "Already decided"


class SamePerson(Forbidden):
    """One person would do two of the steps that need different people."""

    code, title = "same-person", "Another person has to do this"
