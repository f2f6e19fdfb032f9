"""An override is proposed with evidence, approved by a second person, and ends; what waits is decided again at once."""

import json
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.known_as import is_same_person
from chassis.principal import Principal
from funding.areas.service import hold_lists
from funding.bursaries import again
from funding.fees import service as fees
from funding.overrides.errors import (
    FactCannotBeOverridden,
    FactOverriddenAlready,
    OverrideDecided,
    OverrideNotFound,
    OverrideTooLong,
    OwnOverride,
)
from funding.overrides.models import FactOverride, OverrideStatus
from funding.overrides.schemas import OverrideDecision, OverrideRequest
from funding.policies.facts import LISTED, Scalar, type_of
from funding.reviews import service as reviews
from funding.reviews.service import OF_TEACHER
from funding.schools.service import lock_school

LONGEST = timedelta(days=366)
OF_SCHOOL = ("school.", "area.", LISTED, "plan.")


async def propose(session: AsyncSession, caller: Principal, request: OverrideRequest) -> UUID:
    """Say what a fact is, and where the proof is. Nothing follows until a second person approves."""
    assert caller.id is not None
    _refuse_what_is_no_fact(request)
    today = clock.today()
    if not today < request.expires_on <= today + LONGEST:
        raise OverrideTooLong(f"The last day lies between {today + timedelta(days=1)} and {today + LONGEST}.")
    if await is_same_person(session, request.teacher_id, caller.id):
        raise OwnOverride("Nobody attests a fact about themselves.")
    override = FactOverride(
        id=new_id(),
        **request.model_dump(exclude={"value"}),
        value=json.dumps(_written(request.value)),
        requested_by=caller.id,
        requested_on=today,
        requested_at=clock.now(),
        status=OverrideStatus.PROPOSED,
    )
    session.add(override)
    await session.flush()
    await audit.record(session, caller, "override.proposed", f"override:{override.id}", {"fact": override.fact})
    return override.id


async def decide(session: AsyncSession, caller: Principal, override_id: UUID, body: OverrideDecision) -> None:
    """Approve or decline as the second person. What waits for the fact is decided in the same transaction."""
    override = await _lock(session, override_id)
    is_about = await is_same_person(session, override.teacher_id, caller.id)
    if is_about or await is_same_person(session, override.requested_by, caller.id):
        raise OwnOverride("An override is decided on by somebody who neither asked for it nor is who it is about.")
    if override.status != OverrideStatus.PROPOSED:
        raise OverrideDecided(f"The override is {override.status}.", override_status=override.status)
    if body.outcome == "approved":
        await _refuse_second(session, override)
    override.status = OverrideStatus(body.outcome)
    override.decided_by, override.decided_at, override.decision_reason = caller.id, clock.now(), body.reason
    await session.flush()
    await audit.record(session, caller, f"override.{body.outcome}", f"override:{override_id}", {"reason": body.reason})
    if body.outcome == "approved":
        await _decide_again(session, override)


async def end(session: AsyncSession, caller: Principal, override_id: UUID, reason: str) -> None:
    """Let an override hold no longer; OverrideDecided unless it holds."""
    override = await _lock(session, override_id)
    if override.status != OverrideStatus.APPROVED:
        raise OverrideDecided(f"The override is {override.status}.", override_status=override.status)
    await _end(session, override)
    await audit.record(session, caller, "override.ended", f"override:{override_id}", {"reason": reason})


async def end_expired(session: AsyncSession, today: date) -> bool:
    """End one override whose last day has passed; False when there is none. One school a transaction."""
    passed = (
        select(FactOverride)
        .where(FactOverride.status == OverrideStatus.APPROVED, FactOverride.expires_on < today)
        .order_by(FactOverride.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    override = (await session.scalars(passed)).one_or_none()
    if override is None:
        return False
    await _end(session, override)
    await audit.record(session, None, "override.expired", f"override:{override.id}")
    return True


async def _end(session: AsyncSession, override: FactOverride) -> None:
    override.status, override.ended_at = OverrideStatus.ENDED, clock.now()
    await session.flush()
    await _decide_again(session, override)


async def _decide_again(session: AsyncSession, override: FactOverride) -> None:
    await hold_lists(session)
    await lock_school(session, override.school_urn)
    await again.decide_school_again(session, override.school_urn, f"override:{override.id}")
    await fees.decide_again(session, override.school_urn)
    await reviews.forget_quotes(session, override.school_urn)


def _refuse_what_is_no_fact(request: OverrideRequest) -> None:
    kind = type_of(request.fact)
    is_of_teacher = request.fact.startswith(OF_TEACHER)
    if kind is None or not (is_of_teacher or request.fact.startswith(OF_SCHOOL)):
        raise FactCannotBeOverridden(f"{request.fact} is no fact about a school or a teacher that rules ask for.")
    if is_of_teacher != (request.teacher_id is not None):
        raise FactCannotBeOverridden("Name the teacher for a fact about a teacher, and for no other.")
    value = request.value
    if kind is not type(value):
        raise FactCannotBeOverridden(f"{request.fact} is of type {kind.__name__}, and {_written(value)} is not.")


def _written(value: Scalar | date) -> Scalar:
    return value.isoformat() if isinstance(value, date) else value


async def _refuse_second(session: AsyncSession, override: FactOverride) -> None:
    held = select(FactOverride.id).where(
        FactOverride.school_urn == override.school_urn,
        FactOverride.teacher_id.is_not_distinct_from(override.teacher_id),
        FactOverride.fact == override.fact,
        FactOverride.status == OverrideStatus.APPROVED,
    )
    found = (await session.execute(held)).scalar_one_or_none()
    if found is not None:
        raise FactOverriddenAlready("It has to be ended first.", override_id=str(found))


async def _lock(session: AsyncSession, override_id: UUID) -> FactOverride:
    found = await session.get(FactOverride, override_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise OverrideNotFound(override_id)
    return found
