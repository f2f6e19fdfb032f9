"""Sending evidence, handing it out, and taking decisions down."""

import hashlib
import json
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.chartered import queries as applications
from certification.chartered import service as chartered
from certification.chartered.errors import ConsentMissing, EvidenceMissing
from certification.chartered.models import CharteredApplication, CharteredConsent
from certification.chartered_submissions import bundle, queries
from certification.chartered_submissions.errors import DecisionDays, SubmissionWithdrawn
from certification.chartered_submissions.models import CharteredDecision, CharteredSubmission
from certification.chartered_submissions.schemas import DecisionRequest
from certification.settings import Settings, signing_keys
from certification.teachers.service import lock_log
from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.certification import CharteredStatusDecided

Told = dict[str, Any]


async def send(session: AsyncSession, settings: Settings, caller: Principal, application_id: UUID) -> Told:
    """Send an application's evidence, signed.

    ApplicationNotFound, ApplicationNotOpen, EvidenceMissing, ConsentMissing.
    """
    application = await chartered.locked(session, caller, application_id)
    await chartered.require_open(session, application, "it is not sent again")
    shown = await chartered.shown_one(session, caller, application_id)
    missing = [need.title for stage in shown["stages"] for need in stage.needs if not need.is_met]
    if missing:
        raise EvidenceMissing(missing)
    consent = await chartered.standing_consent(session, application_id)
    if consent is None:
        raise ConsentMissing
    pathway = await applications.pathway_of(session, application.pathway, application.version)
    submission = CharteredSubmission(
        id=new_id(),
        application_id=application_id,
        organisation_id=pathway["organisation_id"],
        consent_id=consent.id,
        sent_at=clock.now(),
    )
    document = await _document(session, settings, application, consent, submission, shown)
    await _sign(session, submission, bundle.canonical(document))
    consent.used_at = submission.sent_at
    details: dict[str, audit.JSON] = {"sha256": submission.sha256.hex()}
    await audit.record(session, caller, "chartered_submission.sent", f"chartered-submission:{submission.id}", details)
    return await chartered.shown_one(session, caller, application_id)


async def _sign(session: AsyncSession, submission: CharteredSubmission, text: str) -> None:
    signature = signing_keys(session).sign(text.encode())
    submission.bundle, submission.sha256 = text, hashlib.sha256(text.encode()).digest()
    submission.key_id, submission.signature = signature.key_id, signature.value
    session.add(submission)
    await session.flush()


async def _document(
    session: AsyncSession,
    settings: Settings,
    application: CharteredApplication,
    consent: CharteredConsent,
    submission: CharteredSubmission,
    shown: Told,
) -> Told:
    keys, url = signing_keys(session), str(settings.public_url)
    return {
        "statement": bundle.STATEMENT,
        "submission_id": str(submission.id),
        "application_id": str(application.id),
        "teacher_id": str(application.teacher_id),
        "pathway": application.pathway,
        "pathway_version": application.version,
        "made_at": submission.sent_at.isoformat(),
        "consent": {"statement": consent.statement, "given_at": consent.given_at.isoformat()},
        "stages": [
            {
                "stage": stage.stage,
                "title": stage.title,
                "needs": [{"need": one.need, "title": one.title, "have": one.have} for one in stage.needs],
            }
            for stage in shown["stages"]
        ],
        "statements": [
            {"need": one["need"], "text": one["text"], "submitted_at": one["submitted_at"].isoformat()}
            for one in shown["statements"]
        ],
        "certificates": await bundle.certificates_in(session, keys, url, application.teacher_id),
        "endorsements": await bundle.endorsements_in(session, application.teacher_id),
    }


async def shown_to_decider(reader: AsyncConnection | AsyncSession, row: RowMapping) -> Told:
    """What was sent, without the evidence, and what was decided on it."""
    return {
        **row,
        "sha256": row["sha256"].hex(),
        "decisions": await applications.decisions_on(reader, row["id"]),
    }


async def fetch(session: AsyncSession, caller: Principal, submission_id: UUID) -> Told:
    """Hand the evidence out and put it on record. SubmissionNotFound, SubmissionWithdrawn."""
    row = await queries.one_sent_to(session, caller, submission_id)
    if row["is_withdrawn"] or row["bundle"] is None:
        raise SubmissionWithdrawn
    counted = update(CharteredSubmission).where(CharteredSubmission.id == submission_id)
    await session.execute(counted.values(fetches=CharteredSubmission.fetches + 1))
    await audit.record(session, caller, "chartered_submission.fetched", f"chartered-submission:{submission_id}")
    return {
        "submission_id": submission_id,
        "bundle": row["bundle"],
        "sha256": row["sha256"].hex(),
        "key_id": row["key_id"],
        "signature": row["signature"].hex(),
        "content": json.loads(row["bundle"]),
    }


async def decide(session: AsyncSession, caller: Principal, submission_id: UUID, wanted: DecisionRequest) -> Told:
    """Take a decision down, or the revision of one. SubmissionNotFound, SubmissionWithdrawn, DecisionDays.

    The same as the latest again changes nothing and announces nothing.
    """
    row = await queries.one_sent_to(session, caller, submission_id)
    await lock_log(session, row["teacher_id"])
    row = await queries.one_sent_to(session, caller, submission_id)
    if row["is_withdrawn"]:
        raise SubmissionWithdrawn
    if (problem := wanted.day_problem(clock.today())) is not None:
        raise DecisionDays(problem)
    before = await applications.decisions_on(session, submission_id)
    told = wanted.model_dump()
    if not before or any(before[-1][name] != told[name] for name in told):
        await _record(session, caller, row, told, len(before) + 1)
    return await shown_to_decider(session, await queries.one_sent_to(session, caller, submission_id))


async def _record(session: AsyncSession, caller: Principal, row: RowMapping, told: Told, revision: int) -> None:
    key = {"submission_id": row["id"], "revision": revision}
    session.add(CharteredDecision(id=new_id(), **key, **told, recorded_at=clock.now(), recorded_by=caller.id))
    await session.flush()
    facts = {name: told[name] for name in ("outcome", "decided_on", "status_from_on", "renew_by_on")}
    event = {**facts, **key, "application_id": row["application_id"], "organisation_id": row["organisation_id"]}
    await publish(session, CharteredStatusDecided.model_validate({**event, "teacher_id": row["teacher_id"]}))
    details: dict[str, audit.JSON] = {"outcome": told["outcome"], "revision": revision}
    await audit.record(session, caller, "chartered_status.decided", f"chartered-submission:{row['id']}", details)
