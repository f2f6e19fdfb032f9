"""Reading postcodes and measuring distances; no database here."""

import re
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from hubs.areas.errors import PostcodeMalformed

EARTH_RADIUS_KM = 6371.0088
_OUTCODE = "[A-Z]{1,2}[0-9][0-9A-Z]?"
_FULL = re.compile(f"({_OUTCODE})([0-9])([A-Z]{{2}})")
_SECTOR = re.compile(f"({_OUTCODE}) ([0-9])")
_SECTOR_UNSPACED = re.compile(f"({_OUTCODE})([0-9])")
_ONLY_OUTCODE = re.compile(_OUTCODE)

AREAS_ELSEWHERE = {"BT": "Northern Ireland", "GY": "Guernsey", "JE": "Jersey", "IM": "the Isle of Man"}
"""Postcode areas wholly outside Great Britain, for which no outcodes are held."""


@dataclass(frozen=True)
class Postcode:
    """A postcode in normal form (`HD1 2AB`), or as much of one as was given (`HD1 2`, `HD1`)."""

    text: str
    outcode: str
    sector: str | None

    @property
    def is_full(self) -> bool:
        """Whether it is a whole postcode, not part of one."""
        return self.sector is not None and self.text != self.sector

    @property
    def country_elsewhere(self) -> str | None:
        """The nation, for areas wholly outside Great Britain."""
        return AREAS_ELSEWHERE.get(self.outcode[:2])


def read_postcode(text: str) -> Postcode:
    """Normalise a full postcode, a sector or an outcode, whatever its spacing and case.

    Without a space `M11` is the outcode; a sector whose digits could be an outcode needs its space (`M1 1`).
    """
    spaced = " ".join(text.upper().split())
    compact = spaced.replace(" ", "")
    if full := _FULL.fullmatch(compact):
        outcode, digit, unit = full.groups()
        return Postcode(f"{outcode} {digit}{unit}", outcode, f"{outcode} {digit}")
    if found := _SECTOR.fullmatch(spaced):
        return _sector(*found.groups())
    if _ONLY_OUTCODE.fullmatch(compact):
        return Postcode(compact, compact, None)
    if found := _SECTOR_UNSPACED.fullmatch(compact):
        return _sector(*found.groups())
    raise PostcodeMalformed(f"“{text[:20]}” is not a postcode such as HD1 2AB, nor a sector (HD1 2) or outcode (HD1).")


def _sector(outcode: str, digit: str) -> Postcode:
    return Postcode(f"{outcode} {digit}", outcode, f"{outcode} {digit}")


@dataclass(frozen=True)
class Position:
    """Degrees, WGS 84."""

    latitude: float
    longitude: float

    def km_to(self, other: "Position") -> float:
        """Great-circle distance in kilometres, to 0.1."""
        lift = radians(other.latitude - self.latitude) / 2
        turn = radians(other.longitude - self.longitude) / 2
        here, there = radians(self.latitude), radians(other.latitude)
        chord = sin(lift) ** 2 + cos(here) * cos(there) * sin(turn) ** 2
        return round(2 * EARTH_RADIUS_KM * asin(sqrt(chord)), 1)
