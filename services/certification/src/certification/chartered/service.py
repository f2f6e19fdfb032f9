"""A teacher's way to chartered status: begin, write, agree, take back, withdraw."""

from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.chartered import queries
from certification.chartered.errors import (
    AlreadyApplied,
    ApplicationNotFound,
    ApplicationNotOpen,
    ConsentNotStanding,
    StatementNotAsked,
)
from certification.chartered.models import CharteredApplication, CharteredConsent, CharteredStatement
from certification.chartered.queries import Runner
from certification.chartered.rules import (
    MAY_BE_SENT,
    MAY_BEGIN_ANEW,
    ApplicationStatus,
    StatementNeed,
    standing_of,
    status_of,
)
from certification.enrolments.errors import LogNotOpen
from certification.teachers.service import lock_log
from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal

Told = dict[str, Any]


async def status(runner: Runner, application: RowMapping | CharteredApplication) -> ApplicationStatus:
    """How far an application is today."""
    row = application if isinstance(application, RowMapping) else vars(application)
    sent = await queries.newest_sent(runner, row["id"])
    return status_of(is_withdrawn=row["withdrawn_at"] is not None, sent=sent, on=clock.today())


async def begin(session: AsyncSession, caller: Principal, slug: str) -> Told:
    """Begin a pathway. CharteredPathwayNotFound, LogNotOpen, AlreadyApplied."""
    assert caller.id is not None
    pathway = await queries.pathway_in_force(session, slug, clock.today())
    teacher = await lock_log(session, caller.id)
    if teacher.phase is None:
        raise LogNotOpen
    own = (CharteredApplication.teacher_id == caller.id) & (CharteredApplication.pathway == slug)
    for other in await queries.applications(session, own):
        found = await status(session, other)
        if found not in MAY_BEGIN_ANEW:
            raise AlreadyApplied(found)
    application = CharteredApplication(
        id=new_id(), teacher_id=caller.id, pathway=slug, version=pathway["version"], began_at=clock.now()
    )
    session.add(application)
    await session.flush()
    await _note(session, caller, "began", application.id)
    return await shown_one(session, caller, application.id)


async def write(session: AsyncSession, caller: Principal, application_id: UUID, need: str, text: str) -> Told:
    """Keep a statement; the latest for a need counts. ApplicationNotFound, ApplicationNotOpen, StatementNotAsked."""
    application = await _to_change(session, caller, application_id, "nothing is written for it any more")
    pathway = await queries.pathway_of(session, application.pathway, application.version)
    asked = {one.need for one in queries.rules_in(pathway).needs() if isinstance(one, StatementNeed)}
    if need not in asked:
        raise StatementNotAsked(need)
    written = {"application_id": application_id, "need": need, "text": text, "submitted_at": clock.now()}
    session.add(CharteredStatement(id=new_id(), **written))
    await session.flush()
    return await shown_one(session, caller, application_id)


async def agree(session: AsyncSession, caller: Principal, application_id: UUID) -> Told:
    """Keep the teacher's dated consent to send the evidence once. A repeat changes nothing."""
    application = await _to_change(session, caller, application_id, "there is nothing to agree to")
    if await standing_consent(session, application_id) is None:
        pathway = await queries.pathway_of(session, application.pathway, application.version)
        agreed = queries.rules_in(pathway).consent
        session.add(
            CharteredConsent(id=new_id(), application_id=application_id, statement=agreed, given_at=clock.now())
        )
        await session.flush()
        await _note(session, caller, "consent_given", application_id)
    return await shown_one(session, caller, application_id)


async def take_back(session: AsyncSession, caller: Principal, application_id: UUID) -> None:
    """Take a consent back that was not used. ApplicationNotFound, ConsentNotStanding."""
    await locked(session, caller, application_id)
    consent = await standing_consent(session, application_id)
    if consent is None:
        raise ConsentNotStanding
    consent.revoked_at = clock.now()
    await _note(session, caller, "consent_revoked", application_id)


async def standing_consent(session: AsyncSession, application_id: UUID) -> CharteredConsent | None:
    """The consent that was neither taken back nor used."""
    own = select(CharteredConsent).where(CharteredConsent.application_id == application_id)
    standing = own.where(CharteredConsent.revoked_at.is_(None), CharteredConsent.used_at.is_(None))
    return (await session.scalars(standing)).one_or_none()


async def withdraw(session: AsyncSession, caller: Principal, application_id: UUID, reason: str) -> Told:
    """End an application; what was sent can be fetched no more. A repeat changes nothing."""
    application = await locked(session, caller, application_id)
    if application.withdrawn_at is None:
        application.withdrawn_at, application.withdrawal_reason = clock.now(), reason
        await session.flush()
        await _note(session, caller, "withdrawn", application_id)
    return await shown_one(session, caller, application_id)


async def locked(session: AsyncSession, caller: Principal, application_id: UUID) -> CharteredApplication:
    """An application of the caller's, held with their log, or ApplicationNotFound."""
    assert caller.id is not None
    await lock_log(session, caller.id)
    own = (CharteredApplication.id == application_id) & (CharteredApplication.teacher_id == caller.id)
    found = (await session.scalars(select(CharteredApplication).where(own))).one_or_none()
    if found is None:
        raise ApplicationNotFound
    return found


async def _to_change(session: AsyncSession, caller: Principal, application_id: UUID, step: str) -> CharteredApplication:
    application = await locked(session, caller, application_id)
    await require_open(session, application, step)
    return application


async def require_open(session: AsyncSession, application: CharteredApplication, step: str) -> None:
    """ApplicationNotOpen unless evidence may still be gathered and sent."""
    found = await status(session, application)
    if found not in MAY_BE_SENT:
        raise ApplicationNotOpen(found, step)


async def shown_one(runner: Runner, caller: Principal, application_id: UUID) -> Told:
    """An application of the caller's, whole, or ApplicationNotFound."""
    own = (CharteredApplication.id == application_id) & (CharteredApplication.teacher_id == caller.id)
    found = await queries.applications(runner, own)
    if not found:
        raise ApplicationNotFound
    return await shown(runner, found[0])


async def shown(runner: Runner, application: RowMapping) -> Told:
    """Everything that an application holds."""
    pathway = await queries.pathway_of(runner, application["pathway"], application["version"])
    facts = await queries.facts_of(runner, application)
    sent = [
        {**row, "sha256": row["sha256"].hex(), "decisions": await queries.decisions_on(runner, row["id"])}
        for row in await queries.submissions_of(runner, application["id"])
    ]
    return {
        **application,
        "title": pathway["title"],
        "status": await status(runner, application),
        "stages": standing_of(queries.rules_in(pathway), facts, clock.today()),
        "statements": await queries.statements_of(runner, application["id"]),
        "consents": await queries.consents_of(runner, application["id"]),
        "submissions": sent,
    }


async def _note(session: AsyncSession, caller: Principal, what: str, application_id: UUID) -> None:
    await audit.record(session, caller, f"chartered_application.{what}", f"chartered-application:{application_id}")
