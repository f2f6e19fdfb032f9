"""In which band of a waiting list somebody waits: read from the table of bands, lowest first."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from hubs.area_lists.queries import keys_of_school, standings
from hubs.area_lists.schemas import StandingOut
from hubs.bookings.models import Criterion, PriorityScheme, WaitingBand
from hubs.courses.models import CourseRun
from hubs.directory.models import HubMember
from hubs.schools.errors import SchoolNotFound

LAST_BAND = 99
"""Where somebody waits whom no band of the table takes."""


async def band_of(session: AsyncSession, run: CourseRun, teacher_id: UUID, school_urn: str) -> int:
    """The first band whose criterion holds now. It stays the booking's own, whatever becomes true later."""
    for band in (await session.scalars(select(WaitingBand).order_by(WaitingBand.band))).all():
        if await _CRITERIA[band.criterion](session, run, teacher_id, school_urn):
            return band.band
    return LAST_BAND


async def _at_priority_school(session: AsyncSession, run: CourseRun, teacher_id: UUID, urn: str) -> bool:
    """By the approved lists in force today. Whoever is not known to be on one waits with everybody else."""
    today = clock.today()
    counting = select(PriorityScheme).where(
        PriorityScheme.from_on <= today, PriorityScheme.to_on.is_(None) | (PriorityScheme.to_on >= today)
    )
    wanted = {one.scheme: set(one.categories) for one in await session.scalars(counting)}
    try:
        keys = await keys_of_school(session, urn)
    except SchoolNotFound:
        return False
    found = await standings(session, keys, today)
    return any(_is_priority(one, wanted[one.scheme]) for one in found if one.scheme in wanted)


def _is_priority(standing: StandingOut, categories: set[int]) -> bool:
    if not categories:
        return standing.is_listed is True
    return bool(standing.categories) and set(standing.categories) <= categories


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
