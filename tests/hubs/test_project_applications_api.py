"""Applications to projects: interest, commitment, criteria with reasons, selection, waiting, and what follows."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from chassis.principal import Principal
from harness import ServiceHarness
from hubs.project_applications.rules import enrolments, gives_priority_in
from hubs.projects.decisions import Declaration
from hubs.projects.facts import Known, Part
from hubs_projects import TODAY, YEAR, Projects, a_document

PATH = "/v1/project-applications"
BEFORE = {
    "criterion": "never-before",
    "title": "The school was in no mastery group before",
    "took_part": {"projects": ["26-09"], "years": [YEAR]},
    "expected": False,
}
READINESS: dict[str, Any] = {
    "code": "26-11",
    "participants": {
        "unit": "school",
        "title": "school",
        "criteria": {
            "all_of": [
                BEFORE,
                {
                    "any_of": [
                        {
                            "criterion": "needs-leadership",
                            "title": "The school needs support for leadership",
                            "question": "Does the school need support for the leadership of the subject?",
                        },
                        {
                            "criterion": "high-turnover",
                            "title": "Many teachers leave",
                            "question": "Do many teachers leave?",
                        },
                    ]
                },
            ]
        },
        "application": {
            "route": "expression_of_interest",
            "needs_commitment_statement": True,
            "statement": "The school takes part for three years.",
        },
    },
    "size": {"schools_of_group": {"maximum": 1}},
}
NEEDS = {"criterion": "needs-leadership", "answer": True, "evidence": "Nobody has led the subject since July."}
ALSO: list[dict[str, Any]] = [
    {
        "kind": "also_enrols",
        "project": "26-09",
        "says": "Its schools are also in the development groups.",
        "unless": {
            "criterion": "was-in-mastery",
            "title": "The school was in a mastery group before",
            "took_part": {"projects": ["26-09"]},
        },
    }
]


@pytest.fixture
async def projects(hubs: ServiceHarness) -> Projects:
    return await Projects.build(hubs)


class Applying:
    """Somebody's way through an application."""

    def __init__(self, projects: Projects, project: UUID, by: Principal) -> None:
        self.projects, self.project, self.by = projects, project, by
        self.path = ""

    async def send(self, **facts: Any) -> Any:
        wanted = {"project_id": str(self.project), "hub_id": str(self.projects.hub_id)}
        answer = (await self.projects.call("POST", PATH, self.by, wanted | facts)).json()
        self.path = f"{PATH}/{answer.get('id')}"
        return answer

    async def then(self, step: str, by: Principal | None = None, **body: Any) -> Any:
        return (await self.projects.call("POST", f"{self.path}/{step}", by or self.by, body)).json()

    async def select(self, outcome: str = "selected", group: str | None = None, reason: str | None = None) -> Any:
        group_id = None if group is None else group.rpartition("/")[2]
        body = {"outcome": outcome, "group_id": group_id, "reason": reason}
        return await self.then("selection", self.projects.staff(), **body)


async def test_a_school_goes_from_interest_by_commitment_and_criteria_to_a_place(projects: Projects) -> None:
    project = await projects.project(**READINESS)
    group = await projects.group(project)
    mine = Applying(projects, project, await projects.teacher("900001"))
    assert (await mine.send())["code"] == "commitment-missing"
    interested = await mine.send(interest_only=True)
    assert (interested["status"], interested["decision"]["outcome"]) == ("interested", "needs_review")
    assert (await mine.then("submission"))["code"] == "commitment-missing"
    other_head = await projects.teacher("900002", leads_school=True)
    assert (await mine.then("commitment", other_head, accepts=True))["code"] == "project-application-not-found"
    head = await projects.teacher("900001", leads_school=True)
    assert (await mine.then("commitment", head, accepts=True))["committed_at"] is not None
    applied = await mine.then("submission", declarations=[NEEDS])
    assert (applied["status"], applied["decision"]["outcome"]) == ("applied", "eligible")
    assert applied["decision"]["rests_on_declarations"]
    selected = await mine.select(group=group)
    assert (selected["status"], selected["group_id"]) == ("selected", group.rpartition("/")[2])
    assert (await projects.call("GET", group)).json()["schools"] == 1


async def test_a_full_group_leaves_the_school_waiting_and_a_freed_place_is_given_on(projects: Projects) -> None:
    project = await projects.project(**READINESS)
    group = await projects.group(project)
    lines = []
    for urn in ("900001", "900002", "900003"):
        mine = Applying(projects, project, await projects.teacher(urn, leads_school=True))
        await mine.send(interest_only=True)
        await mine.then("commitment", accepts=True)
        await mine.then("submission", declarations=[NEEDS])
        lines.append(mine)
    assert (await lines[0].select(group=group))["status"] == "selected"
    assert (await lines[1].select(group=group))["code"] == "group-full"
    waiting = [await one.select("waiting", reason="The group is full.") for one in lines[1:]]
    assert [one["waiting_position"] for one in waiting] == [1, 2]
    [school] = (await projects.call("GET", f"{group}/schools")).json()["data"]
    await projects.call("POST", f"{group}/schools/{school['id']}/departure", body={"reason": "The school closes."})
    assert (await lines[1].select(group=group))["status"] == "selected"
    found = await projects.call("GET", f"{PATH}?status=waiting", projects.staff())
    assert [one["waiting_position"] for one in found.json()["data"]] == [1]


async def test_a_hub_decides_a_criterion_itself_and_the_application_is_decided_again(projects: Projects) -> None:
    project = await projects.project(**READINESS)
    mine = Applying(projects, project, await projects.teacher("900001", leads_school=True))
    await mine.send(interest_only=True)
    await mine.then("commitment", accepts=True)
    await mine.then("submission")
    group = await projects.group(project)
    assert (await mine.select(group=group))["code"] == "application-not-eligible"
    seen = {"criterion": "high-turnover", "is_met": True, "reason": "Five of eight teachers are new."}
    assert (await mine.then("overrides", projects.staff(), **seen))["decision"]["outcome"] == "eligible"
    assert (await mine.then("overrides", projects.staff(), **seen | {"criterion": "mood"}))[
        "code"
    ] == "declaration-unasked"
    assert (await mine.select(group=group))["status"] == "selected"


async def test_a_school_that_took_part_before_is_refused_with_the_reason(projects: Projects) -> None:
    earlier = await projects.group(await projects.project(code="26-09"))
    await projects.add_schools(earlier, "900001")
    await projects.step(earlier, "running")
    mine = Applying(projects, await projects.project(**READINESS), await projects.teacher("900001"))
    sent = await mine.send(interest_only=True, declarations=[NEEDS])
    assert sent["decision"]["outcome"] == "not_eligible"
    assert sent["decision"]["words"] == "Not met: The school was in no mastery group before."


async def test_applying_enrols_in_what_comes_with_the_project_unless_the_school_is_exempt(
    projects: Projects,
) -> None:
    development, mixed = await projects.project(code="26-09"), await projects.project(code="26-14", consequences=ALSO)
    mine = Applying(projects, mixed, await projects.teacher("900001"))
    [brought] = (await mine.send())["consequences"]
    other = (await projects.call("GET", f"{PATH}/{brought['application_id']}", mine.by)).json()
    assert (other["project_code"], other["status"], other["caused_by"]) == (
        "26-09",
        "applied",
        mine.path.split("/")[-1],
    )
    group = await projects.group(development)
    await projects.add_schools(group, "900002")
    await projects.step(group, "running")
    exempt = await Applying(projects, mixed, await projects.teacher("900002")).send()
    assert [one["application_id"] for one in exempt["consequences"]] == [None]


async def test_who_was_declined_comes_with_another_project_with_a_second_application(projects: Projects) -> None:
    development, mixed = await projects.project(code="26-09"), await projects.project(code="26-14", consequences=ALSO)
    school = await projects.teacher("900001")
    declined = Applying(projects, development, school)
    await declined.send()
    await declined.select(outcome="declined", reason="Nobody could be released.")
    [brought] = (await Applying(projects, mixed, school).send())["consequences"]
    second = (await projects.call("GET", f"{PATH}/{brought['application_id']}", school)).json()
    first = (await projects.call("GET", declined.path, school)).json()
    assert (first["status"], second["status"], first["id"] == second["id"]) == ("declined", "applied", False)


async def test_one_live_application_a_school_and_one_can_be_taken_back(projects: Projects) -> None:
    project = await projects.project()
    mine = Applying(projects, project, await projects.teacher("900001"))
    await mine.send()
    path = mine.path
    colleague = Applying(projects, project, await projects.teacher("900001"))
    assert (await colleague.send())["code"] == "already-applied-to-project"
    mine.path = path
    for _ in range(2):
        assert (await mine.then("withdrawal", reason="Not this year."))["status"] == "withdrawn"
    assert (await colleague.send())["status"] == "applied"
    assert (await mine.then("submission"))["code"] == "application-step-wrong"


@pytest.mark.parametrize("window", [{"closes_on": -1}, {"opens_on": 1}])
async def test_nobody_applies_outside_the_recruitment_window(projects: Projects, window: dict[str, int]) -> None:
    days = {name: str(TODAY + timedelta(days=number)) for name, number in window.items()}
    participants = {"unit": "school", "title": "school", "application": days}
    project = await projects.project(participants=participants)
    refused = await Applying(projects, project, await projects.teacher("900001")).send()
    assert refused["code"] == "recruitment-closed"
    assert {name: refused[name] for name in days} == days


async def test_people_apply_for_themselves_where_the_project_takes_people(projects: Projects) -> None:
    project = await projects.project(participants={"unit": "person", "title": "leader"}, kind="programme")
    group = await projects.group(project)
    mine = Applying(projects, project, await projects.teacher("900001"))
    await mine.send()
    colleague = Applying(projects, project, await projects.teacher("900001"))
    assert (await colleague.send())["status"] == "applied"
    assert (await mine.select(group=group))["status"] == "selected"
    assert [one["person_id"] for one in await people(projects, group)] == [str(mine.by.id)]


async def people(projects: Projects, group: str) -> Any:
    return (await projects.call("GET", f"{group}/participants")).json()["data"]


async def test_applications_are_seen_by_the_school_its_hub_and_the_national_team(projects: Projects) -> None:
    project = await projects.project()
    mine = Applying(projects, project, await projects.teacher("900001"))
    await mine.send()
    head = await projects.teacher("900001", leads_school=True)
    for caller, status in (
        (mine.by, 200),
        (head, 200),
        (projects.staff(), 200),
        (projects.national(), 200),
        (projects.national("lead_evaluator"), 200),
        (await projects.teacher("900001"), 404),
        (await projects.teacher("900002", leads_school=True), 404),
        (projects.staff(projects.other_hub_id), 404),
    ):
        assert (await projects.call("GET", mine.path, caller)).status_code == status
        assert len((await projects.call("GET", PATH, caller)).json()["data"]) == (status == 200)
    refused = await mine.then(
        "selection", projects.staff(projects.other_hub_id), outcome="declined", reason="Not ours."
    )
    assert refused["code"] == "project-application-not-found"
    entered = Applying(projects, project, projects.staff())
    assert (await entered.send(urn="900003"))["urn"] == "900003"
    assert (await Applying(projects, project, mine.by).send(urn="900004"))["code"] == "applicant-wrong"


def test_having_been_in_one_project_gives_priority_in_another_of_the_next_year() -> None:
    gives = {"kind": "gives_priority", "project": "27-09", "project_year": "2027-28", "says": "They come first."}
    document = a_document(consequences=[gives])
    assert gives_priority_in(document, "27-09", "2027-28")
    assert not gives_priority_in(document, "27-09", "2028-29")


def test_who_declares_an_exemption_is_believed_only_while_nothing_is_known() -> None:
    document = a_document(consequences=ALSO)
    declared = [Declaration(criterion="was-in-mastery", answer=True)]
    [one] = enrolments(document, Known(), declared)
    assert one.is_exempt
    [one] = enrolments(document, Known(), [])
    assert not one.is_exempt
    [one] = enrolments(document, Known(parts=(Part("26-09", YEAR, "school"),)), [])
    assert one.is_exempt
