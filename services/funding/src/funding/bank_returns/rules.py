"""The file of returns, read line by line, and the rule by which a line is one payment's.

One format, ours: CSV in UTF-8 with the header below, amounts in pounds as in the file that went to the bank. A bank or
bureau that writes another has it brought into these columns. Nothing here reads a clock or a database.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

COLUMNS = ("reference", "amount", "sort_code", "account_number", "returned_on", "code", "description")
MOST_BYTES = 1024 * 1024
MOST_LINES = 5_000
MOST_PROBLEMS = 50
"""So many are told at once."""

REFERENCE = re.compile(r"[\x20-\x7e]{1,40}")
AMOUNT = re.compile(r"([0-9]{1,9})\.([0-9]{2})")
SORT_CODE = re.compile(r"[0-9*]{4}[0-9]{2}")
ACCOUNT_NUMBER = re.compile(r"[0-9*]{4}[0-9]{4}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CODE = re.compile(r"[A-Za-z0-9]{1,10}")
DESCRIPTION_LENGTH = 100


class Unmatched(StrEnum):
    """Why a line is nobody's by itself."""

    UNKNOWN_REFERENCE = "unknown_reference"
    NOT_SENT = "not_sent"
    """The payment of this reference is in a run that is not released."""
    ALREADY_RETURNED = "already_returned"
    AMOUNT_DIFFERS = "amount_differs"
    ACCOUNT_DIFFERS = "account_differs"
    BEING_RECOVERED = "being_recovered"
    """There is a recovery case for the payment: what came back may be its money."""


@dataclass(frozen=True)
class ReturnLine:
    """A line of the file. Of account numbers only the end is kept."""

    line: int
    """In the file, the header being 1."""
    reference: str
    amount_pence: int
    sort_code_ending: str
    account_ending: str
    returned_on: date
    code: str
    description: str


@dataclass(frozen=True)
class Candidate:
    """The payment of a reference, as far as a line is held against it."""

    payment_id: UUID
    status: str
    amount_pence: int
    sort_code_ending: str | None
    account_ending: str | None
    is_being_recovered: bool


class Unreadable(ValueError):
    """What is wrong with a file, by line."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        super().__init__(f"line {problems[0][0]}: {problems[0][1]}")
        self.problems = problems[:MOST_PROBLEMS]


def parse(content: bytes, today: date) -> list[ReturnLine]:
    """Every line of a file, or Unreadable with every line that is wrong."""
    if len(content) > MOST_BYTES:
        raise Unreadable([(1, f"the file has more than {MOST_BYTES} bytes")])
    rows = _rows(content)
    found: list[ReturnLine] = []
    problems: list[tuple[int, str]] = []
    for number, row in rows:
        try:
            found.append(_read(number, row, today))
        except ValueError as error:
            problems.append((number, str(error)))
    if problems:
        raise Unreadable(problems)
    if not 1 <= len(found) <= MOST_LINES:
        raise Unreadable([(1, f"a file has 1 to {MOST_LINES} lines below its header, not {len(found)}")])
    return found


def why_unmatched(line: ReturnLine, candidate: Candidate | None) -> Unmatched | None:
    """None when the line is this payment's beyond doubt: reference, amount and the end of the account agree."""
    if candidate is None:
        return Unmatched.UNKNOWN_REFERENCE
    if candidate.status != "sent":
        return Unmatched.ALREADY_RETURNED if candidate.status == "returned" else Unmatched.NOT_SENT
    if candidate.amount_pence != line.amount_pence:
        return Unmatched.AMOUNT_DIFFERS
    if (candidate.sort_code_ending, candidate.account_ending) != (line.sort_code_ending, line.account_ending):
        return Unmatched.ACCOUNT_DIFFERS
    return Unmatched.BEING_RECOVERED if candidate.is_being_recovered else None


def _rows(content: bytes) -> list[tuple[int, Mapping[str, str]]]:
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        read = [(reader.line_num, row) for row in reader if row]
    except UnicodeDecodeError as error:
        raise Unreadable([(1, "the file is not UTF-8")]) from error
    except csv.Error as error:
        raise Unreadable([(reader.line_num, f"it is not CSV: {error}")]) from error
    if not read or tuple(read[0][1]) != COLUMNS:
        raise Unreadable([(1, f"the header has to be {','.join(COLUMNS)}")])
    wide = len(COLUMNS)
    wrong = [(number, f"it has {len(row)} columns, not {wide}") for number, row in read if len(row) != wide]
    if wrong:
        raise Unreadable(wrong)
    return [(number, dict(zip(COLUMNS, map(str.strip, row), strict=True))) for number, row in read[1:]]


def _read(number: int, row: Mapping[str, str], today: date) -> ReturnLine:
    _require(REFERENCE, row["reference"], "reference is 1 to 40 letters and digits")
    pounds = _require(AMOUNT, row["amount"], "amount is in pounds with two decimals, such as 370.00")
    pence = int(pounds[1]) * 100 + int(pounds[2])
    if pence == 0:
        raise ValueError("amount is more than nothing")
    sort_code = _digits(SORT_CODE, row["sort_code"], "sort_code is six digits, the first four of which may be *")
    account = _digits(ACCOUNT_NUMBER, row["account_number"], "account_number is eight digits, the first four may be *")
    _require(CODE, row["code"], "code is 1 to 10 letters and digits")
    if len(row["description"]) > DESCRIPTION_LENGTH or not row["description"].isprintable():
        raise ValueError(f"description is a line of at most {DESCRIPTION_LENGTH} letters")
    return ReturnLine(
        line=number,
        reference=row["reference"],
        amount_pence=pence,
        sort_code_ending=sort_code[-2:],
        account_ending=account[-4:],
        returned_on=_day(row["returned_on"], today),
        code=row["code"].upper(),
        description=row["description"],
    )


def _require(form: re.Pattern[str], value: str, rule: str) -> re.Match[str]:
    found = form.fullmatch(value)
    if found is None:
        raise ValueError(rule)
    return found


def _digits(form: re.Pattern[str], value: str, rule: str) -> str:
    return _require(form, value.replace("-", "").replace(" ", ""), rule)[0]


def _day(value: str, today: date) -> date:
    try:
        day = date.fromisoformat(_require(DAY, value, "")[0])
    except ValueError as error:
        raise ValueError("returned_on is a day as YYYY-MM-DD") from error
    if not date(2000, 1, 1) <= day <= today:
        raise ValueError("returned_on is a day up to today")
    return day
