"""Everything a teacher's progress is made of."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol, cast
from uuid import UUID

from sqlalchemy import Row, RowMapping, Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.activities.models import Activity
from certification.activities.queries import Catalogued, facts_in
from certification.assessments.models import AssessmentAttempt
from certification.award_checks.models import AwardCheck
from certification.certificates.models import Certificate
from certification.credits.models import ActivityRecord, CreditEntry, PendingAward
from certification.diagnostics.models import DiagnosticResponse, Pathway
from certification.enrolments.models import Enrolment
from certification.log_entries.models import LogEntry
from certification.progress.recommendations import BandReached, Offer
from certification.question_banks.models import Assessment, QuestionBank
from certification.schemes.models import Scheme, SchemeVersion
from certification.schemes.requirements import ActivityKind

Rows = list[RowMapping]
AttemptRow = Row[str, str, str | None, datetime, datetime | None, Decimal | None]
"""Scheme, status, outcome, deadline, end and percent of an attempt."""
OFFERED_CATEGORIES = ("course", "community")


class OfferedRow(Catalogued, Protocol):
    """A row of the catalogue as it may be offered."""

    @property
    def title(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def replaced_by(self) -> str | None: ...


TEACHER = bindparam("teacher", type_=Uuid)

_LATEST_RESPONSE = (
    select(DiagnosticResponse.id)
    .where(DiagnosticResponse.teacher_id == TEACHER)
    .order_by(DiagnosticResponse.submitted_at.desc(), DiagnosticResponse.id.desc())
    .limit(1)
    .scalar_subquery()
)
_WAITING = (
    select(func.count())
    .select_from(LogEntry)
    .where(LogEntry.teacher_id == TEACHER, LogEntry.status == "submitted")
    .scalar_subquery()
)
# Built once, and as few as possible: progress is what is read most.
_ENROLMENTS = (
    select(
        Enrolment.scheme,
        Enrolment.scheme_version,
        Scheme.title,
        SchemeVersion.rules,
        Certificate.id.label("certificate_id"),
        PendingAward.due_at,
        AwardCheck.opened_at.label("checked_since"),
        AwardCheck.outcome.label("check_outcome"),
        Pathway.title.label("pathway"),
        Pathway.slug.label("pathway_slug"),
        DiagnosticResponse.scored,
        Pathway.courses,
        Pathway.community,
        _WAITING.label("entries_waiting"),
    )
    .join(Scheme, Scheme.slug == Enrolment.scheme)
    .join(
        SchemeVersion,
        (SchemeVersion.scheme == Enrolment.scheme) & (SchemeVersion.version == Enrolment.scheme_version),
    )
    .outerjoin(
        Certificate,
        (Certificate.teacher_id == Enrolment.teacher_id)
        & (Certificate.scheme == Enrolment.scheme)
        & Certificate.reissue_of.is_(None),
    )
    .outerjoin(
        PendingAward, (PendingAward.teacher_id == Enrolment.teacher_id) & (PendingAward.scheme == Enrolment.scheme)
    )
    .outerjoin(AwardCheck, (AwardCheck.teacher_id == Enrolment.teacher_id) & (AwardCheck.scheme == Enrolment.scheme))
    .outerjoin(DiagnosticResponse, DiagnosticResponse.id == _LATEST_RESPONSE)
    .outerjoin(Pathway, Pathway.slug == DiagnosticResponse.pathway)
    .where(Enrolment.teacher_id == TEACHER)
    .order_by(Enrolment.enrolled_at, Enrolment.scheme)
)
_ENTRIES = (
    select(
        CreditEntry.id,
        CreditEntry.scheme,
        CreditEntry.component,
        CreditEntry.activity,
        CreditEntry.hours,
        CreditEntry.credits,
        CreditEntry.occurred_on,
        CreditEntry.recorded_at,
        ActivityRecord.source,
    )
    .join(ActivityRecord, ActivityRecord.id == CreditEntry.activity_record_id)
    .where(CreditEntry.teacher_id == TEACHER)
    .order_by(CreditEntry.occurred_on, CreditEntry.id)
)
_OFFERED = (
    Activity.code,
    Activity.title,
    Activity.category,
    Activity.counts_as,
    Activity.mode,
    Activity.provider,
    Activity.programmes,
    Activity.published_credits,
    Activity.status,
    Activity.replaced_by,
)
_DONE = (
    select(ActivityRecord.kind, ActivityRecord.activity, ActivityRecord.activity_key)
    .where(ActivityRecord.teacher_id == TEACHER)
    .distinct()
)


async def enrolments(connection: AsyncConnection, teacher_id: UUID | None) -> Rows:
    """Schemes with the pinned rules, and the certificate's id where there is one.

    Each row says as well what pathway the latest diagnostic recommended and how many log entries wait for a moderator.
    """
    return list((await connection.execute(_ENROLMENTS, {"teacher": teacher_id})).mappings())


async def entries(connection: AsyncConnection, teacher_id: UUID | None) -> Rows:
    """The teacher's ledger with what each entry rests on, in the order in which things happened."""
    return list((await connection.execute(_ENTRIES, {"teacher": teacher_id})).mappings())


async def activities_done(connection: AsyncConnection, teacher_id: UUID | None) -> Sequence[Row[str, str, str]]:
    """Kind, code and key of everything the teacher has done."""
    return (await connection.execute(_DONE, {"teacher": teacher_id})).all()


async def assessments(connection: AsyncConnection) -> dict[str, RowMapping]:
    """By scheme the assessment that can be sat, with its limits."""
    columns = (Assessment.slug, Assessment.scheme, QuestionBank.content["limits"].label("limits"))
    query = select(*columns).join(QuestionBank, QuestionBank.assessment == Assessment.slug)
    published = query.where(QuestionBank.status == "published").ext(distinct_on(Assessment.slug))
    rows = await connection.execute(published.order_by(Assessment.slug, QuestionBank.version.desc()))
    return {row["scheme"]: row for row in rows.mappings()}


async def attempts(connection: AsyncConnection, teacher_id: UUID | None) -> Sequence[AttemptRow]:
    """The teacher's attempts at every assessment, in their order."""
    columns = (
        AssessmentAttempt.scheme,
        AssessmentAttempt.status,
        AssessmentAttempt.outcome,
        AssessmentAttempt.deadline_at,
        AssessmentAttempt.ended_at,
        AssessmentAttempt.percent,
    )
    own = select(*columns).where(AssessmentAttempt.teacher_id == teacher_id)
    return (await connection.execute(own.order_by(AssessmentAttempt.id))).all()


async def offers(connection: AsyncConnection, about: RowMapping, *, most: int, whole_catalogue: bool) -> list[Offer]:
    """What may be recommended and is offered: the pathway's activities in order, then what may be recorded in the log.

    Of the log `most`; the whole catalogue where a scheme asks for certain activities. Instead of an activity of the
    pathway that is not offered any more, the one that took its place.
    """
    codes = [*(about["courses"] or ()), *(about["community"] or ())]
    current = Activity.status == "current"
    wanted = current if whole_catalogue else (current & Activity.self_certifiable)
    instead = select(Activity.replaced_by).where(Activity.code.in_(codes), ~current)
    in_pathway = Activity.code.in_(codes) | Activity.code.in_(instead)
    query = select(*_OFFERED).where(wanted | in_pathway)
    query = query.order_by(in_pathway.desc(), Activity.published_credits.desc(), Activity.code)
    rows = (await connection.execute(query if whole_catalogue else query.limit(2 * len(codes) + most))).all()
    return list(_offers(cast(Sequence[OfferedRow], rows), codes, about))


def _offers(rows: Sequence[OfferedRow], codes: Sequence[str], about: RowMapping) -> Iterator[Offer]:
    by_code = {row.code: row for row in rows}
    told = f"In the pathway “{about['pathway']}”, which your diagnostic recommended."
    scored = about["scored"] or ()
    bands = tuple(BandReached(one["dimension"], one["band"]) for one in scored if one["band"])
    seen: set[str] = set()
    for code in codes:
        row = by_code.get(code)
        if row is not None and row.status != "current":
            row = by_code.get(row.replaced_by or "")
        if row is not None and row.status == "current" and row.code not in seen and row.category in OFFERED_CATEGORIES:
            seen.add(row.code)
            replaces = code if row.code != code else None
            yield Offer(_kind(row), facts_in(row), row.title, told, about["pathway_slug"], bands, replaces)
    for row in rows:
        if row.code not in seen and row.status == "current" and row.category in OFFERED_CATEGORIES:
            yield Offer(_kind(row), facts_in(row), row.title, "In the catalogue.")


def _kind(row: OfferedRow) -> ActivityKind:
    return ActivityKind.COMMUNITY if row.category == "community" else ActivityKind.CPD
