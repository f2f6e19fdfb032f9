"""Asking for endorsements, giving them and withdrawing them."""

from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.certificates.models import Certificate
from certification.chartered.models import CharteredApplication
from certification.credits.models import ActivityRecord
from certification.endorsements import queries
from certification.endorsements.errors import AlreadyEndorsed, NothingToEndorse
from certification.endorsements.models import Endorsement, EndorsementRequest
from certification.endorsements.schemas import EndorsementRequestIn, SchemeEndorsementIn
from certification.schemes.models import Scheme
from certification.teachers.service import lock_log
from chassis import audit, clock
from chassis.ids import new_id
from chassis.known_as import is_theirs
from chassis.principal import Principal

Told = dict[str, Any]


async def ask(session: AsyncSession, caller: Principal, wanted: EndorsementRequestIn) -> Told:
    """Ask an organisation of the programme to endorse something of the caller's. NothingToEndorse."""
    assert caller.id is not None
    await lock_log(session, caller.id)
    if wanted.organisation_id not in queries.NAMES:
        raise NothingToEndorse("No organisation of the programme has this id. GET /v1/organisations lists them.")
    if not await _is_own(session, caller.id, wanted):
        raise NothingToEndorse("You have no such application, certificate or activity.")
    request = EndorsementRequest(
        id=new_id(), teacher_id=caller.id, requested_at=clock.now(), **wanted.model_dump(exclude_none=True)
    )
    session.add(request)
    await session.flush()
    return queries.told_of(await queries.request(session, caller, request.id))


async def _is_own(session: AsyncSession, teacher_id: UUID, wanted: EndorsementRequestIn) -> bool:
    if wanted.application_id is not None:
        table = CharteredApplication
        own = exists().where(table.id == wanted.application_id, table.teacher_id == teacher_id)
    elif wanted.certificate_id is not None:
        own = exists().where(Certificate.id == wanted.certificate_id, is_theirs(Certificate.teacher_id, teacher_id))
    else:
        record = ActivityRecord
        own = exists().where(record.activity == wanted.activity, record.teacher_id == teacher_id)
    return bool(await session.scalar(select(own)))


async def endorse(session: AsyncSession, caller: Principal, request_id: UUID, statement: str) -> Told:
    """Endorse what a teacher asked the caller's organisation for. EndorsementRequestNotFound, AlreadyEndorsed."""
    request = await queries.request(session, caller, request_id)
    await lock_log(session, request["teacher_id"])
    request = await queries.request(session, caller, request_id)
    if request["endorsement_id"] is not None:
        raise AlreadyEndorsed
    subject = {"request_id": request_id, "teacher_id": request["teacher_id"]}
    return await _given(session, caller, statement, subject)


async def endorse_scheme(session: AsyncSession, caller: Principal, wanted: SchemeEndorsementIn) -> Told:
    """Endorse a scheme in the name of the caller's organisation. NothingToEndorse, AlreadyEndorsed."""
    if await session.get(Scheme, wanted.scheme, with_for_update=True) is None:
        raise NothingToEndorse(f"There is no scheme {wanted.scheme!r}. GET /v1/schemes lists them.")
    standing = exists().where(
        Endorsement.organisation_id == caller.organisation_id,
        Endorsement.scheme == wanted.scheme,
        Endorsement.withdrawn_at.is_(None),
    )
    if await session.scalar(select(standing)):
        raise AlreadyEndorsed
    return await _given(session, caller, wanted.statement, {"scheme": wanted.scheme})


async def _given(session: AsyncSession, caller: Principal, statement: str, subject: Told) -> Told:
    endorsement = Endorsement(
        id=new_id(), organisation_id=caller.organisation_id, statement=statement, given_at=clock.now(), **subject
    )
    session.add(endorsement)
    await session.flush()
    await audit.record(session, caller, "endorsement.given", f"endorsement:{endorsement.id}")
    return queries.told_of(await queries.endorsement(session, caller, endorsement.id))


async def withdraw(session: AsyncSession, caller: Principal, endorsement_id: UUID, reason: str) -> Told:
    """Withdraw an endorsement of the caller's organisation; a repeat changes nothing. EndorsementNotFound."""
    await queries.endorsement(session, caller, endorsement_id)
    endorsement = await session.get_one(Endorsement, endorsement_id, with_for_update=True)
    if endorsement.withdrawn_at is None:
        endorsement.withdrawn_at, endorsement.withdrawal_reason = clock.now(), reason
        await session.flush()
        await audit.record(session, caller, "endorsement.withdrawn", f"endorsement:{endorsement_id}")
    return queries.told_of(await queries.endorsement(session, caller, endorsement_id))
