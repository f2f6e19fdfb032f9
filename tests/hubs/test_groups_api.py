"""Groups of projects: formed, filled within the document's limits, started, completed, called off; and seen by whom."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from builders import a_teacher, staff
from chassis.ids import new_id
from contracts.networks import GroupCancelled, GroupChanged, GroupFormed, ParticipationRecorded, ProjectCompleted
from harness import ServiceHarness
from hubs.project_reports.opening import follow_group
from hubs_projects import TODAY, Projects, a_document

READINESS: dict[str, Any] = {"size": {"schools_of_group": {"minimum": 2, "maximum": 3}}}
ADVOCATES: dict[str, Any] = {
    "size": {"schools_of_group": {"minimum": 2, "maximum": 2}},
    "participants": {
        "unit": "school",
        "title": "school",
        "per_school": {"minimum": 2, "maximum": 2},
        "roles": [{"slug": "advocate", "title": "Mastery advocate", "count": 2}],
    },
}


@pytest.fixture
async def projects(hubs: ServiceHarness) -> Projects:
    return await Projects.build(hubs)


async def test_a_group_fills_to_its_limit_starts_with_its_minimum_and_is_told_of(projects: Projects) -> None:
    group = await projects.group(await projects.project(**READINESS))
    early = (await projects.step(group, "running")).json()
    assert (early["code"], early["shortfalls"][0]["code"]) == ("group-not-ready", "schools-too-few")
    assert await projects.add_schools(group, "900001", "900002", "900003", "900004") == [201, 201, 201, 409]
    assert await projects.service.published(GroupFormed) == []
    running = (await projects.step(group, "running")).json()
    assert (running["status"], running["schools"], running["may_become"]) == ("running", 3, ["completed", "cancelled"])
    assert running["inputs"] == {"schools": "3", "work_groups": "1"}
    [formed] = await projects.service.published(GroupFormed)
    assert (formed.card, formed.inputs["schools"], formed.schools) == ("26-11", "3", ("900001", "900002", "900003"))


async def test_a_school_that_leaves_makes_room_and_the_change_is_told(projects: Projects) -> None:
    group = await projects.group(await projects.project(**READINESS))
    await projects.add_schools(group, "900001", "900002", "900003")
    await projects.step(group, "running")
    first = (await projects.call("GET", f"{group}/schools")).json()["data"][0]
    left = await projects.call(
        "POST", f"{group}/schools/{first['id']}/departure", body={"reason": "The head changed her mind."}
    )
    assert (left.status_code, left.json()["schools"]) == (200, 2)
    assert await projects.add_schools(group, "900004") == [201]
    told = [one.inputs["schools"] for one in await projects.service.published(GroupChanged)]
    assert told == ["2", "3"]


async def test_a_school_is_in_one_group_of_a_project_at_a_time(projects: Projects) -> None:
    project = await projects.project(**READINESS)
    first, second = await projects.group(project), await projects.group(project, title="The moor's group")
    assert await projects.add_schools(first, "900001") == [201]
    again = await projects.call("POST", f"{second}/schools", body={"urn": "900001"})
    assert (again.status_code, again.json()["code"]) == (409, "already-in-project")
    assert (await projects.call("GET", second)).json()["schools"] == 0


async def test_two_schools_send_two_advocates_each_and_nobody_more(projects: Projects) -> None:
    project = await projects.project(**ADVOCATES)
    group = await projects.group(project)
    assert await projects.add_schools(group, "900001", "900002", "900003") == [201, 201, 409]
    heads = {urn: await projects.teacher(urn, leads_school=True) for urn in ("900001", "900002", "900003")}
    for urn in ("900001", "900002"):
        for _ in range(2):
            joined = await projects.add_person(group, await projects.teacher(urn), urn, heads[urn], role="advocate")
            assert (joined.status_code, joined.json()["role"]) == (201, "advocate")
    third = await projects.add_person(group, await projects.teacher("900001"), "900001", heads["900001"])
    assert (third.json()["code"], third.json()["of"]) == ("group-full", "participants_per_school")
    outside = await projects.add_person(group, await projects.teacher("900003"), "900003")
    assert outside.json()["code"] == "group-school-unknown"
    assert (await projects.step(group, "running")).json()["participants"] == 4


async def test_a_school_adds_its_own_teachers_and_no_others(projects: Projects) -> None:
    group = await projects.group(await projects.project())
    await projects.add_schools(group, "900001", "900002")
    head = await projects.teacher("900001", leads_school=True)
    other = await projects.teacher("900002")
    assert (await projects.add_person(group, other, "900002", head)).status_code == 404
    assert (await projects.add_person(group, other, "900001", head)).json()["code"] == "group-person-unknown"
    assert (await projects.add_person(group, await projects.teacher("900001"), "900001", head)).status_code == 201


async def test_cohorts_fill_to_their_limit_and_the_network_to_its_own(projects: Projects) -> None:
    cohorts: dict[str, Any] = {
        "kind": "programme",
        "participants": {"unit": "person", "title": "leader"},
        "size": {"participants_of_group": {"maximum": 2}, "participants_of_network": {"maximum": 3}},
    }
    project = await projects.project(**cohorts)
    first, second = await projects.group(project), await projects.group(project, projects.other_hub_id)
    other = projects.staff(projects.other_hub_id)
    joined = [(await projects.add_person(first, a_teacher(), None)).status_code for _ in range(3)]
    assert joined == [201, 201, 409]
    assert (await projects.add_person(second, a_teacher(), None, other)).status_code == 201
    over = (await projects.add_person(second, a_teacher(), None, other)).json()
    assert (over["code"], over["of"]) == ("project-limit-reached", "network")
    await projects.step(first, "cancelled", reason="The lead fell ill.")
    assert (await projects.add_person(second, a_teacher(), None, other)).status_code == 201


async def test_a_hub_forms_no_more_groups_than_the_project_gives_it(projects: Projects) -> None:
    community: dict[str, Any] = {"kind": "community", "size": {"groups_of_hub": {"maximum": 1}}}
    project = await projects.project(**community)
    first = await projects.group(project)
    assert (await projects.form(project)).json()["code"] == "project-limit-reached"
    assert (await projects.form(project, projects.other_hub_id)).status_code == 201
    assert (await projects.step(first, "cancelled", reason="Formed by mistake.")).status_code == 200
    assert (await projects.form(project)).status_code == 201


async def test_a_group_has_the_leads_that_its_project_gives_it(projects: Projects) -> None:
    project = await projects.project(leads={"how_many": {"minimum": 1, "maximum": 1}})
    group = await projects.group(project)
    named, proposed = await projects.lead(project), await projects.lead(project, status="proposed", decided_at=None)
    unaccepted = await projects.call("POST", f"{group}/leads", body={"lead_id": str(proposed.id)})
    assert unaccepted.json()["code"] == "group-person-unknown"
    first = await projects.call("POST", f"{group}/leads", body={"lead_id": str(named.id)})
    assert (first.status_code, first.json()["person_id"]) == (201, str(named.person_id))
    second = await projects.call("POST", f"{group}/leads", body={"lead_id": str((await projects.lead(project)).id)})
    assert second.json()["code"] == "group-full"
    departure = f"{group}/leads/{first.json()['id']}/departure"
    assert (await projects.call("POST", departure, body={"reason": "Moved away."})).json()["until_on"] == str(TODAY)
    assert (await projects.step(group, "running")).json()["shortfalls"][0]["code"] == "leads-too-few"


async def test_a_group_that_is_called_off_says_why_and_is_told_of_once_it_ran(projects: Projects) -> None:
    project = await projects.project()
    forming, running = await projects.group(project), await projects.group(project)
    await projects.step(running, "running")
    assert (await projects.step(forming, "cancelled")).json()["code"] == "group-step-wrong"
    for group in (forming, running):
        assert (await projects.step(group, "cancelled", reason="Too few came forward.")).status_code == 200
        assert (await projects.step(group, "cancelled", reason="Said twice.")).status_code == 200
    [told] = await projects.service.published(GroupCancelled)
    assert str(told.group_id) in running
    assert (await projects.step(running, "running")).json()["code"] == "group-step-wrong"
    assert await projects.add_schools(running, "900001") == [409]


async def test_what_grows_starts_small_and_is_completed_with_its_least_or_for_a_reason(projects: Projects) -> None:
    extent = {"minimum": 2, "minimum_by": "completion", "says": "A working community has two people."}
    people = {"unit": "person", "title": "member"}
    project = await projects.project(participants=people, size={"participants_of_group": extent})
    small, large = [await projects.group(project) for _ in range(2)]
    for group, members in ((small, 1), (large, 2)):
        for _ in range(members):
            await projects.call("POST", f"{group}/participants", body={"person_id": str(new_id())})
        assert (await projects.step(group, "running")).status_code == 200
    [lacks] = (await projects.call("GET", small)).json()["shortfalls"]
    assert (lacks["code"], lacks["is_decisive"], lacks["keeps_from"]) == ("participants-too-few", False, "completed")
    refused = (await projects.step(small, "completed")).json()
    assert (refused["code"], refused["shortfalls"][0]["code"]) == ("group-not-ready", "participants-too-few")
    explained = (await projects.step(small, "completed", reason="Two hubs became one, and most moved.")).json()
    assert (explained["status"], explained["participants"]) == ("completed", 1)
    assert (await projects.step(large, "completed")).json()["status"] == "completed"


async def test_a_completed_group_says_of_each_person_how_it_went_and_what_it_gave(projects: Projects) -> None:
    accredits = [{"kind": "accredits", "accreditation": "pd-lead", "title": "PD lead", "says": "Completing accredits."}]
    project = await projects.project(
        participants={"unit": "person", "title": "leader"}, consequences=accredits, kind="programme"
    )
    group = await projects.group(project)
    keen, absent = [
        (await projects.add_person(group, await projects.teacher("900001"), "900001")).json() for _ in range(2)
    ]
    await projects.step(group, "running")
    wanted = {"kind": "session", "title": "Day one", "starts_on": str(TODAY), "minutes": 300}
    planned = (await projects.call("POST", f"{group}/activities", body=wanted)).json()
    marks = [{"participant_id": keen["id"], "mark": "present"}, {"participant_id": absent["id"], "mark": "absent"}]
    register = await projects.call("PUT", f"{group}/activities/{planned['id']}/register", body={"entries": marks})
    assert (register.json()["activity"]["status"], register.json()["activity"]["present"]) == ("held", 1)
    assert (await projects.step(group, "completed")).json()["status"] == "completed"
    recorded = {str(one.participation_id): one for one in await projects.service.published(ParticipationRecorded)}
    assert (recorded[keen["id"]].outcome, recorded[keen["id"]].accreditation) == ("completed", "pd-lead")
    assert (recorded[absent["id"]].outcome, recorded[absent["id"]].accreditation) == ("incomplete", None)
    [told] = await projects.service.published(ProjectCompleted)
    assert (told.status, told.participants) == ("completed", 2)


async def marked(projects: Projects, group: str, **marks: str) -> str:
    """A session of today at which these people were marked so; its path."""
    wanted = {"kind": "session", "title": "Day one", "starts_on": str(TODAY), "minutes": 300}
    session = f"{group}/activities/{(await projects.call('POST', f'{group}/activities', body=wanted)).json()['id']}"
    await mark_again(projects, session, **marks)
    return session


async def mark_again(projects: Projects, session: str, **marks: str) -> None:
    entries = [{"participant_id": one, "mark": mark} for one, mark in marks.items()]
    assert (await projects.call("PUT", f"{session}/register", body={"entries": entries})).status_code == 200


async def test_a_completed_group_is_corrected_by_opening_it_again_and_told_as_the_next_revision(
    projects: Projects,
) -> None:
    project = await projects.project(size={"schools_of_group": {"minimum": 1, "maximum": 3}})
    group = await projects.group(project)
    await projects.add_schools(group, "900001", "900002")
    lead = await projects.lead(project)
    await projects.call("POST", f"{group}/leads", body={"lead_id": str(lead.id)})
    stays, never_came = [
        (await projects.add_person(group, await projects.teacher(urn), urn)).json()["id"]
        for urn in ("900001", "900002")
    ]
    await projects.step(group, "running")
    session = await marked(projects, group, **{stays: "present", never_came: "present"})
    await projects.step(group, "completed")
    await mark_again(projects, session, **{stays: "absent"})
    await mark_again(projects, session, **{stays: "present"})
    assert (await projects.step(group, "running")).json()["code"] == "group-step-wrong"
    opened = (await projects.step(group, "running", reason="The second school never came.")).json()
    assert (opened["status"], opened["leads"], opened["ended_on"]) == ("running", 1, None)
    gone = {"reason": "It was entered by mistake."}
    assert (await projects.call("POST", f"{group}/participants/{never_came}/departure", body=gone)).status_code == 200
    second = (await projects.call("GET", f"{group}/schools")).json()["data"][1]["id"]
    assert (await projects.call("POST", f"{group}/schools/{second}/departure", body=gone)).status_code == 200
    assert (await projects.step(group, "completed")).json()["status"] == "completed"
    told = [
        (str(one.participation_id), one.revision, one.outcome)
        for one in await projects.service.published(ParticipationRecorded)
    ]
    assert [one[1:] for one in told if one[0] == stays] == [
        (1, "completed"),
        (2, "incomplete"),
        (3, "completed"),
        (4, "completed"),
    ]
    assert [one[1:] for one in told if one[0] == never_came] == [(1, "completed"), (2, "incomplete")]
    assert [one.inputs["schools"] for one in await projects.service.published(ProjectCompleted)] == ["2", "1"]


async def test_an_accreditation_waits_for_the_report_that_proves_it(projects: Projects) -> None:
    duty = {"slug": "proof", "title": "Evidence", "by": "participant", "kind": "report", "due": {"when": "At the end"}}
    gives = {"kind": "accredits", "accreditation": "pd-lead", "title": "PD lead", "says": "It accredits."}
    project = await projects.project(
        kind="programme",
        participants={"unit": "person", "title": "leader"},
        consequences=[gives | {"duty": "proof"}],
        evaluation={"duties": [duty]},
    )
    group = await projects.group(project)
    leader = await projects.teacher("900001")
    person = (await projects.add_person(group, leader, "900001")).json()["id"]
    await projects.step(group, "running")
    async with projects.service.session() as session:
        await follow_group(session, UUID(group.rpartition("/")[2]))
    await projects.step(group, "completed")
    [first] = await projects.service.published(ParticipationRecorded)
    assert (first.outcome, first.accreditation, first.revision) == ("completed", None, 1)
    [report] = (await projects.call("GET", "/v1/project-reports", leader)).json()["data"]
    path = f"/v1/project-reports/{report['id']}"
    answers = {"summary": "What I learnt."}
    tag = (await projects.call("GET", path, leader)).headers["ETag"]
    assert (await projects.call("PUT", path, leader, answers, if_match=tag)).status_code == 200
    assert (await projects.call("POST", f"{path}/submission", leader)).status_code == 200
    evaluator = projects.national("lead_evaluator")
    decided = await projects.call("POST", f"{path}/decision", evaluator, {"outcome": "accepted"})
    assert decided.status_code == 200, decided.text
    told = (await projects.service.published(ParticipationRecorded))[-1]
    assert (told.person_id, told.accreditation, told.revision) == (leader.id, "pd-lead", 2)
    assert str(told.participation_id) == person


async def test_an_edit_needs_the_version_that_was_read_and_keeps_within_the_projects_limits(projects: Projects) -> None:
    group = await projects.group(await projects.project(**READINESS))
    await projects.add_schools(group, "900001", "900002")
    tag = (await projects.call("GET", group)).headers["ETag"]
    edited = await projects.call("PATCH", group, body={"schools_at_most": 9, "title": "Moor"}, if_match=tag)
    assert (edited.json()["schools_at_most"], edited.json()["title"]) == (3, "Moor")
    stale = await projects.call("PATCH", group, body={"title": "Valley"}, if_match=tag)
    assert stale.status_code == 412
    lower = edited.headers["ETag"]
    assert (await projects.call("PATCH", group, body={"schools_at_most": 1}, if_match=lower)).json()[
        "code"
    ] == "group-full"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"strand": "nothing"}, "group-role-unknown"),
        ({"inputs": {"mood": "good"}}, "group-role-unknown"),
        ({"ends_on": str(TODAY - timedelta(days=1))}, "group-dates-wrong"),
    ],
)
async def test_a_group_that_cannot_be_formed_is_refused_and_says_why(
    projects: Projects, facts: dict[str, Any], code: str
) -> None:
    assert (await projects.form(await projects.project(), **facts)).json()["code"] == code


async def test_a_group_is_of_a_project_that_there_is_at_a_hub_that_takes_part(projects: Projects) -> None:
    project = await projects.project(project_year="2019-20")
    assert (await projects.form(project)).json()["code"] == "hub-not-taking-part"
    assert (await projects.form(new_id())).json()["code"] == "project-not-found"
    other = await projects.call("POST", "/v1/groups", projects.staff(projects.other_hub_id), wanted(projects, project))
    assert other.json()["code"] == "hub-not-found"


def wanted(projects: Projects, project_id: UUID) -> dict[str, str]:
    facts = {"project_id": project_id, "hub_id": projects.hub_id, "title": "The valley", "starts_on": TODAY}
    return {name: str(value) for name, value in facts.items()}


async def test_everybody_sees_the_groups_and_the_people_that_are_theirs(projects: Projects) -> None:
    project = await projects.project()
    group = await projects.group(project)
    await projects.add_schools(group, "900001", "900002")
    mine, theirs = await projects.teacher("900001"), await projects.teacher("900002")
    for person, urn in ((mine, "900001"), (theirs, "900002")):
        assert (await projects.add_person(group, person, urn)).status_code == 201
    lead = a_teacher("900009")
    await projects.call("POST", f"{group}/leads", body={"lead_id": str((await projects.lead(project, lead.id)).id)})
    head = await projects.teacher("900001", leads_school=True)
    for caller, people, contacts in (
        (projects.staff(), 2, 200),
        (lead, 2, 200),
        (projects.national(), 2, 200),
        (projects.national("lead_evaluator"), 2, 200),
        (staff("auditor"), 2, 200),
        (head, 1, 404),
        (mine, 1, 404),
    ):
        found = await projects.call("GET", f"{group}/participants", caller)
        assert len(found.json()["data"]) == people, caller
        assert (await projects.call("GET", f"{group}/contacts", caller)).status_code == contacts
        assert [one["id"] for one in (await projects.call("GET", "/v1/groups", caller)).json()["data"]]
    for stranger in (
        projects.staff(projects.other_hub_id),
        staff("network_lead", organisation_id=new_id()),
        a_teacher("900001"),
        await projects.teacher("900003", leads_school=True),
    ):
        assert (await projects.call("GET", group, stranger)).status_code == 404
        assert (await projects.call("GET", "/v1/groups", stranger)).json()["data"] == []
    assert (await projects.step(group, "running", lead)).status_code == 403
    assert (await projects.step(group, "running", projects.staff(projects.other_hub_id))).status_code == 404


async def test_leads_plan_and_mark_and_a_wrong_mark_is_refused(projects: Projects) -> None:
    project = await projects.project(
        activities=[{"slug": "gap-task", "kind": "gap_task", "title": "Task", "audience": "participants"}]
    )
    group = await projects.group(project)
    await projects.add_schools(group, "900001")
    person = (await projects.add_person(group, await projects.teacher("900001"), "900001")).json()["id"]
    lead = a_teacher("900009")
    await projects.call("POST", f"{group}/leads", body={"lead_id": str((await projects.lead(project, lead.id)).id)})

    async def plan(**facts: object) -> Any:
        wanted = {"kind": "session", "title": "Workshop", "starts_on": str(TODAY), "minutes": 90}
        return (await projects.call("POST", f"{group}/activities", lead, wanted | facts)).json()

    async def mark(activity: str, **entry: object) -> Any:
        body = {"entries": [{"participant_id": person, **entry}]}
        return (await projects.call("PUT", f"{group}/activities/{activity}/register", lead, body)).json()

    session, task = (await plan())["id"], (await plan(kind="gap_task", slug="gap-task"))["id"]
    assert (await mark(session, mark="done"))["code"] == "group-mark-wrong"
    assert (await mark(session, mark="present", minutes=91))["code"] == "group-mark-wrong"
    assert (await mark(session, mark="present", participant_id=str(new_id())))["code"] == "group-mark-wrong"
    assert (await mark(session, mark="present", minutes=60))["data"][0]["minutes"] == 60
    assert (await mark(task, mark="done"))["activity"]["present"] == 1
    tomorrow = (await plan(starts_on=str(TODAY + timedelta(days=1))))["id"]
    assert (await mark(tomorrow, mark="present"))["code"] == "group-dates-wrong"
    assert (await plan(slug="gap-task"))["code"] == "group-role-unknown"
    assert (await plan(kind="visit", urn="900002"))["code"] == "group-school-unknown"
    visit = await plan(kind="visit", urn="900001")
    path = f"{group}/activities/{visit['id']}"
    tag = (await projects.call("GET", path, lead)).headers["ETag"]
    held = await projects.call("PATCH", path, lead, {"status": "held", "notes": "Saw a lesson."}, if_match=tag)
    assert (held.json()["status"], held.json()["notes"]) == ("held", "Saw a lesson.")


def test_documents_of_tests_are_documents() -> None:
    assert a_document(**READINESS).size.schools_of_group is not None
