"""What really happened in a simulated year, as the simulation itself saw it: the inputs of the recomputation.

One flat line each, in the order in which they were accepted, so that they can be read in any spreadsheet.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field, fields


@dataclass(frozen=True)
class Line:
    """One thing that was accepted; docs/guide/simulated-year.md says what the columns are."""

    kind: str
    hub: str = ""
    code: str = ""
    group: str = ""
    subject: str = ""
    value: str = ""
    on: str = ""


@dataclass
class Journal:
    """All lines of a year."""

    lines: list[Line] = field(default_factory=list)

    def note(self, kind: str, **what: object) -> None:
        """Put something on record."""
        self.lines.append(Line(kind, **{name: str(value) for name, value in what.items()}))

    def count(self, kind: str) -> int:
        """How many lines of a kind there are."""
        return sum(one.kind == kind for one in self.lines)

    def as_csv(self) -> str:
        """Every line with its number."""
        return table(
            ("number", *(one.name for one in fields(Line))),
            ((number, *astuple(line)) for number, line in enumerate(self.lines, start=1)),
        )


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()
