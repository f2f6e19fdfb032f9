"""In which band of a waiting list somebody waits: read from the table of bands, lowest first."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from hubs.bookings.models import Criterion, PrioritySchool, WaitingBand
from hubs.courses.models import CourseRun
from hubs.directory.models import HubMember

LAST_BAND = 99
"""Where somebody waits whom no band of the table takes."""


async def band_of(session: AsyncSession, run: CourseRun, teacher_id: UUID, school_urn: str) -> int:
    """The first band whose criterion holds now. It stays the booking's own, whatever becomes true later."""
    for band in (await session.scalars(select(WaitingBand).order_by(WaitingBand.band))).all():
        if await _CRITERIA[band.criterion](session, run, teacher_id, school_urn):
            return band.band
    return LAST_BAND


async def _at_priority_school(session: AsyncSession, run: CourseRun, teacher_id: UUID, urn: str) -> bool:
    today = clock.today()
    listed = exists().where(
        PrioritySchool.urn == urn,
        PrioritySchool.from_on <= today,
        PrioritySchool.to_on.is_(None) | (PrioritySchool.to_on >= today),
    )
    return bool(await session.scalar(select(listed)))


async def _member_of_hub(session: AsyncSession, run: CourseRun, teacher_id: UUID, urn: str) -> bool:
    joined = exists().where(HubMember.hub_id == run.hub_id, HubMember.teacher_id == teacher_id)
    return bool(await session.scalar(select(joined)))


async def _anyone(session: AsyncSession, run: CourseRun, teacher_id: UUID, urn: str) -> bool:
    return True


_CRITERIA: dict[Criterion, Callable[[AsyncSession, CourseRun, UUID, str], Awaitable[bool]]] = {
    "priority_school": _at_priority_school,
    "hub_member": _member_of_hub,
    "anyone": _anyone,
}
