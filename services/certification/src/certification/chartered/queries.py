"""Reading pathways and applications, with the facts that stages are met from."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.chartered.errors import CharteredPathwayNotFound
from certification.chartered.models import CharteredApplication, CharteredConsent, CharteredPathway, CharteredStatement
from certification.chartered.rules import Facts, PathwayRules, Sent
from certification.chartered_submissions.models import CharteredDecision, CharteredSubmission
from certification.credits.known import NOTHING_KNOWN, known_of
from certification.credits.models import ActivityRecord
from certification.credits.records import done_by_teacher
from certification.endorsements.models import Endorsement

Runner = AsyncConnection | AsyncSession


async def pathways_in_force(runner: Runner, on: date) -> list[RowMapping]:
    """The version of each pathway in force on a day."""
    begun = select(CharteredPathway.__table__).where(CharteredPathway.effective_from <= on)
    newest = begun.ext(distinct_on(CharteredPathway.slug)).order_by(
        CharteredPathway.slug, CharteredPathway.effective_from.desc(), CharteredPathway.version.desc()
    )
    return list((await runner.execute(newest)).mappings())


async def pathway_in_force(runner: Runner, slug: str, on: date) -> RowMapping:
    """The version of a pathway in force on a day, or CharteredPathwayNotFound."""
    found = next((row for row in await pathways_in_force(runner, on) if row["slug"] == slug), None)
    if found is None:
        raise CharteredPathwayNotFound
    return found


async def pathway_of(runner: Runner, slug: str, version: int) -> RowMapping:
    """A version that there is."""
    this = (CharteredPathway.slug == slug, CharteredPathway.version == version)
    return (await runner.execute(select(CharteredPathway.__table__).where(*this))).mappings().one()


async def applications(runner: Runner, which: ColumnElement[bool]) -> list[RowMapping]:
    """Applications, oldest first."""
    query = select(CharteredApplication.__table__).where(which).order_by(CharteredApplication.id)
    return list((await runner.execute(query)).mappings())


async def newest_sent(runner: Runner, application_id: UUID) -> Sent | None:
    """The newest sending of an application with the newest decision on it; None before anything was sent."""
    newest = select(CharteredSubmission.id).where(CharteredSubmission.application_id == application_id)
    submission_id = await runner.scalar(newest.order_by(CharteredSubmission.id.desc()).limit(1))
    if submission_id is None:
        return None
    decided = select(CharteredDecision.outcome, CharteredDecision.renew_by_on)
    latest = decided.where(CharteredDecision.submission_id == submission_id).order_by(CharteredDecision.revision.desc())
    row = (await runner.execute(latest.limit(1))).one_or_none()
    return Sent(row.outcome, row.renew_by_on) if row else Sent(None, None)


async def statements_of(runner: Runner, application_id: UUID) -> list[RowMapping]:
    """The latest statement for each need."""
    own = select(CharteredStatement.__table__).where(CharteredStatement.application_id == application_id)
    newest = own.ext(distinct_on(CharteredStatement.need)).order_by(
        CharteredStatement.need, CharteredStatement.id.desc()
    )
    return list((await runner.execute(newest)).mappings())


async def consents_of(runner: Runner, application_id: UUID) -> list[RowMapping]:
    """Every consent, given, taken back or used, oldest first."""
    own = select(CharteredConsent.__table__).where(CharteredConsent.application_id == application_id)
    return list((await runner.execute(own.order_by(CharteredConsent.given_at))).mappings())


async def submissions_of(runner: Runner, application_id: UUID) -> list[RowMapping]:
    """What was sent, oldest first, without the bundles."""
    columns = (
        CharteredSubmission.id,
        CharteredSubmission.sent_at,
        CharteredSubmission.sha256,
        CharteredSubmission.fetches,
    )
    own = select(*columns).where(CharteredSubmission.application_id == application_id)
    return list((await runner.execute(own.order_by(CharteredSubmission.id))).mappings())


async def decisions_on(runner: Runner, submission_id: UUID) -> list[RowMapping]:
    """Decisions on what was sent, in the order of their revisions."""
    own = select(CharteredDecision.__table__).where(CharteredDecision.submission_id == submission_id)
    return list((await runner.execute(own.order_by(CharteredDecision.revision))).mappings())


async def facts_of(runner: Runner, application: RowMapping) -> Facts:
    """Everything that stages can be met from."""
    teacher_id = application["teacher_id"]
    known = (await known_of(runner, [teacher_id])).get(teacher_id, NOTHING_KNOWN)
    endorsing = select(func.count(func.distinct(Endorsement.organisation_id))).where(
        Endorsement.teacher_id == teacher_id, Endorsement.withdrawn_at.is_(None)
    )
    since = select(func.min(ActivityRecord.occurred_on)).where(ActivityRecord.teacher_id == teacher_id)
    kinds: dict[str, set[str]] = defaultdict(set)
    for one in (await done_by_teacher(runner, [teacher_id], {})).get(teacher_id, ()):
        kinds[one.kind].add(one.key)
    return Facts(
        certificates=known.certificates,
        endorsing=await runner.scalar(endorsing) or 0,
        since_on=await runner.scalar(since),
        activities={kind: len(keys) for kind, keys in kinds.items()},
        statements={row["need"]: row["text"] for row in await statements_of(runner, application["id"])},
    )


def rules_in(pathway: RowMapping) -> PathwayRules:
    """The rules of a pathway that was read."""
    return PathwayRules.model_validate(pathway["rules"])
