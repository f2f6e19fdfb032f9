"""What follows for a certificate from the rules that it was earned under."""

from calendar import monthrange
from datetime import date


def expiry(awarded_on: date, valid_for_months: int | None) -> date | None:
    """The first day on which a certificate no longer stands; None for one that stands for good.

    The same day of a later month, or that month's last day where it is shorter.
    """
    if valid_for_months is None:
        return None
    years, month = divmod(awarded_on.month - 1 + valid_for_months, 12)
    year = awarded_on.year + years
    return date(year, month + 1, min(awarded_on.day, monthrange(year, month + 1)[1]))
