"""Reads of programmes and of who takes part, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.programmes.errors import ProgrammeNotFound
from hubs.programmes.models import ProgrammeEnrolment, PupilProgramme
from hubs.programmes.schemas import EnrolmentFilter
from hubs.schools.access import school_led_by

PROGRAMME = PupilProgramme.__table__
ENROLMENT = ProgrammeEnrolment.__table__
SEE_ALL_SCHOOLS = ("administrator", "auditor", "hub_lead", "hub_administrator", "partner_admin")
"""Those who run events or account for them know which schools take part; a school sees itself."""


async def list_programmes(reader: AsyncConnection) -> Sequence[AnyRow]:
    """All programmes by title: they are few."""
    return (await reader.execute(select(PROGRAMME).order_by(PupilProgramme.title))).all()


async def find_programme(reader: AsyncConnection, slug: str) -> AnyRow:
    """One programme, or ProgrammeNotFound."""
    row = (await reader.execute(select(PROGRAMME).where(PupilProgramme.slug == slug))).first()
    if row is None:
        raise ProgrammeNotFound("No programme has this name.")
    return row


async def list_enrolments(
    reader: AsyncConnection, caller: Principal, slug: str, wanted: EnrolmentFilter, page: PageOf
) -> Sequence[AnyRow]:
    """Schools' parts in a programme in the order of enrolling, one row more than the page holds."""
    query = select(ENROLMENT).where(ProgrammeEnrolment.programme_slug == slug).order_by(ProgrammeEnrolment.id)
    if not caller.has_role(*SEE_ALL_SCHOOLS):
        query = query.where(ProgrammeEnrolment.urn == school_led_by(caller))
    if wanted.academic_year:
        query = query.where(ProgrammeEnrolment.academic_year == wanted.academic_year)
    if wanted.urn:
        query = query.where(ProgrammeEnrolment.urn == wanted.urn)
    if wanted.is_standing is not None:
        query = query.where(ProgrammeEnrolment.withdrawn_at.is_(None) == wanted.is_standing)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(ProgrammeEnrolment.id > after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def schools_enrolled(reader: AsyncConnection, slug: str, academic_year: str | None) -> dict[str, int]:
    """How many schools take part, by academic year."""
    query = (
        select(ProgrammeEnrolment.academic_year, func.count().label("schools"))
        .where(ProgrammeEnrolment.programme_slug == slug, ProgrammeEnrolment.withdrawn_at.is_(None))
        .group_by(ProgrammeEnrolment.academic_year)
        .order_by(ProgrammeEnrolment.academic_year)
    )
    if academic_year:
        query = query.where(ProgrammeEnrolment.academic_year == academic_year)
    return {row.academic_year: row.schools for row in await reader.execute(query)}
