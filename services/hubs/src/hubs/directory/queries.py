"""Reads of the directory, and the lookup of a place's hub: by district coverage first, by distance second."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.areas.models import District
from hubs.areas.queries import KnownDistrict, Place, current_district, locate
from hubs.areas.rules import Position, read_postcode
from hubs.base import AnyRow
from hubs.coverage.models import HubCoverage
from hubs.coverage.queries import covering, districts_covered, in_force
from hubs.directory.errors import HubNotFound, NoHubs
from hubs.directory.life_cycle import ADMINISTRATORS, HIDDEN, WORKING
from hubs.directory.models import Hub, HubTransition
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


async def hubs_with_districts(reader: AsyncConnection) -> tuple[Sequence[HubRow], dict[UUID, list[str]]]:
    """Every hub that is or was one, and the districts each covers today."""
    return await all_hubs(reader), await districts_covered(reader, clock.today())


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
    if not keeps_hub(caller, hub_id):
        raise HubNotFound("No hub has this id.")
    return await find_hub(reader, caller, hub_id)


def keeps_hub(caller: Principal, hub_id: UUID) -> bool:
    """Whether the caller is of the hub's staff, or an administrator."""
    return caller.has_role(*ADMINISTRATORS) or hub_id in hubs_staffed_by(caller)


async def districts_of(reader: AsyncConnection, hub_id: UUID) -> Sequence[AnyRow]:
    """The districts a hub covers today, by name."""
    covered = select(HubCoverage.district_code).where(HubCoverage.hub_id == hub_id, in_force(clock.today()))
    query = select(District.code, District.name).where(District.code.in_(covered)).order_by(District.name)
    return (await reader.execute(query)).all()


async def closed_on(reader: AsyncConnection, hub_id: UUID) -> date | None:
    """The day from which a hub is closed."""
    query = select(HubTransition.effective_on).where(HubTransition.hub_id == hub_id, HubTransition.to_stage == "closed")
    return await reader.scalar(query.order_by(HubTransition.id.desc()).limit(1))


@dataclass(frozen=True)
class HubDistance:
    """A hub and its lead school's distance."""

    hub: HubRow
    km: float


@dataclass(frozen=True)
class FoundHub:
    """The answer of a lookup, with what it rests on."""

    place: Place
    on: date
    is_partial: bool
    """Part of a postcode was asked for: who covers a school there is not said."""
    is_fallback: bool
    """A whole postcode was asked for, and a larger area around it answers."""
    district: KnownDistrict | None
    nearest: HubDistance
    basis: str
    coverage: AnyRow | None
    """Who covers the district on the day, whether or not that hub is open."""
    alternatives: Sequence[HubDistance]


async def hub_of_postcode(reader: AsyncConnection, text: str, on: date) -> tuple[str, FoundHub]:
    """The postcode in normal form and its hub on a day. Part of a postcode is answered by distance alone."""
    postcode = read_postcode(text)
    place = await locate(reader, postcode)
    return postcode.text, await _hub_of_place(reader, place, on, is_partial=not postcode.is_full)


async def hub_of_school(reader: AsyncConnection, urn: str, on: date) -> FoundHub:
    """The hub of a school in the register on a day."""
    return await _hub_of_place(reader, await place_of_school(reader, urn), on, is_partial=False)


async def _hub_of_place(reader: AsyncConnection, place: Place, on: date, *, is_partial: bool) -> FoundHub:
    district = await current_district(reader, place.district_code) if place.district_code else None
    ranked = await _by_distance(reader, place.position, on)
    coverage = await covering(reader, district.code, on) if district and not is_partial else None
    chosen = next((found for found in ranked if coverage and found.hub.id == coverage.hub_id), None)
    basis = "coverage" if chosen else "nearest"
    chosen = chosen or next((found for found in ranked if found.hub.kind == "computing_hub"), None)
    if chosen is None:
        raise NoHubs(f"No hub is open on {on}.")
    others = [found for found in ranked if found is not chosen][:ALTERNATIVES]
    is_fallback = not is_partial and place.precision in ("sector", "outcode")
    return FoundHub(place, on, is_partial, is_fallback, district, chosen, basis, coverage, others)


async def _by_distance(reader: AsyncConnection, position: Position, on: date) -> list[HubDistance]:
    hubs = (await reader.execute(select(HUB).where(_open_on(on), Hub.kind.in_(NEARBY)))).all()
    found = [HubDistance(hub, position.km_to(Position(hub.latitude, hub.longitude))) for hub in hubs]
    return sorted(found, key=lambda one: (one.km, one.hub.slug))


def _open_on(on: date) -> ColumnElement[bool]:
    """Hubs that were open on a past day, by the steps of their life; from today on, those that are open."""
    if on >= clock.today():
        return Hub.is_open.is_(True)
    steps = select(HubTransition.to_stage).where(HubTransition.hub_id == Hub.id)
    then = steps.where(HubTransition.effective_on <= on).order_by(HubTransition.id.desc()).limit(1).scalar_subquery()
    first = select(HubTransition.from_stage).where(HubTransition.hub_id == Hub.id).order_by(HubTransition.id).limit(1)
    has_steps = exists().where(HubTransition.hub_id == Hub.id)
    # A hub that came with the platform was open before the first step recorded; an application was no hub yet.
    stage = case((~has_steps, Hub.stage), else_=func.coalesce(then, first.scalar_subquery(), "applied"))
    return stage.in_(WORKING)
