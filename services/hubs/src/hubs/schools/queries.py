"""Reads of the register."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import aliased

from chassis.paging import PageOf
from hubs.areas.errors import OutsideEngland
from hubs.areas.queries import ENGLAND, Place
from hubs.areas.rules import Position
from hubs.base import AnyRow
from hubs.schools.errors import SchoolNotFound, SchoolPlaceUnknown
from hubs.schools.models import School, SchoolLink, Trust, TrustMembership
from hubs.schools.schemas import SchoolFilter
from hubs.successions.models import SchoolSuccession

SCHOOL = School.__table__
SchoolRow = AnyRow


_OTHER = aliased(School)
_NONE: ColumnElement[list[object]] = literal_column("'[]'::jsonb")

_TRUSTS = (
    select(
        func.jsonb_agg(
            aggregate_order_by(
                func.jsonb_build_object(
                    *("trust_code", TrustMembership.trust_code, "trust_name", Trust.name),
                    *("since_on", TrustMembership.since_on, "until_on", TrustMembership.until_on),
                ),
                TrustMembership.since_on.desc(),
                TrustMembership.until_on.desc().nulls_first(),
            )
        )
    )
    .join(Trust, Trust.code == TrustMembership.trust_code)
    .where(TrustMembership.school_urn == School.urn)
    .scalar_subquery()
)
_LINKS = (
    select(
        func.jsonb_agg(
            aggregate_order_by(
                func.jsonb_build_object(
                    *("urn", SchoolLink.linked_urn, "name", _OTHER.name, "kind", SchoolLink.kind),
                    *("link_type", SchoolLink.link_type, "established_on", SchoolLink.established_on),
                ),
                SchoolLink.established_on,
                SchoolLink.linked_urn,
                SchoolLink.link_type,
            )
        )
    )
    .outerjoin(_OTHER, _OTHER.urn == SchoolLink.linked_urn)
    .where(SchoolLink.urn == School.urn)
    .scalar_subquery()
)
_SUCCESSIONS = (
    select(
        func.jsonb_agg(
            func.jsonb_build_object(
                *("kind", SchoolSuccession.kind, "status", SchoolSuccession.status),
                *("candidates", SchoolSuccession.candidates, "chosen", SchoolSuccession.chosen),
                *("established_on", SchoolSuccession.established_on),
            )
        )
    )
    .where(SchoolSuccession.urn == School.urn, SchoolSuccession.status != "settled")
    .scalar_subquery()
)
# Asked all day: one round trip, and built once.
DESCRIBED = select(
    SCHOOL,
    func.coalesce(_TRUSTS, _NONE).label("trusts"),
    func.coalesce(_LINKS, _NONE).label("links"),
    func.coalesce(_SUCCESSIONS, _NONE).label("successions"),
).where(School.urn == bindparam("urn"))
"""A school with its trusts and links, by `urn`."""


async def find_school(reader: AsyncConnection | AsyncSession, urn: str) -> SchoolRow:
    """One school, or SchoolNotFound."""
    row = (await reader.execute(select(SCHOOL).where(School.urn == urn))).first()
    if row is None:
        raise SchoolNotFound(f"The register holds no school with the URN {urn}.")
    return row


async def describe_school(reader: AsyncConnection, urn: str) -> SchoolRow:
    """One school with its trusts and links, or SchoolNotFound."""
    row = (await reader.execute(DESCRIBED, {"urn": urn})).first()
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
