"""Extracts of the register of schools for tests: good ones of any size, and ones with rows spoilt in known ways."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

from hubs.schools.synthetic_register import columns, register

Line = dict[str, str]


def a_row(urn: str = "100001", **values: str) -> Line:
    """One open primary school of Tameside, but for `values` by column."""
    return {
        "URN": urn,
        "LA (code)": "357",
        "LA (name)": "Tameside",
        "EstablishmentNumber": "2001",
        "EstablishmentName": "A School",
        "TypeOfEstablishment (code)": "01",
        "EstablishmentStatus (code)": "1",
        "PhaseOfEducation (code)": "2",
        "StatutoryLowAge": "4",
        "StatutoryHighAge": "11",
        "DistrictAdministrative (code)": "E08000008",
        "GSSLACode (name)": "E10000099",
        "Postcode": "OL6 6NX",
        "Easting": "393000",
        "Northing": "399000",
        "GOR (code)": "B",
    } | values


def written(path: Path, rows: Iterable[Line], header: Sequence[str] = ()) -> Path:
    """The rows as the register writes them."""
    with path.open("w", encoding="cp1252", newline="") as stream:
        writer = csv.DictWriter(stream, header or columns(), restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _cell(column: str, value: str) -> Callable[[Line], bytes]:
    return lambda row: _encoded(row | {column: value})


def _encoded(row: Line) -> bytes:
    text = io.StringIO()
    csv.DictWriter(text, columns(), restval="", lineterminator="\r\n").writerow(row)
    return text.getvalue().encode("cp1252")


SPOILT: dict[str, Callable[[Line], bytes]] = {
    "URN: “9oo” does not have the form": _cell("URN", "9oo"),
    "URN: is empty": _cell("URN", ""),
    "EstablishmentName: is empty": _cell("EstablishmentName", ""),
    "EstablishmentName: 300 characters": _cell("EstablishmentName", "x" * 300),
    "TypeOfEstablishment (code): 99 is not": _cell("TypeOfEstablishment (code)", "99"),
    "EstablishmentStatus (code): 7 is not": _cell("EstablishmentStatus (code)", "7"),
    "PhaseOfEducation (code): “x” does not": _cell("PhaseOfEducation (code)", "x"),
    "LA (code): “12” does not": _cell("LA (code)", "12"),
    "DistrictAdministrative (code): “E10000016”": _cell("DistrictAdministrative (code)", "E10000016"),
    "StatutoryLowAge: 18 is more": lambda row: _encoded(row | {"StatutoryLowAge": "18", "StatutoryHighAge": "11"}),
    "OpenDate: “31-02-2020” is not a date": _cell("OpenDate", "31-02-2020"),
    "CloseDate: is before": lambda row: _encoded(row | {"OpenDate": "01-09-2020", "CloseDate": "01/09/2019"}),
    "Postcode: “nowhere” is not": _cell("Postcode", "nowhere"),
    "Easting: 9999999 is more": _cell("Easting", "9999999"),
    "NumberOfPupils: “many” does not": _cell("NumberOfPupils", "many"),
    "PercentageFSM: “NaN” is not": _cell("PercentageFSM", "NaN"),
    "EstablishmentName: holds a byte (0x81)": lambda row: _encoded(row).replace(b"(synthetic)", b"(synth\x81tic)"),
    "Town: holds a byte (0x00)": lambda row: _encoded(row).replace(b"Synthetic town", b"Synthetic\0town"),
    "3 values where the header names": lambda row: f"{row['URN']},a,b\r\n".encode(),
    "a quotation mark opens": lambda row: _encoded(row).replace(b",Synthetic town,", b',"Synthetic town,'),
}
"""Ways to spoil a row, by the beginning of the reason that must be given."""


def spoil(path: Path, size: int, spoilt: int) -> dict[int, str]:
    """Write a register of which some rows are spoilt; by line, the reason that must be given."""
    random = Random(11)
    chosen = sorted(random.sample(range(size), spoilt))
    kinds = dict(zip(chosen, [kind for _ in range(spoilt // len(SPOILT) + 1) for kind in SPOILT], strict=False))
    expected: dict[int, str] = {}
    with path.open("wb") as stream:
        stream.write(",".join(columns()).encode() + b"\r\n")
        for number, row in enumerate(register(size)):
            kind = kinds.get(number)
            stream.write(SPOILT[kind](row) if kind else _encoded(row))
            if kind:
                expected[number + 2] = kind
    return expected
