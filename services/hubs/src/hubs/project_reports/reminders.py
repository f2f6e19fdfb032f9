"""Reminding those who owe a report: before the day it is due, and once more after it, each once."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import publish
from contracts.networks import ReportReminded
from hubs.calendars.rules import reminder_day
from hubs.groups.models import GroupLead, GroupParticipant
from hubs.project_reports.models import ProjectReport, SentReportReminder
from hubs.project_reports.rules import FORGOTTEN_DAYS, WRITABLE, reminder_windows
from hubs.settings import Settings

MOST = 200
PERSONAL = ("lead", "participant", "school")
"""Whose writers hubs knows by number. Who is staff of a hub or of a team, only identity knows."""
Reminder = tuple[UUID, int]
"""A report, and how many days before the day it is due the reminder is; negative after it."""


async def due_report_reminders(session: AsyncSession, settings: Settings, now: datetime) -> Sequence[Reminder]:
    """Reminders that are due now and that nobody was sent."""
    today = reminder_day(now, settings.reminder_hour)
    found: list[Reminder] = []
    for window in reminder_windows(settings.reminder_days):
        sent = exists().where(
            SentReportReminder.report_id == ProjectReport.id,
            SentReportReminder.due_on == ProjectReport.due_on,
            SentReportReminder.days == window.days,
        )
        query = select(ProjectReport.id).where(
            ProjectReport.status.in_(WRITABLE),
            ProjectReport.by.in_(PERSONAL),
            ProjectReport.due_on >= today + timedelta(days=window.first),
            ProjectReport.due_on <= today + timedelta(days=window.last),
            ~sent,
        )
        reports = await session.scalars(query.order_by(ProjectReport.due_on, ProjectReport.id).limit(MOST))
        found += [(report_id, window.days) for report_id in reports]
    return found


async def remind_of_report(session: AsyncSession, settings: Settings, due: Reminder, now: datetime) -> int:
    """Remind those who write a report; how many. None of one that somebody else holds: it comes up again."""
    report_id, days = due
    free = select(ProjectReport).where(ProjectReport.id == report_id, ProjectReport.status.in_(WRITABLE))
    report = await session.scalar(free.with_for_update(skip_locked=True))
    if report is None or report.due_on is None:
        return 0
    people = (await session.scalars(_writers(report))).all()
    rows = [
        {"report_id": report.id, "person_id": one, "due_on": report.due_on, "days": days, "sent_at": now}
        for one in sorted(set(people))
    ]
    if not rows:
        return 0
    sent = insert(SentReportReminder).values(rows).on_conflict_do_nothing().returning(SentReportReminder.person_id)
    reminded = (await session.scalars(sent)).all()
    today = reminder_day(now, settings.reminder_hour)
    await publish(session, *(_due(report, one, report.due_on, today) for one in reminded))
    return len(reminded)


def _due(report: ProjectReport, person_id: UUID, due_on: date, today: date) -> ReportReminded:
    return ReportReminded(
        report_id=report.id,
        person_id=person_id,
        title=report.title,
        project_code=report.project_code,
        due_on=due_on,
        days_before=(due_on - today).days,
        useless_from_on=due_on + timedelta(days=FORGOTTEN_DAYS),
    )


def _writers(report: ProjectReport) -> Select[UUID]:
    inside = select(GroupParticipant.person_id).where(GroupParticipant.group_id == report.group_id)
    if report.by == "participant":
        return inside.where(GroupParticipant.id == report.participant_id)
    if report.by == "school":
        return inside.where(GroupParticipant.urn == report.urn, GroupParticipant.left_on.is_(None))
    return select(GroupLead.person_id).where(GroupLead.group_id == report.group_id, GroupLead.until_on.is_(None))
