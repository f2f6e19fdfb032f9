"""What projects let a group be, what it lacks to start, and what its grant card is filled with. No database."""

from decimal import Decimal
from typing import Any

import pytest

from hubs.groups.limits import (
    Counts,
    Limits,
    limits_of_group,
    limits_of_hub,
    limits_of_network,
    shortfalls,
)
from hubs.groups.rules import Size, attended_share, card_inputs, not_taken, steps_from
from hubs.projects.document import ProjectDocument

BOTH_PHASES = {
    "criterion": "both-phases",
    "title": "Primary and secondary schools are in it",
    "fact": "group.phases",
    "includes_all": ["primary", "secondary"],
}


def a_project(**parts: Any) -> ProjectDocument:
    facts = {
        "code": "26-99",
        "title": "A project",
        "project_year": "2026-27",
        "phases": ["primary"],
        "kind": "work_group",
        "participation": {"kind": "optional"},
        "sections": {"summary": "A project for tests."},
        "participants": {"unit": "school", "title": "school"},
        "source": "Invented for tests",
    }
    return ProjectDocument.model_validate(facts | parts)


FIVE_TO_EIGHT = a_project(size={"schools_of_group": {"minimum": 5, "maximum": 8}})
TWO_BY_TWO = a_project(
    participants={"unit": "school", "title": "school", "per_school": {"minimum": 2, "maximum": 2}},
    size={"schools_of_group": {"minimum": 2, "maximum": 2}},
)
COHORTS = a_project(
    kind="programme",
    participants={"unit": "person", "title": "leader"},
    size={
        "participants_of_group": {"maximum": 40},
        "participants_of_network": {"maximum": 120},
        "groups_of_hub": {"maximum": 5},
        "hub_limits_until": "first_agreement",
    },
)
COMMUNITY = a_project(
    kind="community",
    leads={"how_many": {"minimum": 3, "maximum": 3}},
    participants={"unit": "person", "title": "member"},
    size={"participants_of_group": {"minimum": 30}, "groups_of_hub": {"maximum": 1}},
)
CONTINUITY = a_project(
    participants={"unit": "person", "title": "teacher"},
    size={
        "participants_of_group": {"minimum": 5, "maximum": 15},
        "composition": BOTH_PHASES,
    },
)


def codes(document: ProjectDocument, counts: Counts) -> list[tuple[str, bool]]:
    return [(one.code, one.is_decisive) for one in shortfalls(document, None, counts)]


def test_limits_are_those_of_the_group_the_hub_and_the_network() -> None:
    assert limits_of_group(FIVE_TO_EIGHT, None) == Limits(schools=8)
    assert limits_of_group(TWO_BY_TWO, None) == Limits(schools=2, participants_per_school=2)
    assert limits_of_group(COHORTS, None) == Limits(participants=40)
    assert limits_of_network(COHORTS, None) == Limits(participants=120)
    assert limits_of_hub(COMMUNITY, None) == Limits(groups=1)


def test_limits_of_a_first_plan_bind_no_group() -> None:
    assert limits_of_hub(COHORTS, None) == Limits()


def test_what_is_only_hoped_for_is_no_limit() -> None:
    hoped = a_project(size={"schools_of_group": {"minimum": 5, "maximum": 8, "is_limit": False}})
    assert limits_of_group(hoped, None) == Limits()
    assert codes(hoped, Counts(schools=4, participants=0, leads=1)) == [("schools-too-few", False)]


def test_an_aim_that_is_a_limit_binds_the_network() -> None:
    aim = {"measure": "groups", "at_most": 37, "is_limit": True, "says": "The network is funded for 37."}
    aims = a_project(national_aims=[aim], size={"groups_of_network": {"maximum": 40}})
    assert limits_of_network(aims, None) == Limits(groups=37)


def test_a_strand_has_the_projects_limits_and_its_own() -> None:
    strands = a_project(
        size={"participants_of_group": {"maximum": 40}},
        strands=[
            {"slug": "early", "title": "Early", "phases": ["early_years"], "size": {"schools_of_group": {"maximum": 4}}}
        ],
    )
    assert limits_of_group(strands, "early") == Limits(schools=4, participants=40)
    assert limits_of_group(strands, None) == Limits(participants=40)


@pytest.mark.parametrize(
    ("document", "counts", "lacks"),
    [
        (FIVE_TO_EIGHT, Counts(4, 0, 1), [("schools-too-few", True)]),
        (FIVE_TO_EIGHT, Counts(5, 0, 1), []),
        (TWO_BY_TWO, Counts(2, 3, 1, {"900001": 2, "900002": 1}), [("participants-of-school-too-few", True)]),
        (TWO_BY_TWO, Counts(2, 4, 1, {"900001": 2, "900002": 2}), []),
        (COMMUNITY, Counts(0, 29, 2), [("participants-too-few", True), ("leads-too-few", True)]),
        (COMMUNITY, Counts(0, 30, 4), [("leads-too-many", True)]),
        (COMMUNITY, Counts(0, 30, 3), []),
        (CONTINUITY, Counts(2, 15, 1, phases=frozenset({"primary"})), [("composition", True)]),
        (CONTINUITY, Counts(2, 5, 1, phases=frozenset({"primary", "secondary"})), []),
    ],
)
def test_a_group_lacks_what_the_document_asks_for(
    document: ProjectDocument, counts: Counts, lacks: list[tuple[str, bool]]
) -> None:
    assert codes(document, counts) == lacks


def test_a_shortfall_says_how_many_there_are_and_what_the_document_says() -> None:
    told = a_project(size={"schools_of_group": {"minimum": 5, "says": "A readiness lead works with five to eight."}})
    [found] = shortfalls(told, None, Counts(schools=4, participants=0, leads=1))
    assert found.says == "There are 4 schools, and 5 is the least. A readiness lead works with five to eight."


def test_a_card_is_filled_from_the_group_the_document_and_the_hub() -> None:
    finance = {
        "card": "26-99",
        "inputs": {
            "work_groups": {"from": "groups"},
            "schools": {"from": "schools"},
            "participants": {"from": "participants"},
            "lead": {"from": "lead_experience"},
            "role": {"from": "strand"},
            "year_of_cohort": {"from": "constant", "value": "1"},
            "venue_pence": {"from": "hub"},
            "facilitation_days": {"from": "hub", "value": "3"},
        },
    }
    project = a_project(finance=finance)
    size = Size(schools=7, participants=14, leads=1, lead_experience="new", strand=None)
    assert card_inputs(project.finance, size, {"venue_pence": "12000"}) == {
        "work_groups": "1",
        "schools": "7",
        "participants": "14",
        "lead": "new",
        "year_of_cohort": "1",
        "venue_pence": "12000",
        "facilitation_days": "3",
    }
    assert card_inputs(None, size, {}) == {}
    assert not_taken(project.finance, {"schools": "9", "venue_pence": "1", "mood": "good"}) == ["mood", "schools"]


def test_a_group_starts_before_it_is_completed_and_is_opened_again_only_then() -> None:
    assert [sorted(steps_from(status)) for status in ("forming", "running", "completed", "cancelled")] == [
        ["cancelled", "running"],
        ["cancelled", "completed"],
        ["running"],
        [],
    ]


def test_sessions_that_somebody_was_excused_from_count_neither_way() -> None:
    assert attended_share(["present", "present", "absent", "excused"]) == Decimal("0.67")
    assert attended_share(["excused"]) == 1


def test_where_a_hub_is_to_have_three_leads_its_group_does_not_start_with_two() -> None:
    community = a_project(kind="community", leads={"per": "hub", "how_many": {"minimum": 3, "maximum": 3}})
    for accepted, lacking in ((2, ["leads-too-few"]), (3, []), (4, [])):
        counts = Counts(schools=0, participants=30, leads=1, leads_of_hub=accepted)
        assert [one.code for one in shortfalls(community, None, counts) if one.is_decisive] == lacking
