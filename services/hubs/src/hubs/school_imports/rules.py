"""From a row of the register to what we keep of a school; every reason why a row cannot be taken. No database here."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from hubs.areas.errors import PostcodeMalformed
from hubs.areas.grid import position_of
from hubs.areas.rules import read_postcode
from hubs.school_imports.models import RECORD_COLUMNS
from hubs.schools.models import KeyStage, SchoolPhase, SchoolStatus

T = TypeVar("T")

REGISTER = "national_register"
SYNTHETIC = "synthetic"
SYNTHETIC_ENDING = "(synthetic)"
FIRST_SYNTHETIC_URN = "900001"

PHASES: dict[int, SchoolPhase] = {
    0: "not_applicable",
    1: "nursery",
    2: "primary",
    3: "primary",  # middle, deemed primary
    4: "secondary",
    5: "secondary",  # middle, deemed secondary
    6: "post_16",
    7: "all_through",
}
STATUSES: dict[int, SchoolStatus] = {1: "open", 2: "closed", 3: "open_but_closing", 4: "proposed"}
OPEN = {"open", "open_but_closing"}
REGIONS = {
    "A": "North East",
    "B": "North West",
    "D": "Yorkshire and The Humber",
    "E": "East Midlands",
    "F": "West Midlands",
    "G": "East of England",
    "H": "London",
    "J": "South East",
    "K": "South West",
}
NATIONS = {"E": "England", "W": "Wales", "S": "Scotland", "N": "Northern Ireland"}
WELSH_TYPES, TYPES_ABROAD = {30}, {25, 26, 37}
WELSH_AUTHORITIES, AUTHORITIES_ABROAD = {"673"}, {"000", "702", "704", "708"}
ABROAD = "overseas"

STAGES: tuple[tuple[KeyStage, int, int], ...] = (
    ("early_years", 0, 5),
    ("ks1", 5, 7),
    ("ks2", 7, 11),
    ("ks3", 11, 14),
    ("ks4", 14, 16),
    ("post_16", 16, 19),
)
"""The ages between which each stage is taught."""
STAGES_OF_PHASE: dict[SchoolPhase, list[KeyStage]] = {
    "nursery": ["early_years"],
    "primary": ["ks1", "ks2"],
    "secondary": ["ks3", "ks4"],
    "post_16": ["post_16"],
    "all_through": ["ks1", "ks2", "ks3", "ks4"],
}

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_ABSENT = {"", "not applicable", "not recorded", "does not apply", "9999", "999", "zzzzzzzzz"}
_DISTRICT = re.compile(r"E0[6-9][0-9]{6}|[WSN][0-9]{8}")
_DATE = re.compile(r"([0-9]{2})[-/]([0-9]{2})[-/]([0-9]{4})")
MAX_METRES = {"Easting": 700_000, "Northing": 1_300_000}


@dataclass(frozen=True)
class Codes:
    """What the platform knows when it reads an extract: types with their verdicts, districts with their vintage."""

    state_funded: Mapping[int, bool | None]
    district_vintages: Mapping[str, str]


@dataclass
class Reading:
    """The values of one row as they are read, and what is wrong with them."""

    values: Mapping[str, str]
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self, column: str, longest: int, *, required: bool = False) -> str | None:
        """Text of at most `longest` characters; None when empty."""
        value = self.values.get(column, "")
        if value and len(value) > longest:
            self.refuse(column, f"{len(value)} characters, {longest} at most")
        if required and not value:
            self.refuse(column, "is empty")
        return value or None

    def coded(self, column: str, shape: str, *, required: bool = False) -> str | None:
        """Text of a shape (a regular expression); None for the register's ways of saying nothing."""
        value = self.values.get(column, "")
        if value.lower() in _ABSENT and not re.fullmatch(shape, value):
            if required:
                self.refuse(column, "is empty" if not value else f"“{value}” says nothing")
            return None
        if not re.fullmatch(shape, value):
            self.refuse(column, f"“{value[:40]}” does not have the form of such a code")
            return None
        return value

    def whole(self, column: str, highest: int, *, required: bool = False) -> int | None:
        """A whole number from 0; zero-padding is taken away."""
        value = self.coded(column, r"[0-9]{1,9}", required=required)
        if value is None:
            return None
        if int(value) > highest:
            self.refuse(column, f"{int(value)} is more than {highest}")
            return None
        return int(value)

    def one_of(self, column: str, known: Mapping[int, T]) -> T | None:
        """What a required number stands for."""
        number = self.whole(column, 9999, required=True)
        if number is not None and number not in known:
            self.refuse(column, f"{number} is not a code we know")
            return None
        return None if number is None else known[number]

    def date(self, column: str) -> date | None:
        """A date as dd-mm-yyyy or dd/mm/yyyy."""
        value = self.values.get(column, "")
        if not value:
            return None
        found = _DATE.fullmatch(value)
        try:
            day, month, year = (int(part) for part in found.groups()) if found else (0, 0, 0)
            return date(year, month, day)
        except ValueError:
            self.refuse(column, f"“{value[:40]}” is not a date (dd-mm-yyyy)")
            return None

    def percent(self, column: str) -> Decimal | None:
        """0 to 100."""
        value = self.values.get(column, "")
        if value.lower() in _ABSENT:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal(-1)
        if not (number.is_finite() and 0 <= number <= 100):
            self.refuse(column, f"“{value[:40]}” is not a percentage")
            return None
        return round(number, 2)

    def postcode(self, column: str) -> str | None:
        """A full postcode in normal form."""
        value = self.values.get(column, "")
        if not value:
            return None
        try:
            postcode = read_postcode(value)
        except PostcodeMalformed:
            postcode = None
        if postcode is None or not postcode.is_full:
            self.refuse(column, f"“{value[:40]}” is not a postcode")
            return None
        return postcode.text

    def refuse(self, column: str, why: str) -> None:
        """The row cannot be taken, for this reason too."""
        self.reasons.append(f"{column}: {why}")


def read_school(values: Mapping[str, str], codes: Codes) -> tuple[dict[str, Any], Reading]:
    """What we keep of a row, by column of `school` with `trust_name`; meaningful when the reading gives no reason."""
    reading = Reading(values)
    for column, value in values.items():
        if found := _UNSTORABLE.search(value):
            reading.refuse(column, f"holds a byte ({ord(found[0]) & 0xFF:#04x}) that is no character here")
    kept = {**_identity(reading), **_kind(reading, codes), **_teaching(reading), **_place(reading), **_trust(reading)}
    kept["country"] = country_of(kept["establishment_type"], kept["la_code"], kept["district_code"])
    kept["district_vintage"] = _vintage(reading, kept, codes)
    kept["key_stages"] = key_stages(kept["phase"], kept["lowest_age"], kept["highest_age"])
    kept["source"] = source_of(kept["urn"], kept["name"])
    return kept, reading


def _identity(reading: Reading) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "urn": reading.coded("URN", "[0-9]{6}", required=True),
        "name": reading.text("EstablishmentName", 200, required=True),
        "ukprn": reading.coded("UKPRN", "[0-9]{8}"),
        "la_code": reading.coded("LA (code)", "[0-9]{3}", required=True),
        "establishment_number": reading.coded("EstablishmentNumber", "[0-9]{4}"),
        "opened_on": reading.date("OpenDate"),
        "closed_on": reading.date("CloseDate"),
    }
    if kept["opened_on"] and kept["closed_on"] and kept["closed_on"] < kept["opened_on"]:
        reading.refuse("CloseDate", "is before OpenDate")
    return kept


def _kind(reading: Reading, codes: Codes) -> dict[str, Any]:
    types = {code: code for code in codes.state_funded}
    code = reading.one_of("TypeOfEstablishment (code)", types)
    status = reading.one_of("EstablishmentStatus (code)", STATUSES)
    approved = reading.values.get("Section41Approved (name)", "").lower()
    return {
        "establishment_type": code,
        "is_state_funded": None if code is None else codes.state_funded[code],
        "status": status,
        "is_open": status in OPEN,
        "is_section_41_approved": {"approved": True, "not approved": False}.get(approved),
    }


def _teaching(reading: Reading) -> dict[str, Any]:
    lowest, highest = reading.whole("StatutoryLowAge", 99), reading.whole("StatutoryHighAge", 99)
    if lowest is not None and highest is not None and lowest > highest:
        reading.refuse("StatutoryLowAge", f"{lowest} is more than StatutoryHighAge {highest}")
    return {
        "phase": reading.one_of("PhaseOfEducation (code)", PHASES),
        "lowest_age": lowest,
        "highest_age": highest,
        "pupils": reading.whole("NumberOfPupils", 100_000),
        "free_school_meals_percent": reading.percent("PercentageFSM"),
    }


def _place(reading: Reading) -> dict[str, Any]:
    postcode = reading.postcode("Postcode")
    easting, northing = (reading.whole(name, most) for name, most in MAX_METRES.items())
    position = position_of(easting, northing) if easting and northing else None
    return {
        "postcode": postcode,
        "sector": postcode[:-2] if postcode else None,
        "town": reading.text("Town", 100),
        "region": REGIONS.get(reading.values.get("GOR (code)", "")),
        "district_code": reading.coded("DistrictAdministrative (code)", _DISTRICT.pattern),
        "lsoa_code": reading.coded("LSOA (code)", "[EWSN][0-9]{8}"),
        "latitude": position.latitude if position else None,
        "longitude": position.longitude if position else None,
    }


def _trust(reading: Reading) -> dict[str, Any]:
    code, name = reading.coded("Trusts (code)", "[0-9]{1,10}"), reading.text("Trusts (name)", 200)
    return {"trust_code": code, "trust_name": (name or f"Trust {code}") if code else None}


def _vintage(reading: Reading, kept: Mapping[str, Any], codes: Codes) -> str | None:
    """Year of the code list that has the district. One we do not know is kept, and noted."""
    district = kept["district_code"]
    if district is None or kept["country"] != NATIONS["E"]:
        return None
    if district not in codes.district_vintages:
        reading.notes.append(f"DistrictAdministrative (code): {district} is on no list of districts we hold")
    return codes.district_vintages.get(district)


def country_of(establishment_type: int | None, la_code: str | None, district_code: str | None) -> str:
    """The nation of a school: by its type, its authority's number, its district. An empty district says England."""
    if establishment_type in WELSH_TYPES or la_code in WELSH_AUTHORITIES:
        return NATIONS["W"]
    if establishment_type in TYPES_ABROAD or la_code in AUTHORITIES_ABROAD:
        return ABROAD
    return NATIONS[district_code[0]] if district_code else NATIONS["E"]


def key_stages(phase: SchoolPhase | None, lowest: int | None, highest: int | None) -> list[KeyStage] | None:
    """The stages taught, by ages as the register gives them (4 to 11), else by phase; None when neither says."""
    if lowest is not None and highest is not None and highest > lowest:
        return [stage for stage, begins, ends in STAGES if lowest < ends and highest > begins] or None
    return STAGES_OF_PHASE.get(phase) if phase else None


def source_of(urn: str | None, name: str | None) -> str:
    """Whether a row is of the register or invented for development: invented ones say so twice."""
    invented = (urn or "") >= FIRST_SYNTHETIC_URN and (name or "").endswith(SYNTHETIC_ENDING)
    return SYNTHETIC if invented else REGISTER


def unknown_type(values: Mapping[str, str], codes: Codes) -> int | None:
    """The row's type when it is written as a code and no verdict knows it."""
    written = values.get("TypeOfEstablishment (code)", "")
    is_code = re.fullmatch(r"[0-9]{1,4}", written) and int(written) not in codes.state_funded
    return int(written) if is_code and int(written) > 0 else None


def hash_of(record: tuple[Any, ...]) -> bytes:
    """Fingerprint of everything kept of a row but the verdict on its type, which changes without the register."""
    return hashlib.blake2b(repr(record).encode(), digest_size=16).digest()


def staged(kept: Mapping[str, Any], line: int) -> tuple[Any, ...]:
    """The row as the staging table takes it."""
    said = {name: kept[name] for name in RECORD_COLUMNS if name != "row_hash"}
    registers = (value for name, value in said.items() if name != "is_state_funded")
    digest = hash_of((*registers, kept["trust_name"]))
    return (*(digest if name == "row_hash" else said[name] for name in RECORD_COLUMNS), line, kept["trust_name"])


LINK_COLUMNS = ("URN", "LinkURN", "LinkType")


def read_link(values: Mapping[str, str]) -> tuple[tuple[Any, ...], Reading]:
    """One row of the register's file of links, as its staging table takes it but for the line."""
    reading = Reading(values)
    urn, linked = (reading.coded(name, "[0-9]{6}", required=True) for name in ("URN", "LinkURN"))
    kind = reading.text("LinkType", 80, required=True) or ""
    if urn is not None and urn == linked:
        reading.refuse("LinkURN", "is the school itself")
    established = reading.date("LinkEstablishedDate")
    return (urn, linked, kind, kind_of_link(kind), established), reading


def kind_of_link(link_type: str) -> str:
    """`predecessor`, `successor` or `other`: mergers that changed an age range, centres, closures."""
    first = link_type.lower().split(" ")[0]
    return first if first in ("predecessor", "successor") else "other"


def date_in_name(name: str) -> date | None:
    """The day in a file's name, as in `edubasealldata20261122.csv`."""
    found: Callable[[str], re.Match[str] | None] = re.compile(r"(20[0-9]{6})\.csv$").search
    try:
        return datetime.strptime(match[1], "%Y%m%d").date() if (match := found(name)) else None  # noqa: DTZ007  a day
    except ValueError:
        return None
