"""Reading completions: a partner its reports, a teacher what counts for them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, literal, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.paging import PageOf
from hubs.base import AnyRow, AnySelect
from hubs.completion_thresholds.models import CompletionThreshold
from hubs.completions.errors import CompletionNotFound
from hubs.completions.models import Activity, Completion, CompletionCorrection, CompletionReport, PartnerLearner
from hubs.completions.schemas import ReportFilter
from hubs.courses.models import Course


def _reports(organisation_id: UUID) -> AnySelect:
    report = CompletionReport
    # A link that a person made tells the partner nothing that it did not say itself.
    named = case((PartnerLearner.claimed_teacher_id == PartnerLearner.teacher_id, PartnerLearner.teacher_id))
    return (
        select(
            report.id,
            report.external_id,
            PartnerLearner.external_learner_id,
            named.label("teacher_id"),
            report.activity_code,
            report.external_run_id,
            report.percent,
            func.coalesce(report.hours, report.catalogue_hours).label("hours"),
            report.occurred_at,
            report.completed_on,
            report.revision,
            report.revised_at.label("updated_at"),
            report.state.label("status"),
            CompletionThreshold.percent.label("threshold_percent"),
            CompletionThreshold.version.label("threshold_version"),
            report.completion_id,
            report.received_at,
            report.changed_at,
        )
        .outerjoin(PartnerLearner, PartnerLearner.id == report.learner_id)
        .outerjoin(CompletionThreshold, CompletionThreshold.id == report.threshold_id)
        .where(report.organisation_id == organisation_id)
    )


async def list_reports(
    reader: AsyncConnection, organisation_id: UUID, wanted: ReportFilter, page: PageOf
) -> Sequence[AnyRow]:
    """The partner's reports by their last change, earliest first, one row more than the page holds.

    A reader who goes on from the last page it has seen misses nothing: changes of a partner's reports come one after
    another, and each gets a later moment.
    """
    report = CompletionReport
    query = _reports(organisation_id).order_by(report.changed_at, report.id).limit(page.limit + 1)
    if wanted.status:
        query = query.where(report.state == wanted.status)
    if wanted.updated_since:
        query = query.where(report.changed_at >= wanted.updated_since)
    if wanted.external_id:
        query = query.where(report.external_id == wanted.external_id)
    if wanted.external_learner_id:
        query = query.where(PartnerLearner.external_learner_id == wanted.external_learner_id)
    if (after := page.after_as(datetime.fromisoformat, UUID)) is not None:
        changed_at, report_id = after
        earlier = (report.changed_at == changed_at) & (report.id > report_id)
        query = query.where((report.changed_at > changed_at) | earlier)
    return (await reader.execute(query)).all()


async def find_report(reader: AsyncConnection, organisation_id: UUID, external_id: str) -> AnyRow:
    """A report by the partner's number, or CompletionNotFound."""
    query = _reports(organisation_id).where(CompletionReport.external_id == external_id)
    row = (await reader.execute(query)).first()
    if row is None:
        raise CompletionNotFound("No completion of yours has this number.")
    return row


async def list_own(reader: AsyncConnection, teacher_id: UUID, page: PageOf) -> Sequence[AnyRow]:
    """A teacher's completions as they stand, last recorded first, one row more than the page holds."""
    correction = CompletionCorrection
    last = (
        select(correction.hours)
        .where(correction.completion_id == Completion.id)
        .order_by(correction.revision.desc())
        .limit(1)
        .lateral()
    )
    last_day = (
        select(correction.completed_on)
        .where(correction.completion_id == Completion.id, correction.completed_on.is_not(None))
        .order_by(correction.revision.desc())
        .limit(1)
        .lateral()
    )
    hours = func.coalesce(last.c.hours, Completion.hours)
    query = (
        select(
            Completion.id,
            Completion.activity_code,
            func.coalesce(Course.title, Activity.title).label("title"),
            Completion.mode,
            hours.label("hours"),
            func.coalesce(last_day.c.completed_on, Completion.completed_on).label("completed_on"),
            case((hours > 0, literal("counts")), else_=literal("withdrawn")).label("status"),
            Completion.course_run_id,
            Completion.reported_by_organisation_id,
            Completion.recorded_at,
        )
        .select_from(Completion)
        .outerjoin(last, true())
        .outerjoin(last_day, true())
        .outerjoin(Course, Course.code == Completion.activity_code)
        .outerjoin(Activity, Activity.code == Completion.activity_code)
        .where(Completion.teacher_id == teacher_id)
        .order_by(Completion.recorded_at.desc(), Completion.id.desc())
        .limit(page.limit + 1)
    )
    if (after := page.after_as(datetime.fromisoformat, UUID)) is not None:
        recorded_at, completion_id = after
        same = (Completion.recorded_at == recorded_at) & (Completion.id < completion_id)
        query = query.where((Completion.recorded_at < recorded_at) | same)
    return (await reader.execute(query)).all()
