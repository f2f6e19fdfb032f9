"""What the platform makes of each project of 2019/20: days, duties, limits, criteria, consequences, and due days.

The rules are run on the documents as they are shipped; what has to come out is typed from the source a second time.
docs/guide/network-rules-traced.md says which section each figure is from. No database here.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

import pytest

from chassis.ids import new_id
from hubs.groups.completing import accreditation_of
from hubs.groups.limits import Counts, Limits, limits_of_group, limits_of_hub, limits_of_network, shortfalls
from hubs.hub_plans.findings import Finding, Ground, Line
from hubs.hub_plans.network_rules import network_findings
from hubs.hub_plans.rules import findings_of
from hubs.networks.seed import reference_networks
from hubs.project_applications.rules import enrolments, gives_priority_in
from hubs.project_leads.rules import Load, allocated_days, duties
from hubs.project_reports.rules import GroupStanding, owed, register_due_on, reminder_windows
from hubs.projects.criteria import Question, Test, leaves_of
from hubs.projects.decisions import Declaration, decide
from hubs.projects.document import ProjectDocument
from hubs.projects.facts import Fact, Known, Part
from rules_of_maths_hubs import (
    DAYS,
    DAYS_WHEN_NEW,
    FURTHER,
    NO_LEAD_REPORT,
    NO_TEAM_REPORT,
    OCCASIONS,
    OCCASIONS_WHEN_NEW,
    OF_GROUP,
    OF_HUB,
    OF_NETWORK,
    SCHOOLS_REPORT,
)

Experience = Literal["new", "existing"]
CODES = [f"19-{number:02}" for number in range(1, 26)]
SEVEN = Load(groups=1, schools=7, participants=14)
REGISTER = "the register of schools"
WORDS = "Shown to the hub's lead, who wrote down what it was."

BOTH = frozenset({"primary", "secondary"})
PAIR = {"900001": 2, "900002": 2}


@cache
def ground() -> Ground:
    file = next(one for one in reference_networks() if one.network.slug == "maths-hubs")
    return Ground(file.network, {one.code: one for one in file.projects})


def project(code: str) -> ProjectDocument:
    return ground().projects[code]


def declared(*criteria: str, answer: bool = True) -> list[Declaration]:
    return [Declaration(criterion=one, answer=answer, evidence=WORDS) for one in criteria]


def granting(*tests: Test) -> list[Declaration]:
    """What somebody says who meets these tests."""
    return [d for one in tests for d in declared(one.criterion, answer=not isinstance(one, Question) or one.expected)]


def was_in(code: str, year: str, by: Literal["school", "participant", "lead"] = "school") -> Known:
    return Known(parts=(Part(code, year, by, is_completed=True),), parts_from="2018-19")


NEVER = Known(parts_from="2000-01")
NEVER_BEFORE = declared("never-in-mastery-group")


def of_applicant(code: str, known: Known, *told: Declaration) -> str:
    return decide(project(code).participants.criteria, known, told).outcome


def of_lead(code: str, known: Known, *told: Declaration) -> str:
    return decide(project(code).leads.requirements, known, told).outcome


def starts(code: str, counts: Counts) -> list[str]:
    """What keeps a group of a project from starting."""
    return [one.code for one in shortfalls(project(code), None, counts) if one.is_decisive]


def given_days(code: str, experience: Experience, load: Load) -> tuple[Decimal, Decimal]:
    given = allocated_days(project(code), experience, load)
    return given.days, given.days_at_most


@pytest.mark.parametrize("code", CODES)
def test_a_lead_is_given_the_days_of_the_source(code: str) -> None:
    usual = DAYS.get(code, ("0", "0"))
    for experience, (least, most) in {"existing": usual, "new": DAYS_WHEN_NEW.get(code, usual)}.items():
        assert given_days(code, experience, SEVEN) == (Decimal(least), Decimal(most)), experience  # type: ignore[arg-type]


@pytest.mark.parametrize(("schools", "days"), [(1, "7"), (5, "9"), (7, "10"), (8, "10.5")])
def test_a_lead_of_intervention_has_half_a_day_for_each_school(schools: int, days: str) -> None:
    assert given_days("19-13", "existing", Load(1, schools, 0)) == (Decimal(days), Decimal(days))


@pytest.mark.parametrize("code", CODES)
def test_a_lead_has_to_be_at_the_national_occasions_of_the_source(code: str) -> None:
    usual = OCCASIONS.get(code, 0)
    for experience, number in {"existing": usual, "new": OCCASIONS_WHEN_NEW.get(code, usual)}.items():
        asked = duties(project(code), experience, {})  # type: ignore[arg-type]  # keys, which mypy widens
        assert sum(one.at_least for one in asked if one.is_required) == number, experience


@pytest.mark.parametrize("code", CODES)
def test_a_group_a_hub_and_the_network_have_the_limits_of_the_source(code: str) -> None:
    assert limits_of_group(project(code), None) == OF_GROUP.get(code, Limits())
    assert limits_of_hub(project(code), None) == OF_HUB.get(code, Limits())
    assert limits_of_network(project(code), None) == OF_NETWORK.get(code, Limits())


def test_the_exchange_takes_70_primary_specialists_two_of_a_hub_and_twelve_hosts() -> None:
    exchange = project("19-02")
    assert limits_of_hub(exchange, "primary").participants == 2
    assert limits_of_network(exchange, "primary").participants == 70
    assert limits_of_hub(exchange, "secondary-hosting").participants == 1
    assert limits_of_network(exchange, "secondary-hosting").groups == 12


@pytest.mark.parametrize(
    ("code", "counts", "lacks"),
    [
        ("19-03", Counts(1, 1, 0, leads_of_hub=0), ["leads-too-few"]),
        ("19-05", Counts(1, 1, 1), ["leads-too-few"]),
        ("19-05", Counts(1, 1, 2), []),
        ("19-06", Counts(1, 40, 2), ["leads-too-few"]),
        ("19-06", Counts(1, 40, 3), []),
        ("19-07", Counts(0, 12, 1, leads_of_hub=2), ["leads-too-few"]),
        ("19-07", Counts(0, 12, 1, leads_of_hub=3), []),
        ("19-08", Counts(1, 1, 1, {"900001": 1}), ["participants-too-few", "participants-of-school-too-few"]),
        ("19-08", Counts(1, 2, 1, {"900001": 2}), []),
        ("19-09", Counts(5, 10, 1), ["schools-too-few"]),
        ("19-09", Counts(6, 12, 1), []),
        ("19-09", Counts(7, 14, 2), ["leads-too-many"]),
        ("19-11", Counts(4, 8, 1), ["schools-too-few"]),
        ("19-11", Counts(5, 10, 1), []),
        ("19-11", Counts(9, 18, 1), ["schools-too-many"]),
        ("19-15", Counts(1, 2, 1, {"900001": 2}), ["schools-too-few", "participants-too-few"]),
        ("19-15", Counts(2, 3, 1, PAIR | {"900001": 1}), ["participants-too-few", "participants-of-school-too-few"]),
        ("19-15", Counts(2, 4, 1, PAIR), []),
        ("19-18", Counts(2, 4, 1, phases=BOTH), ["participants-too-few"]),
        ("19-18", Counts(2, 15, 1, phases=BOTH), []),
        ("19-18", Counts(2, 15, 1, phases=frozenset({"secondary"})), ["composition"]),
        ("19-18", Counts(2, 15, 1, phases=frozenset({"primary"})), ["composition"]),
        ("19-19", Counts(3, 6, 1), ["schools-too-few"]),
        ("19-19", Counts(4, 8, 1), []),
        ("19-21", Counts(1, 4, 1), []),
        ("19-25", Counts(0, 2, 0), ["leads-too-few"]),
    ],
)
def test_a_group_starts_when_it_has_what_the_source_asks_for(code: str, counts: Counts, lacks: list[str]) -> None:
    assert starts(code, counts) == lacks


@pytest.mark.parametrize(("people", "keeps_from"), [(12, ["completed"]), (29, ["completed"]), (30, []), (45, [])])
def test_a_community_starts_with_whom_it_has_and_is_completed_with_thirty(people: int, keeps_from: list[str]) -> None:
    counts = Counts(0, people, 1, leads_of_hub=3)
    assert [one.keeps_from for one in shortfalls(project("19-07"), None, counts)] == keeps_from
    planned = [Line("19-07", None, 1, participants=people, leads=3)]
    assert found_in(planned, "19-07") == ([("participants-too-few", "fault")] if keeps_from else [])


@pytest.mark.parametrize(("code", "people"), [("19-21", 4), ("19-22", 4), ("19-23", 16), ("19-16", 13)])
def test_where_the_number_is_the_hub_s_own_decision_a_group_is_told_and_starts(code: str, people: int) -> None:
    counts = Counts(2, people, 1)
    assert starts(code, counts) == []
    assert [one.code for one in shortfalls(project(code), None, counts)]


SEVEN_FURTHER: list[tuple[str, Known, list[Declaration]]] = [
    ("inspection", Known({"school.ofsted_rating": Fact(known=("inadequate",), source=REGISTER)}), []),
    ("progress", NEVER, declared("poor-progress")),
    ("authority", NEVER, declared("authority-identified")),
    ("opportunity area", Known({"listed.opportunity-areas": Fact(known=(True,), source="list")}), []),
    ("category 6", Known({"category.achieving-excellence-areas": Fact(known=(6,), source="list")}), []),
    ("leadership", NEVER, declared("leadership-support")),
    ("turnover", NEVER, declared("staff-turnover")),
    ("other", NEVER, declared("other-reason")),
]


@pytest.mark.parametrize(("known", "told"), [one[1:] for one in SEVEN_FURTHER], ids=[one[0] for one in SEVEN_FURTHER])
def test_mastery_readiness_takes_the_essential_criterion_and_any_one_of_seven(
    known: Known, told: list[Declaration]
) -> None:
    assert of_applicant("19-11", known, *told, *NEVER_BEFORE) == "eligible"
    assert of_applicant("19-11", known, *told) == "needs_review", "whether it was in one before is not known"
    before = Known(known.facts, (Part("19-10", "2018-19", "school"),))
    assert of_applicant("19-11", before, *told, *NEVER_BEFORE) == "not_eligible"


def test_mastery_readiness_is_not_for_a_school_that_meets_none_of_the_seven() -> None:
    facts = {
        "school.ofsted_rating": Fact(known=("good",), source=REGISTER),
        "listed.opportunity-areas": Fact(known=(False,), source="list"),
        "category.achieving-excellence-areas": Fact(known=(4,), source="list"),
    }
    known = Known(facts)
    asked = ("poor-progress", "authority-identified", "leadership-support", "staff-turnover", "other-reason")
    assert of_applicant("19-11", known, *NEVER_BEFORE) == "needs_review"
    assert of_applicant("19-11", known, *NEVER_BEFORE, *declared(*asked, answer=False)) == "not_eligible"
    unproven = Declaration(criterion="staff-turnover", answer=True)
    assert of_applicant("19-11", known, *NEVER_BEFORE, unproven) == "needs_review"


@pytest.mark.parametrize(
    ("code", "before", "outcome"),
    [
        ("19-10", was_in("19-09", "2018-19"), "eligible"),
        ("19-10", was_in("19-09", "2019-20"), "not_eligible"),
        ("19-10", was_in("19-11", "2018-19"), "not_eligible"),
        ("19-16", was_in("19-15", "2018-19"), "eligible"),
        ("19-16", was_in("19-15", "2019-20"), "not_eligible"),
    ],
)
def test_embedding_groups_are_for_those_of_last_year_s_development_groups(
    code: str, before: Known, outcome: str
) -> None:
    assert of_applicant(code, before) == outcome


@pytest.mark.parametrize(("is_in_trial", "outcome"), [(True, "not_eligible"), (False, "eligible")])
def test_who_is_in_the_colleges_trial_neither_leads_nor_joins_a_group_on_resits(
    is_in_trial: bool, outcome: str
) -> None:
    says = Declaration(criterion="not-in-trials", answer=is_in_trial, evidence=WORDS)
    for decided, rule in (
        (of_applicant, project("19-20").participants.criteria),
        (of_lead, project("19-20").leads.requirements),
    ):
        assert rule is not None
        others = granting(*(one for one in leaves_of(rule) if one.criterion != "not-in-trials"))
        assert decided("19-20", NEVER, says, *others) == outcome


def specialist(*accreditations: str) -> Known:
    return Known({"person.accreditations": Fact(known=accreditations, source="completed projects")}, (), "2000-01")


@pytest.mark.parametrize(
    ("code", "known", "says", "outcome"),
    [
        ("19-09", specialist("primary-mastery-specialist"), [], "eligible"),
        ("19-09", specialist("secondary-mastery-specialist"), [], "not_eligible"),
        ("19-13", NEVER, ["experienced", "understands-mastery"], "eligible"),
        ("19-13", NEVER, ["understands-mastery"], "needs_review"),
        ("19-16", specialist("secondary-mastery-specialist"), [], "eligible"),
        ("19-16", specialist(), ["secondary-lead"], "eligible"),
        ("19-24", specialist("pd-lead"), ["understands-mastery"], "eligible"),
        ("19-24", specialist("pd-lead-early-years"), [], "eligible"),
        ("19-24", specialist(), ["understands-mastery"], "not_eligible"),
        ("19-24", was_in("19-05", "2019-20", "participant"), ["early-years-practitioner"], "eligible"),
        ("19-25", NEVER, ["itt-community", "plans-or-delivers"], "eligible"),
        ("19-25", NEVER, ["plans-or-delivers"], "needs_review"),
    ],
)
def test_who_leads_meets_the_requirements_of_the_project(
    code: str, known: Known, says: list[str], outcome: str
) -> None:
    assert of_lead(code, known, *declared(*says)) == outcome


@pytest.mark.parametrize("code", CODES)
def test_who_meets_everything_that_a_project_asks_for_may_take_part_and_lead(code: str) -> None:
    for rule in (project(code).participants.criteria, project(code).leads.requirements):
        if rule is None:
            assert decide(rule, NEVER).outcome == "eligible"
            continue
        asked = [one for one in leaves_of(rule) if one.may_be_declared]
        nothing_known = Known()
        assert decide(rule, nothing_known, granting(*asked)).outcome != "not_eligible"
        assert all(one.title and one.words for one in decide(rule, nothing_known).reasons)


@pytest.mark.parametrize(
    ("code", "known", "exempt", "brings"),
    [
        ("19-14", NEVER, False, "19-09"),
        ("19-14", was_in("19-09", "2018-19"), True, "19-09"),
        ("19-14", was_in("19-10", "2018-19"), True, "19-09"),
        ("19-14", was_in("19-12", "2018-19"), False, "19-09"),
        ("19-03", specialist(), False, "19-05"),
        ("19-03", specialist("pd-lead"), True, "19-05"),
    ],
)
def test_a_project_that_brings_another_with_it_does_so_unless_exempt(
    code: str, known: Known, exempt: bool, brings: str
) -> None:
    assert [(one.project, one.is_exempt) for one in enrolments(project(code), known, [])] == [(brings, exempt)]


def test_only_mastery_readiness_gives_priority_and_only_in_next_year_s_development_groups() -> None:
    assert [code for code in CODES if gives_priority_in(project(code), "19-09", "2020-21")] == ["19-11"]
    assert not gives_priority_in(project("19-11"), "19-09", "2019-20")
    assert not gives_priority_in(project("19-11"), "19-10", "2020-21")


def test_only_the_programme_for_leads_accredits_and_only_with_its_document() -> None:
    given = {code: accreditation_of(project(code)) for code in CODES}
    assert {code: (one.accreditation, one.duty) for code, one in given.items() if one} == {
        "19-05": ("pd-lead", "accreditation-document")
    }


def test_only_specialist_knowledge_is_left_out_of_the_targets_for_schools() -> None:
    assert [code for code in CODES if project(code).leaves_out("schools")] == ["19-24"]


@pytest.mark.parametrize("code", CODES)
def test_each_report_is_due_so_many_days_after_the_end_or_on_the_day_of_the_source(code: str) -> None:
    group = GroupStanding(new_id(), new_id(), "completed", date(2020, 7, 10), ["900001"], [new_id()])
    wanted = dict(FURTHER.get(code, {}))
    names = ("participant-summary-report", "work-group-lead-report")
    own, leads = names if code == "19-10" else ("participant-input", "lead-report")
    if code not in ("19-02", "19-07"):
        wanted[own] = date(2020, 7, 24)
    if code not in NO_LEAD_REPORT:
        wanted[leads] = date(2020, 8, 7)
    if code not in NO_TEAM_REPORT:
        wanted["co-ordination-input"] = None
    found = owed(project(code).evaluation, group)
    assert {one.duty.slug: one.due_on for one in found} == wanted
    assert ({one.duty.by for one in found if one.duty.slug == own} == {"school"}) is (code in SCHOOLS_REPORT)


def test_a_lead_is_reminded_before_a_report_is_due_and_once_when_it_is_a_week_late() -> None:
    due = date(2020, 8, 7)
    reminded = {date(2020, 7, 31): 7, date(2020, 8, 6): 1, date(2020, 8, 14): -7, date(2020, 8, 10): None}
    for today, which in reminded.items():
        ahead = (due - today).days
        assert next((one.days for one in reminder_windows({7, 1}) if one.first <= ahead <= one.last), None) == which


def test_registers_of_a_community_are_due_a_week_after_it_met_and_are_asked_for_there_alone() -> None:
    asked = {code: register_due_on(project(code).evaluation, date(2020, 1, 20)) for code in CODES}
    assert {code: day for code, day in asked.items() if day} == {"19-07": date(2020, 1, 27)}


@pytest.mark.parametrize("code", CODES)
def test_people_are_recruited_until_the_last_day_of_the_window_where_there_is_one(code: str) -> None:
    has_window = code in ("19-21", "19-22", "19-23")
    assert project(code).recruits_on(date(2019, 10, 31))
    assert project(code).recruits_on(date(2019, 11, 1)) is not has_window


def found_in(lines: list[Line], code: str) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in findings_of(lines, ground()) if one.project == code]


@pytest.mark.parametrize(("teachers", "is_fault"), [(2, False), (3, True)])
def test_five_cohorts_of_specialist_knowledge_are_taken_at_first_and_six_are_not(teachers: int, is_fault: bool) -> None:
    cohorts = {"early-years": 2, "primary-teacher": teachers, "teaching-assistant": 1}
    lines = [Line("19-24", strand, number, participants=15 * number) for strand, number in cohorts.items()]
    assert found_in(lines, "19-24") == ([("groups-too-many", "fault")] if is_fault else [])


def of_network(code: str, hubs: int, **planned: int) -> list[Finding]:
    plans = {new_id(): [Line(code, None, **planned)] for _ in range(hubs)}
    return [one for one in network_findings(plans, hubs, ground()) if one.project == code]


@pytest.mark.parametrize(
    ("code", "hubs", "planned", "limits"),
    [
        ("19-06", 3, {"groups": 1, "participants": 40}, []),
        ("19-06", 4, {"groups": 1, "participants": 31}, [("groups", 3), ("participants", 120)]),
        ("19-02", 36, {"groups": 1, "participants": 3}, [("participants", 107)]),
        ("19-21", 38, {"groups": 1, "participants": 15}, [("groups", 37)]),
    ],
)
def test_more_than_the_whole_network_may_plan_is_a_fault(
    code: str, hubs: int, planned: dict[str, int], limits: list[tuple[str, int]]
) -> None:
    found = [one for one in of_network(code, hubs, **planned) if one.code == "network-limit"]
    assert [(one.wanted, one.severity) for one in found] == [(most, "fault") for _, most in limits]
