"""Keeps the copy of course runs, and reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.subscriptions import Delivery
from contracts.hubs import CourseRunChanged
from funding.base import Queryable
from funding.course_runs.models import CourseRun

BOOKABLE = ("open", "moved_online")
"""States in which a run takes bookings."""


@dataclass(frozen=True)
class RunFacts:
    """What funding knows of a run. None means that the catalogue does not say."""

    course_run_id: UUID
    sequence: int
    course_code: str
    hub_id: UUID | None
    status: str
    mode: str
    phases: Sequence[str]
    programme: str
    days: Decimal | None
    starts_on: date
    charge_pence: int | None
    independent_charge_pence: int | None

    def takes_bookings(self, today: date) -> bool:
        """Whether places on it can be had."""
        return self.status in BOOKABLE and self.starts_on > today and bool(self.phases)


_COLUMNS = [CourseRun.__table__.c[name] for name in RunFacts.__dataclass_fields__]


async def find_run(db: Queryable, course_run_id: UUID) -> RunFacts | None:
    """The facts held about a run that its hub has published; None when there is none."""
    query = select(*_COLUMNS).where(CourseRun.course_run_id == course_run_id, CourseRun.status != "draft")
    row = (await db.execute(query)).one_or_none()
    return None if row is None else RunFacts(**row._mapping)


async def record_run(session: AsyncSession, event: CourseRunChanged, delivery: Delivery) -> None:
    """Keep the facts unless newer ones are held."""
    values = event.model_dump() | {"sequence": delivery.sequence, "phases": list(event.phases)}
    statement = insert(CourseRun).values(values)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[CourseRun.course_run_id],
            set_={name: statement.excluded[name] for name in values if name != "course_run_id"},
            where=CourseRun.sequence < statement.excluded.sequence,
        )
    )
