"""A network of three projects for tests, made by data alone: by a file, and two people of its national team."""

from typing import Any
from uuid import UUID

import httpx

from builders import a_fresh_key, staff
from chassis.principal import Principal
from harness import ServiceHarness
from hubs.networks.document import NetworkFile
from hubs.networks.documents import national_team_id, project_id
from hubs.projects.files import write_yaml

SLUG, YEAR = "code-clubs", "2026-27"
PATH = f"/v1/networks/{SLUG}/{YEAR}"
SOURCE = "Invented for tests"
JSON = dict[str, Any]


def a_project(code: str, **changes: Any) -> JSON:
    """A project that asks little."""
    return {
        "code": code,
        "title": f"Project {code}",
        "project_year": YEAR,
        "phases": ["primary"],
        "kind": "work_group",
        "participation": {"kind": "optional"},
        "sections": {"summary": "Teachers of a few schools start a club together."},
        "participants": {"unit": "school", "title": "school"},
        "source": f"{SOURCE}, {code}",
    } | changes


def a_network(**changes: Any) -> JSON:
    """One project that each hub runs, two between which hubs choose."""
    return {
        "network": {
            "slug": SLUG,
            "title": "Code clubs",
            "subject": "computing",
            "project_year": YEAR,
            "national_team": "ncce",
            "hub_facts": [{"slug": "schools-last-year", "title": "Schools of last year", "kind": "count"}],
            "choices": [
                {
                    "slug": "early-offer",
                    "title": "An early offer",
                    "options": [{"project": "C-2"}, {"project": "C-3", "strand": "early-years"}],
                    "says": "Each hub has an early offer.",
                    "source": SOURCE,
                }
            ],
            "source": SOURCE,
        }
        | changes,
        "projects": [
            a_project(
                "C-1",
                participation={"kind": "required", "section": "H"},
                size={
                    "schools_of_group": {"minimum": 4, "maximum": 8, "expected": 6, "section": "G"},
                    "schools_of_hub_from": "schools-last-year",
                },
                national_aims=[{"measure": "schools", "at_least": 12, "says": "At least 12 schools.", "section": "H"}],
                finance={"card": "c-1", "inputs": {"schools": {"from": "schools"}}},
                evaluation={
                    "duties": [
                        {
                            "slug": "lead-report",
                            "title": "Report of the lead",
                            "by": "lead",
                            "kind": "report",
                            "due": {"when": "At the end"},
                            "outcome_kinds": ["professional_learning"],
                        }
                    ]
                },
            ),
            a_project("C-2", participation={"kind": "one_of_set", "choice": "early-offer"}),
            a_project(
                "C-3",
                kind="programme",
                phases=["early_years", "primary"],
                participants={"unit": "person", "title": "teacher"},
                strands=[
                    {
                        "slug": "early-years",
                        "title": "Early years",
                        "phases": ["early_years"],
                        "size": {"participants_of_group": {"maximum": 40}},
                    },
                    {"slug": "primary", "title": "Primary", "phases": ["primary"]},
                ],
                size={
                    "groups_of_hub": {"maximum": 5, "says": "No more than five cohorts in the first plan."},
                    "participants_of_group": {"average": 15, "is_limit": False},
                    "hub_limits_until": "first_agreement",
                },
                consequences=[{"kind": "does_not_count", "target": "schools", "says": "Counted elsewhere."}],
            ),
        ],
    }


def as_file(content: JSON) -> str:
    """The file that a person would edit."""
    return write_yaml(NetworkFile.model_validate(content))


class Team:
    """Two people of the national team, and what they send."""

    def __init__(self, harness: ServiceHarness, organisation: str = "ncce") -> None:
        self.harness = harness
        self.organisation_id = national_team_id(organisation)
        self.lead = staff("network_lead", organisation_id=self.organisation_id)
        self.second = staff("network_lead", organisation_id=self.organisation_id)

    async def propose(self, text: str, by: Principal | None = None, **head: str) -> httpx.Response:
        """A file, for a reason."""
        client = await self.harness.client(by or self.lead, **a_fresh_key())
        query = {"reason": "Agreed by the team."} | head
        return await client.post("/v1/network-proposals", params=query, content=text)

    async def decide(self, proposal_id: str, by: Principal | None = None, outcome: str = "approved") -> httpx.Response:
        """What the second person says."""
        client = await self.harness.client(by or self.second, **a_fresh_key())
        body = {"outcome": outcome, "reason": "Compared with the source."}
        return await client.post(f"/v1/network-proposals/{proposal_id}/decision", json=body)

    async def bring_into_force(self, content: JSON) -> None:
        """Proposed and approved."""
        proposed = await self.propose(as_file(content))
        assert proposed.status_code == 201, proposed.text
        approved = await self.decide(proposed.json()["id"])
        assert approved.status_code == 200, approved.text

    async def set_hub(self, hub_id: UUID, version: int = 0, **part: Any) -> httpx.Response:
        """A hub's part in the network."""
        client = await self.harness.client(self.lead, **{"If-Match": f'"{version}"'})
        return await client.put(f"{PATH}/hubs/{hub_id}", json={"joined_on": "2026-09-01"} | part)


async def a_plan(harness: ServiceHarness, hub_id: UUID) -> str:
    """An empty plan, begun by the hub's lead."""
    client = await harness.client(staff("hub_lead", organisation_id=hub_id), **a_fresh_key())
    wanted = {"network": SLUG, "project_year": YEAR, "hub_id": str(hub_id)}
    begun = await client.post("/v1/hub-plans", json=wanted)
    assert begun.status_code == 201, begun.text
    return str(begun.json()["id"])


async def of_a_network(harness: ServiceHarness, hub_id: UUID, callers: dict[str, Principal]) -> dict[str, str]:
    """A network with a hub and an open proposal, its team and that of another."""
    team = Team(harness)
    callers["team's lead"], callers["team's second lead"] = team.lead, team.second
    callers["team's evaluator"] = staff("lead_evaluator", organisation_id=team.organisation_id)
    callers["another team's lead"] = Team(harness, "ncetm").lead
    callers["another team's evaluator"] = staff("lead_evaluator", organisation_id=national_team_id("ncetm"))
    await team.bring_into_force(a_network())
    joined = await team.set_hub(hub_id)
    proposed = await team.propose(as_file(a_network(title="Coding clubs")))
    assert (joined.status_code, proposed.status_code) == (200, 201), (joined.text, proposed.text)
    plan_id = await a_plan(harness, hub_id)
    return {
        "hub_plan_id": plan_id,
        "network": SLUG,
        "project_year": YEAR,
        "project_id": id_of("C-1"),
        "network_proposal_id": proposed.json()["id"],
    }


def id_of(code: str) -> str:
    """The project's identifier."""
    return str(project_id(SLUG, YEAR, code))
