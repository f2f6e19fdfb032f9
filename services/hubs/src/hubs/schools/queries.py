"""Reads of the register."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.paging import PageOf
from hubs.areas.errors import OutsideEngland
from hubs.areas.queries import ENGLAND, Place
from hubs.areas.rules import Position
from hubs.base import AnyRow
from hubs.schools.errors import SchoolNotFound, SchoolPlaceUnknown
from hubs.schools.models import School, SchoolLink, Trust, TrustMembership
from hubs.schools.schemas import SchoolFilter

SCHOOL = School.__table__
SchoolRow = AnyRow


async def find_school(reader: AsyncConnection, urn: str) -> SchoolRow:
    """One school, or SchoolNotFound."""
    row = (await reader.execute(select(SCHOOL).where(School.urn == urn))).first()
    if row is None:
        raise SchoolNotFound(f"The register holds no school with the URN {urn}.")
    return row


async def describe_school(reader: AsyncConnection, urn: str) -> dict[str, Any]:
    """One school with its trusts and links, or SchoolNotFound."""
    school = await find_school(reader, urn)
    trusts = (
        select(TrustMembership.__table__, Trust.name.label("trust_name"))
        .join(Trust, Trust.code == TrustMembership.trust_code)
        .where(TrustMembership.school_urn == urn)
        .order_by(TrustMembership.since_on.desc(), TrustMembership.until_on.desc().nulls_first())
    )
    links = (
        select(SchoolLink.kind, SchoolLink.link_type, SchoolLink.established_on, SchoolLink.linked_urn.label("urn"))
        .add_columns(School.name)
        .outerjoin(School, School.urn == SchoolLink.linked_urn)
        .where(SchoolLink.urn == urn)
        .order_by(SchoolLink.established_on, SchoolLink.linked_urn, SchoolLink.link_type)
    )
    return {
        **school._mapping,
        "trusts": [dict(row._mapping) for row in await reader.execute(trusts)],
        "links": [dict(row._mapping) for row in await reader.execute(links)],
    }


async def list_schools(reader: AsyncConnection, wanted: SchoolFilter, page: PageOf) -> Sequence[SchoolRow]:
    """Schools by URN, one row more than the page holds."""
    query = select(SCHOOL).order_by(School.urn).limit(page.limit + 1)
    if wanted.district:
        query = query.where(School.district_code == wanted.district)
    if wanted.phase:
        query = query.where(School.phase == wanted.phase)
    if wanted.trust:
        query = query.where(School.trust_code == wanted.trust)
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
