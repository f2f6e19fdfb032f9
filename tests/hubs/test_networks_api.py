"""`/v1/networks`, `/v1/projects` and `/v1/network-proposals`: files in, two people, versions, and who sees what."""

from typing import Any

import pytest
import yaml

from builders import anonymous, staff
from chassis.ids import new_id
from harness import ServiceHarness
from hubs.networks.documents import bring_into_force
from hubs.networks.seed import reference_networks
from hubs_network import Network
from network_steps import PATH, SLUG, YEAR, Team, a_network, a_project, as_file, id_of


@pytest.fixture
async def team(hubs: ServiceHarness) -> Team:
    return Team(hubs)


async def get(hubs: ServiceHarness, path: str, by: Any = None) -> Any:
    return await (await hubs.client(by or anonymous())).get(path)


async def test_a_new_network_with_three_projects_is_made_by_a_file_and_two_people(
    hubs: ServiceHarness, team: Team
) -> None:
    text = as_file(a_network())
    check = await (await hubs.client(team.lead)).post("/v1/network-proposals/check", content=text)
    assert (check.status_code, check.json()["is_new"]) == (200, True)
    proposed = (await team.propose(text)).json()
    assert (await get(hubs, PATH)).status_code == 404, "it is not in force yet"
    own = await team.decide(proposed["id"], by=team.lead)
    assert (own.status_code, own.json()["code"]) == (403, "second-network-lead-needed")
    assert (await team.decide(proposed["id"])).json()["status"] == "approved"
    assert (await get(hubs, PATH)).json()["number"] == 1
    [network] = (await get(hubs, "/v1/networks")).json()["data"]
    assert (network["slug"], network["years"]) == (SLUG, [YEAR])
    early = await get(hubs, f"/v1/projects?network={SLUG}&phase=early_years")
    assert [one["code"] for one in early.json()["data"]] == ["C-3"]
    [paid] = (await get(hubs, "/v1/projects?card=c-1")).json()["data"]
    assert paid["id"] == id_of("C-1")


async def test_what_is_downloaded_and_proposed_back_changes_nothing(hubs: ServiceHarness, team: Team) -> None:
    await team.bring_into_force(a_network())
    for written in ("yaml", "json"):
        whole = await get(hubs, f"{PATH}/file?format={written}")
        again = await team.propose(whole.text)
        assert (again.status_code, again.json()["code"]) == (409, "network-file-unchanged")
        one = await get(hubs, f"/v1/projects/{id_of('C-3')}/file?format={written}")
        assert (await team.propose(one.text, network=SLUG)).json()["code"] == "network-file-unchanged"


async def test_one_project_is_changed_by_its_own_file_and_its_first_version_stays(
    hubs: ServiceHarness, team: Team
) -> None:
    await team.bring_into_force(a_network())
    path = f"/v1/projects/{id_of('C-1')}"
    text = (await get(hubs, f"{path}/file")).text.replace("maximum: 8", "maximum: 9")
    proposed = (await team.propose(text, network=SLUG)).json()
    assert proposed["changes"] == [
        {
            "part": "C-1",
            "path": ["size", "schools_of_group", "maximum"],
            "kind": "changed",
            "before": 8,
            "after": 9,
        }
    ]
    await team.decide(proposed["id"])
    now, before = (await get(hubs, path)).json(), (await get(hubs, f"{path}?number=1")).json()
    assert (now["number"], now["document"]["size"]["schools_of_group"]["maximum"]) == (2, 9)
    assert (before["number"], before["document"]["size"]["schools_of_group"]["maximum"]) == (1, 8)
    versions = (await get(hubs, f"{path}/versions")).json()["data"]
    assert [(one["number"], one["proposal_id"] == proposed["id"]) for one in versions] == [(2, True), (1, False)]
    assert (await get(hubs, PATH)).json()["number"] == 1, "the network's own document is as it was"
    assert (await get(hubs, f"{path}?number=3")).json()["code"] == "project-not-found"


async def test_a_file_that_is_wrong_is_refused_with_every_path_and_keeps_nothing(
    hubs: ServiceHarness, team: Team
) -> None:
    text = as_file(a_network()).replace("project: C-2", "project: C-9").replace("maximum: 40", "maximum: forty")
    refused = await team.propose(text)
    assert (refused.status_code, refused.json()["code"]) == (422, "network-file-wrong")
    [problem] = refused.json()["problems"]
    assert problem["where"] == "projects[2].strands[0].size.participants_of_group.maximum"
    assert text.splitlines()[problem["line"] - 1].strip() == "maximum: forty"
    refused = await team.propose(text.replace("forty", "40"))
    assert [one["where"] for one in refused.json()["problems"]] == [
        "network.choices[0].options[0].project",
        "projects[1].participation.choice",
    ]
    assert (await get(hubs, "/v1/network-proposals", team.lead)).json()["data"] == []
    alone = await team.propose(yaml.safe_dump(a_project("C-4")), network=SLUG)
    assert alone.json()["code"] == "network-not-found"
    await team.bring_into_force(a_network())
    alone = await team.propose(yaml.safe_dump(a_project("C-4", project_year="2027-28")), network=SLUG)
    assert [one["where"] for one in alone.json()["problems"]] == ["project_year"]
    unreadable = await team.propose("\udcff".encode("utf-8", "surrogateescape").decode("latin-1"))
    assert unreadable.status_code == 422


async def test_of_two_files_made_from_the_same_documents_one_comes_into_force(team: Team) -> None:
    await team.bring_into_force(a_network())
    first, second = [
        (await team.propose(as_file(a_network(title=title)))).json()["id"] for title in ("Clubs", "Coding clubs")
    ]
    assert (await team.decide(second)).status_code == 200
    late = await team.decide(first)
    assert (late.status_code, late.json()["code"]) == (409, "network-proposal-overtaken")
    assert (await team.decide(first, outcome="refused")).json()["status"] == "refused"
    assert (await team.decide(first)).json()["code"] == "network-proposal-decided"


async def test_a_team_changes_and_sees_its_own_network_only(hubs: ServiceHarness, team: Team) -> None:
    await team.bring_into_force(a_network())
    other = Team(hubs, "ncetm")
    refused = await other.propose(as_file(a_network(title="Taken over")))
    assert (refused.status_code, refused.json()["code"]) == (403, "not-of-the-national-team")
    handed = await team.propose(as_file(a_network(national_team="ncetm")))
    assert [one["where"] for one in handed.json()["problems"]] == ["network.national_team"]
    proposed = (await team.propose(as_file(a_network(title="Clubs")))).json()["id"]
    assert (await other.decide(proposed)).json()["code"] == "network-proposal-not-found"
    evaluator = staff("lead_evaluator", organisation_id=team.organisation_id)
    for who, seen in ((team.lead, 2), (evaluator, 2), (staff("auditor"), 2), (other.lead, 0)):
        assert len((await get(hubs, "/v1/network-proposals", who)).json()["data"]) == seen
        found = await get(hubs, f"/v1/network-proposals/{proposed}", who)
        assert found.status_code == (200 if seen else 404)
    assert (await get(hubs, "/v1/network-proposals", staff("hub_lead", organisation_id=new_id()))).status_code == 403
    assert (await get(hubs, PATH, staff("hub_lead"))).status_code == 200, "what projects are is no secret"


async def test_the_team_says_which_hubs_take_part_and_what_was_agreed_with_each(
    hubs: ServiceHarness, team: Team, network: Network
) -> None:
    await team.bring_into_force(a_network())
    target = {"code": "C-1", "measure": "schools", "at_least": 7, "reason": "Agreed in June."}
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"facts": {"unasked": 1}}, "network-fact-unknown"),
        ({"targets": [target | {"code": "C-9"}]}, "network-target-wrong"),
        ({"targets": [target, target]}, "network-target-wrong"),
        ({"left_on": "2026-08-31"}, "network-days-wrong"),
    ]
    for refused, code in wrong:
        assert (await team.set_hub(network.hub_id, **refused)).json()["code"] == code
    part: dict[str, Any] = {"facts": {"schools-last-year": 6}, "targets": [target]}
    made = await team.set_hub(network.hub_id, **part)
    assert (made.status_code, made.headers["ETag"], made.json()["facts"]) == (200, '"1"', part["facts"])
    assert (await team.set_hub(network.hub_id)).json()["code"] == "stale-version"
    assert (await team.set_hub(new_id())).json()["code"] == "hub-not-found"
    [hub] = (await get(hubs, f"{PATH}/hubs")).json()["data"]
    assert (hub["hub_id"], "targets" in hub) == (str(network.hub_id), False)
    path = f"{PATH}/hubs/{network.hub_id}"
    for who, status in (
        (network.lead(), 200),
        (staff("hub_lead", organisation_id=network.other_hub_id), 404),
        (Team(hubs, "ncetm").lead, 404),
        (staff("auditor"), 200),
    ):
        assert (await get(hubs, path, who)).status_code == status
    assert (await team.set_hub(network.hub_id, version=1, left_on="2027-02-01")).json()["targets"] == []


async def test_seeding_again_keeps_what_a_national_team_has_changed(hubs: ServiceHarness) -> None:
    await hubs.seed("networks")
    for network in (await get(hubs, "/v1/networks")).json()["data"]:
        path = f"/v1/networks/{network['slug']}/{network['years'][0]}"
        team = Team(hubs, network["national_team"])
        text = (await get(hubs, f"{path}/file")).text.replace(f"title: {network['title']}", "title: Another title", 1)
        assert (await team.decide((await team.propose(text)).json()["id"])).status_code == 200
        await hubs.seed("networks")
        assert (await get(hubs, path)).json()["document"]["title"] == "Another title"
        assert (await get(hubs, path)).json()["number"] == 2
        projects = (await get(hubs, f"/v1/projects?network={network['slug']}")).json()["data"]
        assert {one["number"] for one in projects} == {1}


async def test_what_a_release_adds_to_a_project_arrives_where_its_document_is_as_it_came(hubs: ServiceHarness) -> None:
    [now] = reference_networks("networks_synthetic")
    before = now.model_copy(
        update={"projects": tuple(one.model_copy(update={"community_credit": None}) for one in now.projects)}
    )
    async with hubs.session() as session:
        await bring_into_force(session, before, None)
    await hubs.seed("synthetic-networks")
    await hubs.seed("synthetic-networks")
    for project in (await get(hubs, f"/v1/projects?network={now.network.slug}")).json()["data"]:
        [wanted] = [one for one in now.projects if one.code == project["code"]]
        document = (await get(hubs, f"/v1/projects/{project['id']}")).json()["document"]
        assert (document["community_credit"] is not None) == (wanted.community_credit is not None)
        assert project["number"] == (2 if wanted.community_credit else 1)
