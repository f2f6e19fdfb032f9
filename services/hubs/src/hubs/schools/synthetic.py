"""Makes `reference/schools_synthetic.csv`: invented schools at real postcode sectors, the same ones every time.

No row is a real school. Names end in "(synthetic)", URNs start at 900001, far above those in use, and positions are
sector centroids. `python -m hubs.schools.synthetic FILE` writes the file; a test holds the committed file against it.
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from random import Random
from typing import Literal

from hubs.reference import rows

SEED = 20191212
FIRST_URN = 900001
PER_HUB = 6
KIRKLEES = "E08000034"
KIRKLEES_PRIMARIES = 20
TAMESIDE = "E08000008"
TAMESIDE_PRIMARIES = 40
GREATER_MANCHESTER = [f"E0800000{n}" for n in range(1, 10)] + ["E08000010"]
VINTAGE = "2025"
AS_OF = "2026-09-01"

Offer = Literal["yes", "no", ""]
FIRST_NAMES = [
    "Alder",
    "Beacon",
    "Cedar",
    "Dale",
    "Elm",
    "Fern",
    "Grange",
    "Hazel",
    "Iris",
    "Juniper",
    "Kestrel",
    "Linden",
]
SECOND_NAMES = ["Bank", "Brook", "Court", "Cross", "Field", "Gate", "Green", "Hill", "Lane", "Mead", "Park", "Vale"]
KIND_OF = {
    "primary": "Primary School",
    "secondary": "High School",
    "all_through": "Academy",
    "post_16": "Sixth Form College",
}
AGES = {"primary": ("4", "11"), "secondary": ("11", "16"), "all_through": ("4", "18"), "post_16": ("16", "19")}
STATE_TYPES = {
    "primary": (1, 2, 3, 34, 35),
    "secondary": (5, 28, 34, 40),
    "all_through": (28, 34, 35),
    "post_16": (18, 31, 45),
}
INDEPENDENT = 11


@dataclass(frozen=True)
class SyntheticSchool:
    """One row of the file; every field as text, empty when the register does not say."""

    urn: str
    name: str
    phase: str
    establishment_type: int
    status: str
    country: str
    sector: str
    latitude: str
    longitude: str
    district_code: str
    district_vintage: str
    offers_gcse_computer_science: Offer
    lowest_age: str
    highest_age: str
    as_of_on: str = AS_OF


@dataclass(frozen=True)
class Wanted:
    """What a school is to be; the rest is chosen."""

    phase: str
    district: str
    establishment_type: int
    offers: Offer = ""
    status: str = "open"
    recorded_district: str | None = None
    """What the register says where it differs from where the school stands: "" (nothing), or an older code."""


MAGIC = [
    Wanted("primary", KIRKLEES, 1),  # 900001 category 5
    Wanted("primary", "E07000229", 2),  # 900002 Worthing, category 6
    Wanted("secondary", TAMESIDE, 34, "no"),  # 900003 Tameside, no GCSE computer science
    Wanted("secondary", "E08000035", 34, "yes"),  # 900004 Leeds, offers it, no category known
    Wanted("secondary", "E08000035", 5, ""),  # 900005 Leeds, offer unknown
    Wanted("primary", KIRKLEES, INDEPENDENT),  # 900006 independent
    Wanted("primary", KIRKLEES, 1, status="closed"),  # 900007 closed
    Wanted("primary", "E08000035", 1, recorded_district=""),  # 900008 district missing in the register
    Wanted("primary", "W06000015", 30),  # 900009 Wales
    Wanted("primary", "E06000063", 1, recorded_district="E07000026"),  # 900010 older code: Allerdale
    Wanted("primary", "E06000026", 3),  # 900011 Plymouth
    Wanted("primary", "E07000178", 3),  # 900012 Oxford
    Wanted("all_through", KIRKLEES, 34, ""),  # 900013
    Wanted("post_16", "E08000026", 31, ""),  # 900014 Coventry, category 5
    Wanted("primary", TAMESIDE, 10),  # 900015 a type whose funding is disputed
    Wanted("primary", "E07000114", 1),  # 900016 Thanet: category 5 or 6, not stated which
    Wanted("secondary", "E08000026", 28, "yes"),  # 900017 Coventry, category 5, offers it
    Wanted("secondary", KIRKLEES, 34, "no"),  # 900018 category 5 and no GCSE computer science
]


def wanted_schools(random: Random) -> Iterator[Wanted]:
    """The schools with a purpose, then a mixed handful in every hub's area."""
    yield from MAGIC
    for district in GREATER_MANCHESTER:
        yield from (Wanted("primary", district, kind) for kind in (1, 34))
    yield from (Wanted("primary", KIRKLEES, random.choice(STATE_TYPES["primary"])) for _ in range(KIRKLEES_PRIMARIES))
    yield from (Wanted("primary", TAMESIDE, random.choice(STATE_TYPES["primary"])) for _ in range(TAMESIDE_PRIMARIES))
    areas: dict[str, list[str]] = {}
    for row in rows("coverage.csv"):
        areas.setdefault(row["hub_slug"], []).append(row["district_code"])
    for slug in sorted(areas):
        for number in range(PER_HUB):
            yield _any_school(random, random.choice(areas[slug]), number)


def _any_school(random: Random, district: str, number: int) -> Wanted:
    phase = ("primary", "secondary", "primary", "all_through", "post_16", "secondary")[number]
    independent = random.random() < 0.15
    offers: Offer = "" if phase == "primary" else random.choice(("yes", "no", ""))
    kind = INDEPENDENT if independent else random.choice(STATE_TYPES[phase])
    return Wanted(phase, district, kind, offers, "closed" if random.random() < 0.1 else "open")


def generate() -> list[SyntheticSchool]:
    """The whole synthetic register, in URN order."""
    random = Random(SEED)  # noqa: S311  repeatable data, not a secret
    places = _sectors_by_district()
    return [_school(FIRST_URN + number, wanted, random, places) for number, wanted in enumerate(wanted_schools(random))]


def _sectors_by_district() -> dict[str, list[dict[str, str]]]:
    """Sectors that lie almost wholly in one district; Wales by outcode, the only grain we hold."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("sectors.csv"):
        if float(row["district_share"]) >= 0.95:
            found.setdefault(row["district_code"], []).append(row)
    for row in rows("outcodes.csv"):
        if row["country"] == "Wales":
            found.setdefault(row["district_code"], []).append(row | {"sector": row["outcode"]})
    return found


def _school(urn: int, wanted: Wanted, random: Random, places: dict[str, list[dict[str, str]]]) -> SyntheticSchool:
    place = random.choice(places[wanted.district])
    recorded = wanted.district if wanted.recorded_district is None else wanted.recorded_district
    vintage = "2018" if recorded not in ("", wanted.district) else VINTAGE
    lowest, highest = AGES[wanted.phase]
    return SyntheticSchool(
        urn=str(urn),
        name=f"{random.choice(FIRST_NAMES)} {random.choice(SECOND_NAMES)} {KIND_OF[wanted.phase]} (synthetic)",
        phase=wanted.phase,
        establishment_type=wanted.establishment_type,
        status=wanted.status,
        country="Wales" if wanted.district.startswith("W") else "England",
        sector=place["sector"],
        latitude=place["latitude"],
        longitude=place["longitude"],
        district_code=recorded,
        district_vintage=vintage if recorded else "",
        offers_gcse_computer_science=wanted.offers,
        lowest_age=lowest,
        highest_age=highest,
    )


def write(path: Path) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [field.name for field in fields(SyntheticSchool)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(school) for school in generate())


if __name__ == "__main__":
    write(Path(sys.argv[1]))
