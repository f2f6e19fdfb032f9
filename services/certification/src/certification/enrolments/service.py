"""Enrolling teachers. What they did before counts: each enrolment replays the activities recorded so far."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.credits import service as credits_
from certification.credits.known import NOTHING_KNOWN, known_of
from certification.enrolments.errors import AlreadyEnrolled, LogNotOpen, PrerequisiteMissing, SchemeNotForPhase
from certification.enrolments.models import Enrolment
from certification.schemes.errors import SchemeNotFound
from certification.schemes.models import Scheme
from certification.schemes.queries import core_scheme, version_in_force
from certification.schemes.rules import SchemeRules
from certification.teachers.models import Teacher
from certification.teachers.service import lock_log
from chassis import audit, clock
from chassis.principal import Principal


async def enrol_on_registration(session: AsyncSession, teacher: Teacher) -> None:
    """Enrol a newly registered teacher in the core scheme of the phase; without effect when that was done before.

    The version is the one in force on the day of registration, whenever the news of it arrives.
    """
    assert teacher.phase is not None
    assert teacher.registered_at is not None
    scheme = await core_scheme(session, teacher.phase)
    if scheme and not await _is_enrolled(session, teacher.teacher_id, scheme.slug):
        await _enrol(session, teacher.teacher_id, scheme.slug, teacher.registered_at)


async def opt_in(session: AsyncSession, caller: Principal, scheme_slug: str) -> Enrolment:
    """Enrol the caller by choice."""
    assert caller.id is not None
    scheme = await session.get(Scheme, scheme_slug)
    if scheme is None:
        raise SchemeNotFound(scheme_slug)
    teacher = await lock_log(session, caller.id)
    if teacher.phase is None:
        raise LogNotOpen
    if teacher.phase not in scheme.phases:
        raise SchemeNotForPhase(scheme_slug, teacher.phase)
    if await _is_enrolled(session, caller.id, scheme_slug):
        raise AlreadyEnrolled(scheme_slug)
    await _require_prerequisites(session, caller.id, scheme_slug)
    await audit.record(session, caller, "enrolment.opted_in", f"teacher:{caller.id}", {"scheme": scheme_slug})
    return await _enrol(session, caller.id, scheme_slug, clock.now())


async def _require_prerequisites(session: AsyncSession, teacher_id: UUID, scheme: str) -> None:
    version = await version_in_force(session, scheme, clock.today())
    asked = SchemeRules.model_validate(version.rules).prerequisites
    held = (await known_of(session, [teacher_id])).get(teacher_id, NOTHING_KNOWN).certificates if asked else ()
    for other in asked:
        if other not in held:
            raise PrerequisiteMissing(scheme, other)


async def _is_enrolled(session: AsyncSession, teacher_id: UUID, scheme: str) -> bool:
    query = select(Enrolment.id).where(Enrolment.teacher_id == teacher_id, Enrolment.scheme == scheme)
    return await session.scalar(query) is not None


async def _enrol(session: AsyncSession, teacher_id: UUID, scheme: str, at: datetime) -> Enrolment:
    version = await version_in_force(session, scheme, at.astimezone(clock.ENGLAND).date())
    enrolment = Enrolment(teacher_id=teacher_id, scheme=scheme, scheme_version=version.version, enrolled_at=at)
    session.add(enrolment)
    await session.flush()
    await credits_.replay(session, enrolment)
    return enrolment
