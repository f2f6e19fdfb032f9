"""Changing who covers a district: one hub at a time, told of per district as the whole dated list."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.hubs import CoverageChanged, CoveredBy
from hubs.areas.models import District
from hubs.base import AnyRow
from hubs.coverage.errors import (
    CoverageBegun,
    CoverageDayWrong,
    CoverageNotFound,
    CoverageOverlaps,
    CoversNothing,
    DistrictUnknown,
)
from hubs.coverage.models import HubCoverage
from hubs.coverage.queries import COVERAGE
from hubs.coverage.schemas import CoverageIn, EndIn, HandOverIn
from hubs.directory.errors import HubNotFound
from hubs.directory.life_cycle import WORKING
from hubs.directory.models import Hub
from hubs.sets import any_of

DAY = timedelta(days=1)
REFERENCE_SINCE = date(2023, 1, 1)
"""First day of what comes with the platform: it was inferred from the hubs' list of that year."""


async def cover(session: AsyncSession, caller: Principal, hub_id: UUID, wanted: CoverageIn) -> AnyRow:
    """Let a hub cover a district from a day on. Raises CoversNothing, DistrictUnknown and CoverageOverlaps."""
    await _hold_hubs(session, hub_id, taking=hub_id)
    district = await _hold_district(session, wanted.district_code)
    await _refuse_overlap(session, district, wanted.valid_from, wanted.valid_to)
    made = _period(caller, hub_id, district.code, wanted.valid_from, wanted.valid_to, wanted.reason)
    session.add(made)
    await _note(session, caller, "hub.coverage-begun", made, wanted.reason)
    return await _described(session, made.id)


async def end(session: AsyncSession, caller: Principal, hub_id: UUID, coverage_id: UUID, word: EndIn) -> AnyRow:
    """Set the last day of a coverage, earlier or later than before. Raises CoverageDayWrong and CoverageOverlaps."""
    period, district = await _hold_period(session, hub_id, coverage_id)
    if word.on < period.valid_from:
        raise CoverageDayWrong(f"It begins on {period.valid_from}; its last day cannot be before.")
    await _refuse_overlap(session, district, period.valid_from, word.on, but=period.id)
    period.valid_to = word.on
    await _note(session, caller, "hub.coverage-ended", period, word.reason)
    return await _described(session, period.id)


async def hand_over(
    session: AsyncSession, caller: Principal, hub_id: UUID, coverage_id: UUID, word: HandOverIn
) -> AnyRow:
    """End one hub's coverage and begin another's the day after, in one step; the new coverage.

    Raises CoversNothing, and CoverageDayWrong unless the day is after the first and not after the last.
    """
    await _hold_hubs(session, hub_id, taking=word.to_hub_id)
    period, district = await _hold_period(session, hub_id, coverage_id)
    if not period.valid_from < word.on <= (period.valid_to or date.max):
        until = f" until {period.valid_to}" if period.valid_to else ""
        raise CoverageDayWrong(f"It holds from {period.valid_from}{until}; hand it over on a later day of these.")
    made = _period(caller, word.to_hub_id, district.code, word.on, period.valid_to, word.reason)
    period.valid_to = word.on - DAY
    await session.flush()  # before the other begins: a district has one coverage without end
    session.add(made)
    await audit.record(
        session,
        caller,
        "hub.coverage-handed-over",
        f"hub:{hub_id}",
        {"district": district.code, "to": str(word.to_hub_id), "on": str(word.on), "reason": word.reason},
    )
    await _tell(session, [district.code])
    return await _described(session, made.id)


async def take_back(session: AsyncSession, caller: Principal, hub_id: UUID, coverage_id: UUID) -> None:
    """Remove coverage that was entered and has not begun. Raises CoverageBegun."""
    period, district = await _hold_period(session, hub_id, coverage_id)
    if period.valid_from <= clock.today():
        raise CoverageBegun(f"It began on {period.valid_from}; end it, or hand the district over.")
    await session.delete(period)
    await audit.record(session, caller, "hub.coverage-taken-back", f"hub:{hub_id}", _details(period))
    await _tell(session, [district.code])


async def end_all(session: AsyncSession, caller: Principal, hub: Hub, on: date) -> None:
    """A hub closes: its coverage ends that day, and what was to begin later does not."""
    going_on = (HubCoverage.hub_id == hub.id) & (HubCoverage.valid_to.is_(None) | (HubCoverage.valid_to > on))
    codes = sorted(set(await session.scalars(select(HubCoverage.district_code).where(going_on))))
    held = select(District.code).where(any_of(District.code, codes)).order_by(District.code)
    await session.execute(held.with_for_update())
    for period in await session.scalars(select(HubCoverage).where(going_on)):
        if period.valid_from > on:
            await session.delete(period)
        else:
            period.valid_to = on
    if codes:
        await audit.record(session, caller, "hub.coverage-ended", f"hub:{hub.id}", {"districts": codes, "on": str(on)})
        await _tell(session, codes)


async def add_reference_coverage(session: AsyncSession, rows: Sequence[Mapping[str, object]]) -> None:
    """What comes with the platform, for districts of which nothing was ever recorded."""
    known = set(await session.scalars(select(HubCoverage.district_code).distinct()))
    now = clock.now()
    new = [
        {**row, "id": new_id(), "valid_from": REFERENCE_SINCE, "recorded_at": now}
        for row in rows
        if row["district_code"] not in known
    ]
    if new:
        await session.execute(insert(cast(Table, COVERAGE)), new)
        await _tell(session, sorted(str(row["district_code"]) for row in new))


def _period(
    caller: Principal, hub_id: UUID, district_code: str, first: date, last: date | None, reason: str
) -> HubCoverage:
    return HubCoverage(
        id=new_id(),
        hub_id=hub_id,
        district_code=district_code,
        basis="decided",
        valid_from=first,
        valid_to=last,
        recorded_at=clock.now(),
        recorded_by=caller.id,
        reason=reason,
    )


async def _hold_hubs(session: AsyncSession, hub_id: UUID, taking: UUID) -> None:
    """Hold the hubs until commit, always in the same order, and see to it that the one that takes a district may."""
    query = select(Hub).where(any_of(Hub.id, {hub_id, taking})).order_by(Hub.id).with_for_update()
    held = {hub.id: hub for hub in await session.scalars(query)}
    if hub_id not in held:
        raise HubNotFound("No hub has this id.")
    hub = held.get(taking)
    if hub is None or hub.kind == "satellite" or hub.stage not in WORKING:
        raise CoversNothing("An open hub that is no satellite covers districts.", hub_id=str(taking))


async def _hold_district(session: AsyncSession, code: str) -> District:
    district = await session.get(District, code, with_for_update=True)
    if district is None or not district.is_current:
        raise DistrictUnknown(f"No district has the code {code} today.")
    return district


async def _hold_period(session: AsyncSession, hub_id: UUID, coverage_id: UUID) -> tuple[HubCoverage, District]:
    mine = select(HubCoverage).where(HubCoverage.id == coverage_id, HubCoverage.hub_id == hub_id)
    period = await session.scalar(mine)
    if period is None:
        raise CoverageNotFound("This hub has no coverage of this id.")
    district = await session.get_one(District, period.district_code, with_for_update=True)
    # Read again, now that nobody else changes it.
    found = await session.scalar(mine.execution_options(populate_existing=True))
    if found is None:
        raise CoverageNotFound("This hub has no coverage of this id.")
    return found, district


async def _refuse_overlap(
    session: AsyncSession, district: District, first: date, last: date | None, but: UUID | None = None
) -> None:
    overlapping = select(HubCoverage).where(
        HubCoverage.district_code == district.code,
        HubCoverage.valid_to.is_(None) | (HubCoverage.valid_to >= first),
        HubCoverage.id.is_distinct_from(but),
    )
    if last is not None:
        overlapping = overlapping.where(HubCoverage.valid_from <= last)
    if others := (await session.scalars(overlapping.order_by(HubCoverage.valid_from))).all():
        raise CoverageOverlaps(district.name, others)


async def _note(session: AsyncSession, caller: Principal, action: str, period: HubCoverage, reason: str) -> None:
    await session.flush()
    await audit.record(session, caller, action, f"hub:{period.hub_id}", _details(period) | {"reason": reason})
    await _tell(session, [period.district_code])


def _details(period: HubCoverage) -> dict[str, audit.JSON]:
    days: dict[str, audit.JSON] = {"from": str(period.valid_from), "to": str(period.valid_to or "")}
    return {"district": period.district_code, **days}


async def _tell(session: AsyncSession, district_codes: Iterable[str]) -> None:
    await session.flush()
    wanted = any_of(HubCoverage.district_code, district_codes)
    periods = await session.execute(select(COVERAGE).where(wanted).order_by(HubCoverage.valid_from))
    by_district: dict[str, list[CoveredBy]] = {code: [] for code in district_codes}
    for row in periods:
        days = CoveredBy(hub_id=row.hub_id, valid_from_on=row.valid_from, valid_to_on=row.valid_to, basis=row.basis)
        by_district[row.district_code].append(days)
    told = (CoverageChanged(district_code=code, coverage=tuple(days)) for code, days in by_district.items())
    await publish(session, *told)


async def _described(session: AsyncSession, coverage_id: UUID) -> AnyRow:
    query = (
        select(COVERAGE, District.name.label("district_name"), District.vintage.label("district_vintage"))
        .join(District, District.code == HubCoverage.district_code)
        .where(HubCoverage.id == coverage_id)
    )
    return (await session.execute(query)).one()
