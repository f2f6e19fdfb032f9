"""Plans held against documents: the mathematics network of 2019/20 as it is, and an invented one. No database."""

from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.ids import new_id
from hubs.hub_plans.findings import Finding, Ground, Line, Target
from hubs.hub_plans.network_rules import network_findings
from hubs.hub_plans.rules import findings_of
from hubs.networks.document import NetworkFile
from hubs.networks.seed import reference_networks
from network_steps import a_network


@cache
def maths() -> Ground:
    file = next(one for one in reference_networks() if one.network.slug == "maths-hubs")
    return Ground(file.network, {one.code: one for one in file.projects})


@cache
def clubs() -> Ground:
    file = NetworkFile.model_validate(a_network())
    return Ground(file.network, {one.code: one for one in file.projects})


def told(found: list[Finding]) -> list[tuple[str, str | None, str]]:
    return [(one.code, one.project, one.severity) for one in found]


def of(found: list[Finding], project: str) -> list[tuple[str, int | None, int | None]]:
    return [(one.code, one.planned, one.wanted) for one in found if one.project == project]


def test_an_empty_plan_lacks_what_is_required_and_what_is_to_be_chosen() -> None:
    found = findings_of([], maths())
    required = [one.project for one in found if one.code == "required-missing"]
    assert required == [code for code, one in maths().projects.items() if one.participation.kind == "required"]
    assert "19-11" in required
    [choice] = [one for one in found if one.code == "choice-missing"]
    assert "19-05 (early-years)" in choice.says
    assert "NCP 19-08" in choice.source
    assert all(one.source for one in found)


@pytest.mark.parametrize(
    ("code", "strand", "is_met"),
    [("19-08", None, True), ("19-05", "early-years", True), ("19-05", "primary", False), ("19-09", None, False)],
)
def test_an_early_years_offer_is_one_of_the_options_in_the_right_strand(
    code: str, strand: str | None, is_met: bool
) -> None:
    found = findings_of([Line(code, strand, 1)], maths())
    assert ("choice-missing" not in [one.code for one in found]) is is_met


def test_more_than_five_cohorts_over_all_strands_bind_the_first_plan_only() -> None:
    lines = [Line("19-24", one.slug, 2, participants=30) for one in maths().projects["19-24"].strands]
    groups = 2 * len(lines)
    assert groups > 5
    assert ("groups-too-many", groups, 5) in of(findings_of(lines, maths()), "19-24")
    later = replace(maths(), is_first=False)
    assert of(findings_of(lines, later), "19-24") == []


def test_fewer_participants_than_on_average_are_remarked_over_the_whole_hub() -> None:
    first = maths().projects["19-24"].strands[0].slug
    found = findings_of([Line("19-24", first, 3, participants=44)], maths())
    assert ("participants-below-average", 44, 45) in of(found, "19-24")
    assert of(findings_of([Line("19-24", first, 3, participants=45)], maths()), "19-24") == []


@pytest.mark.parametrize(("codes", "is_kept"), [((), False), (("19-22",), True), (("19-22", "19-23"), False)])
def test_a_hub_is_to_plan_one_of_the_two_at_level_three(codes: tuple[str, ...], is_kept: bool) -> None:
    found = findings_of([Line(code, None, 1, participants=15, schools=3) for code in codes], maths())
    assert ([one.planned for one in found if one.code == "split-not-kept"] == []) is is_kept


@pytest.mark.parametrize(
    ("schools", "code"), [(9, "schools-too-few"), (10, None), (16, None), (17, "schools-too-many")]
)
def test_schools_are_held_against_the_limits_of_so_many_groups(schools: int, code: str | None) -> None:
    found = findings_of([Line("19-11", None, 2, schools=schools)], maths())
    assert [one.code for one in found if one.project == "19-11" and "schools" in one.code] == ([code] if code else [])


def test_what_was_agreed_with_the_hub_and_counted_last_year_is_held_against_the_plan() -> None:
    ground = replace(
        clubs(), facts={"schools-last-year": 7}, targets=[Target("C-1", "schools", 8, "Agreed in June, minute 4")]
    )
    found = findings_of([Line("C-1", None, 1, schools=6), Line("C-2", None, 1)], ground)
    assert told(found) == [("target-missed", "C-1", "fault"), ("schools-not-as-counted", "C-1", "remark")]
    assert found[0].source == "Agreed in June, minute 4"


def test_a_condition_that_nobody_has_told_is_remarked_and_one_that_does_not_hold_is_not() -> None:
    fact = "secondary-development-groups-2018-19"
    project = next(one for one in maths().projects.values() if one.participation.for_hubs)
    by_value = {
        value: [one.code for one in findings_of([], replace(maths(), facts=facts)) if one.project == project.code]
        for value, facts in ((None, {}), (0, {fact: 0}), (2, {fact: 2}))
    }
    assert by_value == {None: ["fact-not-told"], 0: [], 2: ["recommended-missing"]}


def plans(hubs: int, **planned: Any) -> dict[UUID, list[Line]]:
    """So many hubs with the same plan; `p19_11` stands for 19-11."""
    lines = [Line(name[1:].replace("_", "-"), None, **numbers) for name, numbers in planned.items()]
    return {new_id(): lines for _ in range(hubs)}


@pytest.mark.parametrize(("hubs", "is_reached"), [(37, False), (38, True)])
def test_266_schools_are_aimed_for_over_all_hubs(hubs: int, is_reached: bool) -> None:
    found = network_findings(plans(hubs, p19_11={"groups": 1, "schools": 7}), 38, maths())
    missed = {(one.planned, one.wanted) for one in found if one.project == "19-11" and one.code == "aim-missed"}
    assert missed == (set() if is_reached else {(259, 266), (37, 38)}), "schools, and groups"


@pytest.mark.parametrize(("groups", "severity"), [(37, []), (38, ["fault"])])
def test_more_groups_than_the_network_is_funded_for_are_a_fault(groups: int, severity: list[str]) -> None:
    found = network_findings(plans(groups, p19_21={"groups": 1, "participants": 15}), 38, maths())
    assert [one.severity for one in found if one.project == "19-21" and one.code == "aim-exceeded"] == severity


def test_hubs_that_all_take_the_same_side_of_a_split_are_remarked_for_both() -> None:
    sides = plans(20, p19_22={"groups": 1}) | plans(10, p19_23={"groups": 1})
    uneven = [one for one in network_findings(sides, 37, maths()) if one.code == "split-uneven"]
    assert [(one.project, one.planned, one.wanted) for one in uneven] == [("19-22", 20, 15), ("19-23", 10, 15)]
    even = plans(16, p19_22={"groups": 1}) | plans(14, p19_23={"groups": 1})
    assert not [one for one in network_findings(even, 37, maths()) if one.code == "split-uneven"]


def test_a_project_that_does_not_count_is_left_out_of_the_aim_of_the_network() -> None:
    aims = [{"measure": "schools", "at_least": 10, "says": "Ten schools."}]
    file = NetworkFile.model_validate(a_network(aims=aims))
    ground = Ground(file.network, {one.code: one for one in file.projects})
    lines = [Line("C-1", None, 1, schools=6), Line("C-3", "primary", 1, schools=9)]
    [missed] = [one for one in network_findings({new_id(): lines}, 1, ground) if one.project is None]
    assert (missed.code, missed.planned, missed.wanted) == ("aim-missed", 6, 10)


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(f"19-{number:02}" for number in range(1, 26))), *[st.integers(0, 50)] * 3),
        max_size=12,
        unique_by=lambda one: one[0],
    )
)
def test_every_plan_has_findings_with_words_and_a_source_and_none_twice(rows: list[tuple[str, int, int, int]]) -> None:
    lines = [Line(code, None, groups, schools, people) for code, groups, schools, people in rows]
    found = findings_of(lines, maths())
    assert all(one.says.strip() and one.source for one in found)
    assert len({one.model_dump_json() for one in found}) == len(found)
    planned = {line.code for line in lines if line.groups}
    assert not {one.project for one in found if one.code == "required-missing"} & planned
