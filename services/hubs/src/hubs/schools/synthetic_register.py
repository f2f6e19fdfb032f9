"""An invented national register in the register's own file form, of any size: for development and measurements.

It begins with the schools of `reference/schools_synthetic.csv`, unchanged in every fact that decides something, and
goes on with as many more as wanted, the same ones every time. No row is a real school: names end in "(synthetic)", URNs
start at 900001, and each postcode ends in letters that no real postcode has.
`python -m hubs.schools.synthetic_register FILE [N]` writes the file.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from random import Random

from hubs.areas.grid import grid_of
from hubs.areas.rules import Position
from hubs.reference import rows
from hubs.schools.synthetic import (
    AGES,
    FIRST_NAMES,
    FIRST_URN,
    INDEPENDENT,
    KIND_OF,
    SECOND_NAMES,
    SEED,
    STATE_TYPES,
    SyntheticSchool,
    generate,
)

DEFAULT_SIZE = 30_000
NEVER_IN_POSTCODES = "CIKMOV"
"""Letters that the second half of a postcode does not use."""
PHASES = (("primary", 17), ("secondary", 4), ("all_through", 1), ("post_16", 1), ("special", 2))
"""Of every 25 schools about so many: roughly the shares of the real register."""
PHASE_CODES = {"nursery": "1", "primary": "2", "secondary": "4", "post_16": "6", "all_through": "7", "special": "0"}
SPECIAL_TYPES = (7, 12, 36, 44)
SPECIAL_AGES = (("2", "19"), ("4", "11"), ("11", "16"), ("11", "19"), ("5", "16"))
ACADEMIES = {28, 33, 34, 35, 36, 40, 41, 44, 45}
TRUSTS = 1_200
MOST_PUPILS = {"primary": 630, "secondary": 1_500, "all_through": 1_600, "post_16": 2_000, "special": 180}
REGION_CODES = {
    "North East": "A",
    "North West": "B",
    "Yorkshire and The Humber": "D",
    "East Midlands": "E",
    "West Midlands": "F",
    "East of England": "G",
    "London": "H",
    "South East": "J",
    "South West": "K",
}
Line = dict[str, str]


def columns() -> list[str]:
    """The register's columns that we write and read."""
    return [row["column"] for row in rows("register_columns.csv")]


def register(size: int = DEFAULT_SIZE) -> Iterator[Line]:
    """Rows of the register, by URN."""
    random = Random(SEED)  # noqa: S311  repeatable data, not a secret
    regions = {row["code"]: row["region"] for row in rows("districts.csv")}
    known = generate()
    sectors = [row for row in rows("sectors.csv") if float(row["district_share"]) >= 0.95]
    more = (_another(FIRST_URN + number, random, sectors) for number in range(len(known), size))
    return (_line(school, random, regions) for school in islice(chain(known, more), size))


def _another(urn: int, random: Random, sectors: Sequence[dict[str, str]]) -> SyntheticSchool:
    place = random.choice(sectors)
    (phase,) = random.choices([name for name, _ in PHASES], [share for _, share in PHASES])
    lowest, highest = random.choice(SPECIAL_AGES) if phase == "special" else AGES[phase]
    kinds = SPECIAL_TYPES if phase == "special" else STATE_TYPES[phase]
    return SyntheticSchool(
        urn=str(urn),
        name=f"{random.choice(FIRST_NAMES)} {random.choice(SECOND_NAMES)} {KIND_OF.get(phase, 'School')} (synthetic)",
        phase=phase,
        establishment_type=INDEPENDENT if random.random() < 0.08 else random.choice(kinds),
        status="closed" if random.random() < 0.12 else "open",
        country="England",
        sector=place["sector"],
        latitude=place["latitude"],
        longitude=place["longitude"],
        district_code=place["district_code"],
        district_vintage="2025",
        offers_gcse_computer_science="",
        lowest_age=lowest,
        highest_age=highest,
    )


def _line(school: SyntheticSchool, random: Random, regions: dict[str, str]) -> Line:
    return _who(school, random) | _where(school, random, regions) | _in(school, random)


def _who(school: SyntheticSchool, random: Random) -> Line:
    is_open = school.status == "open"
    return {
        "URN": school.urn,
        "LA (code)": "673" if school.country == "Wales" else str(random.randint(201, 399)),
        "LA (name)": "Synthetic authority",
        "EstablishmentNumber": str(random.randint(2000, 7999)),
        "EstablishmentName": school.name,
        "TypeOfEstablishment (code)": f"{school.establishment_type:02}",
        "TypeOfEstablishment (name)": "Synthetic",
        "EstablishmentTypeGroup (code)": "4",
        "EstablishmentStatus (code)": "1" if is_open else "2",
        "OpenDate": f"01-09-{random.randint(1960, 2018)}",
        "CloseDate": "" if is_open else f"31/08/{random.randint(2019, 2025)}",
        "PhaseOfEducation (code)": PHASE_CODES[school.phase],
        "StatutoryLowAge": school.lowest_age,
        "StatutoryHighAge": school.highest_age,
        "Section41Approved (name)": random.choice(("Not applicable", "Not Approved")),
    }


def _where(school: SyntheticSchool, random: Random, regions: dict[str, str]) -> Line:
    easting, northing = grid_of(Position(float(school.latitude), float(school.longitude)))
    sector = school.sector if " " in school.sector else f"{school.sector} 1"
    return {
        "Postcode": sector + "".join(random.choices(NEVER_IN_POSTCODES, k=2)),
        "Town": "Synthetic town",
        "DistrictAdministrative (code)": school.district_code or "9999",
        "GOR (code)": REGION_CODES.get(regions.get(school.district_code, ""), "Z"),
        "Easting": str(easting),
        "Northing": str(northing),
        "LSOA (code)": "Not applicable",
        "Country (name)": school.country,
        "LastChangedDate": "01-09-2026",
    }


def _in(school: SyntheticSchool, random: Random) -> Line:
    """Pupils and the trust."""
    number = random.randint(1, TRUSTS) if school.establishment_type in ACADEMIES and random.random() < 0.9 else 0
    return {
        "NumberOfPupils": str(random.randint(20, MOST_PUPILS[school.phase])),
        "PercentageFSM": f"{random.uniform(0, 60):.1f}",
        "Trusts (code)": str(90_000 + number) if number else "",
        "Trusts (name)": f"Trust {number} (synthetic)" if number else "",
    }


def write(path: Path, size: int = DEFAULT_SIZE) -> None:
    """Write the file as the register does: code page 1252, a header, quotes where needed."""
    with path.open("w", encoding="cp1252", newline="") as stream:
        writer = csv.DictWriter(stream, columns(), restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(register(size))


if __name__ == "__main__":
    write(Path(sys.argv[1]), *(int(number) for number in sys.argv[2:3]))
