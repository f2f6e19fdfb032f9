"""Reads of the register."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.paging import PageOf
from hubs.areas.errors import OutsideEngland
from hubs.areas.queries import ENGLAND, Place
from hubs.areas.rules import Position
from hubs.base import AnyRow
from hubs.schools.errors import SchoolNotFound, SchoolPlaceUnknown
from hubs.schools.models import School
from hubs.schools.schemas import SchoolFilter

SCHOOL = School.__table__
SchoolRow = AnyRow


async def find_school(reader: AsyncConnection, urn: str) -> SchoolRow:
    """One school, or SchoolNotFound."""
    row = (await reader.execute(select(SCHOOL).where(School.urn == urn))).first()
    if row is None:
        raise SchoolNotFound(f"The register holds no school with the URN {urn}.")
    return row


async def list_schools(reader: AsyncConnection, wanted: SchoolFilter, page: PageOf) -> Sequence[SchoolRow]:
    """Schools by URN, one row more than the page holds."""
    query = select(SCHOOL).order_by(School.urn).limit(page.limit + 1)
    if wanted.district:
        query = query.where(School.district_code == wanted.district)
    if wanted.phase:
        query = query.where(School.phase == wanted.phase)
    if wanted.q:
        query = query.where(School.name.icontains(wanted.q, autoescape=True))
    if (after := page.after_as(str)) is not None:
        query = query.where(School.urn > after[0])
    return (await reader.execute(query)).all()


async def place_of_school(reader: AsyncConnection, urn: str) -> Place:
    """Where a school stands. Raises OutsideEngland, and SchoolPlaceUnknown when the register has no position."""
    school = await find_school(reader, urn)
    if school.country != ENGLAND:
        raise OutsideEngland(school.name, school.country)
    if school.latitude is None or school.longitude is None:
        raise SchoolPlaceUnknown(f"The register gives no position for {school.name}.")
    position = Position(school.latitude, school.longitude)
    return Place(school.name, position, "school", school.district_code, 1.0)
