"""Counting what hubs delivered in a year, from runs, bookings, completions, members and meetings. Nothing is stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import distinct, func, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from chassis import clock
from hubs.academic_years import days_of
from hubs.bookings.models import ON_REGISTER, Booking
from hubs.completions.models import Completion, CompletionCorrection
from hubs.courses.models import Course, CourseRun
from hubs.directory.models import Hub, HubMember, HubSchool
from hubs.meetings.models import HubMeeting
from hubs.targets.errors import AcademicYearWrong
from hubs.targets.models import Measure

NOT_HELD = ("draft", "postponed", "cancelled")
GCSE_HOURS = 40
"""Hours of GCSE subject knowledge that make a teacher count as trained: the source's training programme."""
Delivered = dict[UUID | None, dict[Measure, int]]
"""By hub; None for the whole network."""

_LATEST = (
    select(CompletionCorrection.completion_id, CompletionCorrection.hours)
    .ext(distinct_on(CompletionCorrection.completion_id))
    .order_by(CompletionCorrection.completion_id, CompletionCorrection.revision.desc())
    .subquery("latest")
)
_HOURS = func.coalesce(_LATEST.c.hours, Completion.hours)
"""Hours of a completion as they stand after corrections; 0 when it was withdrawn."""


@dataclass(frozen=True)
class Year:
    """An academic year with its first and last day."""

    name: str
    first_on: date
    last_on: date

    @classmethod
    def of(cls, name: str) -> "Year":
        """The year of this name; AcademicYearWrong."""
        try:
            return cls(name, *days_of(name))
        except ValueError as error:
            raise AcademicYearWrong(f"{error}.") from error

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """When it begins and when the next one does, by the clock in England."""
        first = datetime.combine(self.first_on, time(), clock.ENGLAND)
        return first, datetime.combine(self.last_on + timedelta(days=1), time(), clock.ENGLAND)


async def delivered(reader: AsyncConnection, year: Year, hub_id: UUID | None = None) -> Delivered:
    """What each hub delivered, and the network as a whole; with a hub, that one alone."""
    found: Delivered = {}
    for measures, hub, query in _counts(year):
        grouped = query.where(hub.is_not(None)).group_by(func.grouping_sets(tuple_(hub), tuple_()))
        for row in await reader.execute(grouped if hub_id is None else grouped.where(hub == hub_id)):
            values = found.setdefault(row[0], {})
            values.update({measure: int(value or 0) for measure, value in zip(measures, row[1:], strict=True)})
    return found


def _counts(year: Year) -> Iterator[tuple[tuple[Measure, ...], InstrumentedAttribute[Any], Any]]:
    days, run_hub = (year.first_on, year.last_on), CourseRun.hub_id
    completed = (
        select(
            run_hub,
            func.count(distinct(Completion.teacher_id)),
            func.count(distinct(Booking.school_urn)),
            func.sum(_HOURS),
        )
        .select_from(Completion)
        .join(CourseRun, CourseRun.id == Completion.course_run_id)
        .outerjoin(Booking, Booking.id == Completion.booking_id)
        .outerjoin(_LATEST, _LATEST.c.completion_id == Completion.id)
        .where(Completion.completed_on.between(*days), _HOURS > 0)
    )
    yield ("teachers", "schools", "cpd_hours"), run_hub, completed
    is_over = CourseRun.ends_on.between(year.first_on, min(year.last_on, clock.today()))
    yield ("course_runs",), run_hub, select(run_hub, func.count()).where(is_over, CourseRun.status.not_in(NOT_HELD))
    booked = select(run_hub, func.count()).join(Booking, Booking.course_run_id == CourseRun.id)
    yield ("places",), run_hub, booked.where(CourseRun.starts_on.between(*days), Booking.status.in_(ON_REGISTER))
    begins, ends = year.moments
    joined = select(HubMember.hub_id, func.count(distinct(HubMember.teacher_id)))
    yield ("new_members",), HubMember.hub_id, joined.where(HubMember.joined_at >= begins, HubMember.joined_at < ends)
    belonged = select(HubSchool.hub_id, func.count(distinct(HubSchool.urn))).where(
        HubSchool.joined_on <= year.last_on, HubSchool.left_on.is_(None) | (HubSchool.left_on >= year.first_on)
    )
    yield ("member_schools",), HubSchool.hub_id, belonged
    held = select(HubMeeting.hub_id, func.count()).where(
        HubMeeting.status == "held", HubMeeting.meets_on.between(*days)
    )
    yield ("meetings",), HubMeeting.hub_id, held


async def national(reader: AsyncConnection, since: dict[str, date]) -> dict[str, int]:
    """Where the figures stand today that sources name for the whole network, by measure; `since` when they count."""
    open_hubs = select(Hub.kind, func.count()).where(Hub.is_open).group_by(Hub.kind)
    hubs: dict[str, int] = {row.kind: row[1] for row in await reader.execute(open_hubs)}
    today = clock.today()
    in_stem_hubs = (
        select(func.count(distinct(HubSchool.urn)))
        .join(Hub, Hub.id == HubSchool.hub_id)
        .where(Hub.kind == "stem_skills_hub", Hub.is_open, HubSchool.joined_on <= today)
        .where(HubSchool.left_on.is_(None) | (HubSchool.left_on >= today))
    )
    trained = (
        select(Completion.teacher_id)
        .join(Course, Course.code == Completion.activity_code)
        .outerjoin(_LATEST, _LATEST.c.completion_id == Completion.id)
        .where(Course.programme == "gcse_subject_knowledge", Completion.completed_on >= since["gcse_teachers"])
        .group_by(Completion.teacher_id)
        .having(func.sum(_HOURS) >= Decimal(GCSE_HOURS))
    )
    return {
        "computing_hubs": hubs.get("computing_hub", 0),
        "stem_skills_hubs": hubs.get("stem_skills_hub", 0),
        "stem_schools": await reader.scalar(in_stem_hubs) or 0,
        "gcse_teachers": await reader.scalar(select(func.count()).select_from(trained.subquery())) or 0,
    }
