"""What follows from a plan's assumptions and the number of schools in each region; no database here.

Whole hubs, schools and centres are shared out by largest remainders, so that parts always add up to their whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from hubs.academic_years import days_of
from hubs.stem_plans.document import Assumption, PlanVersion

K = TypeVar("K")
Scope = Literal["network", "year", "region", "region_year"]
Measure = Literal[
    "hubs",
    "schools",
    "centres",
    "set_up_pence",
    "centre_pence",
    "recurrent_pence",
    "total_pence",
    "schools_in_register",
    "hubs_so_far",
    "schools_so_far",
]
MONEY: tuple[Measure, ...] = ("set_up_pence", "centre_pence", "recurrent_pence", "total_pence")
REGISTER = "The register of schools as it was last imported"
DIRECTORY = "The directory of hubs, today"
TURNS = "The regions' hubs take the years in turn, within the new hubs of each year."


@dataclass(frozen=True)
class Figure:
    """One figure of a plan: of what, how it comes about, and on what it rests."""

    scope: Scope
    region: str | None
    year: str | None
    measure: Measure
    value: int
    because: str
    source: str


@dataclass(frozen=True)
class Known:
    """What is there of a region: open schools for ages 5 to 19, and open STEM skills hubs with their schools."""

    schools: int
    hubs_so_far: int = 0
    schools_so_far: int = 0


@dataclass(frozen=True)
class Finding:
    """Something to know before a plan is used."""

    code: str
    says: str


def shares(whole: int, weights: Mapping[K, int]) -> dict[K, int]:
    """A whole number shared out by weights, so that the parts add up to it; evenly where all weights are 0.

    By largest remainders; of equal ones the first comes first.
    """
    weighed = weights if any(weights.values()) else dict.fromkeys(weights, 1)
    total = sum(weighed.values())
    parts = {key: whole * weight // total for key, weight in weighed.items()}
    by_remainder = sorted(weighed, key=lambda key: -(whole * weighed[key] % total))
    for key in by_remainder[: whole - sum(parts.values())]:
        parts[key] += 1
    return parts


def years_of(plan: PlanVersion) -> list[str]:
    """The plan's academic years."""
    first = days_of(plan.first_year)[0].year
    return [f"{year}-{(year + 1) % 100:02}" for year in range(first, first + plan.figure("years"))]


def hubs_by_year(plan: PlanVersion) -> dict[str, int]:
    """New hubs of each year: even parts, the larger ones first."""
    return shares(plan.figure("hubs"), dict.fromkeys(years_of(plan), 1))


def hubs_by_region(plan: PlanVersion, known: Mapping[str, Known]) -> dict[str, int]:
    """Hubs of each region, by its schools."""
    return shares(plan.figure("hubs"), {region: one.schools for region, one in known.items()})


def hubs_by_region_and_year(plan: PlanVersion, known: Mapping[str, Known]) -> dict[tuple[str, str], int]:
    """New hubs of each region in each year: rows add up to the regions, columns to the years.

    The hubs stand in line region by region and take the years in turn; a year that is full is passed over.
    """
    room, regions = hubs_by_year(plan), hubs_by_region(plan, known)
    found = {(region, year): 0 for region in regions for year in room}
    turn = _turns(list(room))
    for region, hubs in regions.items():
        for _ in range(hubs):
            year = next(one for one in turn if room[one])
            room[year] -= 1
            found[region, year] += 1
    return found


def _turns(years: Sequence[str]) -> Iterator[str]:
    while True:
        yield from years


def calculate(plan: PlanVersion, known: Mapping[str, Known]) -> list[Figure]:
    """Every figure of a plan: of the network, each year, each region, and new hubs of a region in a year."""
    years, regions = hubs_by_year(plan), hubs_by_region(plan, known)
    centres = plan.figure("hubs") * plan.figure("centres_per_hundred_hubs") // 100
    by_year, by_region = shares(centres, years), shares(centres, regions)
    hub_years = _hub_years(list(years.values()))
    grid, source = hubs_by_region_and_year(plan, known), plan.assumptions["years"].source
    found = _costed(plan, Place("network"), plan.figure("hubs"), centres, sum(hub_years))
    for number, (year, hubs) in enumerate(years.items()):
        found += _costed(plan, Place("year", year=year), hubs, by_year[year], hub_years[number])
    everybody = sum(one.schools for one in known.values())
    for region, hubs in regions.items():
        older = _hub_years([grid[region, year] for year in years])
        place = Place("region", region=region)
        found += _costed(plan, place, hubs, by_region[region], sum(older), _weight(region, known, everybody))
        found += [place.figure(name, value, says, source) for name, value, says, source in _there(known[region])]
        found += [
            Place("region_year", region, year).figure("hubs", grid[region, year], TURNS, source) for year in years
        ]
    return found


def _hub_years(new: Sequence[int]) -> list[int]:
    """Hubs in each year that are past their first."""
    return [sum(new[:number]) for number in range(len(new))]


def _weight(region: str, known: Mapping[str, Known], everybody: int) -> str:
    return f"{known[region].schools:,} of {everybody:,} schools in the register"


def _there(known: Known) -> list[tuple[Measure, int, str, str]]:
    return [
        (
            "schools_in_register",
            known.schools,
            "Open schools and colleges in England for ages within 5 to 19.",
            REGISTER,
        ),
        ("hubs_so_far", known.hubs_so_far, "Open STEM skills hubs.", DIRECTORY),
        ("schools_so_far", known.schools_so_far, "Schools that belong to them.", DIRECTORY),
    ]


@dataclass(frozen=True)
class Place:
    """What a figure is of."""

    scope: Scope
    region: str | None = None
    year: str | None = None

    def figure(self, measure: Measure, value: int, because: str, source: str) -> Figure:
        """A figure of it."""
        return Figure(self.scope, self.region, self.year, measure, value, because, source)


def _costed(
    plan: PlanVersion, place: Place, hubs: int, centres: int, hub_years: int, weight: str | None = None
) -> list[Figure]:
    """Hubs of a place with what they bring and cost."""
    per_hub, set_up = plan.figure("schools_per_hub"), plan.figure("set_up_pence")
    centre, recurrent = plan.figure("centre_pence"), plan.figure("recurrent_pence")
    costs = (hubs * set_up, centres * centre, hub_years * recurrent)
    share = plan.figure("centres_per_hundred_hubs")

    def of(measure: Measure, value: int, because: str, *rests_on: Assumption) -> Figure:
        return place.figure(measure, value, because, "; ".join(_sources(plan, rests_on)))

    return [
        of("hubs", hubs, _why_hubs(plan, place, weight), "hubs", "years"),
        of("schools", hubs * per_hub, f"{hubs:,} hubs of {per_hub} schools", "schools_per_hub"),
        of("centres", centres, f"{share} of 100 hubs", "centres_per_hundred_hubs"),
        of("set_up_pence", costs[0], f"{hubs:,} new hubs at {_pounds(set_up)}", "set_up_pence"),
        of("centre_pence", costs[1], f"{centres:,} centres at {_pounds(centre)}", "centre_pence"),
        of(
            "recurrent_pence",
            costs[2],
            f"{hub_years:,} hub-years after the first at {_pounds(recurrent)}",
            "recurrent_pence",
        ),
        of("total_pence", sum(costs), " + ".join(map(_pounds, costs)), "set_up_pence", "centre_pence"),
    ]


def _why_hubs(plan: PlanVersion, place: Place, weight: str | None) -> str:
    if place.scope == "year":
        return f"A part of {plan.figure('hubs'):,} hubs over {plan.figure('years')} years"
    if place.scope == "region":
        return f"{plan.figure('hubs'):,} hubs shared out by schools: {weight}"
    return plan.assumptions["hubs"].says


def _sources(plan: PlanVersion, rests_on: Sequence[Assumption]) -> list[str]:
    return list(dict.fromkeys(plan.assumptions[name].source for name in rests_on))


def _pounds(pence: int) -> str:
    pounds, rest = divmod(pence, 100)
    return f"£{pounds:,}.{rest:02}" if rest else f"£{pounds:,}"


def findings(plan: PlanVersion, known: Mapping[str, Known]) -> list[Finding]:
    """What to know before the plan is used."""
    wanted, there = plan.figure("hubs") * plan.figure("schools_per_hub"), sum(one.schools for one in known.values())
    found = []
    if wanted > there:
        says = f"The plan is for {wanted:,} schools; the register holds {there:,}. Import the whole register first."
        found.append(Finding("more-schools-than-there-are", says))
    empty = [region for region, one in known.items() if one.schools == 0]
    if empty:
        found.append(Finding("regions-without-schools", f"No schools are known in {', '.join(empty)}."))
    if not plan.figure("recurrent_pence"):
        found.append(Finding("no-recurrent-cost", "No cost is assumed after the first year of a hub."))
    return found
