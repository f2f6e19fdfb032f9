"""Judging the rows of a partner's batch one by one; no database here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from pydantic import JsonValue, ValidationError

from chassis.clock import ENGLAND
from chassis.errors import FieldError
from hubs.completion_thresholds.service import Thresholds
from hubs.completions.schemas import ITEM, MOST_LETTERS, CompletionItem, Outcome, RowOut, Version

CLOCKS_MAY_DIFFER_BY = timedelta(minutes=5)
ALL_OF_IT = Decimal(100)
"""What has to be done of an activity for which there is no threshold."""
Content = tuple[object, ...]


@dataclass(frozen=True)
class Row:
    """A row that may be kept, as it was judged."""

    index: int
    item: CompletionItem
    threshold_id: UUID | None = None
    is_below: bool = False
    catalogue_hours: Decimal | None = None

    @property
    def content(self) -> Content:
        """What a row of the same version must say alike."""
        one = self.item
        return (
            one.external_learner_id,
            one.activity_code,
            one.hours,
            one.percent,
            one.day,
            one.occurred_at,
            one.external_run_id,
        )


@dataclass(frozen=True)
class Known:
    """What is kept under a number."""

    version: Version
    content: Content


@dataclass
class Batch:
    """What became of the rows so far."""

    size: int
    results: dict[int, RowOut] = field(default_factory=dict)

    def tell(self, index: int, external_id: str | None, status: Outcome, code: str | None, detail: str | None) -> None:
        """Say what became of a row."""
        # Nothing in it comes from outside, and there are ten thousand: made without being checked again.
        found = RowOut.model_construct(
            index=index, external_id=external_id, status=status, code=code, detail=detail, errors=[]
        )
        self.results[index] = found

    def reject(self, row: Row, code: str, detail: str, field_name: str | None = None) -> None:
        """Turn one row away."""
        self.tell(row.index, row.item.external_id, "rejected", code, detail)
        if field_name:
            self.results[row.index].errors = [_error(row.index, field_name, code, detail)]


@dataclass(frozen=True)
class Judge:
    """What rows are judged by."""

    hours: Mapping[str, Decimal | None]
    """The approved activities with the catalogue's hours."""
    thresholds: Thresholds
    now: datetime

    def judge(self, batch: Batch, raw: Iterable[JsonValue]) -> list[Row]:
        """The rows that may be kept; the others are turned away, each for all that is wrong with it."""
        rows: list[Row] = []
        for index, value in enumerate(raw):
            try:
                item = ITEM.validate_python(value)
            except ValidationError as error:
                _reject_malformed(batch, index, value, error)
                continue
            if (item.withdrawn or self._is_whole(batch, index, item)) and (row := self._judged(batch, index, item)):
                rows.append(row)
        return rows

    def _is_whole(self, batch: Batch, index: int, item: CompletionItem) -> bool:
        measure = item.hours if item.hours is not None else item.percent
        needed = (item.external_learner_id, item.activity_code, measure, item.occurred_at or item.completed_on)
        if None not in needed:
            return True
        absent = [name for name, value in zip(NEEDED, needed, strict=True) if value is None]
        missing = [_error(index, name, "missing", NEEDED[name]) for name in absent]
        batch.tell(index, item.external_id, "rejected", "invalid", "; ".join(one.detail for one in missing))
        batch.results[index].errors = missing
        return False

    def _judged(self, batch: Batch, index: int, item: CompletionItem) -> Row | None:
        row = Row(index, item)
        day, code = item.day, item.activity_code
        if code is not None and code not in self.hours:
            batch.reject(row, "unknown-activity", f"No approved activity has the code {code}.", "activity_code")
        elif item.occurred_at and item.completed_on not in (None, day):
            batch.reject(row, "days-differ", f"In England that moment was on {day}.", "completed_on")
        elif self._is_to_come(item):
            batch.reject(row, "in-future", f"{day} has not come yet.", _when(item))
        elif item.withdrawn or code is None or day is None:
            return row
        else:
            return self._measured(batch, row, code, day)
        return None

    def _measured(self, batch: Batch, row: Row, code: str, day: date) -> Row | None:
        percent = row.item.percent
        if percent is None:
            return row
        threshold = self.thresholds.on(code, day)
        is_below = percent < (threshold.percent if threshold else ALL_OF_IT)
        hours = self.hours[code] if row.item.hours is None else None
        if row.item.hours is None and hours is None and not is_below:
            batch.reject(row, "hours-needed", f"The catalogue has no hours for {code}; say them.", "hours")
            return None
        return Row(row.index, row.item, threshold.id if threshold else None, is_below, hours)

    def _is_to_come(self, item: CompletionItem) -> bool:
        if item.occurred_at is not None:
            return item.occurred_at > self.now + CLOCKS_MAY_DIFFER_BY
        return item.completed_on is not None and item.completed_on > self.now.astimezone(ENGLAND).date()


NEEDED = {
    "external_learner_id": "Say whose it is.",
    "activity_code": "Say which activity it is.",
    "hours": "Say hours, or a percentage, or both.",
    "occurred_at": "Say when: a moment, or a day as completed_on.",
}


def newest(batch: Batch, rows: Iterable[Row], known: Mapping[str, Known]) -> dict[str, Row]:
    """The rows to be kept, by the partner's number: the newest of each that is newer than what is known.

    As if the rows came one after another. A row that is overtaken within its batch is told so.
    """
    standing, kept = dict(known), dict[str, Row]()
    for row in rows:
        number, version = row.item.external_id, row.item.version
        there = standing.get(number)
        if there is not None and version < there.version:
            batch.tell(row.index, number, "duplicate", "superseded", "A newer revision is known.")
        elif there is not None and version == there.version:
            _compare(batch, row, there)
        else:
            if (overtaken := kept.get(number)) is not None:
                batch.tell(overtaken.index, number, "duplicate", "superseded", "A newer revision is in this batch.")
            standing[number], kept[number] = Known(version, row.content), row
    return kept


def _compare(batch: Batch, row: Row, there: Known) -> None:
    if row.item.withdrawn or row.content == there.content:
        batch.tell(row.index, row.item.external_id, "duplicate", "repeated", "Known already.")
    else:
        text = "Something else was said under this number; send changes with a higher revision or a later updated_at."
        batch.reject(row, "revision-needed", text, "revision")


def _when(item: CompletionItem) -> str:
    return "occurred_at" if item.occurred_at is not None else "completed_on"


def _reject_malformed(batch: Batch, index: int, value: JsonValue, error: ValidationError) -> None:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    errors = [
        _error(index, "/".join(str(part) for part in one["loc"]), one["type"].replace("_", "-"), one["msg"])
        for one in found
    ]
    detail = "; ".join(f"{one['loc'][0] if one['loc'] else 'row'}: {one['msg']}" for one in found)
    number = value.get("external_id") if isinstance(value, dict) else None
    is_readable = isinstance(number, str) and len(number) <= MOST_LETTERS
    batch.tell(index, str(number) if is_readable else None, "rejected", "invalid", detail)
    batch.results[index].errors = errors


def _error(index: int, name: str, code: str, detail: str) -> FieldError:
    pointer = f"/completions/{index}/{name}".rstrip("/")
    return FieldError(pointer=pointer, code=code, detail=detail)
