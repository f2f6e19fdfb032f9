"""Writing versions of schools: only where what is held differs from the version before."""

from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, String, Table, func, insert, literal, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from hubs.school_history.models import FACTS, SchoolVersion, VersionCause
from hubs.schools.models import School

VERSION = cast(Table, SchoolVersion.__table__)
_SCHOOL = cast(Table, School.__table__)
_PAIRS = [part for name in FACTS for part in (literal(name, String), _SCHOOL.c[name])]
_NOW_SAID = func.jsonb_build_object(*_PAIRS, type_=JSONB)
_SAID_BEFORE = (
    select(SchoolVersion.facts)
    .where(SchoolVersion.urn == School.urn)
    .order_by(SchoolVersion.as_of_on.desc(), SchoolVersion.id.desc())
    .limit(1)
    .correlate(School)
    .scalar_subquery()
)


async def remember(
    session: AsyncSession,
    which: ColumnElement[bool],
    cause: VersionCause,
    as_of_on: date,
    import_id: UUID | None = None,
) -> None:
    """Keep how schools stand from a day on, after they were written and in the same transaction."""
    what = (literal(as_of_on), literal(clock.now(), VERSION.c.recorded_at.type), literal(cause), literal(import_id))
    new = select(School.urn, *what, _NOW_SAID).where(which, _NOW_SAID.is_distinct_from(_SAID_BEFORE))
    columns = ["urn", "as_of_on", "recorded_at", "cause", "import_id", "facts"]
    await session.execute(insert(VERSION).from_select(columns, new.order_by(School.urn), include_defaults=False))
