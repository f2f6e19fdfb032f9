"""Organisations in groups, delegates whom groups send, and what is left of an applicant who was forgotten."""

from typing import Any
from uuid import UUID

import pytest

from builders import a_teacher
from chassis.ids import new_id
from harness import ServiceHarness
from hubs.privacy.registry import HOLDINGS
from hubs.project_applications.models import ProjectApplication
from hubs_projects import SENDS_DELEGATES, Projects

PROVIDERS: dict[str, Any] = {"participants": {"unit": "organisation", "title": "provider"}}


@pytest.fixture
async def projects(hubs: ServiceHarness) -> Projects:
    return await Projects.build(hubs)


async def test_organisations_take_part_where_the_project_counts_them_in_one_group_at_a_time(projects: Projects) -> None:
    project = await projects.project(**PROVIDERS)
    group, second = await projects.group(project), await projects.group(project)
    provider = {"organisation_id": str(new_id()), "name": "Moorland training partnership"}
    joined = await projects.call("POST", f"{group}/organisations", body=provider)
    assert (joined.status_code, joined.json()["data"][0]["participants"]) == (201, 0)
    twice = await projects.call("POST", f"{second}/organisations", body=provider)
    assert (twice.status_code, twice.json()["code"]) == (409, "already-in-project")
    person = a_teacher("900001")
    for body, status in (({}, 422), ({"organisation_id": str(new_id())}, 422), (provider, 201)):
        asked = {"person_id": str(person.id), "organisation_id": body.get("organisation_id")}
        assert (await projects.call("POST", f"{group}/participants", body=asked)).status_code == status
    leaving = f"{group}/organisations/{joined.json()['data'][0]['id']}/departure"
    gone = {"reason": "It closed in the summer."}
    assert (await projects.call("POST", leaving, body=gone)).json()["code"] == "group-still-needs"
    [inside] = (await projects.call("GET", f"{group}/participants")).json()["data"]
    assert inside["organisation_id"] == provider["organisation_id"]
    await projects.call("POST", f"{group}/participants/{inside['id']}/departure", body=gone)
    for _ in range(2):
        left = await projects.call("POST", leaving, body=gone)
        assert (left.status_code, left.json()["data"][0]["left_on"] is None) == (200, False)
    assert (await projects.call("POST", f"{second}/organisations", body=provider)).status_code == 201


async def test_an_applicant_gets_a_place_for_an_organisation_that_is_in_the_group(projects: Projects) -> None:
    project = await projects.project(**PROVIDERS)
    group = await projects.group(project)
    provider = {"organisation_id": str(new_id()), "name": "Moorland training partnership"}
    await projects.call("POST", f"{group}/organisations", body=provider)
    wanted = {"project_id": str(project), "hub_id": str(projects.hub_id)}
    person = await projects.teacher("900001")
    applied = (await projects.call("POST", "/v1/project-applications", person, wanted)).json()
    place = {"outcome": "selected", "group_id": group.rpartition("/")[2]}
    path = f"/v1/project-applications/{applied['id']}/selection"
    assert (await projects.call("POST", path, body=place)).json()["code"] == "group-person-unknown"
    selected = await projects.call("POST", path, body=place | {"organisation_id": provider["organisation_id"]})
    assert selected.json()["status"] == "selected"
    [inside] = (await projects.call("GET", f"{group}/participants")).json()["data"]
    assert inside["organisation_id"] == provider["organisation_id"]


async def test_a_project_of_schools_takes_no_organisations_and_other_hubs_find_no_group(projects: Projects) -> None:
    group = await projects.group(await projects.project())
    provider = {"organisation_id": str(new_id()), "name": "Moorland training partnership"}
    refused = await projects.call("POST", f"{group}/organisations", body=provider)
    assert (refused.status_code, refused.json()["code"]) == (422, "organisations-not-asked")
    stranger = projects.staff(projects.other_hub_id)
    assert (await projects.call("POST", f"{group}/organisations", stranger, provider)).status_code == 404


async def test_a_group_sends_its_leads_and_members_and_no_more_than_the_project_takes(projects: Projects) -> None:
    project = await projects.project(**SENDS_DELEGATES)
    group = await projects.group(project)
    lead = await projects.lead(project)
    await projects.call("POST", f"{group}/leads", body={"lead_id": str(lead.id)})
    members = [await projects.teacher("900001") for _ in range(2)]
    for one in members:
        assert (await projects.add_person(group, one, "900001")).status_code == 201

    async def send(*people: UUID | None, occasion: str | None = "Autumn workshop", activity: str = "workshops") -> Any:
        body = {"activity": activity, "occasion": occasion, "delegates": [{"person_id": str(one)} for one in people]}
        return (await projects.call("PUT", f"{group}/delegates", body=body)).json()

    assert (await send(lead.person_id, *(one.id for one in members)))["code"] == "group-full"
    assert (await send(new_id()))["code"] == "delegate-unknown"
    assert (await send(lead.person_id, lead.person_id))["code"] == "delegate-unknown"
    assert (await send(lead.person_id, occasion="Spring workshop"))["code"] == "delegates-not-asked"
    assert (await send(lead.person_id, activity="sessions"))["code"] == "delegates-not-asked"
    await send(lead.person_id, members[0].id)
    sent = await send(lead.person_id, members[1].id)
    assert {one["person_id"] for one in sent["data"]} == {str(lead.person_id), str(members[1].id)}
    assert sent["activities"][0] == {
        "activity": "workshops",
        "title": "National workshop",
        "occasions": ["Autumn workshop"],
        "at_most": 2,
    }
    was_there = {"person_id": str(lead.person_id), "presence": "present"}
    body = {"activity": "workshops", "occasion": "Autumn workshop", "delegates": [was_there]}
    marked = (await projects.call("PUT", f"{group}/delegates", body=body)).json()
    assert [one["presence"] for one in marked["data"]] == ["present"]
    assert (await projects.call("GET", f"{group}/delegates", members[0])).status_code == 404


@pytest.mark.parametrize("is_of_school", [True, False])
async def test_of_an_applicant_who_is_forgotten_the_words_go_and_what_was_said_of_a_school_stays(
    projects: Projects, is_of_school: bool
) -> None:
    project = await projects.project(
        participants={
            "unit": "school" if is_of_school else "person",
            "title": "one",
            "criteria": {
                "criterion": "needs-support",
                "title": "Needs support",
                "question": "Is support needed?",
                "needs_evidence": True,
            },
        }
    )
    person = await projects.teacher("900001", leads_school=True)
    proof = "My headteacher said so at length in July."
    declared = [{"criterion": "needs-support", "answer": True, "evidence": proof}]
    wanted = {"project_id": str(project), "hub_id": str(projects.hub_id), "declarations": declared}
    made = await projects.call("POST", "/v1/project-applications", person, wanted)
    assert made.status_code == 201, made.text
    assert person.id is not None
    async with projects.service.session() as session:
        await HOLDINGS.erase(session, person.id)
    async with projects.service.session() as session:
        kept = await session.get_one(ProjectApplication, UUID(made.json()["id"]))
    assert kept.declarations == [{"criterion": "needs-support", "answer": True}]
    assert proof not in str(kept.decision)
    assert (kept.decision["reasons"] != []) is is_of_school
