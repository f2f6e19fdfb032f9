"""Reading an extract of the register: a CSV file in code page 1252, line by line, whatever is wrong with some of them.

A row is a line. Only when a quoted value holds line breaks does it go on, for a few lines at most; so an unclosed quote
costs one row and not the rest of the file. Memory does not grow with the file.
"""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from hubs.school_imports.errors import ExtractUnreadable

LONGEST_ROW_LINES = 5
_UTF_8_MARK = b"\xef\xbb\xbf"
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True)
class Row:
    """One row: by column name, or the reason why it cannot be read as a row at all."""

    line: int
    values: dict[str, str]
    fault: str | None = None


def sha256_of(path: Path) -> str:
    """The file's fingerprint, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def read_extract(path: Path, required: Sequence[str], wanted: Sequence[str]) -> Iterator[Row]:
    """Every row of a file, with the wanted columns it has. Raises ExtractUnreadable for a file of another form."""
    lines = _lines(path)
    header = _header(path, lines, required)
    places = [(name, header.index(name)) for name in wanted if name in header]
    for number, line, following in lines:
        if line.strip(",\r\n\t "):
            yield _row(number, line, following, len(header), places)


class _Ahead:
    """The lines that follow, which may be looked at before they are taken."""

    def __init__(self, numbered: Iterator[tuple[int, str]]) -> None:
        self._numbered = numbered
        self._seen: list[tuple[int, str]] = []

    def peek(self, count: int) -> list[str]:
        """Up to `count` lines that follow."""
        while len(self._seen) < count and (found := next(self._numbered, None)) is not None:
            self._seen.append(found)
        return [line for _, line in self._seen[:count]]

    def take(self, count: int) -> None:
        """They were part of the row."""
        del self._seen[:count]

    def __iter__(self) -> Iterator[tuple[int, str, "_Ahead"]]:
        while found := self._seen.pop(0) if self._seen else next(self._numbered, None):
            yield (*found, self)


def _lines(path: Path) -> Iterator[tuple[int, str, _Ahead]]:
    with path.open("rb") as start:
        encoding = "utf-8-sig" if start.read(3) == _UTF_8_MARK else "cp1252"
    # newline="\n": the parts of a value that holds a bare carriage return belong to one line.
    with path.open(encoding=encoding, errors="surrogateescape", newline="\n") as stream:
        yield from _Ahead(enumerate(stream, start=1))


def _header(path: Path, lines: Iterator[tuple[int, str, _Ahead]], required: Sequence[str]) -> list[str]:
    first = next(lines, None)
    if first is None:
        raise ExtractUnreadable(f"{path.name} is empty.")
    header = [name.strip() for name in next(csv.reader([first[1]]), [])]
    if missing := [name for name in required if name not in header]:
        raise ExtractUnreadable(f"{path.name} is not such an extract; it lacks the columns {', '.join(missing)}.")
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise ExtractUnreadable(f"{path.name} has two columns of the name {', '.join(twice)}.")
    return header


def _row(number: int, line: str, following: _Ahead, width: int, places: Sequence[tuple[str, int]]) -> Row:
    text, more = line, 0
    if _is_open(line):
        for extra in following.peek(LONGEST_ROW_LINES):
            text, more = text + extra, more + 1
            if not _is_open(text):
                break
        if _is_open(text) or _width(text) != width:
            return Row(number, _values(_fields(line), places), "a quotation mark opens and does not close")
        following.take(more)
    try:
        (fields,) = csv.reader(text.splitlines(keepends=True), strict=True)
    except (csv.Error, ValueError) as error:
        return Row(number, _values(_fields(line), places), f"not a row of CSV: {error}")
    if len(fields) != width:
        return Row(number, _values(fields, places), f"{len(fields)} values where the header names {width} columns")
    return Row(number, {name: fields[place].strip() for name, place in places})


def _is_open(text: str) -> bool:
    return text.count('"') % 2 == 1


def _width(text: str) -> int:
    return len(_fields(text))


def _fields(text: str) -> list[str]:
    try:
        return list(chain.from_iterable(csv.reader(text.splitlines(keepends=True))))
    except csv.Error:
        return []


def _values(fields: Sequence[str], places: Sequence[tuple[str, int]]) -> dict[str, str]:
    """As much as there is, to say at least whose row it was."""
    return {name: fields[place].strip() for name, place in places if place < len(fields)}
