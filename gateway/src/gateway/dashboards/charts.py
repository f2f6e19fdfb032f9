"""What charts are drawn from: lengths in per cent, tiles of a map, figures in words. Each chart repeats a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = Mapping[str, Any]
ENGLAND = ZoneInfo("Europe/London")
STARTED = ("running", "completed")
STANDS = ("selected", "waiting", "applied", "interested", "declined", "withdrawn")
"""Of applications, in the order in which they are stacked."""
TILES = {
    "North East": (1, 0),
    "North West": (0, 1),
    "Yorkshire and The Humber": (1, 1),
    "West Midlands": (0, 2),
    "East Midlands": (1, 2),
    "East of England": (2, 2),
    "South West": (0, 3),
    "London": (1, 3),
    "South East": (2, 3),
}
"""Column and row of each region on a map of tiles of one size."""
SHADES = (20, 40, 60, 80)
"""Per cent from which a tile is a shade darker."""


@dataclass(frozen=True)
class Piece:
    """A part of a bar, from its start to its length, in per cent of the longest bar."""

    name: str
    start: float
    length: float


@dataclass(frozen=True)
class Bar:
    """A row of a chart."""

    label: str
    title: str
    pieces: Sequence[Piece]
    mark: float | None
    """Where the plan stands, in per cent."""
    says: str


@dataclass(frozen=True)
class Tile:
    """A region on the map, its name in two lines."""

    region: tuple[str, str]
    x: int
    y: int
    shade: int
    says: str


def number(value: float) -> str:
    """With commas between thousands."""
    return f"{value:,}"


def pounds(pence: int) -> str:
    """In whole pounds, the way budgets are read."""
    return f"-£{-pence / 100:,.0f}" if pence < 0 else f"£{pence / 100:,.0f}"


def percent(part: int, whole: int) -> str:
    """How much of the whole; a dash where there is no whole."""
    return f"{100 * part / whole:.0f}%" if whole else "–"


def day(text: str | None) -> str:
    """A date as people write it."""
    if text is None:
        return "–"
    on = date.fromisoformat(text)
    return f"{on.day} {on:%b %Y}"


def moment(text: str) -> str:
    """A moment by English clocks."""
    at = datetime.fromisoformat(text).astimezone(ENGLAND)
    return f"{at.day} {at:%B %Y at %H:%M}"


def started(delivery: Json) -> int:
    """Groups that run or have completed."""
    return sum(int(delivery[name]) for name in STARTED)


def delivery_bars(rows: Sequence[Json]) -> list[Bar]:
    """Groups of each project as they stand, and a mark where the plan is."""
    most = max(
        (max(started(one["delivery"]) + one["delivery"]["forming"], one["plan"]["groups"]) for one in rows), default=0
    )
    return [
        Bar(
            one["code"],
            one["title"],
            _stack([(name, one["delivery"][name]) for name in ("completed", "running", "forming")], most),
            100 * one["plan"]["groups"] / most if most else None,
            f"{started(one['delivery'])} of {one['plan']['groups']}",
        )
        for one in rows
    ]


def recruitment_bars(rows: Sequence[Json]) -> list[Bar]:
    """Applications to each project by where they stand."""
    most = max((sum(one["recruitment"].values()) for one in rows), default=0)
    return [
        Bar(
            one["code"],
            one["title"],
            _stack([(name, one["recruitment"][name]) for name in STANDS], most),
            None,
            number(sum(one["recruitment"].values())),
        )
        for one in rows
    ]


def money_bars(rows: Sequence[Json]) -> list[Bar]:
    """What was drawn and is owed for each project, and a mark at what is expected."""
    told = [one for one in rows if one["money"] and one["money"]["groups"]]
    most = max((max(_whole(one["money"]), one["money"]["expected_pence"]) for one in told), default=0)
    return [
        Bar(
            one["code"],
            one["title"],
            _stack([("drawn", one["money"]["drawn_pence"]), ("owed", one["money"]["owed_pence"])], most),
            100 * one["money"]["expected_pence"] / most if most else None,
            f"{pounds(one['money']['drawn_pence'])} of {pounds(one['money']['awarded_pence'])}",
        )
        for one in told
    ]


def _whole(money: Json) -> int:
    return int(money["drawn_pence"]) + int(money["owed_pence"])


def _stack(parts: Iterable[tuple[str, int]], most: int) -> list[Piece]:
    found, start = [], 0.0
    for name, value in parts:
        length = 100 * value / most if most else 0.0
        if length:
            found.append(Piece(name, round(start, 2), round(length, 2)))
        start += length
    return found


def tiles(regions: Sequence[Json]) -> list[Tile]:
    """The regions that have a place on the map, shaded by how much of the plan has started."""
    return [
        Tile(_two_lines(one["region"]), *TILES[one["region"]], _shade(one), _progress(one))
        for one in regions
        if one["region"] in TILES
    ]


def _two_lines(region: str) -> tuple[str, str]:
    """Broken before the last word, so that it fits a tile."""
    first, _, last = region.replace("and The", "&").rpartition(" ")
    return (first, last) if first else (last, "")


def _shade(row: Json) -> int:
    planned = row["plan"]["groups"]
    return sum(100 * started(row["delivery"]) >= step * planned for step in SHADES) if planned else 0


def _progress(row: Json) -> str:
    return f"{started(row['delivery'])} of {row['plan']['groups']}"
