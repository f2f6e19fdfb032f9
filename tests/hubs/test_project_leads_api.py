"""Leads of projects: the days they are given, where they have to be, and how they are proposed and accepted."""

from decimal import Decimal
from typing import Any

import pytest

from chassis.ids import new_id
from harness import ServiceHarness
from hubs.project_leads.rules import Load, allocated_days, duties, occasions_of
from hubs_projects import Projects, a_document

INTERVENTION: dict[str, Any] = {
    "leads": {
        "days": [
            {"label": "Central training", "days": 1, "per": "lead"},
            {"label": "Online collaboration", "days": "0.5"},
            {"label": "Local workshops", "days": 3},
            {"label": "Evaluation", "days": 2},
            {"label": "Field visits", "days": "0.5", "per": "school"},
            {"label": "Preparing, within the workshops", "days": 1, "is_included": True},
            {"label": "Extra training", "days": 1, "days_at_most": 2, "per": "lead", "for_leads": "new"},
        ],
        "attendance": [{"activity": "national", "at_least": 2}],
        "requirements": {
            "all_of": [
                {
                    "criterion": "accredited",
                    "title": "The lead is an accredited specialist",
                    "fact": "person.accreditations",
                    "includes_any": ["specialist"],
                    "may_be_declared": True,
                },
                {
                    "criterion": "in-trial",
                    "title": "The lead takes no part in the trial",
                    "question": "Do you take part in the trial?",
                    "expected": False,
                    "needs_evidence": False,
                },
            ]
        },
    },
    "activities": [
        {
            "slug": "national",
            "kind": "workshop",
            "title": "National workshops",
            "audience": "leads",
            "per": "network",
            "occasions": [
                {"title": "Workshop 1", "when": "early October"},
                {"title": "Workshop 2", "when": "January"},
                {"title": "For new leads", "when": "November", "for_leads": "new"},
            ],
        }
    ],
}
FREE = {"criterion": "in-trial", "answer": False}
ACCREDITED = {"criterion": "accredited", "answer": True, "evidence": "Certificate of cohort 3, shown to the hub."}
DOCUMENT = a_document(**INTERVENTION)


@pytest.fixture
async def projects(hubs: ServiceHarness) -> Projects:
    return await Projects.build(hubs)


def test_seven_schools_give_an_experienced_lead_ten_days() -> None:
    given = allocated_days(DOCUMENT, "existing", Load(groups=1, schools=7, participants=14))
    assert given.days == given.days_at_most == Decimal(10)
    assert [line.days for line in given.lines] == [1, Decimal("0.5"), 3, 2, Decimal("3.5"), 1]


def test_new_leads_are_given_a_range_and_a_second_group_counts_again() -> None:
    given = allocated_days(DOCUMENT, "new", Load(groups=2, schools=13, participants=0))
    assert (given.days, given.days_at_most) == (Decimal("19.5"), Decimal("20.5"))


def test_a_lead_has_to_be_at_the_occasions_for_their_kind_and_is_forgiven_what_they_were_excused_from() -> None:
    [duty] = duties(DOCUMENT, "existing", {("national", "Workshop 1"): "present"})
    assert [one.title for one, _ in duty.occasions] == ["Workshop 1", "Workshop 2"]
    assert (duty.at_least, duty.attended, duty.is_met) == (2, 1, False)
    marks = {("national", "Workshop 1"): "present", ("national", "Workshop 2"): "excused"}
    [duty] = duties(DOCUMENT, "existing", marks)  # type: ignore[arg-type]  # literals, which mypy widens
    assert (duty.at_least, duty.is_met) == (1, True)
    assert len(occasions_of(DOCUMENT)) == 3


async def propose(projects: Projects, project: Any, *declarations: dict[str, Any], **facts: Any) -> Any:
    wanted = {"project_id": str(project), "hub_id": str(projects.hub_id), "person_id": str(new_id())}
    answer = await projects.call(
        "POST", "/v1/project-leads", body=wanted | {"declarations": list(declarations)} | facts
    )
    return answer.json()


async def decide(projects: Projects, lead: Any, outcome: str = "accepted", by: Any = None, **facts: Any) -> Any:
    body = {"outcome": outcome, "reason": "Seen leading twice."} | facts
    return (await projects.call("POST", f"/v1/project-leads/{lead['id']}/decision", by, body)).json()


async def test_a_lead_is_accepted_once_the_requirements_are_known_to_be_met(projects: Projects) -> None:
    project = await projects.project(**INTERVENTION)
    lead = await propose(projects, project, FREE)
    assert (lead["decision"]["outcome"], lead["experience"]) == ("needs_review", "new")
    refused = await decide(projects, lead)
    assert (refused["code"], refused["reasons"][0]["criterion"]) == ("lead-not-eligible", "accredited")
    seen = {"criterion": "accredited", "is_met": True, "reason": "The certificate was shown."}
    accepted = await decide(projects, lead, overrides=[seen])
    assert (accepted["status"], accepted["decision"]["reasons"][0]["standing"]) == ("accepted", "overridden")
    assert (await decide(projects, lead, "declined"))["code"] == "lead-step-wrong"


async def test_somebody_in_the_trial_cannot_lead_and_nothing_unasked_is_declared(projects: Projects) -> None:
    project = await projects.project(**INTERVENTION)
    lead = await propose(projects, project, {"criterion": "in-trial", "answer": True}, ACCREDITED)
    assert lead["decision"]["outcome"] == "not_eligible"
    assert (await decide(projects, lead))["code"] == "lead-not-eligible"
    assert (await propose(projects, project, {"criterion": "mood", "answer": True}))["code"] == "lead-unasked"
    again = await propose(projects, project, FREE, person_id=lead["person_id"])
    assert again["code"] == "already-lead"


async def test_days_follow_the_groups_and_the_national_team_marks_attendance(projects: Projects) -> None:
    project = await projects.project(**INTERVENTION)
    lead = await propose(projects, project, FREE, ACCREDITED, experience="existing")
    await decide(projects, lead)
    group = await projects.group(project)
    await projects.add_schools(group, *(f"90000{number}" for number in range(1, 8)))
    await projects.call("POST", f"{group}/leads", body={"lead_id": lead["id"]})
    path = f"/v1/project-leads/{lead['id']}"
    marks = {"entries": [{"activity": "national", "occasion": "Workshop 1", "presence": "present"}]}
    assert (await projects.call("PUT", f"{path}/attendance", projects.staff(), marks)).status_code == 403
    marked = (await projects.call("PUT", f"{path}/attendance", projects.national(), marks)).json()
    assert (marked["allocated_days"]["days"], marked["groups"], marked["duties"][0]["attended"]) == ("10.0", 1, 1)
    wrong = {"entries": [{"activity": "national", "occasion": "Workshop 9", "presence": "present"}]}
    assert (await projects.call("PUT", f"{path}/attendance", projects.national(), wrong)).json()[
        "code"
    ] == "lead-unasked"
    for caller, status in (
        (projects.national("lead_evaluator"), 200),
        (projects.staff(projects.other_hub_id), 404),
        (await projects.teacher("900001"), 404),
    ):
        assert (await projects.call("GET", path, caller)).status_code == status
