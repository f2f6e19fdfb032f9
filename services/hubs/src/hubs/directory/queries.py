"""Reads of the directory, and the lookup of a place's hub: by district coverage first, by distance second."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.areas.models import District
from hubs.areas.queries import KnownDistrict, Place, current_district, locate
from hubs.areas.rules import Position, read_postcode
from hubs.base import AnyRow
from hubs.directory.errors import HubNotFound, NoHubs
from hubs.directory.life_cycle import ADMINISTRATORS, HIDDEN
from hubs.directory.models import CoverageBasis, Hub, HubCoverage
from hubs.directory.schemas import HubFilter
from hubs.registers.access import hubs_staffed_by
from hubs.schools.queries import place_of_school

HUB = Hub.__table__
HubRow = AnyRow
ALTERNATIVES = 3
NEARBY = ("computing_hub", "satellite")
"""Kinds that a lookup names: a teacher of computing looks for a computing hub."""
MAIN_SHARE = 0.95
"""Below this share a sector or outcode straddles districts enough that the answer should say so."""


async def list_hubs(reader: AsyncConnection, caller: Principal, wanted: HubFilter, page: PageOf) -> Sequence[HubRow]:
    """Hubs by name, one row more than the page holds. Applications are listed to administrators who ask for them."""
    query = select(HUB).order_by(Hub.name).limit(page.limit + 1)
    if wanted.stage:
        query = query.where(Hub.stage == wanted.stage)
    if wanted.stage is None or not caller.has_role(*ADMINISTRATORS):
        query = query.where(Hub.stage.not_in(HIDDEN))
    if wanted.region:
        query = query.where(Hub.region == wanted.region)
    if wanted.kind:
        query = query.where(Hub.kind == wanted.kind)
    if (after := page.after_as(str)) is not None:
        query = query.where(Hub.name > after[0])
    return (await reader.execute(query)).all()


async def all_hubs(reader: AsyncConnection) -> Sequence[HubRow]:
    """Every hub that is or was one, by name."""
    return (await reader.execute(select(HUB).where(Hub.stage.not_in(HIDDEN)).order_by(Hub.name))).all()


async def find_hub(reader: AsyncConnection, caller: Principal, hub_id: UUID) -> HubRow:
    """One hub, or HubNotFound; an application is found by administrators alone."""
    query = select(HUB).where(Hub.id == hub_id)
    if not caller.has_role(*ADMINISTRATORS):
        query = query.where(Hub.stage.not_in(HIDDEN))
    row = (await reader.execute(query)).first()
    if row is None:
        raise HubNotFound("No hub has this id.")
    return row


async def find_kept_hub(reader: AsyncConnection, caller: Principal, hub_id: UUID) -> HubRow:
    """One hub that the caller keeps, or HubNotFound."""
    if not caller.has_role(*ADMINISTRATORS) and hub_id not in hubs_staffed_by(caller):
        raise HubNotFound("No hub has this id.")
    return await find_hub(reader, caller, hub_id)


async def districts_of(reader: AsyncConnection, hub_id: UUID) -> Sequence[AnyRow]:
    """The districts a hub covers, by name."""
    covered = select(HubCoverage.district_code).where(HubCoverage.hub_id == hub_id)
    query = select(District.code, District.name).where(District.code.in_(covered)).order_by(District.name)
    return (await reader.execute(query)).all()


@dataclass(frozen=True)
class HubDistance:
    """A hub and its lead school's distance."""

    hub: HubRow
    km: float


@dataclass(frozen=True)
class FoundHub:
    """The answer of a lookup, with what it rests on."""

    place: Place
    district: KnownDistrict | None
    nearest: HubDistance
    basis: str
    coverage_basis: str | None
    alternatives: Sequence[HubDistance]


async def hub_of_postcode(reader: AsyncConnection, text: str) -> tuple[str, FoundHub]:
    """The postcode in normal form and its hub."""
    postcode = read_postcode(text)
    return postcode.text, await _hub_of_place(reader, await locate(reader, postcode))


async def hub_of_school(reader: AsyncConnection, urn: str) -> FoundHub:
    """The hub of a school in the register."""
    return await _hub_of_place(reader, await place_of_school(reader, urn))


async def _hub_of_place(reader: AsyncConnection, place: Place) -> FoundHub:
    district = await current_district(reader, place.district_code) if place.district_code else None
    ranked = await _by_distance(reader, place.position)
    covering = await _covering(reader, district.code) if district else None
    chosen = next((found for found in ranked if covering and found.hub.id == covering.hub_id), None)
    basis = "coverage" if chosen else "nearest"
    chosen = chosen or next((found for found in ranked if found.hub.kind == "computing_hub"), None)
    if chosen is None:
        raise NoHubs("No hub is open.")
    others = [found for found in ranked if found is not chosen][:ALTERNATIVES]
    return FoundHub(place, district, chosen, basis, covering.basis if covering else None, others)


async def _by_distance(reader: AsyncConnection, position: Position) -> list[HubDistance]:
    hubs = (await reader.execute(select(HUB).where(Hub.is_open, Hub.kind.in_(NEARBY)))).all()
    found = [HubDistance(hub, position.km_to(Position(hub.latitude, hub.longitude))) for hub in hubs]
    return sorted(found, key=lambda one: (one.km, one.hub.slug))


async def _covering(reader: AsyncConnection, district_code: str) -> Row[UUID, CoverageBasis] | None:
    query = select(HubCoverage.hub_id, HubCoverage.basis).where(HubCoverage.district_code == district_code)
    return (await reader.execute(query)).first()
