"""A partner's batch: each row is judged alone, the newest under each number is kept, and what counts is settled."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.known_as import kept_instead
from chassis.principal import Principal
from hubs.completion_thresholds.service import all_thresholds
from hubs.completions.errors import PartnerUnknown
from hubs.completions.learners import LearnerRow, claims_of, hold_partner, hold_unknown, meet_learners
from hubs.completions.models import Activity, ReportState
from hubs.completions.reports import KnownReport, keep, known_reports, state_of
from hubs.completions.rules import Batch, Judge, Row, newest
from hubs.completions.schemas import BatchIn, BatchOut, Outcome, Rejection
from hubs.completions.settling import Because, settle, waiting_keys
from hubs.courses.models import Course

REPORTED = "The partner reported it."


async def record_batch(session: AsyncSession, caller: Principal, body: BatchIn) -> BatchOut:
    """Take a partner's rows, and tell of each what became of it."""
    organisation_id = organisation_of(caller)
    batch = Batch(len(body.completions))
    judge = Judge(await _catalogue(session), await all_thresholds(session), clock.now())
    rows = await _by_ids_of_now(session, judge.judge(batch, body.completions))
    claims = claims_of(rows)
    await hold_unknown(session, claims)
    await hold_partner(session, [organisation_id])
    learners = await meet_learners(session, organisation_id, claims)
    agreeing = [row for row in rows if _agrees(batch, row, learners)]
    known = await known_reports(session, organisation_id, {row.item.external_id for row in agreeing})
    kept = newest(batch, agreeing, known)
    ids = await keep(session, organisation_id, list(kept.values()), learners)
    met = [learner.id for learner in learners.values()]
    keys = await waiting_keys(session, met)
    keys |= {key for one in kept if one in known and (key := known[one].key) is not None}
    settled = await settle(session, organisation_id, keys, Because(REPORTED, caller.id))
    for number, row in kept.items():
        _tell(batch, row, known.get(number), settled.states.get(ids[number]), learners)
    result = summed(batch)
    await _audit_batch(session, caller, result)
    return result


async def _by_ids_of_now(session: AsyncSession, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with the ids that teachers go by now: a partner may know an id that was merged into another."""
    ids = await kept_instead(session)
    if not ids:
        return rows
    return [_renamed(row, ids.get(row.item.teacher_id)) if row.item.teacher_id else row for row in rows]


def _renamed(row: Row, teacher_id: UUID | None) -> Row:
    if teacher_id is None:
        return row
    return replace(row, item=row.item.model_copy(update={"teacher_id": teacher_id}))


def organisation_of(caller: Principal) -> UUID:
    """The partner that calls, or PartnerUnknown."""
    if caller.organisation_id is None:
        raise PartnerUnknown("Completions are reported by an organisation; this key belongs to none.")
    return caller.organisation_id


async def _catalogue(session: AsyncSession) -> dict[str, Decimal | None]:
    query = select(Activity.code, Course.hours).outerjoin(Course, Course.code == Activity.code)
    return {code: hours for code, hours in await session.execute(query)}  # noqa: C416  rows are no pairs to mypy


def _agrees(batch: Batch, row: Row, learners: Mapping[str, LearnerRow]) -> bool:
    learner = learners.get(row.item.external_learner_id or "")
    if learner is None or row.item.teacher_id is None:
        return True
    bound = learner.teacher_id or (learner.claimed_teacher_id if learner.set_aside is None else None)
    if bound in (None, row.item.teacher_id):
        return True
    batch.reject(row, "learner-linked-otherwise", "This learner is known to be another teacher.", "teacher_id")
    return False


def _tell(
    batch: Batch,
    row: Row,
    known: KnownReport | None,
    settled: ReportState | None,
    learners: Mapping[str, LearnerRow],
) -> None:
    now = settled or state_of(row, learners.get(row.item.external_learner_id or ""))
    outcome: Outcome = now
    code = detail = None
    if now == "recorded" and known is not None and known.state == "recorded":
        outcome = "corrected"
    if now == "duplicate":
        code, detail = "same-completion", "Another report of this partner counts for the same completion."
    batch.tell(row.index, row.item.external_id, outcome, code, detail)


def summed(batch: Batch) -> BatchOut:
    """The answer: each row, and how many of each kind."""
    results = [batch.results[index] for index in range(batch.size)]
    counts = Counter(row.status for row in results)
    return BatchOut(
        received=batch.size,
        recorded=counts["recorded"],
        corrected=counts["corrected"],
        queued=counts["queued"],
        below_threshold=counts["below_threshold"],
        withdrawn=counts["withdrawn"],
        not_ours=counts["not_ours"],
        duplicates=counts["duplicate"],
        rejected=[
            Rejection(index=row.index, code=row.code or "", detail=row.detail or "")
            for row in results
            if row.status == "rejected"
        ],
        results=results,
    )


async def _audit_batch(session: AsyncSession, caller: Principal, result: BatchOut) -> None:
    counts: dict[str, audit.JSON] = result.model_dump(exclude={"results", "rejected"})
    counts["rejected"] = len(result.rejected)
    await audit.record(session, caller, "completions.reported", f"organisation:{caller.organisation_id}", counts)
