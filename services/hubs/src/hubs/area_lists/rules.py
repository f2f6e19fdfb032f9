"""What a list may hold, and how it is cut into events; no database here."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, Field

from contracts.hubs import AreaKeyType, ListedArea

ACHIEVING_EXCELLENCE = "achieving-excellence-areas"
CATEGORIES: Mapping[str, range] = {ACHIEVING_EXCELLENCE: range(1, 7), "opportunity-areas": range(0)}
"""Categories of the schemes we know: 1 to 6, or none at all. Any other scheme may use those of `ANY_CATEGORY`."""
ANY_CATEGORY = range(1, 100)
# A trust has the register's group number (UID), as its schools' rows name it; the TR… number is another one.
CODES: Mapping[AreaKeyType, re.Pattern[str]] = {
    "district": re.compile(r"E0[6-9][0-9]{6}"),
    "local_authority": re.compile(r"[0-9]{3}"),
    "urn": re.compile(r"[0-9]{6}"),
    "trust": re.compile(r"[0-9]{1,10}"),
}
MOST_NAMED = 200
"""Problems named in one answer; their number is always told."""
CHUNK_BYTES = 28 * 1024
"""Of entries in one event: with everything around them it stays under 32 KiB."""
NEEDED = ("area_code", "area_name")
KNOWN = (*NEEDED, "categories", "basis")


class RowProblem(BaseModel):
    """A row that cannot be taken."""

    row: int = Field(description="Line of the file, or position in the JSON list, from 1")
    code: str = Field(examples=["unknown-code"])
    detail: str


@dataclass(frozen=True)
class Row:
    """One row as it was sent, with its line in the file or its place in the list."""

    number: int
    area_code: str
    area_name: str
    categories: str
    basis: str


@dataclass(frozen=True)
class District:
    """What is known of a district's code: from when to when it was in use; None: before or after all we know."""

    begun_on: date | None
    ended_on: date | None


def read_csv(text: str) -> list[Row]:
    """Rows of a file with a header; ValueError when columns are missing or unknown, or a line has too many cells."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    columns = set(reader.fieldnames or [])
    if not set(NEEDED) <= columns or not columns <= set(KNOWN):
        raise ValueError(f"the columns are {', '.join(KNOWN)}; the last two may be left out")
    rows: list[Row] = []
    for cells in reader:
        if None in cells or None in cells.values():
            raise ValueError(f"line {reader.line_num} has another number of cells than the header")
        rows.append(Row(reader.line_num, **{name: (cells.get(name) or "").strip() for name in KNOWN}))
    return rows


def problems_of(
    scheme: str, key_type: AreaKeyType, vintage: str, rows: Iterable[Row], districts: Mapping[str, District]
) -> Iterator[RowProblem]:
    """Everything wrong with the rows, in their order."""
    seen: set[str] = set()
    for row in rows:
        if not CODES[key_type].fullmatch(row.area_code):
            yield RowProblem(row=row.number, code="malformed-code", detail=f"{row.area_code!r} is no {key_type} code")
        elif row.area_code in seen:
            yield RowProblem(row=row.number, code="repeated-code", detail=f"{row.area_code} stands on the list before")
        elif key_type == "district":
            yield from _district_problems(row, vintage, districts)
        seen.add(row.area_code)
        if not row.area_name or len(row.area_name) > 100:
            yield RowProblem(row=row.number, code="name-missing", detail="A name of 1 to 100 characters is needed")
        yield from _category_problems(scheme, row)


def _district_problems(row: Row, vintage: str, districts: Mapping[str, District]) -> Iterator[RowProblem]:
    known = districts.get(row.area_code)
    year_end = end_of(vintage)
    if known is None:
        yield RowProblem(row=row.number, code="unknown-code", detail=f"No district has had the code {row.area_code}")
    elif known.begun_on and known.begun_on > year_end:
        detail = f"{row.area_code} is in use since {known.begun_on}, after the list's vintage {vintage}"
        yield RowProblem(row=row.number, code="code-too-new", detail=detail)
    elif known.ended_on and known.ended_on <= year_end:
        detail = f"{row.area_code} ended on {known.ended_on}, before the end of the list's vintage {vintage}"
        yield RowProblem(row=row.number, code="code-too-old", detail=detail)


def _category_problems(scheme: str, row: Row) -> Iterator[RowProblem]:
    allowed = CATEGORIES.get(scheme, ANY_CATEGORY)
    parts = [part for part in row.categories.split(";") if part]
    if any(not part.isascii() or not part.isdigit() or int(part) not in allowed for part in parts):
        detail = (
            f"{row.categories!r}: {scheme} knows {f'{allowed[0]} to {allowed[-1]}' if allowed else 'no categories'}"
        )
        yield RowProblem(row=row.number, code="category-unknown", detail=detail)
    elif len(set(parts)) < len(parts):
        yield RowProblem(row=row.number, code="category-repeated", detail=f"{row.categories!r} says one twice")
    elif scheme in CATEGORIES and bool(allowed) != bool(parts):
        yield RowProblem(row=row.number, code="category-missing", detail=f"{scheme} needs a category")


def entries_of(rows: Iterable[Row]) -> list[ListedArea]:
    """Sound rows as entries, by code."""
    entries = [
        ListedArea(
            area_code=row.area_code,
            area_name=row.area_name,
            categories=tuple(sorted(int(part) for part in row.categories.split(";") if part)),
            basis=row.basis,
        )
        for row in rows
    ]
    return sorted(entries, key=lambda entry: entry.area_code)


def end_of(vintage: str) -> date:
    """The day by which a list's codes are read: the last of the year of its vintage."""
    return date(int(vintage), 12, 31)


def checksum(facts: Mapping[str, str | None], entries: Sequence[ListedArea]) -> str:
    """SHA-256 of what a version says, in hex."""
    text = json.dumps([facts, [entry.model_dump() for entry in entries]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def chunks_of(entries: Sequence[ListedArea]) -> list[tuple[ListedArea, ...]]:
    """The entries in order, cut so that each part has at most `CHUNK_BYTES` as JSON; at least one part."""
    parts: list[list[ListedArea]] = [[]]
    size = 0
    for entry in entries:
        # ASCII escapes count as the database's text does at worst; a comma and spaces stand between.
        weight = len(json.dumps(entry.model_dump())) + 2
        if parts[-1] and size + weight > CHUNK_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(entry)
        size += weight
    return [tuple(part) for part in parts]
