"""Reads of coverage."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from hubs.areas.models import District
from hubs.base import AnyRow
from hubs.coverage.models import HubCoverage

COVERAGE = HubCoverage.__table__


def in_force(on: date) -> ColumnElement[bool]:
    """Coverage whose days include `on`."""
    return and_(HubCoverage.valid_from <= on, HubCoverage.valid_to.is_(None) | (HubCoverage.valid_to >= on))


async def coverage_of(db: AsyncConnection | AsyncSession, hub_id: UUID, on: date | None) -> Sequence[AnyRow]:
    """The districts of a hub with their days, by name and day: of one day, or of all."""
    query = (
        select(COVERAGE, District.name.label("district_name"), District.vintage.label("district_vintage"))
        .join(District, District.code == HubCoverage.district_code)
        .where(HubCoverage.hub_id == hub_id)
        .order_by(District.name, HubCoverage.valid_from)
    )
    return (await db.execute(query if on is None else query.where(in_force(on)))).all()


async def covering(reader: AsyncConnection, district_code: str, on: date) -> AnyRow | None:
    """What covers a district on a day."""
    query = select(COVERAGE).where(HubCoverage.district_code == district_code, in_force(on))
    return (await reader.execute(query)).first()


async def districts_covered(reader: AsyncConnection, on: date) -> dict[UUID, list[str]]:
    """The codes of the districts each hub covers on a day."""
    query = select(HubCoverage.hub_id, HubCoverage.district_code).where(in_force(on))
    found: dict[UUID, list[str]] = {}
    for row in await reader.execute(query.order_by(HubCoverage.district_code)):
        found.setdefault(row.hub_id, []).append(row.district_code)
    return found


async def uncovered(reader: AsyncConnection, on: date) -> Sequence[AnyRow]:
    """Districts of today that no hub covers on a day, by name."""
    is_covered = exists().where(HubCoverage.district_code == District.code, in_force(on))
    query = select(District.code, District.name, District.vintage, District.region)
    return (await reader.execute(query.where(District.is_current, ~is_covered).order_by(District.name))).all()
