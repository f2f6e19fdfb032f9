"""Every read of networks by everybody who may call: exactly the rows that are theirs, one by one.

Two networks of two national teams share a hub. Each of three groups has schools, people, a lead, an application, a
report and a topic of its own, so whatever somebody sees can be told by the group it belongs to: `moor` and `coast` are
groups of the first network at its two hubs, `kits` is one of the second network at the first hub.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from builders import a_school_lead, a_teacher, staff
from chassis.ids import new_id
from chassis.principal import Principal
from chassis.service import describe
from evidence_files import a_pdf
from harness import Databases, ServiceHarness, settings_for
from hubs.app import SERVICE
from hubs.groups.models import GroupLead, ProjectGroup
from hubs.networks.documents import project_id
from hubs.networks.models import NetworkHub
from hubs.teachers.models import Teacher
from hubs_network import a_hub
from hubs_projects import TODAY, YEAR, Projects, a_school
from network_steps import Team, a_network, a_project
from report_steps import a_report

GROUPS = ("moor", "coast", "kits")
DUTY = {
    "slug": "lead-report",
    "title": "Report of the lead",
    "by": "lead",
    "kind": "report",
    "due": {"when": "At the end"},
    "outcome_kinds": ["professional_learning"],
}


@dataclass
class Networks:
    """Who may call, and the name of everything that has an identifier."""

    projects: Projects
    callers: dict[str, Principal] = field(default_factory=dict)
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    """Identifiers by their path parameter, by group."""
    names: dict[str, str] = field(default_factory=lambda: {"1": "first"})
    """Rows by identifier."""

    def path_of(self, route: str, group: str) -> str:
        """A route of something of a group."""
        asked = "?q=use" if route.endswith("/posts") and "topics" not in route else ""
        return route.format(**{parameter: by_group[group] for parameter, by_group in self.ids.items()}) + asked

    def note(self, parameter: str, group: str, identifier: object, name: str = "") -> None:
        """Something of a group."""
        self.ids.setdefault(parameter, {})[group] = str(identifier)
        self.names[str(identifier)] = name or group

    async def see(self, caller: str, path: str) -> str:
        """The names of the rows of an answer, `yes` where it has none; `-` for what is not found, or the refusal."""
        answer = await self.projects.call("GET", path, self.callers[caller])
        if answer.status_code != 200:
            code = str(answer.json()["code"])
            return "-" if code.endswith("-not-found") else code
        if not answer.headers["content-type"].startswith("application/json"):
            return "yes"
        rows = answer.json().get("data") if isinstance(answer.json(), dict) else None
        return "yes" if rows is None else " ".join(sorted(self.name_of(row) for row in rows)) or "none"

    def name_of(self, row: Any) -> str:
        """A row by its identifier, or that of its group."""
        keys = [str(row.get(one)) for one in ("id", "participant_id", "person_id", "group_id", "revision")]
        return next((self.names[one] for one in keys if one in self.names), f"?{row}")


async def a_group(
    here: Networks, name: str, project_id: UUID, hub_id: UUID, people: dict[str, str], network: str
) -> None:
    """One group with everything that somebody could read of it."""
    projects = here.projects
    lead = here.callers[f"lead of {name}"] = a_teacher("900009")
    here.names[str(lead.id)] = f"lead of {name}"
    path = await projects.group(project_id, hub_id)
    group_id = path.rpartition("/")[2]
    here.note("group_id", name, group_id)
    keeper = projects.staff(hub_id)
    assert await projects.add_schools(path, *people.values(), by=keeper) == [201] * len(people)
    for person, urn in people.items():
        caller = here.callers[person] = a_teacher(urn)
        here.names[str(caller.id)] = person
        async with projects.service.session() as session:
            session.add(Teacher(id=caller.id, school_urn=urn, phase="primary", sequence=1))
        added = await projects.add_person(path, caller, urn, keeper)
        here.names[added.json()["id"]] = person
    facts = {"network": network, "hub_id": hub_id, "project_code": "26-11"}
    named = await projects.lead(project_id, lead.id, **facts)
    here.note("lead_id", name, named.id)
    led = {"lead_id": named.id, "person_id": lead.id, "experience": "new", "since_on": TODAY}
    async with projects.service.session() as session:
        started = update(ProjectGroup).where(ProjectGroup.id == UUID(group_id))
        await session.execute(started.values(status="running", began_on=TODAY))
        session.add(GroupLead(id=new_id(), group_id=UUID(group_id), recorded_by=new_id(), **led))
    await _of_the_group(here, name, path, keeper, next(iter(people)))
    await _of_the_project(here, name, project_id, hub_id, network)


async def _of_the_project(here: Networks, name: str, project_id: UUID, hub_id: UUID, network: str) -> None:
    """A school that would like to take part, and the hub's plan."""
    applicant = here.callers[f"applicant to {name}"] = a_school_lead("900006" if name == "coast" else "900005")
    wanted = {"project_id": str(project_id), "hub_id": str(hub_id), "declarations": []}
    applied = await here.projects.call("POST", "/v1/project-applications", applicant, wanted)
    assert applied.status_code == 201, applied.text
    here.note("project_application_id", name, applied.json()["id"])
    planned = {"network": network, "project_year": YEAR, "hub_id": str(hub_id)}
    plan = await here.projects.call("POST", "/v1/hub-plans", here.projects.staff(hub_id), planned)
    here.note("hub_plan_id", name, plan.json()["id"])


async def _of_the_group(here: Networks, name: str, path: str, keeper: Principal, person: str) -> None:
    """What its people, lead and hub have written."""
    projects, group_id = here.projects, path.rpartition("/")[2]
    for row in (await projects.call("GET", f"{path}/schools", keeper)).json()["data"]:
        here.names[row["id"]] = row["urn"]
    for row in (await projects.call("GET", f"{path}/leads", keeper)).json()["data"]:
        here.names[row["id"]] = f"lead of {name}"
    wanted = {"kind": "session", "title": "Workshop 1", "starts_on": str(TODAY), "minutes": 180}
    here.note("activity_id", name, (await projects.call("POST", f"{path}/activities", keeper, wanted)).json()["id"])
    here.note("project_report_id", name, await a_report(projects.service, group_id))
    space, author = f"/v1/group-spaces/{group_id}", here.callers[person]
    client = await projects.service.client(author)
    given = await client.post(f"/v1/group-documents/{group_id}", files={"file": ("plan.pdf", a_pdf())})
    here.note("group_document_id", name, given.json()["id"])
    topic = await projects.call("POST", f"{space}/topics", author, {"title": "Sorting", "text": "What do you use?"})
    here.note("topic_id", name, topic.json()["id"])
    [post] = (await projects.call("GET", f"{space}/topics/{topic.json()['id']}/posts", author)).json()["data"]
    here.note("post_id", name, post["id"])
    told = await projects.call(
        "POST", f"{space}/posts/{post['id']}/reports", here.callers[f"lead of {name}"], {"kind": "off_topic"}
    )
    here.names[told.json()["id"]] = name


async def a_team(here: Networks, slug: str, organisation: str, hub_ids: list[UUID]) -> UUID:
    """A network with one project, in force; the project."""
    projects = [a_project("26-11", project_year=YEAR, evaluation={"duties": [DUTY]})]
    about = {"slug": slug, "title": slug, "national_team": organisation, "project_year": YEAR, "choices": []}
    team = Team(here.projects.service, organisation)
    await team.bring_into_force(a_network(**about) | {"projects": projects})
    async with here.projects.service.session() as session:
        session.add_all(
            NetworkHub(network_slug=slug, project_year=YEAR, hub_id=one, joined_on=date(2020, 9, 1), version=1)
            for one in hub_ids
        )
    here.callers[f"team of {slug}"] = team.lead
    here.callers[f"evaluator of {slug}"] = staff("lead_evaluator", organisation_id=team.organisation_id)
    return project_id(slug, YEAR, "26-11")


@pytest.fixture(scope="module")
async def here(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Networks]:
    """Made once: these tests only read."""
    url = await databases.of(SERVICE)
    directory = tmp_path_factory.mktemp("documents")
    harness = ServiceHarness(SERVICE, settings_for(SERVICE, url, document_directory=directory))
    projects = Projects(harness)
    here = Networks(projects)
    async with harness.session() as session:
        session.add_all([a_hub(projects.hub_id, "moorland"), a_hub(projects.other_hub_id, "coastal")])
        session.add_all(a_school(f"90000{number}") for number in range(1, 10))
    clubs = await a_team(here, "clubs", "ncce", [projects.hub_id, projects.other_hub_id])
    kits = await a_team(here, "kits", "ncetm", [projects.hub_id])
    await a_group(here, "moor", clubs, projects.hub_id, {"kim": "900001", "noor": "900002"}, "clubs")
    await a_group(here, "coast", clubs, projects.other_hub_id, {"ann": "900003"}, "clubs")
    await a_group(here, "kits", kits, projects.hub_id, {"pat": "900004"}, "kits")
    here.callers |= {
        "head of kim's school": a_school_lead("900001"),
        "stranger": a_teacher("900008"),
        "moor hub's lead": projects.staff(),
        "coast hub's lead": projects.staff(projects.other_hub_id),
        "administrator": staff("administrator"),
        "auditor": staff("auditor"),
    }
    yield here
    await harness.close()
    await databases.drop(url)


ALL = frozenset(GROUPS)
WHO = {
    "stranger": frozenset[str](),
    "applicant to moor": frozenset[str](),
    "kim": frozenset[str](),
    "head of kim's school": frozenset[str](),
    "lead of moor": frozenset[str](),
    "moor hub's lead": frozenset({"moor", "kits"}),
    "coast hub's lead": frozenset({"coast"}),
    "team of clubs": frozenset({"moor", "coast"}),
    "evaluator of clubs": frozenset({"moor", "coast"}),
    "team of kits": frozenset({"kits"}),
    "administrator": ALL,
    "auditor": ALL,
}
"""Of which groups somebody sees everything by their office; below, what others see of theirs."""
MOOR = frozenset({"moor"})
HUBS_STAFF = ("moor hub's lead", "coast hub's lead")
OVERSIGHT = WHO | {"lead of moor": MOOR}
GROUP = OVERSIGHT | {"kim": MOOR, "head of kim's school": MOOR}
APPLICATION = WHO | {"applicant to moor": frozenset({"moor", "kits"})}
SPACE = {one: WHO[one] if one in HUBS_STAFF else frozenset[str]() for one in WHO} | {"kim": MOOR, "lead of moor": MOOR}
DOCUMENTS = OVERSIGHT | {"kim": MOOR}
MODERATION = SPACE | {"kim": frozenset[str]()}
LISTS = {
    "/v1/groups": GROUP,
    "/v1/project-applications": APPLICATION,
    "/v1/project-leads": OVERSIGHT,
    "/v1/project-reports": OVERSIGHT,
    "/v1/group-spaces": SPACE,
    "/v1/hub-plans": WHO,
}
OBJECTS = {
    "/v1/groups/{group_id}": GROUP,
    "/v1/groups/{group_id}/activities/{activity_id}": GROUP,
    "/v1/project-leads/{lead_id}": OVERSIGHT,
    "/v1/project-applications/{project_application_id}": APPLICATION,
    "/v1/hub-plans/{hub_plan_id}": WHO,
    "/v1/project-reports/{project_report_id}": OVERSIGHT,
    "/v1/group-documents/{group_id}/files/{group_document_id}": DOCUMENTS,
    "/v1/group-spaces/{group_id}/topics/{topic_id}": SPACE,
    "/v1/group-spaces/{group_id}/posts/{post_id}": SPACE,
}
SCHOOLS = {"moor": "900001 900002", "kits": "900004"}
PEOPLE = {"moor": "kim noor", "kits": "pat"}
LEADS = {"moor": "lead of moor", "kits": "lead of kits"}
CONTACTS = {"moor": "kim lead of moor noor", "kits": "lead of kits pat"}
ITSELF = {"moor": "moor", "kits": "kits"}
NONE = {"moor": "none", "kits": "none"}
FIRST = {"moor": "first", "kits": "first"}
ROWS = {
    "/v1/groups/{group_id}/schools": (GROUP, SCHOOLS),
    "/v1/groups/{group_id}/participants": (GROUP, PEOPLE),
    "/v1/groups/{group_id}/leads": (GROUP, LEADS),
    "/v1/groups/{group_id}/contacts": (OVERSIGHT, CONTACTS),
    "/v1/groups/{group_id}/activities": (GROUP, ITSELF),
    "/v1/groups/{group_id}/activities/{activity_id}/register": (GROUP, PEOPLE),
    "/v1/groups/{group_id}/delegates": (OVERSIGHT, NONE),
    "/v1/groups/{group_id}/organisations": (GROUP, NONE),
    "/v1/hub-plans/{hub_plan_id}/revisions": (WHO, FIRST),
    "/v1/group-documents/{group_id}": (DOCUMENTS, ITSELF),
    "/v1/group-spaces/{group_id}/topics": (SPACE, ITSELF),
    "/v1/group-spaces/{group_id}/topics/{topic_id}/posts": (SPACE, ITSELF),
    "/v1/group-spaces/{group_id}/posts": (SPACE, ITSELF),
    "/v1/group-spaces/{group_id}/contributions": (SPACE, NONE),
    "/v1/group-spaces/{group_id}/reports": (MODERATION, ITSELF),
    "/v1/group-spaces/{group_id}/posts/{post_id}/wordings": (MODERATION, NONE),
}
ONLY_THEMSELVES = ("kim", "head of kim's school")
"""Of the people of a group a participant sees themselves, and a school those whom it sent."""
YEAR_OF_CLUBS = f"/v1/networks/clubs/{YEAR}"
OF_MOOR, OF_COAST = ({one for one, seen in WHO.items() if group in seen} for group in ("moor", "coast"))
NATIONAL = OF_MOOR & OF_COAST
OF_NETWORK = {
    f"{YEAR_OF_CLUBS}/dashboard": NATIONAL,
    f"{YEAR_OF_CLUBS}/dashboard.csv": NATIONAL,
    f"{YEAR_OF_CLUBS}/dashboard/own": {"kim", "head of kim's school", "lead of moor"},
    f"{YEAR_OF_CLUBS}/plan": NATIONAL,
    f"{YEAR_OF_CLUBS}/plan.csv": NATIONAL,
    f"{YEAR_OF_CLUBS}/hubs/moor": OF_MOOR,
    f"{YEAR_OF_CLUBS}/hubs/moor/dashboard": OF_MOOR,
    f"{YEAR_OF_CLUBS}/hubs/coast/dashboard": OF_COAST,
    f"{YEAR_OF_CLUBS}/hubs/coast/dashboard.csv": OF_COAST,
}
SUMMED = ("/v1/project-reports/overview", "/v1/project-reports/evaluation.csv")
FOR_EVERYBODY = (
    "/v1/networks",
    "/v1/networks/{network}/{project_year}",
    "/v1/networks/{network}/{project_year}/file",
    "/v1/networks/{network}/{project_year}/hubs",
    "/v1/projects",
    "/v1/projects/{project_id}",
    "/v1/projects/{project_id}/file",
    "/v1/projects/{project_id}/versions",
)
"""What a network is, published."""
ELSEWHERE = ("/v1/dashboards", "/v1/network-proposals", "/v1/network-proposals/{network_proposal_id}")
"""Seen to in test_dashboards_api and test_networks_api."""
NOTHING = ("-", "forbidden", "not-yours-to-moderate")


@pytest.mark.parametrize("path", LISTS)
async def test_a_list_has_the_rows_of_whom_it_is_for(here: Networks, path: str) -> None:
    seen = {who: await here.see(who, path) for who in WHO}
    names = {who: " ".join(sorted(groups)) or "none" for who, groups in LISTS[path].items()}
    assert {who: found.replace("forbidden", "none") for who, found in seen.items()} == names


@pytest.mark.parametrize("route", OBJECTS)
async def test_one_thing_is_there_for_whom_it_is(here: Networks, route: str) -> None:
    for group in ("moor", "kits"):
        seen = {who for who in WHO if (await here.see(who, here.path_of(route, group))) not in NOTHING}
        assert seen == {who for who, groups in OBJECTS[route].items() if group in groups}, group


@pytest.mark.parametrize("route", ROWS)
async def test_everybody_gets_their_rows_of_a_group(here: Networks, route: str) -> None:
    sight, rows = ROWS[route]
    for group in ("moor", "kits"):
        found = {who: await here.see(who, here.path_of(route, group)) for who in WHO}
        wanted = {who: rows[group] for who, groups in sight.items() if group in groups}
        if rows is PEOPLE and group == "moor":
            wanted |= dict.fromkeys(ONLY_THEMSELVES, "kim")
        assert {who: one for who, one in found.items() if one not in NOTHING} == wanted, group


@pytest.mark.parametrize("path", OF_NETWORK)
async def test_figures_of_a_network_and_of_a_hub_are_for_those_who_answer_for_them(here: Networks, path: str) -> None:
    hubs = {"/hubs/moor": here.projects.hub_id, "/hubs/coast": here.projects.other_hub_id}
    called = path
    for name, hub_id in hubs.items():
        called = called.replace(name, f"/hubs/{hub_id}")
    assert {who for who in WHO if await here.see(who, called) not in NOTHING} == OF_NETWORK[path]


@pytest.mark.parametrize("path", SUMMED)
async def test_sums_of_reports_are_those_of_the_callers_networks(here: Networks, path: str) -> None:
    for who, groups in WHO.items():
        is_for = who not in HUBS_STAFF and bool(groups)
        answer = await here.projects.call("GET", f"{path}?network=clubs&project_year={YEAR}", here.callers[who])
        assert answer.status_code == (200 if is_for else 403), who
        if path.endswith("overview") and is_for:
            owed = sum(one["owed"] for one in answer.json()["projects"])
            assert owed == len(groups & {"moor", "coast"}), who


def test_no_read_of_networks_is_left_out() -> None:
    """A new one has to be put into one of the tables above."""
    tags = {
        "networks",
        "hub plans",
        "groups",
        "group documents",
        "group spaces",
        "project applications",
        "project leads",
    }
    tags |= {"project reports", "dashboards"}
    found = {
        path
        for path, operations in describe(SERVICE)["paths"].items()
        if tags & set(operations.get("get", {}).get("tags", ()))
    }
    named = {one.replace(YEAR_OF_CLUBS, "/v1/networks/{network}/{project_year}") for one in OF_NETWORK}
    named = {one.replace("/hubs/moor", "/hubs/{hub_id}").replace("/hubs/coast", "/hubs/{hub_id}") for one in named}
    assert found == {*LISTS, *OBJECTS, *ROWS, *SUMMED, *FOR_EVERYBODY, *ELSEWHERE, *named}
