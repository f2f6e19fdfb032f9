"""Schools apply all at once, over sockets, while their hub selects: no group, hub or network has more than it may."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from builders import GATEWAY_SIGNER, a_teacher
from chassis.ids import new_id
from chassis.principal import HEADER, Principal, sign_principal
from harness import ServiceHarness
from hubs_projects import Projects, a_school
from ncce_cli.broker import RunningBroker
from real_parts import RunningProcess

GROUPS, OF_GROUP, OF_NETWORK = 4, 8, 30
PATH = "/v1/project-applications"
PROCESSES = 2
PATIENCE_SECONDS = 500


@pytest.fixture
async def projects(hubs: ServiceHarness) -> Projects:
    return await Projects.build(hubs)


@pytest.fixture
async def serving(projects: Projects, broker: RunningBroker, tmp_path: Path) -> AsyncIterator[list[RunningProcess]]:
    """`python -m hubs serve` twice on the projects' database."""
    address = projects.service.settings.database_url.get_secret_value()
    settings = {"HUBS_DATABASE_URL": address, "NATS_URL": broker.url}
    running = [
        RunningProcess(["serve"], settings, tmp_path / f"serve-{number}.log", "hubs") for number in range(PROCESSES)
    ]
    yield [await one.ready() for one in running]
    for one in running:
        one.stop()


async def send(client: httpx.AsyncClient, caller: Principal, path: str, body: Any) -> httpx.Response:
    """A request of a client that asks a busy platform again."""
    statement = sign_principal(caller, GATEWAY_SIGNER, "hubs", lifetime_seconds=PATIENCE_SECONDS)
    headers = {HEADER: statement, "Idempotency-Key": str(new_id())}
    while True:
        answer = await client.post(path, json=body, headers=headers)
        if answer.status_code != 503:
            return answer


@pytest.mark.parametrize(
    "schools", [pytest.param(40, id="some"), pytest.param(1000, id="applications", marks=pytest.mark.campaign)]
)
async def test_schools_that_apply_at_once_never_break_a_limit(
    projects: Projects, serving: list[RunningProcess], schools: int
) -> None:
    size = {"schools_of_group": {"maximum": OF_GROUP}, "schools_of_network": {"maximum": OF_NETWORK}}
    project = await projects.project(size=size)
    groups = [(await projects.group(project)).rpartition("/")[2] for _ in range(GROUPS)]
    urns = [f"{910000 + number}" for number in range(schools)]
    async with projects.service.session() as session:
        session.add_all(a_school(urn) for urn in urns)
    wish = {"project_id": str(project), "hub_id": str(projects.hub_id)}
    limits = httpx.Limits(max_connections=schools, max_keepalive_connections=0)

    async def go(client: httpx.AsyncClient, number: int, urn: str) -> int:
        """One school applies, and is offered a place in each group in turn until one has room."""
        made = await send(client, a_teacher(urn), PATH, wish)
        assert made.status_code == 201, made.text
        statuses = []
        for step in range(GROUPS):
            body = {"outcome": "selected", "group_id": groups[(number + step) % GROUPS]}
            answer = await send(client, projects.staff(), f"{PATH}/{made.json()['id']}/selection", body)
            assert answer.status_code in (200, 409), answer.text
            statuses.append(answer.status_code)
            if answer.status_code == 200:
                break
        return statuses[-1]

    async with AsyncExitStack() as open_ones:
        clients = [
            await open_ones.enter_async_context(
                httpx.AsyncClient(base_url=one.url, timeout=PATIENCE_SECONDS, limits=limits)
            )
            for one in serving
        ]
        ends = await asyncio.gather(*(go(clients[number % PROCESSES], number, urn) for number, urn in enumerate(urns)))
    assert ends.count(200) == OF_NETWORK
    async with projects.service.session() as session:
        counted = (await session.execute(text("SELECT schools FROM project_group"))).scalars().all()
        inside = (await session.execute(text("SELECT count(*) FROM group_school GROUP BY group_id"))).scalars().all()
        selected = await session.scalar(text("SELECT count(*) FROM project_application WHERE status = 'selected'"))
        tally = await session.scalar(text("SELECT schools FROM project_tally WHERE scope = 'network'"))
    assert sorted(counted) == sorted(inside)
    assert max(counted) <= OF_GROUP
    assert sum(counted) == selected == tally == OF_NETWORK
