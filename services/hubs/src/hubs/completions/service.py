"""Recording completions, each once: from registers, from partners' batches, and from the match queue.

A partner's item is kept as a report first, then settled: a report whose learner is linked to a teacher becomes a
completion, or is noted as a duplicate of one. Whoever links a learner holds the learner's row while settling, so that
no report can slip in between unseen.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Date, Numeric, Row, String, Uuid, case, func, literal, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from chassis import audit, clock
from chassis.db import UtcDateTime
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.hubs import CpdCompleted, DeliveryMode
from hubs.base import AnyRow, AnySelect
from hubs.completions.errors import MatchNotFound, MatchResolved, PartnerUnknown
from hubs.completions.models import Activity, Completion, CompletionReport, PartnerLearner, ReportState
from hubs.completions.rules import Sorted, sort_items
from hubs.completions.schemas import BatchIn, BatchOut, CompletionItem, ResolutionOut
from hubs.sets import any_of, rows_of
from hubs.teachers.errors import TeacherUnknown
from hubs.teachers.service import known_teachers

LEARNER_COLUMNS = [
    "id",
    "organisation_id",
    "external_learner_id",
    "teacher_id",
    "claimed_teacher_id",
    "first_seen_at",
    "linked_at",
]
LearnerRow = Row[UUID, str, UUID | None, UUID | None]


@dataclass(frozen=True)
class Attendance:
    """A teacher attended a course run."""

    teacher_id: UUID
    booking_id: UUID
    course_run_id: UUID
    activity_code: str
    mode: DeliveryMode
    hours: Decimal
    completed_on: date


@dataclass(frozen=True)
class Settled:
    """Report ids that became completions, and those that repeat one."""

    recorded: frozenset[UUID]
    duplicates: frozenset[UUID]


async def complete_attendances(session: AsyncSession, attendances: Sequence[Attendance]) -> None:
    """Record completions and publish them; a teacher completes a run once, ever."""
    if not attendances:
        return
    now = clock.now()
    rows = [vars(attendance) | {"id": new_id(), "recorded_at": now} for attendance in attendances]
    once = insert(Completion).on_conflict_do_nothing(
        index_elements=[Completion.teacher_id, Completion.course_run_id],
        index_where=text("course_run_id IS NOT NULL"),
    )
    made = await session.execute(once.values(rows).returning(Completion.__table__))
    await publish(session, *(_completed(row) for row in made))


def _completed(row: AnyRow) -> CpdCompleted:
    return CpdCompleted.model_validate({**row._mapping, "completion_id": row.id})


async def record_batch(session: AsyncSession, caller: Principal, body: BatchIn) -> BatchOut:
    """Take a partner's completions: each is recorded, queued for matching, known already, or rejected with a reason."""
    organisation_id = caller.organisation_id
    if organisation_id is None:
        raise PartnerUnknown("Completions are reported by an organisation; this key belongs to none.")
    activities = frozenset(await session.scalars(select(Activity.code)))
    batch = sort_items(body.completions, activities, clock.today())
    learners = await _meet_learners(session, organisation_id, [item for _, item in batch.accepted])
    items = _in_agreement(batch, learners)
    stored = await _store_reports(session, organisation_id, items, learners)
    settled = await settle(session, [learner.id for learner in learners.values()])
    recorded = len(stored & settled.recorded)
    repeated = len(stored & settled.duplicates)
    result = BatchOut(
        received=len(body.completions),
        recorded=recorded,
        queued=len(stored) - recorded - repeated,
        duplicates=len(items) - len(stored) + repeated,
        rejected=sorted(batch.rejected, key=lambda rejection: rejection.index),
    )
    await _audit_batch(session, caller, result)
    return result


async def _meet_learners(
    session: AsyncSession, organisation_id: UUID, items: Sequence[CompletionItem]
) -> dict[str, LearnerRow]:
    """The learners of a batch by the partner's number, met for the first time or again, their rows held."""
    claims: dict[str, UUID | None] = {}
    for item in items:
        claims[item.external_learner_id] = claims.get(item.external_learner_id) or item.teacher_id
    if not claims:
        return {}
    known = await known_teachers(session, {claim for claim in claims.values() if claim})
    met = insert(PartnerLearner).from_select(
        LEARNER_COLUMNS, _learner_rows(organisation_id, claims, known, clock.now())
    )
    link = {
        name: func.coalesce(getattr(PartnerLearner, name), met.excluded[name])
        for name in ("teacher_id", "claimed_teacher_id", "linked_at")
    }
    found = await session.execute(
        met.on_conflict_do_update(
            index_elements=[PartnerLearner.organisation_id, PartnerLearner.external_learner_id], set_=link
        ).returning(
            PartnerLearner.id,
            PartnerLearner.external_learner_id,
            PartnerLearner.teacher_id,
            PartnerLearner.claimed_teacher_id,
        )
    )
    return {row.external_learner_id: row for row in found}


def _learner_rows(
    organisation_id: UUID, claims: dict[str, UUID | None], known: Collection[UUID], now: datetime
) -> AnySelect:
    # In one order for every batch, so that two batches with the same learners wait for each other and never lock.
    ordered = sorted(claims.items())
    named = [claim if claim in known else None for _, claim in ordered]
    new = rows_of(
        "new",
        {
            "id": (Uuid(), [new_id() for _ in ordered]),
            "external_learner_id": (String(), [number for number, _ in ordered]),
            "teacher_id": (Uuid(), named),
            "claimed_teacher_id": (Uuid(), [claim for _, claim in ordered]),
        },
    ).c
    linked_at = case((new.teacher_id.is_not(None), literal(now, UtcDateTime)))
    return select(
        new.id,
        literal(organisation_id, Uuid),
        new.external_learner_id,
        new.teacher_id,
        new.claimed_teacher_id,
        literal(now, UtcDateTime),
        linked_at,
    )


def _in_agreement(batch: Sorted, learners: dict[str, LearnerRow]) -> list[CompletionItem]:
    items = []
    for index, item in batch.accepted:
        learner = learners[item.external_learner_id]
        bound = learner.teacher_id or learner.claimed_teacher_id
        if item.teacher_id in (None, bound):
            items.append(item)
        else:
            batch.reject(index, "learner-linked-otherwise", "This learner is known to be another teacher.")
    return items


async def _store_reports(
    session: AsyncSession, organisation_id: UUID, items: Sequence[CompletionItem], learners: dict[str, LearnerRow]
) -> frozenset[UUID]:
    """Keep each item under the partner's number; the ids of those that are new."""
    if not items:
        return frozenset()
    ordered = sorted(items, key=lambda item: item.external_id)
    new = rows_of(
        "new",
        {
            "id": (Uuid(), [new_id() for _ in ordered]),
            "external_id": (String(), [item.external_id for item in ordered]),
            "learner_id": (Uuid(), [learners[item.external_learner_id].id for item in ordered]),
            "activity_code": (String(), [item.activity_code for item in ordered]),
            "hours": (Numeric(), [item.hours for item in ordered]),
            "completed_on": (Date(), [item.completed_on for item in ordered]),
        },
    )
    fixed = [literal(organisation_id, Uuid), literal(clock.now(), UtcDateTime), literal("queued")]
    store = insert(CompletionReport).from_select(
        [*new.c.keys(), "organisation_id", "received_at", "state"], select(*new.c, *fixed)
    )
    once = store.on_conflict_do_nothing(index_elements=[CompletionReport.organisation_id, CompletionReport.external_id])
    return frozenset(await session.scalars(once.returning(CompletionReport.id)))


async def settle(session: AsyncSession, learner_ids: Collection[UUID]) -> Settled:
    """Turn the waiting reports of linked learners into completions and publish those. Hold the learners' rows first."""
    if not learner_ids:
        return Settled(frozenset(), frozenset())
    made = (await session.execute(_complete_waiting(learner_ids))).all()
    await publish(session, *(_completed(row) for row in made))
    closed = (await session.execute(_close_reports(learner_ids))).all()
    recorded = frozenset(row.id for row in closed if row.state == "recorded")
    return Settled(recorded, frozenset(row.id for row in closed) - recorded)


def _complete_waiting(learner_ids: Collection[UUID]) -> ReturningInsert[tuple[object, ...]]:
    waiting = (
        # The completion takes the id of the report that was first to speak of it.
        select(
            CompletionReport.id,
            PartnerLearner.teacher_id,
            CompletionReport.activity_code,
            Activity.mode,
            CompletionReport.hours,
            CompletionReport.completed_on,
            CompletionReport.organisation_id,
            literal(clock.now(), UtcDateTime),
        )
        .join(PartnerLearner, PartnerLearner.id == CompletionReport.learner_id)
        .join(Activity, Activity.code == CompletionReport.activity_code)
        .where(
            CompletionReport.state == "queued",
            PartnerLearner.teacher_id.is_not(None),
            any_of(CompletionReport.learner_id, learner_ids),
        )
        .order_by(PartnerLearner.teacher_id, CompletionReport.activity_code, CompletionReport.id)
    )
    columns = ["id", "teacher_id", "activity_code", "mode", "hours", "completed_on"]
    return (
        insert(Completion)
        .from_select([*columns, "reported_by_organisation_id", "recorded_at"], waiting)
        .on_conflict_do_nothing(
            index_elements=[
                Completion.teacher_id,
                Completion.activity_code,
                Completion.reported_by_organisation_id,
            ],
            index_where=text("reported_by_organisation_id IS NOT NULL"),
        )
        .returning(Completion.__table__)
    )


def _close_reports(learner_ids: Collection[UUID]) -> ReturningUpdate[UUID, ReportState]:
    own = Completion.id == CompletionReport.id
    return (
        update(CompletionReport)
        .where(
            CompletionReport.state == "queued",
            any_of(CompletionReport.learner_id, learner_ids),
            PartnerLearner.id == CompletionReport.learner_id,
            Completion.teacher_id == PartnerLearner.teacher_id,
            Completion.activity_code == CompletionReport.activity_code,
            Completion.reported_by_organisation_id == CompletionReport.organisation_id,
        )
        .values(state=case((own, "recorded"), else_="duplicate"), completion_id=Completion.id)
        .returning(CompletionReport.id, CompletionReport.state)
        .execution_options(synchronize_session=False)
    )


async def _audit_batch(session: AsyncSession, caller: Principal, result: BatchOut) -> None:
    counts: dict[str, audit.JSON] = {
        "received": result.received,
        "recorded": result.recorded,
        "queued": result.queued,
        "duplicates": result.duplicates,
        "rejected": len(result.rejected),
    }
    await audit.record(session, caller, "completions.reported", f"organisation:{caller.organisation_id}", counts)


async def resolve_match(session: AsyncSession, caller: Principal, match_id: UUID, teacher_id: UUID) -> ResolutionOut:
    """A person says who the learner is; what waited is recorded. The same answer again changes nothing."""
    learner = await session.scalar(select(PartnerLearner).where(PartnerLearner.id == match_id).with_for_update())
    if learner is None:
        raise MatchNotFound("No match has this id.")
    if learner.teacher_id not in (None, teacher_id):
        raise MatchResolved("This learner is known to be another teacher.")
    if not await known_teachers(session, [teacher_id]):
        raise TeacherUnknown("No registered teacher has this id.")
    if learner.teacher_id is None:
        learner.teacher_id, learner.linked_at, learner.linked_by = teacher_id, clock.now(), caller.id
        await session.flush()
        await audit.record(session, caller, "match.resolved", f"match:{match_id}", {"teacher_id": str(teacher_id)})
    settled = await settle(session, [match_id])
    return ResolutionOut(
        id=match_id, teacher_id=teacher_id, recorded=len(settled.recorded), duplicates=len(settled.duplicates)
    )


async def link_claimed_learners(session: AsyncSession, teacher_id: UUID) -> None:
    """A teacher whom partners named before we knew of them is known now: record what waited for them."""
    linked = await session.scalars(
        update(PartnerLearner)
        .where(PartnerLearner.claimed_teacher_id == teacher_id, PartnerLearner.teacher_id.is_(None))
        .values(teacher_id=teacher_id, linked_at=clock.now())
        .returning(PartnerLearner.id)
    )
    await settle(session, linked.all())
