"""Sending people to providers, and hearing what came of it: once, however often and in whatever order it is told."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.assessment_providers import queries
from certification.assessment_providers.errors import (
    AssessmentProviderExists,
    AssessmentProviderNotFound,
    AssessmentProviderNotReady,
    ResultCannotCount,
    ResultNotWaiting,
    WebhookNotGenuine,
)
from certification.assessment_providers.models import AssessmentProvider, ProviderResult
from certification.assessment_providers.schemas import (
    FinishedAttempt,
    LaunchOut,
    ProviderFacts,
    ResultDecision,
    ResultMessage,
    ResultStatus,
)
from certification.assessment_providers.signatures import digest, is_genuine, new_token, signed_token
from certification.assessments.errors import AttemptNotFound, AttemptOver, NotSatHere
from certification.assessments.marking import mark_by_result
from certification.assessments.models import AssessmentAttempt, AttemptLaunch
from certification.assessments.rules import AttemptStatus
from certification.assessments.service import end_overdue
from certification.question_banks.models import QuestionBank
from certification.question_banks.schemas import BankContent
from certification.settings import Settings
from certification.teachers.service import lock_log
from chassis import audit, clock
from chassis.db import settings_in
from chassis.ids import new_id
from chassis.principal import Principal

log = structlog.get_logger(__name__)

SKEW = timedelta(minutes=5)
"""By how much a provider's clock may differ from ours."""
LONGEST_ID = 255


async def set_up(session: AsyncSession, caller: Principal, facts: ProviderFacts) -> AssessmentProvider:
    """Make a provider known; AssessmentProviderExists."""
    row = insert(AssessmentProvider).values(facts.model_dump(mode="json") | {"organisation_id": facts.organisation_id})
    made = (await session.scalars(row.on_conflict_do_nothing().returning(AssessmentProvider))).one_or_none()
    if made is None:
        raise AssessmentProviderExists
    await audit.record(session, caller, "assessment_provider.set_up", f"assessment-provider:{facts.slug}")
    return made


def _secrets_of(session: AsyncSession, provider: str) -> tuple[str, ...]:
    settings = settings_in(session)
    assert isinstance(settings, Settings)
    return settings.loaded_provider_secrets.of(provider)


async def launch(session: AsyncSession, caller: Principal, attempt_id: UUID) -> LaunchOut:
    """A link of the caller's to their attempt. It names the attempt by a random token and the caller not at all."""
    assert caller.id is not None
    await lock_log(session, caller.id)
    attempt = await session.get(AssessmentAttempt, attempt_id, populate_existing=True)
    if attempt is None or attempt.teacher_id != caller.id:
        raise AttemptNotFound
    if attempt.provider is None:
        raise NotSatHere(is_ours=True)
    now = clock.now()
    if attempt.status != AttemptStatus.IN_PROGRESS or attempt.deadline_at <= now:
        raise AttemptOver(attempt.ended_at or attempt.deadline_at)
    provider = await session.get_one(AssessmentProvider, attempt.provider)
    keys = _secrets_of(session, provider.slug)
    if not keys:
        raise AssessmentProviderNotReady
    token = new_token()
    session.add(AttemptLaunch(token_digest=digest(token), attempt_id=attempt.id, issued_at=now))
    claims: dict[str, str | int] = {
        "iss": "ncce",
        "aud": provider.slug,
        "jti": token,
        "iat": int(now.timestamp()),
        "assessment": attempt.assessment,
        "extra_time_percent": attempt.extra_time_percent,
    }
    separator = "&" if "?" in provider.launch_url else "?"
    url = f"{provider.launch_url}{separator}token={signed_token(keys[0], claims, attempt.expires_at)}"
    return LaunchOut(url=url, expires_at=attempt.expires_at)


async def receive(session: AsyncSession, slug: str, headers: Mapping[str, str], body: bytes) -> ResultStatus:
    """Take in a signed message: it is applied, known already, or parked for a person. None is ever lost."""
    webhook_id = headers.get("webhook-id", "")
    if await session.get(AssessmentProvider, slug) is None:
        raise AssessmentProviderNotFound(slug)
    if len(webhook_id) > LONGEST_ID or not is_genuine(_secrets_of(session, slug), headers, body):
        raise WebhookNotGenuine
    result = await _first_time(session, slug, webhook_id)
    if result is None:
        return ResultStatus.REPEATED
    reason = await _apply(session, result, body)
    if reason is not None:
        result.status, result.reason, result.body = ResultStatus.PARKED, reason, body
        log.warning("provider_result.parked", alert=True, provider=slug, result_id=str(result.id))
    await session.flush()
    return ResultStatus(result.status)


async def _first_time(session: AsyncSession, provider: str, webhook_id: str) -> ProviderResult | None:
    """The row of a message; None when it came before. One that is being taken in elsewhere is waited for."""
    row = insert(ProviderResult).values(
        id=new_id(),
        provider=provider,
        webhook_id=webhook_id,
        received_at=clock.now(),
        status=ResultStatus.APPLIED,
    )
    return (await session.scalars(row.on_conflict_do_nothing().returning(ProviderResult))).one_or_none()


async def _apply(session: AsyncSession, result: ProviderResult, body: bytes) -> str | None:
    """Apply a message to its attempt; why not, when a person has to look at it."""
    try:
        told = ResultMessage.model_validate_json(body).data
    except ValidationError:
        return "It is not a message that we know how to read."
    result.percent, result.finished_at = told.exact_percent, told.finished_at
    attempt = await _attempt_of(session, result.provider, told)
    if attempt is None:
        return "Its token is of no attempt that was sent to this provider."
    result.attempt_id = attempt.id
    if not attempt.started_at - SKEW <= told.finished_at <= clock.now() + SKEW:
        return "It says that the attempt was finished before it began, or is still to be finished."
    if attempt.status == AttemptStatus.MARKED:
        if attempt.percent != told.exact_percent:
            return "It says something else than the result that this attempt has."
        result.status = ResultStatus.REPEATED
        return None
    if told.finished_at >= attempt.expires_at and await _late_results(session, attempt) == "recorded_only":
        return "The attempt was finished after it had expired."
    await mark_by_result(session, attempt, told.exact_percent, _within(attempt, told.finished_at))
    return None


async def _attempt_of(session: AsyncSession, provider: str, told: FinishedAttempt) -> AssessmentAttempt | None:
    """The attempt of a token, under its teacher's log and with what ran out ended."""
    named = select(AssessmentAttempt.id, AssessmentAttempt.teacher_id).join(
        AttemptLaunch, AttemptLaunch.attempt_id == AssessmentAttempt.id
    )
    known = named.where(AttemptLaunch.token_digest == digest(told.token), AssessmentAttempt.provider == provider)
    row = (await session.execute(known)).one_or_none()
    return None if row is None else await _held(session, row.id, row.teacher_id)


async def _held(session: AsyncSession, attempt_id: UUID, teacher_id: UUID) -> AssessmentAttempt:
    await lock_log(session, teacher_id)
    await end_overdue(session, teacher_id, clock.now())
    return await session.get_one(AssessmentAttempt, attempt_id, populate_existing=True)


def _within(attempt: AssessmentAttempt, finished_at: datetime) -> datetime:
    """When it was finished, by a clock that does not run before its beginning nor ahead of now."""
    return min(max(finished_at, attempt.started_at), clock.now())


async def _late_results(session: AsyncSession, attempt: AssessmentAttempt) -> str:
    bank = await session.get_one(QuestionBank, attempt.bank_id)
    return BankContent.model_validate(bank.content).limits.late_results


async def decide(
    session: AsyncSession, caller: Principal, slug: str, result_id: UUID, decision: ResultDecision
) -> ProviderResult:
    """Count or dismiss a result that waits for a person."""
    await queries.kept_provider(session, caller, slug)
    result = await queries.locked(session, slug, result_id)
    if result.status != ResultStatus.PARKED:
        raise ResultNotWaiting(result.status)
    if decision.outcome == "accepted":
        await _accept(session, caller, result, decision.attempt_id)
    result.status = ResultStatus(decision.outcome)
    result.decided_by, result.decided_at, result.decision_reason = caller.id, clock.now(), decision.reason
    await audit.record(session, caller, f"provider_result.{decision.outcome}", f"provider-result:{result.id}")
    return result


async def _accept(session: AsyncSession, caller: Principal, result: ProviderResult, attempt_id: UUID | None) -> None:
    """Apply a result by a person's word. It may turn a failure into a pass, and never the other way round."""
    wanted = result.attempt_id or attempt_id
    if result.percent is None or result.finished_at is None or wanted is None:
        raise ResultCannotCount("It names no percentage, no time or no attempt. Dismiss it.")
    found = await session.get(AssessmentAttempt, wanted)
    if found is None or found.provider != result.provider or found.teacher_id == caller.id:
        raise ResultCannotCount("That attempt was not sent to this provider, or it is your own.")
    attempt = await _held(session, found.id, found.teacher_id)
    if attempt.percent is not None and attempt.percent >= result.percent:
        raise ResultCannotCount("The attempt has a result that is as good. Dismiss this one.")
    result.attempt_id = attempt.id
    await mark_by_result(session, attempt, result.percent, _within(attempt, result.finished_at))
