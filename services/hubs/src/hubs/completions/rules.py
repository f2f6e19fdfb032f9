"""Judging the items of a partner's batch one by one; no database here."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from pydantic import JsonValue, ValidationError

from hubs.completions.schemas import ITEM, CompletionItem, Rejection


@dataclass
class Sorted:
    """Items that may go on, each with its position in the batch, and those turned away."""

    accepted: list[tuple[int, CompletionItem]] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)

    def reject(self, index: int, code: str, detail: str) -> None:
        """Turn one item away."""
        self.rejected.append(Rejection(index=index, code=code, detail=detail))


def sort_items(raw: Iterable[JsonValue], activities: Collection[str], today: date) -> Sorted:
    """Check each item alone: its form, its activity, and that it is not in the future."""
    result = Sorted()
    for index, value in enumerate(raw):
        try:
            item = ITEM.validate_python(value)
        except ValidationError as error:
            result.reject(index, "invalid", "; ".join(_complaints(error)))
            continue
        if item.activity_code not in activities:
            result.reject(index, "unknown-activity", f"No approved activity has the code {item.activity_code}.")
        elif item.completed_on > today:
            result.reject(index, "in-future", f"{item.completed_on} has not come yet.")
        else:
            result.accepted.append((index, item))
    return result


def _complaints(error: ValidationError) -> Iterator[str]:
    for found in error.errors(include_url=False, include_input=False):
        yield f"{'.'.join(str(part) for part in found['loc']) or 'item'}: {found['msg']}"
