"""Partners' reports in the database: what is known under their numbers, and keeping what is newer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Numeric,
    String,
    Table,
    Uuid,
    case,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

from chassis.db import UtcDateTime
from chassis.ids import new_id
from hubs.base import AnyRow
from hubs.completions.learners import LearnerRow
from hubs.completions.models import CompletionReport, PartnerLearner, ReportState
from hubs.completions.rules import Known, Row
from hubs.completions.schemas import version_of
from hubs.sets import any_of, rows_of

Key = tuple[UUID, str]
"""A teacher and an activity: with the partner, what at most one completion counts for."""
KEPT_BY_A_BARE_WITHDRAWAL = (
    "learner_id",
    "activity_code",
    "hours",
    "catalogue_hours",
    "percent",
    "completed_on",
    "occurred_at",
    "external_run_id",
    "threshold_id",
)

owner: ColumnElement[UUID | None] = func.coalesce(CompletionReport.teacher_id, PartnerLearner.teacher_id)
"""Whose a report is, joined with its learner."""
CHANGED = func.clock_timestamp(type_=UtcDateTime)
"""One clock for all processes: with the partner held, later changes get later moments."""


Columns = dict[str, tuple[TypeEngine[Any], list[object]]]


@dataclass(frozen=True)
class KnownReport(Known):
    """What is kept under a number, and what it counts for."""

    state: ReportState
    key: Key | None
    """Null while it is not known whose it is."""


async def known_reports(
    session: AsyncSession, organisation_id: UUID, external_ids: Collection[str]
) -> dict[str, KnownReport]:
    """What is kept under the partner's numbers."""
    report = CompletionReport
    query = (
        select(*report.__table__.c, PartnerLearner.external_learner_id, owner.label("owner"))
        .outerjoin(PartnerLearner, PartnerLearner.id == report.learner_id)
        .where(report.organisation_id == organisation_id, any_of(report.external_id, external_ids))
    )
    return {row.external_id: _known(row) for row in await session.execute(query)}


def _known(row: AnyRow) -> KnownReport:
    content = (
        row.external_learner_id,
        row.activity_code,
        row.hours,
        row.percent,
        row.completed_on,
        row.occurred_at,
        row.external_run_id,
    )
    version = version_of(row.revision, row.revised_at, row.is_withdrawn)
    return KnownReport(version, content, row.state, (row.owner, row.activity_code) if row.owner else None)


async def keep(
    session: AsyncSession, organisation_id: UUID, rows: Sequence[Row], learners: Mapping[str, LearnerRow]
) -> dict[str, UUID]:
    """Keep each row under the partner's number, in place of what was there; the reports' ids by number.

    What may count waits to be settled: its state is `queued`.
    """
    if not rows:
        return {}
    columns = _columns(rows, learners)
    new = rows_of("new", columns)
    reports = cast(Table, CompletionReport.__table__)
    told = insert(reports).from_select(
        [*columns, "organisation_id", "received_at", "changed_at"],
        select(*new.c, literal(organisation_id, Uuid), CHANGED, CHANGED),
    )
    fresh = told.excluded
    overwritten = [name for name in columns if name not in ("id", "external_id")]
    values: dict[str, ColumnElement[object]] = {name: fresh[name] for name in overwritten}
    for name in KEPT_BY_A_BARE_WITHDRAWAL:
        before = reports.c[name]
        values[name] = case((fresh.is_withdrawn, func.coalesce(fresh[name], before)), else_=fresh[name])
    # A person's word on whose it is holds as long as the partner says that it is of that learner.
    is_same = CompletionReport.learner_id == values["learner_id"]
    values |= {
        "teacher_id": case((is_same, CompletionReport.teacher_id), else_=None),
        "completion_id": literal(None, Uuid),
        "changed_at": fresh.changed_at,
    }
    index = [reports.c.organisation_id, reports.c.external_id]
    kept = told.on_conflict_do_update(index_elements=index, set_=values)
    found = await session.execute(kept.returning(reports.c.external_id, reports.c.id))
    return {external_id: report_id for external_id, report_id in found}  # noqa: C416  rows are no pairs to mypy


def _columns(rows: Sequence[Row], learners: Mapping[str, LearnerRow]) -> Columns:
    items = [row.item for row in rows]
    known = [learners.get(item.external_learner_id or "") for item in items]
    return {
        "id": (Uuid(), [new_id() for _ in rows]),
        "external_id": (String(), [item.external_id for item in items]),
        "learner_id": (Uuid(), [learner.id if learner else None for learner in known]),
        "activity_code": (String(), [item.activity_code for item in items]),
        "hours": (Numeric(), [item.hours for item in items]),
        "catalogue_hours": (Numeric(), [row.catalogue_hours for row in rows]),
        "percent": (Numeric(), [item.percent for item in items]),
        "completed_on": (Date(), [item.day for item in items]),
        "occurred_at": (DateTime(timezone=True), [item.occurred_at for item in items]),
        "external_run_id": (String(), [item.external_run_id for item in items]),
        "revision": (Integer(), [item.revision for item in items]),
        "revised_at": (DateTime(timezone=True), [item.updated_at for item in items]),
        "is_withdrawn": (Boolean(), [item.withdrawn for item in items]),
        "threshold_id": (Uuid(), [row.threshold_id for row in rows]),
        "state": (String(), [state_of(row, learner) for row, learner in zip(rows, known, strict=True)]),
    }


def state_of(row: Row, learner: LearnerRow | None) -> ReportState:
    """What a report is before it is settled."""
    if row.item.withdrawn:
        return "withdrawn"
    if row.is_below:
        return "below_threshold"
    return "not_ours" if learner is not None and learner.set_aside == "not_ours" else "queued"
