"""Reads of review tasks."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, tuple_

from chassis import clock
from chassis.paging import PageOf
from funding.base import Queryable
from funding.reviews.errors import ReviewNotFound
from funding.reviews.models import ReviewStatus, ReviewTask, ReviewWait
from funding.reviews.schemas import ReviewOut

_WAITING = (
    select(func.array_agg(ReviewWait.subject))
    .where(ReviewWait.task_id == ReviewTask.id)
    .correlate(ReviewTask)
    .scalar_subquery()
    .label("waiting")
)
_TASKS = select(ReviewTask.__table__, _WAITING)


def _shown(row: Row[Any]) -> ReviewOut:
    held = {name: value for name, value in row._mapping.items() if name in ReviewOut.model_fields}
    is_overdue = row.status == ReviewStatus.OPEN and row.due_on < clock.today()
    return ReviewOut.model_validate(held | {"waiting": sorted(row.waiting or []), "is_overdue": is_overdue})


async def find_review(db: Queryable, task_id: UUID) -> ReviewOut:
    """One task; ReviewNotFound."""
    row = (await db.execute(_TASKS.where(ReviewTask.id == task_id))).one_or_none()
    if row is None:
        raise ReviewNotFound(task_id)
    return _shown(row)


async def list_reviews(
    db: Queryable, page: PageOf, status: ReviewStatus | None, owner_id: UUID | None, school_urn: str | None
) -> Sequence[ReviewOut]:
    """Tasks, the first due first, one more than the page holds."""
    query = _TASKS.order_by(ReviewTask.due_on, ReviewTask.id).limit(page.limit + 1)
    wanted = {ReviewTask.status: status, ReviewTask.owner_id: owner_id, ReviewTask.school_urn: school_urn}
    for column, value in wanted.items():
        if value is not None:
            query = query.where(column == value)
    after = page.after_as(date.fromisoformat, UUID)
    if after is not None:
        query = query.where(tuple_(ReviewTask.due_on, ReviewTask.id) > after)
    return [_shown(row) for row in await db.execute(query)]
