"""Dashboards: every figure as it is counted by hand, as CSV, and each to whom it belongs."""

import csv
import io
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, text, update

from builders import a_school_lead, a_teacher, staff
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.funding import GroupGrantChanged
from dashboard_counts import Rows, Where, by_hand, read_everything
from harness import Databases, ServiceHarness, settings_for
from hubs.app import SERVICE
from hubs.directory.models import Hub
from hubs.group_money.models import GroupMoney
from hubs.groups.models import GroupActivity, GroupMark, GroupSchool, ProjectGroup
from hubs_projects import TODAY, YEAR, Projects
from ncce_cli.bench.dashboards import NETWORK, PATH, statements
from ncce_cli.bench.dashboards import YEAR as BENCH_YEAR

HUBS, PROJECTS, SCHOOLS = 3, 4, 2
JSON = dict[str, Any]


@dataclass
class Year:
    """A year of three hubs with four projects each."""

    service: ServiceHarness
    team_id: UUID
    hub_ids: list[UUID]
    rows: Rows

    def team(self, role: str = "network_lead") -> Principal:
        """Somebody of the national team."""
        return staff(role, organisation_id=self.team_id)

    def lead(self, number: int = 0) -> Principal:
        """A hub's lead."""
        return staff("hub_lead", organisation_id=self.hub_ids[number])

    async def get(self, caller: Principal, path: str = f"{PATH}/dashboard", status: int = 200, **query: str) -> Any:
        """What is answered."""
        reply = await (await self.service.client(caller)).get(path, params=query)
        assert reply.status_code == status, reply.text
        return reply.text if reply.headers["content-type"].startswith("text/csv") else reply.json()

    def of_hub(self, number: int = 0) -> str:
        """The path of a hub's dashboard."""
        return f"{PATH}/hubs/{self.hub_ids[number]}/dashboard"


@pytest.fixture(scope="module")
async def year(databases: Databases) -> AsyncIterator[Year]:
    """Made once: these tests only read."""
    url = await databases.of(SERVICE)
    harness = ServiceHarness(SERVICE, settings_for(SERVICE, url))
    async with harness.session() as session:
        for statement in statements(HUBS, PROJECTS, SCHOOLS):
            await session.execute(text(statement))
        team_id = await session.scalar(text("SELECT national_team_id FROM network"))
        hub_ids = list(await session.scalars(select(Hub.id).order_by(Hub.name)))
        rows = await read_everything(session)
    yield Year(harness, team_id, hub_ids, rows)
    await harness.close()
    await databases.drop(url)


def of_project(code: str) -> Where:
    return lambda project, hub_id: project == code


def of_hubs(ids: Iterable[str]) -> Where:
    known = set(ids)
    return lambda project, hub_id: str(hub_id) in known


def figures(row: JSON) -> JSON:
    return {part: row[part] for part in ("plan", "recruitment", "delivery", "reports", "money")}


async def test_every_figure_of_a_network_is_as_counted_by_hand(year: Year) -> None:
    found = await year.get(year.team())
    hubs = year.rows[Hub]
    assert figures(found["total"]) == by_hand(year.rows, lambda code, hub_id: True)
    assert len(found["projects"]) == PROJECTS
    for one in found["projects"]:
        assert figures(one) == by_hand(year.rows, of_project(one["code"])), one["code"]
    for one in found["hubs"]:
        assert figures(one) == by_hand(year.rows, of_hubs([one["hub_id"]]))
    assert [one["region"] for one in found["regions"]] == sorted({one.region for one in hubs})
    for one in found["regions"]:
        counted = by_hand(year.rows, of_hubs(str(hub.id) for hub in hubs if hub.region == one["region"]))
        assert figures(one) == counted, one["region"]
    assert sum(one["reports"] for one in found["reports_due"]) == found["total"]["reports"]["open"] > 0
    assert sum(found["plans"].values()) == HUBS
    assert all(
        sum(found["total"][part].values()) > 0 for part in ("plan", "recruitment", "delivery", "reports", "money")
    )


async def test_a_hub_sees_its_own_projects_and_groups_to_the_pound(year: Year) -> None:
    found = await year.get(year.lead(1), year.of_hub(1))
    mine = year.hub_ids[1]
    assert figures(found["total"]) == by_hand(year.rows, of_hubs([str(mine)]))
    groups = {str(one.id): one for one in year.rows[ProjectGroup] if one.hub_id == mine}
    assert {one["group_id"] for one in found["groups"]} == set(groups)
    told = [one["money"] for one in found["groups"] if one["money"]]
    assert sum(one["expected_pence"] for one in told) == found["total"]["money"]["expected_pence"] > 0
    active = [one for one in found["groups"] if one["status"] in ("running", "completed")]
    for name in ("held", "marked", "present", "schools", "participants"):
        assert sum(one[name] for one in active) == found["total"]["delivery"][name], name
    assert sum(one["reports_late"] for one in found["groups"]) == found["total"]["reports"]["late"]


@pytest.mark.parametrize("table", ["projects", "regions", "hubs"])
async def test_a_table_as_csv_says_the_same(year: Year, table: str) -> None:
    told = (await year.get(year.team()))[table]
    lines = list(csv.DictReader(io.StringIO(await year.get(year.team(), f"{PATH}/dashboard.csv", table=table))))
    assert len(lines) == len(told)
    for line, row in zip(lines, told, strict=True):
        for part, numbers in figures(row).items():
            assert {name: line[f"{part}_{name}"] for name in numbers} == {k: str(v) for k, v in numbers.items()}


async def test_groups_and_reports_as_csv_are_complete(year: Year) -> None:
    groups = list(csv.DictReader(io.StringIO(await year.get(year.team(), f"{PATH}/dashboard.csv", table="groups"))))
    assert len(groups) == HUBS * PROJECTS
    drawn = sum(one.drawn_pence for one in year.rows[GroupMoney])
    assert sum(int(one["money_drawn_pence"] or 0) for one in groups) == drawn > 0
    own = list(csv.DictReader(io.StringIO(await year.get(year.lead(), f"{year.of_hub()}.csv", table="reports"))))
    assert own
    assert set(own[0]) == {"project_code", "title", "by", "due_on", "is_late", "reports"}


async def test_evaluators_see_everything_but_money(year: Year) -> None:
    evaluator = year.team("lead_evaluator")
    found, led = await year.get(evaluator), await year.get(year.team())
    for name in ("total", "projects", "regions", "hubs"):
        rows = found[name] if name != "total" else [found[name]]
        assert all(one["money"] is None for one in rows)
    assert found["total"]["reports"] == led["total"]["reports"]
    of_hub = await year.get(evaluator, year.of_hub())
    assert of_hub["total"]["money"] is None
    assert all(one["money"] is None for one in of_hub["groups"])
    for table in ("projects", "hubs", "groups"):
        assert "money" not in (await year.get(evaluator, f"{PATH}/dashboard.csv", table=table)).splitlines()[0]


async def test_nobody_sees_a_network_or_hub_that_is_not_theirs(year: Year) -> None:
    stranger = staff("network_lead", organisation_id=new_id())
    foreign = staff("hub_lead", organisation_id=new_id())
    for path in (f"{PATH}/dashboard", f"{PATH}/dashboard.csv"):
        assert (await year.get(stranger, path, 404))["code"] == "network-not-found"
        assert (await year.get(year.lead(), path, 403))["code"] == "forbidden"
    for path in (year.of_hub(), f"{year.of_hub()}.csv"):
        for caller in (stranger, foreign, year.lead(1)):
            assert (await year.get(caller, path, 404))["code"] == "network-hub-not-found"
        assert (await year.get(a_teacher(), path, 403))["code"] == "forbidden"
    assert (await year.get(year.team(), f"/v1/networks/{NETWORK}/2001-02/dashboard", 404))[
        "code"
    ] == "network-not-found"


async def test_each_is_told_which_dashboards_are_theirs(year: Year) -> None:
    async def kinds(caller: Principal) -> list[tuple[str, str]]:
        data = (await year.get(caller, "/v1/dashboards"))["data"]
        for one in data:
            await year.get(caller, one["address"])
        return [(one["kind"], one["project_year"]) for one in data]

    assert await kinds(year.team()) == [("network", BENCH_YEAR)]
    assert await kinds(year.lead()) == [("hub", BENCH_YEAR)]
    urn = year.rows[GroupSchool][0].urn
    assert await kinds(a_school_lead(urn)) == [("own", BENCH_YEAR)]
    assert await kinds(a_teacher("900001")) == []


async def test_a_school_sees_its_own_groups_and_how_often_its_own_people_came(year: Year) -> None:
    place = next(one for one in year.rows[GroupSchool])
    found = await year.get(a_school_lead(place.urn), f"{PATH}/dashboard/own")
    mine = {str(one.group_id) for one in year.rows[GroupSchool] if one.urn == place.urn}
    assert {one["group_id"] for one in found["groups"]} == mine
    assert {one["part"] for one in found["groups"]} == {"school"}
    whole = {one["group_id"]: one for one in (await year.get(year.lead(), year.of_hub()))["groups"]}
    for one in found["groups"]:
        assert 0 <= one["marked"] <= whole[one["group_id"]]["marked"]
        assert "money" not in one
    assert sum(one["marked"] for one in found["groups"]) * SCHOOLS <= sum(one["marked"] for one in whole.values())


async def test_a_lead_sees_the_groups_they_lead_and_all_who_came(hubs: ServiceHarness) -> None:
    projects = await Projects.build(hubs)
    project_id = await projects.project()
    leader, teacher, other = a_teacher("900005"), await projects.teacher("900001"), await projects.teacher("900002")
    group, _ = await projects.group(project_id), await projects.group(project_id, projects.other_hub_id)
    await projects.add_schools(group, "900001", "900002")
    people = [
        (await projects.add_person(group, one, one.attributes["school_urn"])).json()["id"] for one in (teacher, other)
    ]
    lead = await projects.lead(project_id, leader.id)
    await projects.call("POST", f"{group}/leads", body={"lead_id": str(lead.id)})
    await projects.step(group, "running")
    meeting = {"kind": "session", "title": "Workshop", "starts_on": str(TODAY), "minutes": 60}
    activity = (await projects.call("POST", f"{group}/activities", body=meeting)).json()["id"]
    entries = [{"participant_id": one, "mark": mark} for one, mark in zip(people, ("present", "absent"), strict=True)]
    marked = await projects.call("PUT", f"{group}/activities/{activity}/register", leader, {"entries": entries})
    assert marked.status_code == 200, marked.text

    async def own(caller: Principal) -> list[tuple[str, int, int]]:
        path = f"/v1/networks/clubs/{YEAR}/dashboard/own"
        found = (await projects.call("GET", path, caller)).json()["groups"]
        return [(one["part"], one["marked"], one["present"]) for one in found]

    await _a_document(projects)
    assert await own(leader) == [("lead", 2, 1)]
    assert await own(teacher) == [("participant", 1, 1)]
    assert await own(other) == [("participant", 1, 0)]
    stranger = await projects.call("GET", f"/v1/networks/clubs/{YEAR}/dashboard/own", a_teacher("900003"))
    assert (stranger.status_code, stranger.json()["code"]) == (404, "network-not-found")


async def _a_document(projects: Projects) -> None:
    statement = (
        "INSERT INTO network_version (network_slug, project_year, number, document, checksum, in_force_at) "
        "VALUES ('clubs', :year, 1, '{}', repeat('0', 64), now())"
    )
    async with projects.service.session() as session:
        await session.execute(text(statement), {"year": YEAR})


async def test_marks_are_counted_under_their_activity_whoever_writes_them(hubs: ServiceHarness) -> None:
    async with hubs.session() as session:
        for statement in statements(1, 2, 2):
            await session.execute(text(statement))
        await session.execute(update(GroupMark).values(mark="absent").where(GroupMark.mark == "excused"))
        one = await session.scalar(select(GroupMark.activity_id).limit(1))
        await session.execute(delete(GroupMark).where(GroupMark.activity_id == one))
        counted = (
            select(
                GroupActivity.id,
                GroupActivity.people_marked,
                GroupActivity.people_present,
                func.count().filter(GroupMark.mark.in_(("present", "absent"))),
                func.count().filter(GroupMark.mark == "present"),
            )
            .outerjoin(GroupMark, GroupMark.activity_id == GroupActivity.id)
            .group_by(GroupActivity.id)
        )
        found = (await session.execute(counted)).all()
    assert sum(row[1] for row in found) > 0
    assert [row[1:3] for row in found] == [row[3:5] for row in found]


async def test_the_newest_news_of_a_groups_money_holds(hubs: ServiceHarness) -> None:
    projects = await Projects.build(hubs)
    group = (await projects.group(await projects.project())).rpartition("/")[2]
    await _a_document(projects)
    facts = {"group_id": group, "hub_id": projects.hub_id, "network": "clubs", "project_code": "26-11"}
    facts |= {"project_year": YEAR, "grant_id": new_id(), "grant_status": "accepted", "to_return_pence": 0}

    async def hear(sequence: int, drawn: int) -> None:
        sums = {"expected_pence": 900, "awarded_pence": 900, "drawn_pence": drawn, "owed_pence": 900 - drawn}
        event = GroupGrantChanged.model_validate(facts | sums | {"question_code": None})
        await hubs.deliver(event, times=2, sequence=sequence)

    await hear(2, 400)
    await hear(1, 0)
    path = f"/v1/networks/clubs/{YEAR}/hubs/{projects.hub_id}/dashboard"
    found = (await projects.call("GET", path)).json()
    assert found["total"]["money"] | {"questions": 0} == {
        "groups": 1, "expected_pence": 900, "awarded_pence": 900, "drawn_pence": 400, "owed_pence": 500,
        "to_return_pence": 0, "questions": 0,
    }  # fmt: skip
    assert found["groups"][0]["money"]["owed_pence"] == 500
