"""`/v1/hub-plans`: written, handed in, agreed, changed again; and all of a network's plans together."""

import csv
import io
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from builders import a_fresh_key, staff
from chassis import clock
from harness import ServiceHarness
from hubs_network import Network
from hubs_projects import Projects, a_school
from network_steps import PATH, Team, a_network, a_plan, id_of

GOOD = [{"code": "C-1", "groups": 2, "schools": 12, "leads": 2}, {"code": "C-2", "groups": 1}]
Call = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
async def team(hubs: ServiceHarness, network: Network) -> Team:
    """The network in force, with two hubs."""
    found = Team(hubs)
    await found.bring_into_force(a_network())
    for hub_id in (network.hub_id, network.other_hub_id):
        assert (await found.set_hub(hub_id)).status_code == 200
    return found


class Planner:
    """A hub's lead with a plan, always from the version last read."""

    def __init__(self, team: Team, network: Network, plan_id: str) -> None:
        self.team, self.lead, self.path = team, network.lead(), f"/v1/hub-plans/{plan_id}"
        self.id = plan_id

    async def get(self, path: str = "", by: Any = None) -> httpx.Response:
        return await (await self.team.harness.client(by or self.lead)).get(self.path + path)

    async def send(self, method: str, path: str, body: Any, by: Any = None) -> httpx.Response:
        seen = {"If-Match": (await self.get()).headers["ETag"]}
        client = await self.team.harness.client(by or self.lead, **a_fresh_key(), **seen)
        return await client.request(method, self.path + path, json=body)

    async def write(self, lines: Any, **more: Any) -> httpx.Response:
        return await self.send("PUT", "", {"lines": lines} | more)

    async def submit(self, **body: Any) -> httpx.Response:
        return await self.send("POST", "/submission", body)

    async def decide(self, outcome: str, by: Any = None) -> httpx.Response:
        return await self.send(
            "POST", "/decision", {"outcome": outcome, "reason": "As talked over."}, by or self.team.lead
        )


@pytest.fixture
async def planner(team: Team, network: Network) -> Planner:
    return Planner(team, network, await a_plan(team.harness, network.hub_id))


async def test_a_plan_is_written_handed_in_and_agreed(planner: Planner) -> None:
    begun = (await planner.get()).json()
    assert [(one["code"], one["project"]) for one in begun["findings"]] == [
        ("required-missing", "C-1"),
        ("choice-missing", None),
    ]
    written = await planner.write(GOOD, facts={"schools-last-year": 12})
    assert (written.status_code, written.json()["faults_count"], written.json()["findings"]) == (200, 0, [])
    assert (await planner.decide("agreed")).json()["code"] == "hub-plan-step-not-possible"
    assert (await planner.submit()).json()["status"] == "submitted"
    assert (await planner.write([])).json()["code"] == "hub-plan-step-not-possible"
    agreed = (await planner.decide("agreed")).json()
    assert (agreed["status"], agreed["revision"], agreed["agreed_revision"]) == ("agreed", 1, 1)
    assert (await planner.submit()).json()["code"] == "hub-plan-step-not-possible"


async def test_a_plan_with_faults_is_handed_in_with_an_explanation_or_not_at_all(planner: Planner) -> None:
    await planner.write([{"code": "C-1", "groups": 1, "schools": 3}, GOOD[1]])
    refused = await planner.submit()
    assert (refused.status_code, refused.json()["code"]) == (422, "hub-plan-unexplained")
    assert [one["code"] for one in refused.json()["findings"]] == ["schools-too-few"]
    assert (await planner.submit(explanation="A fourth school decides in September.")).status_code == 200
    assert (await planner.decide("returned")).json()["status"] == "returned"
    [revision] = (await planner.get("/revisions")).json()["data"]
    assert (revision["explanation"], revision["reason"]) == ("A fourth school decides in September.", "As talked over.")
    assert [one["code"] for one in revision["findings"]] == ["schools-too-few"], "as it was handed in"


async def test_a_change_after_agreement_is_the_next_revision_and_the_agreed_one_counts_until_it_is_agreed(
    planner: Planner,
) -> None:
    await planner.write(GOOD)
    await planner.submit()
    await planner.decide("agreed")
    changed = (await planner.write([GOOD[0] | {"groups": 1, "schools": 7}, GOOD[1]])).json()
    assert (changed["status"], changed["revision"], changed["agreed_revision"]) == ("draft", 2, 1)
    newest, first = (await planner.get("/revisions")).json()["data"]
    assert (newest["status"], first["status"], len(first["changes"])) == ("draft", "agreed", 2)
    [change] = newest["changes"]
    assert (change["code"], change["before"]["schools"], change["after"]["schools"]) == ("C-1", 12, 7)
    client = await planner.team.harness.client(planner.team.lead)
    counted = {}
    for basis in ("agreed", "newest"):
        told = (await client.get(f"{PATH}/plan?basis={basis}")).json()
        counted[basis] = {one["code"]: (one["hubs"], one["groups"], one["schools"]) for one in told["projects"]}["C-1"]
    assert counted == {"agreed": (1, 2, 12), "newest": (1, 1, 7)}


async def test_a_line_names_a_project_of_the_network_and_its_strand_once(planner: Planner) -> None:
    cohort = {"code": "C-3", "strand": "primary", "groups": 1, "participants": 15}
    for lines, line in (
        ([{"code": "C-9", "groups": 1}], 0),
        ([GOOD[0], {"code": "C-3", "groups": 1}], 1),
        ([{"code": "C-2", "strand": "primary", "groups": 1}], 0),
        ([cohort, cohort], 1),
    ):
        refused = await planner.write(lines)
        assert (refused.json()["code"], refused.json()["line"]) == ("hub-plan-line-wrong", line)
    assert (await planner.write([], facts={"unasked": 1})).json()["code"] == "network-fact-unknown"
    assert (await planner.write([cohort, cohort | {"strand": "early-years"}])).status_code == 200
    stale = await planner.team.harness.client(planner.lead, **{"If-Match": '"1"'})
    assert (await stale.put(planner.path, json={"lines": []})).json()["code"] == "stale-version"


async def test_the_network_sees_all_plans_by_region_against_its_aims(
    planner: Planner, network: Network, hubs: ServiceHarness
) -> None:
    await planner.write(GOOD[:1])
    client = await hubs.client(planner.team.lead)
    told = (await client.get(f"{PATH}/plan?basis=newest")).json()
    assert (told["hubs"], told["plans"]) == (2, {"draft": 1, "none": 1})
    [first] = [one for one in told["projects"] if one["code"] == "C-1"]
    assert sum(one["schools"] for one in first["regions"].values()) == first["schools"] == 12
    assert told["findings"] == [], "twelve schools were aimed for"
    told = (await client.get(f"{PATH}/plan")).json()
    assert [(one["code"], one["planned"], one["wanted"]) for one in told["findings"]] == [("aim-missed", 0, 12)]
    lines = list(csv.DictReader(io.StringIO((await client.get(f"{PATH}/plan.csv?basis=newest")).text)))
    assert [(one["code"], one["schools"], one["plan_status"]) for one in lines] == [("C-1", "12", "draft")]


async def test_the_network_sees_plan_target_and_delivery_side_by_side(
    planner: Planner, network: Network, hubs: ServiceHarness
) -> None:
    await planner.write(GOOD)
    goal = {"code": "C-1", "measure": "schools", "at_least": 10, "reason": "Agreed in May."}
    set_to = await planner.team.set_hub(network.hub_id, 1, targets=[goal])
    assert set_to.status_code == 200, set_to.text
    projects = Projects(hubs, network.hub_id, network.other_hub_id)
    urns = [f"90000{number}" for number in range(1, 5)]
    async with hubs.session() as session:
        session.add_all(a_school(urn) for urn in urns)
    group, other = [await projects.group(UUID(id_of("C-1"))) for _ in range(2)]
    assert await projects.add_schools(group, *urns) == [201] * 4
    teachers = [await projects.teacher(urn) for urn in urns[:2]]
    came, stayed_away = [
        (await projects.add_person(group, one, urn)).json()["id"] for one, urn in zip(teachers, urns, strict=False)
    ]
    assert (await projects.step(group, "running")).status_code == 200
    session_of = {"kind": "session", "title": "First", "starts_on": str(clock.today())}
    activity = (await projects.call("POST", f"{group}/activities", body=session_of)).json()["id"]
    marks = [{"participant_id": came, "mark": "present"}, {"participant_id": stayed_away, "mark": "absent"}]
    await projects.call("PUT", f"{group}/activities/{activity}/register", body={"entries": marks})
    told = (await (await hubs.client(planner.team.lead)).get(f"{PATH}/plan?basis=newest")).json()
    [first] = [one for one in told["projects"] if one["code"] == "C-1"]
    there = {"forming": 1, "running": 1, "completed": 0, "cancelled": 0, "schools": 4, "participants": 2, "attended": 1}
    assert (first["schools"], first["targets"]["schools"], first["delivery"]) == (12, 10, there)
    assert [one["delivery"]["schools"] for one in first["regions"].values()].count(4) == 1
    assert [(one["project"], one["at_least"], one["planned"], one["delivered"]) for one in told["aims"]] == [
        ("C-1", 12, 12, 4)
    ]
    assert (await projects.call("GET", other)).json()["status"] == "forming"


async def test_hubs_see_their_own_plan_and_teams_those_of_their_network(planner: Planner, network: Network) -> None:
    other_hub = staff("hub_lead", organisation_id=network.other_hub_id)
    evaluator = staff("lead_evaluator", organisation_id=planner.team.organisation_id)
    for who, sees in ((other_hub, False), (evaluator, True), (Team(planner.team.harness, "ncetm").lead, False)):
        assert (await planner.get(by=who)).status_code == (200 if sees else 404)
        listed = await (await planner.team.harness.client(who)).get("/v1/hub-plans")
        assert len(listed.json()["data"]) == sees
    again = await planner.team.harness.client(planner.lead, **a_fresh_key())
    wanted = {"network": "code-clubs", "project_year": "2026-27", "hub_id": str(network.hub_id)}
    assert (await again.post("/v1/hub-plans", json=wanted)).json()["code"] == "hub-plan-exists"


@pytest.mark.parametrize(
    ("days", "is_open"),
    [({}, True), ({"closes_on": -1}, False), ({"opens_on": 1}, False), ({"opens_on": 0, "closes_on": 0}, True)],
)
async def test_plans_are_taken_in_within_the_networks_window(
    planner: Planner, days: dict[str, int], is_open: bool
) -> None:
    await change_window(planner, days)
    await planner.write(GOOD)
    assert (await planner.get()).json()["window"]["is_open"] is is_open
    submitted = await planner.submit()
    assert submitted.status_code == (200 if is_open else 409)
    if not is_open:
        assert submitted.json()["code"] == "hub-plan-window-closed"
        assert {*days} <= submitted.json().keys()
        assert (await planner.get()).json()["status"] == "draft", "nothing is lost"


async def change_window(planner: Planner, days: dict[str, int]) -> None:
    window = {name: clock.today() + timedelta(days=number) for name, number in days.items()}
    if window:
        await planner.team.bring_into_force(a_network(plans=window))


async def test_a_national_team_takes_one_plan_in_for_longer(planner: Planner, network: Network) -> None:
    await change_window(planner, {"closes_on": -1})
    await planner.write(GOOD)
    wanted = {"until_on": str(clock.today()), "reason": "The lead was ill."}
    assert (await planner.send("POST", "/reopening", wanted)).status_code == 403
    late = wanted | {"until_on": "2020-01-31"}
    assert (await planner.send("POST", "/reopening", late, planner.team.lead)).json()["code"] == (
        "hub-plan-step-not-possible"
    )
    opened = (await planner.send("POST", "/reopening", wanted, planner.team.lead)).json()
    assert (opened["window"]["is_open"], opened["window"]["open_until_on"]) == (True, str(clock.today()))
    assert (await planner.submit()).json()["status"] == "submitted"
    other = await a_plan(planner.team.harness, network.other_hub_id)
    client = await planner.team.harness.client(staff("hub_lead", organisation_id=network.other_hub_id))
    assert (await client.get(f"/v1/hub-plans/{other}")).json()["window"]["is_open"] is False
