"""A network with projects of a test's own making, its hubs, schools and people, and steps that tests share."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx

from builders import a_fresh_key, a_school_lead, a_teacher, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from evidence_files import a_pdf
from harness import ServiceHarness
from hubs.academic_years import academic_year_of
from hubs.group_organisations.models import GroupOrganisation
from hubs.networks.models import Network, NetworkHub
from hubs.project_leads.models import ProjectLead
from hubs.projects.decisions import decide
from hubs.projects.document import ProjectDocument
from hubs.projects.facts import Known
from hubs.projects.models import Project, ProjectVersion
from hubs.schools.models import School, SchoolPhase
from hubs.teachers.models import Teacher
from hubs_network import a_hub

TODAY = clock.today()
YEAR = academic_year_of(TODAY)
SENDS_DELEGATES: dict[str, Any] = {
    "kind": "community",
    "participants": {"unit": "person", "title": "member"},
    "leads": {"attendance": [{"activity": "workshops", "delegates": 2}]},
    "activities": [
        {
            "slug": "workshops",
            "kind": "workshop",
            "title": "National workshop",
            "audience": "delegates",
            "per": "network",
            "led_by": "national_team",
            "occasions": [{"title": "Autumn workshop", "when": "Not dated"}],
        }
    ],
}
"""A project that sends two delegates of each hub to a workshop."""


def a_document(code: str = "26-11", **parts: Any) -> ProjectDocument:
    """A project that counts schools, without limits unless a test sets them."""
    inputs = {"schools": {"from": "schools"}, "work_groups": {"from": "groups"}}
    facts = {
        "code": code,
        "title": f"Project {code}",
        "project_year": YEAR,
        "phases": ["primary"],
        "kind": "work_group",
        "participation": {"kind": "optional"},
        "sections": {"summary": "A project for tests."},
        "participants": {"unit": "school", "title": "school"},
        "finance": {"card": code.lower(), "inputs": inputs},
        "source": "Invented for tests",
    }
    return ProjectDocument.model_validate(facts | parts)


def a_school(urn: str, phase: SchoolPhase = "primary", **facts: Any) -> School:
    """An open school in the register; those whose number ends in 7 or more are secondary schools."""
    return School(
        **{
            "urn": urn,
            "name": f"School {urn} (synthetic)",
            "phase": "secondary" if phase == "primary" and urn[-1] in "789" else phase,
            "establishment_type": 1,
            "is_open": True,
            "country": "England",
            "is_state_funded": True,
            "source": "invented for tests",
            "as_of_on": date(2026, 9, 1),
        }
        | facts
    )


@dataclass
class Projects:
    """A network of two hubs, synthetic schools in the register, and whoever acts there."""

    service: ServiceHarness
    hub_id: UUID = field(default_factory=new_id)
    other_hub_id: UUID = field(default_factory=new_id)
    team_id: UUID = field(default_factory=new_id)

    @classmethod
    async def build(cls, service: ServiceHarness) -> "Projects":
        """Lay it out in an empty database."""
        made = cls(service)
        async with service.session() as session:
            session.add_all([a_hub(made.hub_id, "moorland"), a_hub(made.other_hub_id, "coastal")])
            session.add_all(a_school(f"90000{number}") for number in range(1, 10))
            session.add(
                Network(
                    slug="clubs",
                    title="Clubs",
                    subject="computing",
                    national_team="ncce",
                    national_team_id=made.team_id,
                )
            )
            await session.flush()
            session.add_all(
                NetworkHub(network_slug="clubs", project_year=YEAR, hub_id=one, joined_on=date(2020, 9, 1), version=1)
                for one in (made.hub_id, made.other_hub_id)
            )
        return made

    async def project(self, code: str = "26-11", network: str = "clubs", **parts: Any) -> UUID:
        """A project in force, by its id."""
        written = a_document(code, **parts)
        project = Project(
            id=new_id(),
            network_slug=network,
            project_year=written.project_year,
            code=written.code,
            title=written.title,
            kind=written.kind,
            participation=written.participation.kind,
            phases=list(written.phases),
            card=written.finance.card if written.finance else None,
            number=1,
        )
        async with self.service.session() as session:
            session.add(project)
            await session.flush()
            session.add(
                ProjectVersion(
                    project_id=project.id,
                    number=1,
                    document=written.model_dump(mode="json", by_alias=True, exclude_none=True),
                    checksum="0" * 64,
                    in_force_at=clock.now(),
                )
            )
        return project.id

    def staff(self, hub_id: UUID | None = None) -> Principal:
        """A hub's lead, the first hub's unless said otherwise."""
        return staff("hub_lead", organisation_id=hub_id or self.hub_id)

    def national(self, role: str = "network_lead") -> Principal:
        """Somebody of the national team."""
        return staff(role, organisation_id=self.team_id)

    async def teacher(self, urn: str, *, leads_school: bool = False) -> Principal:
        """A registered teacher of a school, who speaks for it or not."""
        caller = a_school_lead(urn) if leads_school else a_teacher(urn)
        async with self.service.session() as session:
            session.add(Teacher(id=caller.id, school_urn=urn, phase="primary", sequence=1))
        return caller

    async def lead(self, project_id: UUID, person_id: UUID | None = None, **facts: Any) -> ProjectLead:
        """An accepted lead of a project at the first hub."""
        made = ProjectLead(
            **{
                "id": new_id(),
                "project_id": project_id,
                "project_version": 1,
                "network": "clubs",
                "project_code": "26-11",
                "project_year": YEAR,
                "hub_id": self.hub_id,
                "person_id": person_id or new_id(),
                "experience": "new",
                "status": "accepted",
                "declarations": [],
                "overrides": [],
                "decision": decide(None, Known()).model_dump(mode="json"),
                "proposed_at": clock.now(),
                "proposed_by": new_id(),
                "decided_at": clock.now(),
                "decided_by": new_id(),
            }
            | facts
        )
        async with self.service.session() as session:
            session.add(made)
        return made

    async def call(
        self, method: str, path: str, by: Principal | None = None, body: Any = None, if_match: str | None = None
    ) -> httpx.Response:
        """A request, by the first hub's lead unless said otherwise."""
        headers = a_fresh_key() | ({"If-Match": if_match} if if_match else {})
        client = await self.service.client(by or self.staff(), **headers)
        return await client.request(method, path, json=body)

    async def form(self, project_id: UUID, hub_id: UUID | None = None, **facts: Any) -> httpx.Response:
        """A group formed by its hub's lead."""
        wanted = {
            "project_id": str(project_id),
            "hub_id": str(hub_id or self.hub_id),
            "title": "The valley's group",
            "starts_on": str(TODAY),
            "ends_on": str(TODAY + timedelta(days=200)),
        }
        return await self.call("POST", "/v1/groups", self.staff(hub_id), wanted | facts)

    async def group(self, project_id: UUID, hub_id: UUID | None = None, **facts: Any) -> str:
        """A formed group's path."""
        answer = await self.form(project_id, hub_id, **facts)
        assert answer.status_code == 201, answer.text
        return f"/v1/groups/{answer.json()['id']}"

    async def add_schools(self, group: str, *urns: str, by: Principal | None = None) -> list[int]:
        """Schools taken in one after the other; the status of each answer."""
        return [(await self.call("POST", f"{group}/schools", by, {"urn": urn})).status_code for urn in urns]

    async def add_person(
        self, group: str, person: Principal, urn: str | None, by: Principal | None = None, **facts: Any
    ) -> httpx.Response:
        """A person taken in."""
        return await self.call("POST", f"{group}/participants", by, {"person_id": str(person.id), "urn": urn, **facts})

    async def step(self, group: str, to: str, by: Principal | None = None, reason: str | None = None) -> httpx.Response:
        """A group's next step, today."""
        return await self.call("POST", f"{group}/steps", by, {"to": to, "on": str(TODAY), "reason": reason})


async def of_a_group(
    harness: ServiceHarness, project_id: str, hub_id: UUID, callers: dict[str, Principal]
) -> dict[str, str]:
    """A group of a project in somebody else's network: two schools, a person of the first, a lead, a session."""
    projects = Projects(harness, hub_id)
    callers["lead of the group"] = a_teacher("900019")
    owner = callers["owner"]
    async with harness.session() as session:
        session.add(Teacher(id=owner.id, school_urn="900001", phase="primary", sequence=1))
    group = await projects.group(UUID(project_id))
    assert await projects.add_schools(group, "900001", "900003") == [201, 201]
    person = await projects.add_person(group, owner, "900001")
    facts: dict[str, Any] = {"network": "code-clubs", "project_code": "C-1", "project_year": "2026-27"}
    lead = await projects.lead(UUID(project_id), callers["lead of the group"].id, **facts)
    leads = await projects.call("POST", f"{group}/leads", body={"lead_id": str(lead.id)})
    wanted = {"kind": "session", "title": "Workshop 1", "starts_on": str(TODAY), "minutes": 180}
    session_planned = await projects.call("POST", f"{group}/activities", body=wanted)
    schools = (await projects.call("GET", f"{group}/schools")).json()["data"]
    interest = {"project_id": project_id, "hub_id": str(hub_id), "interest_only": True}
    applied = await projects.call("POST", "/v1/project-applications", owner, interest)
    organisation = GroupOrganisation(
        id=new_id(),
        group_id=UUID(group.rpartition("/")[2]),
        project_id=UUID(project_id),
        organisation_id=new_id(),
        name="Teacher training partnership",
        joined_on=TODAY,
        recorded_by=new_id(),
    )
    async with harness.session() as session:
        session.add(organisation)
    return {
        "group_organisation_id": str(organisation.id),
        "project_application_id": applied.json()["id"],
        "group_id": group.rpartition("/")[2],
        "group_school_id": schools[1]["id"],
        "participant_id": person.json()["id"],
        "group_lead_id": leads.json()["id"],
        "lead_id": str(lead.id),
        "activity_id": session_planned.json()["id"],
        "group_document_id": await _a_document(projects, group.rpartition("/")[2], owner),
        **await _of_a_space(projects, f"/v1/group-spaces/{group.rpartition('/')[2]}", owner, callers),
    }


async def _a_document(projects: Projects, group_id: str, owner: Principal) -> str:
    """A file that one of the group gave."""
    client = await projects.service.client(owner)
    given = await client.post(f"/v1/group-documents/{group_id}", files={"file": ("plan.pdf", a_pdf())})
    return str(given.json()["id"])


async def _of_a_space(
    projects: Projects, space: str, author: Principal, callers: dict[str, Principal]
) -> dict[str, str]:
    """A topic with an answer of the same author, and a report of that."""
    begun = await projects.call("POST", f"{space}/topics", author, {"title": "Sorting", "text": "What do you use?"})
    topic_id = begun.json()["id"]
    post = await projects.call("POST", f"{space}/topics/{topic_id}/posts", author, {"text": "Ours is sorting cards."})
    reports = f"{space}/posts/{post.json()['id']}/reports"
    report = await projects.call("POST", reports, callers["lead of the group"], {"kind": "off_topic"})
    return {"topic_id": topic_id, "post_id": post.json()["id"], "post_report_id": report.json()["id"]}
