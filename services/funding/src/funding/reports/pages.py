"""The report as a page: tables first, with drawings that say nothing the tables do not. No script, no other file."""

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from funding.reports.schemas import FunderReport, Spending
from funding.spreadsheets import pounds

WIDTH = 300
"""Of the longest bar, in the drawing's own units."""

_PAGE = Environment(autoescape=True, undefined=StrictUndefined).from_string(
    files(__package__).joinpath("page.html").read_text(encoding="utf-8")
)


def page_of(made: FunderReport) -> str:
    """The whole page."""
    breakdowns = [
        ("lot", "By lot", made.by_lot),
        ("region", "By region", made.by_region),
        ("phase", "By phase", made.by_phase),
        ("category", "By category of area", made.by_category),
        ("budget", "By budget", made.by_budget),
    ]
    return _PAGE.render(made=made, breakdowns=breakdowns, pounds=pounds, bars=bars, share=share)


def bars(parts: list[Spending]) -> list[tuple[str, int, str]]:
    """Name, length and amount of each bar; what came to less than nothing has none."""
    longest = max((one.spent_pence for one in parts), default=0)
    return [
        (one.name, max(0, one.spent_pence) * WIDTH // longest if longest > 0 else 0, pounds(one.spent_pence))
        for one in parts
    ]


def share(reached: int, wanted: int) -> int:
    """In whole per cent, not above a hundred."""
    return min(100, reached * 100 // wanted)
