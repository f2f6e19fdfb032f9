"""What each project of 2019/20 pays, typed from the source a second time; nothing here knows of the platform's cards.

Source: Maths Hubs network collaborative projects 2019/20, section J of each project. Pounds; what another funder pays
(half of 19-21 to 19-23, by the AMSP) is left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

UNIT_POUNDS = {
    "19-07": 3_500,
    "19-10": 3_500,
    "19-12": 4_200,
    "19-13": 4_200,
    "19-14": 4_200,
    "19-16": 3_500,
    "19-17": 4_200,
    "19-18": 4_200,
    "19-20": 4_200,
    "19-21": 2_100,
    "19-22": 2_100,
    "19-23": 2_100,
    "19-24": 3_500,
    "19-25": 4_200,
}
"""A unit grant for the group, whatever its size."""
EXCHANGE_POUNDS = {"primary": 8_800, "secondary-hosting": 6_000, "secondary-non-hosting": 3_300}
PER_PERSON_POUNDS = {"19-03": 3_000, "19-04": 3_000, "19-05": 800, "19-06": 800}


@dataclass
class Size:
    """A group as it stands."""

    schools: int
    people: int
    strand: str = ""
    told: Mapping[str, str] = field(default_factory=dict)


def pounds(code: str, size: Size) -> int | None:
    """What a group's hub is granted; None when the project's own rules leave no sum for such a group."""
    if code in UNIT_POUNDS:
        return None if code in ("19-16", "19-18", "19-21", "19-22", "19-23") and not size.people else UNIT_POUNDS[code]
    if code in PER_PERSON_POUNDS:
        return size.people * PER_PERSON_POUNDS[code] if size.people else None
    return VARIABLE[code](size)


def _development(size: Size) -> int | None:
    """19-09: six sessions and three visits a school at £350, six days at £200, £1,000 a school, £150 more."""
    if not 1 <= size.schools <= 20:
        return None
    return 6 * 350 + 3 * size.schools * 350 + 6 * 200 + size.schools * 1_000 + 150


def _readiness(size: Size) -> int | None:
    """19-11: £14,150 for seven schools, £1,000 for each more or less, for five to eight."""
    return 14_150 + (size.schools - 7) * 1_000 if 5 <= size.schools <= 8 else None


def _early_years(size: Size) -> int | None:
    """19-08: the lead's three workshops, facilitation, two days of preparation, one of evaluation; a venue a head."""
    days = 3 + int(size.told["facilitation_days"]) + 2 + 1
    lead, venue = (int(size.told[name]) // 100 for name in ("lead_day_rate_pence", "venue_cost_pence"))
    return days * lead + size.people * venue if size.people >= 2 else None


VARIABLE: Mapping[str, Callable[[Size], int | None]] = {
    "19-01": lambda size: 0,  # days in kind alone
    "19-02": lambda size: EXCHANGE_POUNDS[size.strand],
    "19-08": _early_years,
    "19-09": _development,
    "19-11": _readiness,
    "19-15": lambda size: 5_250 + 2 * 2_000 if size.schools == 2 else None,
    "19-19": lambda size: 4_200 if size.schools >= 4 else None,
}
