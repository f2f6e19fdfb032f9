"""CSV that people open in a spreadsheet: nothing in it is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(header: Sequence[str], lines: Iterable[Iterable[Cell]]) -> bytes:
    """A header and lines in UTF-8. A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode()


def pounds(pence: int) -> str:
    """As people write an amount: `£1,234.50`, with a minus before it when it is owed."""
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA) else cell
