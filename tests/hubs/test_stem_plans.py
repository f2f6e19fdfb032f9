"""The plan for 400 hubs and 4,000 schools: parts add up to their whole, and every figure says how it comes about."""

import csv
import io
from typing import get_args

import pytest

from builders import anonymous
from harness import ServiceHarness
from hubs.stem_plans.document import NAMES, PlanVersion, plan_versions
from hubs.stem_plans.rules import MONEY, Figure, Known, Measure, Scope, calculate, findings, shares

FIRST, PHASED = plan_versions()
KNOWN = {"North East": Known(1183), "London": Known(3121, 2, 19), "South West": Known(2395), "Nowhere": Known(0)}


def value(figures: list[Figure], scope: Scope, measure: Measure, place: str | None = None) -> int:
    """The sum of a measure, in a place or over all of a scope."""
    return sum(
        one.value
        for one in figures
        if (one.scope, one.measure) == (scope, measure) and place in (None, one.region, one.year)
    )


def test_the_first_version_is_the_one_that_was_proposed() -> None:
    figures = calculate(FIRST, KNOWN)
    found = {measure: value(figures, "network", measure) for measure in ("hubs", "schools", "centres", *MONEY)}
    assert found == {
        "hubs": 400,
        "schools": 4000,
        "centres": 400,
        "set_up_pence": 2_000_000_000,
        "centre_pence": 3_000_000_000,
        "recurrent_pence": 0,
        "total_pence": 5_000_000_000,
    }


def test_a_later_version_says_what_it_changes_and_keeps_the_sources_of_the_rest() -> None:
    assert (PHASED.figure("hubs"), PHASED.assumptions["hubs"].source) == (400, FIRST.source)
    assert (PHASED.figure("years"), PHASED.assumptions["years"].source) == (3, PHASED.source)
    by_year = {one.year: one.value for one in calculate(PHASED, KNOWN) if (one.scope, one.measure) == ("year", "hubs")}
    assert by_year == {"2027-28": 134, "2028-29": 133, "2029-30": 133}
    recurrent = [
        one.value for one in calculate(PHASED, KNOWN) if (one.scope, one.measure) == ("year", "recurrent_pence")
    ]
    assert recurrent == [0, 134 * 300_000, 267 * 300_000]


@pytest.mark.parametrize("hubs", [1, 3, 7, 100, 399, 400, 4001])
@pytest.mark.parametrize("years", [1, 3, 4])
def test_years_and_regions_add_up_to_the_network(hubs: int, years: int) -> None:
    plan = PHASED.asked({"hubs": hubs, "years": years, "centres_per_hundred_hubs": 33})
    figures = calculate(plan, KNOWN)
    measures: tuple[Measure, ...] = ("hubs", "schools", "centres", *MONEY)
    for measure in measures:
        assert (
            value(figures, "year", measure) == value(figures, "network", measure) == value(figures, "region", measure)
        )
    for region in KNOWN:
        assert value(figures, "region_year", "hubs", region) == value(figures, "region", "hubs", region)
    for year in {one.year for one in figures if one.scope == "year"}:
        assert value(figures, "region_year", "hubs", year) == value(figures, "year", "hubs", year)


def test_a_whole_is_shared_out_by_largest_remainders() -> None:
    assert shares(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}
    assert shares(400, {"a": 2395, "b": 1183, "c": 0}) == {"a": 268, "b": 132, "c": 0}
    assert shares(3, {"a": 0, "b": 0}) == {"a": 2, "b": 1}


def test_every_figure_says_how_it_comes_about_and_on_what_it_rests() -> None:
    for plan in plan_versions():
        figures = calculate(plan, KNOWN)
        assert all(one.because and one.source for one in figures)
        assert {one.scope for one in figures} == set(get_args(Scope))
        assert {one.measure for one in figures} == set(get_args(Measure))


def test_a_plan_for_more_schools_than_are_known_says_so() -> None:
    assert [one.code for one in findings(FIRST, KNOWN)] == ["regions-without-schools", "no-recurrent-cost"]
    few = {"London": Known(30)}
    assert [one.code for one in findings(PHASED, few)] == ["more-schools-than-there-are"]


def test_what_is_asked_for_is_no_longer_the_sources() -> None:
    asked: PlanVersion = FIRST.asked({"hubs": 40})
    assert (asked.figure("hubs"), asked.assumptions["hubs"].source) == (40, "Asked for in this calculation")
    assert asked.assumptions["set_up_pence"] == FIRST.assumptions["set_up_pence"]


async def test_anybody_reads_a_plan_by_region_of_the_register_and_the_spreadsheet_says_the_same(
    reference: ServiceHarness,
) -> None:
    client = await reference.client(anonymous())
    plan = (await client.get("/v1/stem-plans/2018-05?hubs=90&years=2")).json()
    table = (await client.get("/v1/stem-plans/2018-05/figures.csv?hubs=90&years=2")).text
    lines = list(csv.DictReader(io.StringIO(table)))
    assert [line["value"] for line in lines] == [
        *(str(one["figure"]) for one in plan["assumptions"]),
        *(str(one["value"]) for one in plan["figures"]),
    ]
    regions = [one for one in plan["figures"] if one["scope"] == "region" and one["measure"] == "hubs"]
    assert (len(regions), sum(one["value"] for one in regions)) == (9, 90)
    counted = sum(one["value"] for one in plan["figures"] if one["measure"] == "schools_in_register")
    assert 0 < counted < 400
    assert plan["findings"][0]["code"] == "more-schools-than-there-are"
    assert (await client.get("/v1/stem-plans/2001-01")).json()["code"] == "stem-plan-not-found"
    assert [one["name"] for one in plan["assumptions"]] == list(NAMES)
