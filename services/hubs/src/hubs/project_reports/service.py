"""Writing a report, handing it in, and deciding on it."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.networks import ReportDecided
from hubs.groups.completing import follow_accepted_report
from hubs.project_reports.access import decided_by, written_by
from hubs.project_reports.errors import (
    ReportAnswersWrong,
    ReportClosed,
    ReportIncomplete,
    ReportNotFound,
    ReportOwn,
)
from hubs.project_reports.models import ProjectReport
from hubs.project_reports.queries import duty_of
from hubs.project_reports.rules import STEPS, WRITABLE, not_asked, still_missing
from hubs.project_reports.schemas import Answers, DecisionIn


async def save(session: AsyncSession, caller: Principal, report_id: UUID, seen: int, answers: Answers) -> ProjectReport:
    """Keep what the report says so far, from the version that was read."""
    report = await _held(session, report_id, written_by(caller))
    require_version(report.version, seen)
    if report.status not in WRITABLE:
        raise ReportClosed(f"The report is {report.status}.")
    asked = (await duty_of(session, report)).outcome_kinds
    if wrong := not_asked(asked, [one.kind for one in answers.outcomes]):
        raise ReportAnswersWrong(f"Not asked for, or answered twice: {', '.join(wrong)}.", outcomes=wrong)
    report.answers = answers.model_dump(mode="json", exclude_none=True)
    report.version += 1
    await session.flush()
    return report


async def submit(session: AsyncSession, caller: Principal, report_id: UUID) -> ProjectReport:
    """Hand the report in. A repeat changes nothing. Raises ReportIncomplete and ReportClosed."""
    report = await _held(session, report_id, written_by(caller))
    if report.status == "submitted":
        return report
    if report.status not in STEPS["submitted"]:
        raise ReportClosed(f"The report is {report.status}.")
    asked = (await duty_of(session, report)).outcome_kinds
    answers = Answers.model_validate(report.answers)
    if missing := still_missing(asked, {one.kind for one in answers.outcomes}, answers.summary):
        raise ReportIncomplete(f"The report still lacks {', '.join(missing)}.", missing=missing)
    report.status, report.submitted_at, report.submitted_by = "submitted", clock.now(), caller.id
    report.submissions += 1
    report.version += 1
    await _record(session, caller, "submitted", report)
    return report


async def decide(session: AsyncSession, caller: Principal, report_id: UUID, decision: DecisionIn) -> ProjectReport:
    """Accept or return a report that was handed in, and tell who did. A repeat changes nothing."""
    report = await _held(session, report_id, decided_by(caller))
    if report.status == decision.outcome and report.decided_by == caller.id:
        return report
    if report.status not in STEPS[decision.outcome]:
        raise ReportClosed(f"The report is {report.status}.")
    if report.submitted_by is None or report.submitted_by == caller.id:
        raise ReportOwn("You handed this report in.")
    report.status, report.reason = decision.outcome, decision.reason
    report.decided_at, report.decided_by = clock.now(), caller.id
    report.version += 1
    await _record(session, caller, decision.outcome, report)
    told = ReportDecided(
        report_id=report.id,
        person_id=report.submitted_by,
        title=report.title,
        project_code=report.project_code,
        outcome=decision.outcome,
        submission=report.submissions,
        decided_at=report.decided_at,
    )
    await publish(session, told)
    if report.participant_id is not None and report.status == "accepted":
        await follow_accepted_report(session, report.participant_id, report.duty)
    return report


async def _held(session: AsyncSession, report_id: UUID, theirs: ColumnElement[bool]) -> ProjectReport:
    """The report, held until commit, if it is the caller's to change; ReportNotFound."""
    query = select(ProjectReport).where(ProjectReport.id == report_id, theirs).with_for_update()
    report = await session.scalar(query)
    if report is None:
        raise ReportNotFound("No report that you may change has this id.")
    return report


async def _record(session: AsyncSession, caller: Principal, what: str, report: ProjectReport) -> None:
    await session.flush()
    details: dict[str, audit.JSON] = {"duty": report.duty, "project": report.project_code}
    await audit.record(session, caller, f"project-report.{what}", f"project-report:{report.id}", details)
