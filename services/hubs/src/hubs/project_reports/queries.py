"""Reads of reports, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.groups.models import GroupActivity, GroupMark, GroupParticipant
from hubs.groups.versions import version_of
from hubs.project_reports.access import seen_by, written_by
from hubs.project_reports.errors import ReportNotFound
from hubs.project_reports.models import ProjectReport
from hubs.project_reports.rules import WRITABLE, still_missing
from hubs.project_reports.schemas import ReportFilter
from hubs.projects.evaluation import EvaluationDuty

REPORT = ProjectReport.__table__
EQUAL = ("network", "project_year", "project_code", "hub_id", "group_id", "status", "duty")


def is_late() -> ColumnElement[bool]:
    """Reports that are due and not handed in."""
    return and_(
        ProjectReport.status.in_(WRITABLE),
        ProjectReport.due_on.is_not(None),
        ProjectReport.due_on < clock.today(),
    )


async def list_reports(
    reader: AsyncConnection, caller: Principal, wanted: ReportFilter, page: PageOf
) -> Sequence[AnyRow]:
    """Reports the caller may see, newest first, one row more than the page holds."""
    query = select(REPORT, is_late().label("is_overdue")).where(seen_by(caller)).order_by(ProjectReport.id.desc())
    if wanted.status is None:
        query = query.where(ProjectReport.status != "withdrawn")
    for name in EQUAL:
        if (value := getattr(wanted, name)) is not None:
            query = query.where(REPORT.c[name] == value)
    if wanted.is_overdue is not None:
        query = query.where(is_late() if wanted.is_overdue else ~is_late())
    if (after := page.after_as(UUID)) is not None:
        query = query.where(ProjectReport.id < after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def detail(db: AsyncConnection | AsyncSession, caller: Principal, report_id: UUID) -> dict[str, object]:
    """One report with what it asks for and what the registers say; ReportNotFound."""
    row = await find_report(db, caller, report_id)
    duty = await duty_of(db, row)
    answered = [one["kind"] for one in row.answers.get("outcomes", [])]
    shown = row.is_mine or row.status not in ("draft", "withdrawn")
    return {
        **row._mapping,
        "outcome_kinds": list(duty.outcome_kinds),
        "missing": still_missing(duty.outcome_kinds, answered, row.answers.get("summary")),
        "answers": row.answers if shown else None,
        "attendance": (await db.execute(_attendance(row))).one(),
    }


async def find_report(db: AsyncConnection | AsyncSession, caller: Principal, report_id: UUID) -> AnyRow:
    """One report the caller may see; ReportNotFound."""
    query = select(REPORT, is_late().label("is_overdue"), written_by(caller).label("is_mine"))
    row = (await db.execute(query.where(ProjectReport.id == report_id, seen_by(caller)))).first()
    if row is None:
        raise ReportNotFound("No report of yours has this id.")
    return row


async def duty_of(db: AsyncConnection | AsyncSession, report: AnyRow | ProjectReport) -> EvaluationDuty:
    """What the project's version asks for in this report."""
    version = await version_of(db, report.project_id, report.project_version)
    return next(one for one in version.document.evaluation.duties if one.slug == report.duty)


def _attendance(report: AnyRow) -> Select[int, int, int]:
    counted = GroupMark.mark.in_(("present", "absent"))
    held = (GroupActivity.status == "held") & (GroupActivity.kind != "gap_task")
    about: ColumnElement[bool] = GroupActivity.group_id == report.group_id
    people = GroupParticipant.id == GroupMark.participant_id
    if report.participant_id is not None:
        people = and_(people, GroupParticipant.id == report.participant_id)
    elif report.urn is not None:
        people = and_(people, GroupParticipant.urn == report.urn)
    return (
        select(
            func.count(GroupActivity.id.distinct()).label("sessions_held"),
            func.count().filter(counted, GroupParticipant.id.is_not(None)).label("marked"),
            func.count().filter(GroupMark.mark == "present", GroupParticipant.id.is_not(None)).label("present"),
        )
        .select_from(GroupActivity)
        .outerjoin(GroupMark, GroupMark.activity_id == GroupActivity.id)
        .outerjoin(GroupParticipant, people)
        .where(about, held)
    )
