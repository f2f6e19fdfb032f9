"""Refusals about review tasks."""

from uuid import UUID

from chassis.errors import Conflict, NotFound


class ReviewNotFound(NotFound):
    """There is no such task."""

    code, title = "review-not-found", "No such review"

    def __init__(self, task_id: UUID) -> None:
        super().__init__(f"There is no review {task_id}.")


class ReviewIsSettled(Conflict):
    """The fact is known, or nothing waits for it any more."""

    code, title = "review-settled", "There is nothing left to find out"
