"""Reports on programmes: what they count, who sees which lines, and that no small group can be read off them."""

import csv
import io
import itertools
from collections.abc import Sequence
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_school_lead, partner, staff
from chassis.ids import new_id
from hubs.academic_years import days_of, year_before
from hubs.directory.models import Hub
from hubs.programmes.rules import SETTLED_AFTER, SMALLEST, Groups, Part, is_settled, releasable, total_of
from hubs.spreadsheets import csv_of
from hubs_outreach import FIRST, JSON, SECOND, YEAR, Outreach

PAST = year_before(year_before(YEAR))
REPORT = "/v1/programmes/gender-balance/report"
AUDITOR = staff("auditor")

counts = st.integers(0, 12)
groups = st.builds(Groups, counts, counts, st.sampled_from([0, 0, 0, 1, 7]))
places = st.tuples(st.just(YEAR), st.sampled_from("NS"), st.sampled_from("ab"))


@st.composite
def trees(draw: st.DrawFn) -> list[Part]:
    """Events of organisers that each have one region, as hubs do, and of a partner who is everywhere."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        region = draw(st.sampled_from("NS"))
        organiser = draw(st.sampled_from([f"{region}1", f"{region}2", "partner"]))
        approach = draw(st.sampled_from(["x", "y"]))
        found.append(Part((YEAR, region, organiser, str(number)), draw(groups), approach))
    return found


def figures(parts: Sequence[Part]) -> dict[str, Groups]:
    """Every figure that some report shows."""
    selections = {"total": list(parts)}
    for region in "NS":
        selections[f"region {region}"] = [part for part in parts if part.path[1:2] == (region,)]
    for organiser in ("N1", "N2", "S1", "S2", "partner"):
        selections[f"organiser {organiser}"] = [part for part in parts if part.path[2:3] == (organiser,)]
    for approach in "xy":
        selections[f"approach {approach}"] = [
            part for part in parts if len(part.path) > 3 and part.approach == approach
        ]
    return {name: found for name, chosen in selections.items() if (found := total_of(chosen)) is not None}


def is_safe(girls: int, boys: int, not_stated: int) -> bool:
    """Nobody, or enough, in each group; a difference may be of either sign."""
    return all(one == 0 or abs(one) >= SMALLEST for one in (girls, boys, not_stated))


@settings(max_examples=400, deadline=None)
@given(trees(), st.booleans())
def test_no_figure_and_no_remainder_of_a_figure_is_a_small_group(events: list[Part], settled: bool) -> None:
    shown = figures(releasable(events, frozenset({YEAR}) if settled else frozenset()))
    assert all(is_safe(one.girls, one.boys, one.not_stated) for one in shown.values())
    zero = Groups()
    for whole, subset in (("total", "region"), ("total", "organiser"), ("total", "approach")):
        parts = [one for name, one in shown.items() if name.startswith(subset)]
        for some in itertools.chain.from_iterable(itertools.combinations(parts, n) for n in range(1, len(parts) + 1)):
            left, taken = shown.get(whole, zero), sum(some, zero)
            assert is_safe(left.girls - taken.girls, left.boys - taken.boys, left.not_stated - taken.not_stated)


@settings(max_examples=200, deadline=None)
@given(trees())
def test_what_is_released_never_overlaps_and_invents_nothing(events: list[Part]) -> None:
    released = releasable(events, frozenset({YEAR}))
    everything, shown = sum((one.groups for one in events), Groups()), total_of(released) or Groups()
    assert shown.girls <= everything.girls
    assert shown.boys <= everything.boys
    assert shown.not_stated <= everything.not_stated


@settings(max_examples=200, deadline=None)
@given(trees(), trees())
def test_an_event_that_is_told_later_shows_no_small_group_by_what_it_adds(before: list[Part], more: list[Part]) -> None:
    # While the year runs nothing is pooled, so a later report is the earlier one and some safe events.
    first = total_of(releasable(before, frozenset())) or Groups()
    second = total_of(releasable([*before, *more], frozenset())) or Groups()
    assert is_safe(second.girls - first.girls, second.boys - first.boys, second.not_stated - first.not_stated)


def test_a_year_is_settled_a_month_after_its_end() -> None:
    last: date = days_of(PAST)[1] + SETTLED_AFTER
    assert (is_settled(PAST, last), is_settled(PAST, date.fromordinal(last.toordinal() + 1))) == (False, True)


def test_a_spreadsheet_takes_no_cell_for_a_formula() -> None:
    told = csv_of(["a", "b"], [["=1+1", -5], ["@x", None], ["plain", 2]]).decode()
    assert list(csv.reader(io.StringIO(told))) == [["a", "b"], ["'=1+1", "-5"], ["'@x", ""], ["plain", "2"]]


async def lines(outreach: Outreach, by: str = "total", **query: str) -> list[JSON]:
    found: list[JSON] = (await outreach.get(AUDITOR, REPORT, by=by, **query)).json()["lines"]
    return found


async def test_a_small_group_is_left_out_with_its_event_while_the_year_runs(outreach: Outreach) -> None:
    await outreach.held_events([{"girls": 8, "boys": 12}, {"girls": 3, "boys": 20}, {"girls": 0, "boys": 9}])
    [line] = await lines(outreach)
    assert line["groups"] == {"girls": 8, "boys": 21, "not_stated": 0}
    assert (line["pupils_attended"], line["pupils_in_groups"], line["pupils_left_out"]) == (52, 29, 23)


async def test_once_a_year_is_settled_small_groups_are_shown_in_sums_that_hide_them(outreach: Outreach) -> None:
    other, partner_id = outreach.network.other_hub_id, new_id()
    await outreach.held_events(
        [
            {"year": PAST, "girls": 3, "boys": 10},
            {"year": PAST, "girls": 4, "boys": 10},
            {"year": PAST, "girls": 2, "boys": 10, "hub_id": other},
            {"year": PAST, "girls": 3, "boys": 10, "partner_id": partner_id},
            {"year": PAST, "girls": 1, "boys": 10, "partner_id": partner_id, "region": "London"},
        ]
    )
    by_organiser = {line["hub_id"] or line["partner_id"]: line["groups"] for line in await lines(outreach, "organiser")}
    assert by_organiser == {
        str(outreach.hub_id): {"girls": 7, "boys": 20, "not_stated": 0},
        str(other): None,
        str(partner_id): None,
    }
    by_region = {line["region"]: line["groups"] for line in await lines(outreach, "region")}
    assert by_region == {"North West": {"girls": 12, "boys": 40, "not_stated": 0}, "London": None}
    [total] = await lines(outreach)
    assert (total["groups"]["girls"], total["pupils_left_out"]) == (12, 11)


async def test_lines_are_by_year_and_by_what_was_asked_for(outreach: Outreach) -> None:
    await outreach.held_events(
        [
            {"girls": 8, "boys": 12, "approach": "role-models"},
            {"girls": 6, "boys": 12, "approach": "pair-programming"},
            {"year": PAST, "girls": 5, "boys": 5, "approach": "role-models", "region": None},
        ]
    )
    assert [(line["academic_year"], line["events"]) for line in await lines(outreach)] == [(PAST, 1), (YEAR, 2)]
    [only] = await lines(outreach, academic_year=PAST)
    assert only["academic_year"] == PAST
    approaches = [(line["approach"], line["groups"]["girls"]) for line in await lines(outreach, "approach")]
    assert approaches == [("role-models", 5), ("pair-programming", 6), ("role-models", 8)]
    assert [line["region"] for line in await lines(outreach, "region")] == [None, "North West"]
    assert [line["hub_name"] for line in await lines(outreach, "organiser")] == ["Moorland", "Moorland"]


async def test_a_report_counts_schools_once_and_cancelled_events_apart(outreach: Outreach) -> None:
    await outreach.enrol("a-level", FIRST, SECOND)
    for cancelled in (False, False, True):
        event = await outreach.event()
        for urn in (FIRST, SECOND):
            body = {"pupils": 5, "staff": 1}
            await outreach.post(a_school_lead(urn), f"/v1/pupil-events/{event['id']}/bookings", body)
        if cancelled:
            path = f"/v1/pupil-events/{event['id']}/cancellation"
            await outreach.post(outreach.hub_lead(), path, {"because": "venue_lost"})
    await outreach.event(status="draft")
    told = (await outreach.get(AUDITOR, "/v1/programmes/a-level/report")).json()
    assert told["schools_enrolled"] == {YEAR: 2}
    [line] = told["lines"]
    assert (line["events"], line["events_cancelled"], line["schools_booked"], line["pupils_booked"]) == (2, 1, 2, 20)
    assert (line["groups"], line["pupils_left_out"]) == (None, 0)


async def test_staff_of_a_hub_or_partner_see_lines_of_their_own_events_alone(outreach: Outreach) -> None:
    partner_id = new_id()
    await outreach.held_events(
        [{"girls": 8, "boys": 12}, {"girls": 9, "boys": 9, "hub_id": outreach.network.other_hub_id}]
    )
    await outreach.held_events([{"girls": 30, "boys": 30, "partner_id": partner_id}])
    seen: dict[str, list[int]] = {}
    for name, by in (
        ("hub", outreach.hub_lead()),
        ("other", outreach.other_lead()),
        ("partner", staff("partner_admin", organisation_id=partner_id)),
        ("nobody's", staff("hub_lead")),
    ):
        told = (await outreach.get(by, REPORT, by="total")).json()
        assert told["schools_enrolled"] is None
        seen[name] = [line["groups"]["girls"] for line in told["lines"]]
    assert seen == {"hub": [8], "other": [9], "partner": [30], "nobody's": []}
    for stranger in (a_school_lead(FIRST), partner("completions:write")):
        assert (await outreach.get(stranger, REPORT)).status_code == 403


async def test_a_report_is_csv_that_says_what_is_left_out(outreach: Outreach) -> None:
    await outreach.held_events([{"girls": 2, "boys": 12}])
    async with outreach.service.session() as session:
        hub = await session.get_one(Hub, outreach.hub_id)
        hub.name = "=HYPERLINK(1)"
    told = await outreach.get(AUDITOR, f"{REPORT}.csv", by="organiser")
    assert told.headers["Content-Type"].startswith("text/csv")
    [row] = csv.DictReader(io.StringIO(told.text))
    assert (row["girls"], row["boys"], row["hub_name"]) == ("fewer than 5", "fewer than 5", "'=HYPERLINK(1)")
    assert (await outreach.get(AUDITOR, "/v1/programmes/none/report.csv")).status_code == 404
