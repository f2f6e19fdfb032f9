"""Setting targets, and holding delivery against them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.directory.administration import hub_of_keeper
from hubs.directory.queries import all_hubs
from hubs.reference import rows
from hubs.spreadsheets import csv_of
from hubs.targets.delivery import Delivered, Year, delivered, national
from hubs.targets.models import MEASURES, HubTarget
from hubs.targets.schemas import (
    DeliveryOut,
    HubDeliveryOut,
    MeasureOut,
    NationalTargetOut,
    NetworkDeliveryOut,
    TargetsIn,
)

TARGET = HubTarget.__table__


async def set_targets(
    session: AsyncSession, caller: Principal, hub_id: UUID, year: Year, version: int, wanted: TargetsIn
) -> HubTarget:
    """Replace a hub's targets of a year, from the version that was read (0: none). Raises StaleVersion."""
    await hub_of_keeper(session, caller, hub_id)
    target = await session.get(HubTarget, (hub_id, year.name))
    require_version(target.version if target else 0, version)
    if target is None:
        target = HubTarget(hub_id=hub_id, academic_year=year.name, version=0)
        session.add(target)
    for measure, figure in wanted.model_dump().items():
        setattr(target, measure, figure)
    target.version, target.set_at, target.set_by = target.version + 1, clock.now(), caller.id
    await session.flush()
    details: dict[str, audit.JSON] = dict(wanted.model_dump(exclude_none=True))
    await audit.record(session, caller, "hub.targets-set", f"hub:{hub_id}", details | {"year": year.name})
    return target


async def targets_of(reader: AsyncConnection, hub_id: UUID, year: Year) -> AnyRow | None:
    """A hub's targets of a year, if any were set."""
    query = select(TARGET).where(HubTarget.hub_id == hub_id, HubTarget.academic_year == year.name)
    return (await reader.execute(query)).first()


async def delivery_of(reader: AsyncConnection, hub_id: UUID, year: Year) -> DeliveryOut:
    """A hub's year."""
    counted = await delivered(reader, year, hub_id)
    target = await targets_of(reader, hub_id, year)
    return DeliveryOut(
        hub_id=hub_id,
        academic_year=year.name,
        first_on=year.first_on,
        last_on=year.last_on,
        measures=_measures(counted, hub_id, _figures(target)),
    )


async def network_delivery(reader: AsyncConnection, year: Year) -> NetworkDeliveryOut:
    """Every hub's year, the totals, and the figures that sources name for the network."""
    counted = await delivered(reader, year)
    of_year = select(TARGET).where(HubTarget.academic_year == year.name)
    targets = {row.hub_id: _figures(row) for row in await reader.execute(of_year)}
    sums = select(*(func.sum(TARGET.c[measure]).label(measure) for measure in MEASURES))
    total = (await reader.execute(sums.where(HubTarget.academic_year == year.name))).one()
    hubs = [
        {**hub._mapping, "hub_id": hub.id, "measures": _measures(counted, hub.id, targets.get(hub.id, {}))}
        for hub in await all_hubs(reader)
    ]
    return NetworkDeliveryOut(
        academic_year=year.name,
        first_on=year.first_on,
        last_on=year.last_on,
        totals=_measures(counted, None, _figures(total)),
        national=await _national(reader),
        hubs=[HubDeliveryOut.model_validate(hub) for hub in hubs],
    )


async def network_csv(reader: AsyncConnection, year: Year) -> bytes:
    """A line per hub, with target and delivery of each measure beside each other."""
    pairs = [f"{measure}_{what}" for measure in MEASURES for what in ("target", "delivered")]
    lines = [
        [year.name, hub.slug, hub.name, hub.kind, hub.region, hub.is_open, *_cells(hub.measures)]
        for hub in (await network_delivery(reader, year)).hubs
    ]
    return csv_of(("academic_year", "slug", "name", "kind", "region", "is_open", *pairs), lines)


def _cells(measures: Sequence[MeasureOut]) -> Iterator[int | None]:
    for one in measures:
        yield from (one.target, one.delivered)


def _figures(row: AnyRow | None) -> Mapping[str, int | None]:
    return {} if row is None else {measure: getattr(row, measure) for measure in MEASURES}


def _measures(counted: Delivered, hub_id: UUID | None, targets: Mapping[str, int | None]) -> list[MeasureOut]:
    values = counted.get(hub_id, {})
    return [
        MeasureOut(
            measure=measure,
            target=(target := targets.get(measure)),
            delivered=(value := values.get(measure, 0)),
            percent=value * 100 // target if target else None,
        )
        for measure in MEASURES
    ]


async def _national(reader: AsyncConnection) -> list[NationalTargetOut]:
    named = rows("network_targets.csv")
    found = await national(reader, {row["measure"]: date.fromisoformat(row["since_on"]) for row in named})
    return [
        NationalTargetOut.model_validate(row | {"target": row["figure"], "delivered": found[row["measure"]]})
        for row in named
    ]
