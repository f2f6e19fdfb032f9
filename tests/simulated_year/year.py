"""The whole year, phase by phase: all hubs at once within a phase, and months between one and the next."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from simulated_year import (
    board_figures,
    boards,
    delivering,
    figures,
    invariants,
    part_sheets,
    paying,
    planning,
    recruiting,
    reporting,
    taking_part,
    world,
)
from simulated_year.platform import Platform
from simulated_year.records import Journal, Line, table
from simulated_year.sheets import Cells, Sheets, differences, sheets_of
from simulated_year.spreadsheet import Year
from simulated_year.world import SimulatedHub, Team, World

LAST_DAY = "2020-08-28"
AT_ONCE = 8
CROSSED = 3
"""News of each service that cross each other in a phase, for each hub."""


@dataclass
class Ended:
    """How the year ended."""

    world: World
    computed: Sheets
    read: Sheets
    differences: list[tuple[str, str, str, object, object]]
    broken: list[str]


async def run(platform: Platform, seed: int, hubs: int, codes: list[str]) -> Ended:
    """From planning in June 2019 to the last day of August 2020."""
    platform.travel("2019-06-10")
    people = await world.populate(platform, platform.services["hubs"], seed, hubs)
    here = World(platform, Journal(), Team.of("ncetm"), people)
    await _read_projects(here, codes)
    await taking_part.credit_discussions(here)
    await paying.open_budget(here)
    await _each(here, lambda hub: planning.plan(here, hub, codes))
    platform.travel("2019-09-16")
    await platform.quiet()
    await _each(here, lambda hub: paying.enter_payee(here, hub))
    await _each(here, lambda hub: recruiting.recruit(here, hub))
    platform.travel("2019-10-07")
    await _each(here, lambda hub: delivering.start(here, hub))
    await _deliver(here)
    await _close(here)
    return await _ended(here)


async def _read_projects(here: World, codes: list[str]) -> None:
    for row in await here.platform.every(here.team.lead, "/v1/projects", network=world.NETWORK):
        if row["code"] in codes and row["project_year"] == world.YEAR:
            here.projects[row["code"]] = await here.platform.get(here.team.lead, f"/v1/projects/{row['id']}")
    assert sorted(here.projects) == sorted(codes)


async def _each(here: World, of_hub: Callable[[SimulatedHub], Awaitable[None]]) -> None:
    """Something that all hubs do, several at the same time; the news of it cross each other."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def in_turn(hub: SimulatedHub) -> None:
        async with turns:
            await of_hub(hub)

    async with asyncio.TaskGroup() as group:
        for hub in here.hubs:
            group.create_task(in_turn(hub))
        for service in here.platform.services:
            group.create_task(here.platform.cross(service, CROSSED * len(here.hubs)))


async def _deliver(here: World) -> None:
    """Three sessions, with the money's steps between them."""
    platform = here.platform
    platform.travel("2019-11-20")
    await _each(here, lambda hub: delivering.meet(here, hub, 1))
    await _each(here, lambda hub: delivering.refuse_late_applicants(here, hub))
    await _each(here, lambda hub: taking_part.take_part(here, hub))
    await _decide(here, "2019-12-05", is_last=False)
    platform.travel("2020-02-12")
    await _each(here, lambda hub: delivering.meet(here, hub, 2))
    await _decide(here, "2020-02-26", is_last=False)
    grants = await paying.grants_by_group(here)
    await _each(here, lambda hub: paying.draw(here, hub, grants, whole=False))
    await paying.pay(here)
    platform.travel("2020-05-20")
    await _each(here, lambda hub: delivering.meet(here, hub, 3))
    await _decide(here, "2020-06-03", is_last=True)
    grants = await paying.grants_by_group(here)
    await _each(here, lambda hub: paying.draw(here, hub, grants, whole=True))


async def _decide(here: World, day: str, *, is_last: bool) -> None:
    """Proposals and adjustments are decided until funding asks for no more."""
    here.platform.travel(day)
    while True:
        await here.platform.quiet()
        await here.platform.swept()
        grants = await paying.grants_by_group(here)
        found = await asyncio.gather(*(paying.adjust(here, hub, grants) for hub in here.hubs))
        if not any(found):
            break
    await _each(here, lambda hub: paying.decide_proposals(here, hub, grants, is_last=is_last))


async def _close(here: World) -> None:
    """Groups are completed, reports come in time or late, grants end."""
    platform = here.platform
    platform.travel("2020-07-06")
    await _each(here, lambda hub: delivering.complete(here, hub))
    await platform.quiet()
    platform.travel("2020-07-15")
    await _each(here, lambda hub: reporting.report(here, hub, is_late=False))
    await reporting.report_of_network(here)
    platform.travel("2020-08-20")
    await _each(here, lambda hub: reporting.report(here, hub, is_late=True))
    await paying.pay(here)
    grants = await paying.grants_by_group(here)
    await _each(here, lambda hub: paying.end(here, hub, grants))
    platform.travel(LAST_DAY)
    await platform.quiet()
    await platform.swept()
    await platform.told()


def recomputed(lines: Iterable[Line]) -> Sheets:
    """Every total there is, from the lines alone."""
    known = list(lines)
    year = Year((line for line in known if line.kind not in part_sheets.KINDS), LAST_DAY)
    return sheets_of(year) | boards.boards_of(year) | part_sheets.sheets_of_parts(known)


async def _ended(here: World) -> Ended:
    computed = recomputed(here.journal.lines)
    read = await figures.read_sheets(here) | await board_figures.read_boards(here)
    read |= await part_sheets.read_parts(here)
    found = await invariants.broken(here.platform.services)
    return Ended(here, computed, read, differences(computed, read), found)


def write(ended: Ended, folder: Path) -> None:
    """The journal, a file for each sheet as recomputed, and what differs."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "journal.csv").write_text(ended.world.journal.as_csv())
    for name, rows in ended.computed.items():
        (folder / f"{name}.csv").write_text(_sheet(rows))
    head = ("sheet", "row", "column", "recomputed", "platform")
    (folder / "differences.csv").write_text(table(head, ended.differences))


def _sheet(rows: dict[str, Cells]) -> str:
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    return table(
        ("row", *columns), ((key, *(row.get(one, "") for one in columns)) for key, row in sorted(rows.items()))
    )


def tell(ended: Ended, seed: int) -> None:
    """The campaign's figures, and everything that is not as it should be."""
    platform, journal = ended.world.platform, ended.world.journal
    kinds = ("formed", "started", "called off", "completed", "person in", "mark", "report", "drawn", "adjusted")
    counts = ", ".join(f"{journal.count(kind)} {kind}" for kind in kinds)
    cells = sum(len(row) for rows in ended.computed.values() for row in rows.values())
    print(f"seed {seed}: {len(ended.world.hubs)} hubs, {len(journal.lines)} lines ({counts})")  # noqa: T201
    print(  # noqa: T201
        f"{platform.requests} requests, {platform.repeats} repeated, {platform.retries} retried, "
        f"{platform.kills} kills, {platform.crossed} news crossed, "
        f"{cells} cells compared, {len(ended.differences)} differences"
    )
    for one in (*ended.differences[:50], *ended.broken):
        print(one)  # noqa: T201
