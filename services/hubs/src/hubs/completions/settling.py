"""Settling: making the completions of a partner's learners what its reports say, in whatever order those came.

For a teacher, an activity and a partner there is at most one completion. Of the reports that count for it the fullest
is the one recorded; the others are duplicates. Nothing is taken from the order of arrival, so nothing depends on it.
Whoever settles holds the partner.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Numeric,
    String,
    Table,
    TableValuedAlias,
    Uuid,
    and_,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.db import UtcDateTime
from chassis.ids import new_id
from chassis.outbox import publish
from contracts.hubs import CpdCompleted
from hubs.base import AnyRow, AnySelect
from hubs.completions.corrections import NONE, Change, Standing, as_they_stand, correct_all
from hubs.completions.models import Activity, Completion, CompletionReport, PartnerLearner, ReportState
from hubs.completions.reports import CHANGED, Key, owner
from hubs.sets import any_of, rows_of

UNSETTLED = ("withdrawn", "below_threshold", "not_ours")
"""Reports that count for nothing, whosever they are."""


@dataclass(frozen=True)
class Because:
    """Why completions change, and by whom."""

    reason: str
    by: UUID | None


@dataclass(frozen=True)
class Settled:
    """What the reports of all keys that were settled are now."""

    states: Mapping[UUID, ReportState]
    before: Mapping[UUID, ReportState]

    def newly(self, state: ReportState) -> int:
        """How many reports have this state that had another."""
        return sum(now == state and self.before[one] != state for one, now in self.states.items())


async def waiting_keys(session: AsyncSession, learner_ids: Collection[UUID]) -> set[Key]:
    """What the waiting reports of learners count for, as far as it is known whose they are."""
    query = (
        select(owner, CompletionReport.activity_code)
        .join(PartnerLearner, PartnerLearner.id == CompletionReport.learner_id)
        .where(CompletionReport.state == "queued", any_of(CompletionReport.learner_id, learner_ids))
        .distinct()
    )
    return {(teacher, code) for teacher, code in await session.execute(query) if teacher and code}


async def settle(session: AsyncSession, organisation_id: UUID, keys: Collection[Key], because: Because) -> Settled:
    """Record, correct or withdraw the completions of the keys so that they are what the reports say, and tell of it."""
    if not keys:
        return Settled({}, {})
    counting = await _counting_reports(session, organisation_id, keys)
    standing = await _standing(session, organisation_id, keys)
    fullest = {key: min(reports, key=_rank) for key, reports in counting.items()}
    fresh = {key: report for key, report in fullest.items() if key not in standing}
    made = await _complete(session, organisation_id, fresh)
    await correct_all(session, _changes(standing, fullest), because.reason, because.by)
    completions = made | {key: one.completion.id for key, one in standing.items()}
    states: dict[UUID, ReportState] = {
        report.id: "recorded" if report is fullest[key] else "duplicate"
        for key, reports in counting.items()
        for report in reports
    }
    reports = {report.id: (report, completions[key]) for key, found in counting.items() for report in found}
    await _note(session, [(one, states[id_], by) for id_, (one, by) in reports.items()])
    return Settled(states, {id_: one.state for id_, (one, _) in reports.items()})


def _rank(report: AnyRow) -> tuple[Decimal, date, str]:
    """First the most hours, then the earliest day, then by number."""
    return -report.hours, report.completed_on, report.external_id


def _changes(standing: Mapping[Key, Standing], fullest: Mapping[Key, AnyRow]) -> Iterable[Change]:
    for key, one in sorted(standing.items()):
        report = fullest.get(key)
        if report is None and one.hours != NONE:
            yield Change(one, NONE, one.completed_on)
        elif report is not None and (one.hours, one.completed_on) != (report.hours, report.completed_on):
            yield Change(one, report.hours, report.completed_on)


def _wanted(keys: Collection[Key]) -> TableValuedAlias:
    return rows_of(
        "wanted",
        {
            "teacher_id": (Uuid(), [teacher for teacher, _ in keys]),
            "activity_code": (String(), [code for _, code in keys]),
        },
    )


async def _counting_reports(
    session: AsyncSession, organisation_id: UUID, keys: Collection[Key]
) -> dict[Key, list[AnyRow]]:
    # Two plain joins on both columns, one for each index: good plans also while the tables fill and nobody has counted.
    learners = await _learners_of(session, organisation_id, {teacher for teacher, _ in keys})
    by_learner = rows_of(
        "wanted",
        {
            "teacher_id": (Uuid(), [teacher for teacher, _ in keys for _ in learners[teacher]]),
            "learner_id": (Uuid(), [one for teacher, _ in keys for one in learners[teacher]]),
            "activity_code": (String(), [code for teacher, code in keys for _ in learners[teacher]]),
        },
    )
    report = CompletionReport
    same = report.learner_id == by_learner.c.learner_id
    rows = [*await session.execute(_reports_of(by_learner, and_(same, report.teacher_id.is_(None))))]
    by_word = _wanted(keys)
    same = report.teacher_id == by_word.c.teacher_id
    rows += await session.execute(_reports_of(by_word, and_(same, report.organisation_id == organisation_id)))
    found: dict[Key, list[AnyRow]] = defaultdict(list)
    for row in rows:
        found[row.teacher_id, row.activity_code].append(row)
    return dict(found)


async def _learners_of(
    session: AsyncSession, organisation_id: UUID, teacher_ids: Collection[UUID]
) -> dict[UUID, list[UUID]]:
    query = select(PartnerLearner.teacher_id, PartnerLearner.id).where(
        any_of(PartnerLearner.teacher_id, teacher_ids), PartnerLearner.organisation_id == organisation_id
    )
    found: dict[UUID, list[UUID]] = {one: [] for one in teacher_ids}
    for row in await session.execute(query):
        found[row.teacher_id].append(row.id)
    return found


def _reports_of(wanted: TableValuedAlias, theirs: ColumnElement[bool]) -> AnySelect:
    report = CompletionReport
    return (
        select(
            report.id,
            report.external_id,
            report.activity_code,
            func.coalesce(report.hours, report.catalogue_hours).label("hours"),
            report.completed_on,
            report.state,
            report.completion_id,
            wanted.c.teacher_id,
            Activity.mode,
        )
        .select_from(wanted)
        .join(report, and_(theirs, report.activity_code == wanted.c.activity_code))
        .join(Activity, Activity.code == report.activity_code)
        .where(report.state.not_in(UNSETTLED))
    )


async def _standing(session: AsyncSession, organisation_id: UUID, keys: Collection[Key]) -> dict[Key, Standing]:
    wanted = _wanted(keys)
    of_keys = and_(Completion.teacher_id == wanted.c.teacher_id, Completion.activity_code == wanted.c.activity_code)
    query = select(Completion).join(wanted, of_keys).where(Completion.reported_by_organisation_id == organisation_id)
    completions = (await session.scalars(query)).all()
    standing = await as_they_stand(session, completions) if completions else []
    return {(one.completion.teacher_id, one.completion.activity_code): one for one in standing}


async def _complete(session: AsyncSession, organisation_id: UUID, fresh: Mapping[Key, AnyRow]) -> dict[Key, UUID]:
    """Completions for keys that never had one, and the news of them."""
    if not fresh:
        return {}
    news = [
        CpdCompleted(
            completion_id=new_id(),
            teacher_id=teacher_id,
            activity_code=activity_code,
            hours=report.hours,
            mode=report.mode,
            completed_on=report.completed_on,
            reported_by_organisation_id=organisation_id,
        )
        for (teacher_id, activity_code), report in sorted(fresh.items())
    ]
    new = rows_of(
        "new",
        {
            "id": (Uuid(), [one.completion_id for one in news]),
            "teacher_id": (Uuid(), [one.teacher_id for one in news]),
            "activity_code": (String(), [one.activity_code for one in news]),
            "mode": (String(), [one.mode for one in news]),
            "hours": (Numeric(), [one.hours for one in news]),
            "completed_on": (Date(), [one.completed_on for one in news]),
        },
    )
    made = insert(cast(Table, Completion.__table__)).from_select(
        [*new.c.keys(), "reported_by_organisation_id", "recorded_at"],
        select(*new.c, literal(organisation_id, Uuid), literal(clock.now(), UtcDateTime)),
    )
    await session.execute(made)
    await publish(session, *news)
    return {(one.teacher_id, one.activity_code): one.completion_id for one in news}


async def _note(session: AsyncSession, settled: Iterable[tuple[AnyRow, ReportState, UUID]]) -> None:
    """Write down which reports are something else than before."""
    changed = [
        (report.id, state, completion_id)
        for report, state, completion_id in settled
        if (report.state, report.completion_id) != (state, completion_id)
    ]
    if not changed:
        return
    reports = cast(Table, CompletionReport.__table__)
    now = rows_of(
        "now",
        {
            "id": (Uuid(), [one for one, _, _ in changed]),
            "state": (String(), [state for _, state, _ in changed]),
            "completion_id": (Uuid(), [by for _, _, by in changed]),
        },
    )
    await session.execute(
        update(reports)
        .where(reports.c.id == now.c.id)
        .values(state=now.c.state, completion_id=now.c.completion_id, changed_at=CHANGED)
    )
