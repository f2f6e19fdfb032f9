"""Programmes as administrators keep them, and schools that take part and withdraw."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.academic_years import academic_year_of, days_of
from hubs.areas.queries import ENGLAND
from hubs.programmes.errors import (
    EnrolmentHasBookings,
    EnrolmentNotFound,
    ProgrammeNotFound,
    ProgrammeNotRunning,
    ProgrammeSlugTaken,
    ProgrammeYearsWrong,
    SchoolEnrolledAlready,
    SchoolNotEligible,
)
from hubs.programmes.models import ProgrammeEnrolment, PupilProgramme, WithdrawalCause
from hubs.programmes.schemas import ProgrammeEdit, ProgrammeIn
from hubs.pupil_events.models import PupilBooking, PupilEvent
from hubs.school_imports.rules import key_stages
from hubs.schools.access import school_of_lead
from hubs.schools.errors import SchoolNotFound
from hubs.schools.models import School


async def create(session: AsyncSession, caller: Principal, body: ProgrammeIn) -> PupilProgramme:
    """Keep a new programme. Raises ProgrammeSlugTaken and ProgrammeYearsWrong."""
    _require_years(body.first_year, body.last_year)
    offered = insert(PupilProgramme).values(**body.model_dump(), version=1).on_conflict_do_nothing()
    made: PupilProgramme | None = await session.scalar(offered.returning(PupilProgramme))
    if made is None:
        raise ProgrammeSlugTaken(f"Another programme is called {body.slug}.")
    await audit.record(session, caller, "programme.created", f"programme:{body.slug}", {"source": body.source})
    return made


async def edit(
    session: AsyncSession, caller: Principal, slug: str, version: int, body: ProgrammeEdit
) -> PupilProgramme:
    """Change a programme from the version that was read.

    Raises ProgrammeNotFound, StaleVersion, ProgrammeYearsWrong.
    """
    programme = await session.get(PupilProgramme, slug, with_for_update=True)
    if programme is None:
        raise ProgrammeNotFound("No programme has this name.")
    require_version(programme.version, version)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(programme, name, value)
    _require_years(programme.first_year, programme.last_year)
    programme.version += 1
    changed: list[str] = sorted(body.model_fields_set)
    await audit.record(session, caller, "programme.edited", f"programme:{slug}", {"changed": changed})
    return programme


def _require_years(first: str, last: str | None) -> None:
    try:
        begins = days_of(first)
        ends = days_of(last) if last else begins
    except ValueError as error:
        raise ProgrammeYearsWrong(f"{error}.") from error
    if ends < begins:
        raise ProgrammeYearsWrong(f"A programme that begins in {first} cannot end in {last}.")


async def programme_in(session: AsyncSession, slug: str, academic_year: str) -> PupilProgramme:
    """The programme, if it runs in that academic year. Raises ProgrammeNotFound and ProgrammeNotRunning."""
    programme = await session.get(PupilProgramme, slug)
    if programme is None:
        raise ProgrammeNotFound("No programme has this name.")
    if not programme.first_year <= academic_year <= (programme.last_year or academic_year):
        ends = f" to {programme.last_year}" if programme.last_year else ""
        raise ProgrammeNotRunning(f"{programme.title} runs from {programme.first_year}{ends}.")
    return programme


async def enrol(session: AsyncSession, caller: Principal, slug: str, academic_year: str) -> ProgrammeEnrolment:
    """Let the caller's school take part.

    Raises ProgrammeNotFound, ProgrammeNotRunning, SchoolNotFound, SchoolNotEligible and SchoolEnrolledAlready.
    """
    urn = school_of_lead(caller)
    programme = await programme_in(session, slug, academic_year)
    this_year = academic_year_of(clock.today())
    next_year = academic_year_of(days_of(this_year)[1] + timedelta(days=1))
    if academic_year not in (this_year, next_year):
        raise ProgrammeNotRunning(f"Schools enrol for {this_year} and {next_year}.")
    school = await session.get(School, urn)
    if school is None:
        raise SchoolNotFound(f"The register holds no school with the URN {urn}.")
    _require_eligible(programme, school)
    offered = insert(ProgrammeEnrolment).values(
        id=new_id(),
        programme_slug=slug,
        urn=urn,
        academic_year=academic_year,
        enrolled_at=clock.now(),
        enrolled_by=caller.id,
    )
    kept = offered.on_conflict_do_nothing().returning(ProgrammeEnrolment)
    made: ProgrammeEnrolment | None = await session.scalar(kept)
    if made is None:
        raise SchoolEnrolledAlready(f"{school.name} takes part in {academic_year} already.")
    await audit.record(session, caller, "programme.enrolled", f"enrolment:{made.id}", {"urn": urn, "programme": slug})
    return made


def _require_eligible(programme: PupilProgramme, school: School) -> None:
    if not school.is_open or school.country != ENGLAND:
        raise SchoolNotEligible("Open schools in England take part.", criterion="open_in_england")
    taught = key_stages(school.phase, school.lowest_age, school.highest_age) or []
    if not set(taught) & set(programme.key_stages):
        wanted = ", ".join(programme.key_stages)
        raise SchoolNotEligible(f"{programme.title} is for schools that teach {wanted}.", criterion="key_stages")
    if programme.is_state_funded_only and not school.is_state_funded:
        known = "is not state-funded" if school.is_state_funded is False else "may not be state-funded: it does not say"
        raise SchoolNotEligible(f"By the register the school {known}.", criterion="state_funded")


async def withdraw(
    session: AsyncSession, caller: Principal, slug: str, enrolment_id: UUID, because: WithdrawalCause
) -> ProgrammeEnrolment:
    """End the part of the caller's school. A repeat changes nothing. Raises EnrolmentNotFound, EnrolmentHasBookings."""
    own = select(ProgrammeEnrolment).where(
        ProgrammeEnrolment.id == enrolment_id,
        ProgrammeEnrolment.programme_slug == slug,
        ProgrammeEnrolment.urn == school_of_lead(caller),
    )
    enrolment = await session.scalar(own.with_for_update())
    if enrolment is None:
        raise EnrolmentNotFound("No enrolment of your school has this id.")
    if enrolment.withdrawn_at is None:
        await _require_no_bookings(session, enrolment)
        enrolment.withdrawn_at, enrolment.withdrawn_because = clock.now(), because
        details: dict[str, audit.JSON] = {"urn": enrolment.urn, "because": because}
        await audit.record(session, caller, "programme.withdrawn", f"enrolment:{enrolment_id}", details)
    return enrolment


async def _require_no_bookings(session: AsyncSession, enrolment: ProgrammeEnrolment) -> None:
    standing = (
        select(PupilBooking.id)
        .join(PupilEvent, PupilEvent.id == PupilBooking.event_id)
        .where(
            PupilBooking.urn == enrolment.urn,
            PupilBooking.status == "booked",
            PupilEvent.programme_slug == enrolment.programme_slug,
            PupilEvent.academic_year == enrolment.academic_year,
            PupilEvent.starts_at > clock.now(),
        )
    )
    if found := [str(one) for one in await session.scalars(standing)]:
        raise EnrolmentHasBookings("Cancel the school's bookings of events to come first.", pupil_booking_ids=found)


async def holds_enrolment(session: AsyncSession, programme_slug: str, academic_year: str, urn: str) -> bool:
    """Whether the school takes part; if so it cannot withdraw before this transaction ends."""
    part = select(ProgrammeEnrolment.id).where(
        ProgrammeEnrolment.programme_slug == programme_slug,
        ProgrammeEnrolment.academic_year == academic_year,
        ProgrammeEnrolment.urn == urn,
        ProgrammeEnrolment.withdrawn_at.is_(None),
    )
    return await session.scalar(part.with_for_update(read=True)) is not None
