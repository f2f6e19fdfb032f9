"""Terms, and how long an offer is good for."""

from dataclasses import dataclass
from datetime import date

from hubs.academic_years import academic_year_of, days_of
from hubs.enrichment.models import Term
from hubs.reference import rows

YEARS_AHEAD = 2


@dataclass(frozen=True)
class Days:
    """A first and a last day."""

    first: date
    last: date


def term_days(academic_year: str, term: Term) -> Days:
    """The days of a term, by `reference/terms.csv`; ValueError for what is no academic year."""
    begins, ends = days_of(academic_year)
    row = next(one for one in rows("terms.csv") if one["term"] == term)
    year = begins.year if int(row["first_month"]) >= begins.month else ends.year
    return Days(
        date(year, int(row["first_month"]), int(row["first_day"])),
        date(year, int(row["last_month"]), int(row["last_day"])),
    )


def is_open(academic_year: str, term: Term, today: date) -> bool:
    """Whether an offer may still be made for a term."""
    last_year = int(academic_year_of(today)[:4]) + YEARS_AHEAD
    return int(academic_year[:4]) <= last_year and term_days(academic_year, term).last >= today


def expires_on(days: Days, ends_on: date | None) -> date:
    """The last day on which an offer is found."""
    return ends_on or days.last
