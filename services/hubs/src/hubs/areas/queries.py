"""Where a postcode lies, what its district is called now, and distances inside a query."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sqlalchemy import ColumnElement, Numeric, case, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from hubs.areas.errors import OutsideEngland, PostcodeUnknown
from hubs.areas.grid import position_of
from hubs.areas.models import District, DistrictSuccessor, Outcode, PostcodePoint, PostcodeSector
from hubs.areas.rules import EARTH_RADIUS_KM, Position, Postcode
from hubs.base import AnyRow

ENGLAND = "England"
NATIONS = {
    "W": "Wales",
    "S": "Scotland",
    "N": "Northern Ireland",
    "M": "the Isle of Man",
    "L": "the Channel Islands",
}
"""Other nations by the first letter of their statistical codes."""
MOST_HOPS = 5
"""Longest chain of successions followed; the longest known is three."""
KM_PER_DEGREE_OF_LATITUDE = 111.0


@dataclass(frozen=True)
class Place:
    """A spot in England and the district it is taken to lie in."""

    label: str
    position: Position
    precision: Literal["postcode", "sector", "outcode", "school"]
    district_code: str | None
    district_share: float
    """Part of the area's postcodes that lie in the district, 0 to 1."""


@dataclass(frozen=True)
class KnownDistrict:
    """A district under a code of one vintage."""

    code: str
    name: str
    vintage: str


async def locate(reader: AsyncConnection, postcode: Postcode) -> Place:
    """The place of a postcode: by the full directory when it was imported and has it, else by its sector, else by its
    outcode.

    Raises OutsideEngland for another nation's postcode and PostcodeUnknown for one that does not exist.
    """
    if postcode.is_full and (exact := await _exact(reader, postcode)):
        return exact
    if postcode.sector:
        sector = select(PostcodeSector.__table__).where(PostcodeSector.sector == postcode.sector)
        if row := (await reader.execute(sector)).first():
            return _place(row, postcode.sector, "sector")
    row = (await reader.execute(select(Outcode.__table__).where(Outcode.outcode == postcode.outcode))).first()
    country = row.country if row else postcode.country_elsewhere
    if country is not None and country != ENGLAND:
        raise OutsideEngland(postcode.text, country)
    if row is None:
        raise PostcodeUnknown(f"No postcode area {postcode.outcode} is known.")
    return _place(row, postcode.outcode, "outcode")


async def _exact(reader: AsyncConnection, postcode: Postcode) -> Place | None:
    """By the directory of all postcodes. A few have no position there: those are taken by their sector."""
    compact = postcode.text.replace(" ", "")
    row = (await reader.execute(select(PostcodePoint.__table__).where(PostcodePoint.postcode == compact))).first()
    if row is None:
        return None
    if row.nation != ENGLAND[0]:
        raise OutsideEngland(postcode.text, NATIONS[row.nation])
    if row.easting is None or row.northing is None:
        return None
    return Place(postcode.text, position_of(row.easting, row.northing), "postcode", row.district_code, 1.0)


def _place(row: AnyRow, label: str, precision: Literal["sector", "outcode"]) -> Place:
    position = Position(row.latitude, row.longitude)
    return Place(label, position, precision, row.district_code, row.district_share)


async def current_district(reader: AsyncConnection, code: str) -> KnownDistrict | None:
    """The district that stands today where `code` stood; None when it is unknown or was divided."""
    for _ in range(MOST_HOPS):
        row = (await reader.execute(select(District.__table__).where(District.code == code))).first()
        if row is None or row.is_current:
            return None if row is None else KnownDistrict(row.code, row.name, row.vintage)
        successors = select(DistrictSuccessor.new_code).where(DistrictSuccessor.old_code == code)
        heirs = (await reader.scalars(successors)).all()
        if len(heirs) != 1:
            return None
        code = heirs[0]
    return None


def distance_km(
    origin: Position, latitude: ColumnElement[float | None], longitude: ColumnElement[float | None]
) -> ColumnElement[Decimal]:
    """Great-circle kilometres from `origin`, to 0.1, inside a query; null where the position is null."""
    here = func.radians(literal(origin.latitude))
    there = func.radians(latitude)
    lift = func.power(func.sin((there - here) / 2), 2)
    turn = func.power(func.sin(func.radians(longitude - origin.longitude) / 2), 2)
    chord = func.least(1.0, lift + func.cos(here) * func.cos(there) * turn)
    km = func.round(cast(2 * EARTH_RADIUS_KM * func.asin(func.sqrt(chord)), Numeric), 1)
    return case((latitude.is_not(None), km))  # `least` passes over a null and would answer the far side of the earth


def within(origin: Position, km: float, latitude: ColumnElement[float | None]) -> ColumnElement[bool]:
    """The band of latitudes a circle touches: a cheap test before the exact one."""
    reach = km / KM_PER_DEGREE_OF_LATITUDE
    return latitude.between(origin.latitude - reach, origin.latitude + reach)
