"""A document of a group whose writer dies, stands still or fails between the file and its row is kept once."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from chassis import clock
from evidence_files import a_pdf
from hubs.app import SERVICE
from hubs.group_documents.service import storage_in
from hubs.group_documents.sweeping import sweep
from hubs.settings import Settings
from real_parts import RunningProcess, somebody_waits, until
from space_steps import Space
from worlds import StartService

KEPT = "group_document.kept"
NO_BROKER = "nats://127.0.0.1:1"
GIVEN = {"file": ("plan.pdf", a_pdf())}

Start = Callable[[str], RunningProcess]


@pytest.fixture
async def space(start_service: StartService, tmp_path: Path) -> Space:
    """A group whose documents go into a directory that processes share."""
    return await Space.build(await start_service(SERVICE, document_directory=tmp_path / "documents"))


@pytest.fixture
def troubled(space: Space, tmp_path: Path) -> Iterator[Start]:
    """Starts a process of hubs that the point befalls in the way that is named."""
    started = []

    def start(how: str) -> RunningProcess:
        settings = {
            "HUBS_DATABASE_URL": space.projects.service.settings.database_url.get_secret_value(),
            "HUBS_DOCUMENT_DIRECTORY": str(tmp_path / "documents"),
            "HUBS_FAULT_POINT": f"{KEPT}:{how}",
            "NATS_URL": NO_BROKER,
            "PYTHONPATH": os.pathsep.join(one for one in sys.path if one),
        }
        started.append(RunningProcess(["serve"], settings, tmp_path / f"{how}.log", module="hubs"))
        return started[-1]

    yield start
    for process in started:
        process.process.kill()
        process.process.wait()


def path_of(space: Space) -> str:
    return f"/v1/group-documents/{space.group_id}"


def files(tmp_path: Path) -> list[Path]:
    return [one for one in (tmp_path / "documents").rglob("*") if one.is_file()]


async def listed(space: Space) -> list[dict[str, str]]:
    client = await space.projects.service.client(space.kim)
    found: list[dict[str, str]] = (await client.get(path_of(space))).json()["data"]
    return found


async def swept(space: Space) -> tuple[int, int]:
    """What the sweeper removes two hours later."""
    service = space.projects.service
    assert isinstance(service.settings, Settings)
    return await sweep(service.database, storage_in(service.settings), clock.now() + timedelta(hours=2))


async def assert_kept_once(space: Space, tmp_path: Path) -> None:
    """One row, and in the directory its file alone once all was swept that nobody needs."""
    await swept(space)
    [told] = await listed(space)
    assert [one.name for one in files(tmp_path)] == [told["sha256"]]
    client = await space.projects.service.client(space.noor)
    assert (await client.get(f"{path_of(space)}/files/{told['id']}")).content == a_pdf()


async def test_a_process_killed_between_a_document_and_its_row_leaves_an_orphan_to_the_sweeper(
    space: Space, troubled: Start, tmp_path: Path
) -> None:
    dying = await troubled("kill").ready()
    async with dying.client(space.kim) as client:
        with pytest.raises(httpx.TransportError):
            await client.post(path_of(space), files=GIVEN)
    assert await dying.ended() == -signal.SIGKILL
    assert await listed(space) == []
    assert len(files(tmp_path)) == 1
    assert await swept(space) == (0, 1)
    assert files(tmp_path) == []
    again = await (await space.projects.service.client(space.kim)).post(path_of(space), files=GIVEN)
    assert again.status_code == 201, again.text
    await assert_kept_once(space, tmp_path)


async def test_a_document_whose_writer_stands_still_is_kept_once_by_whoever_gave_it(
    space: Space, troubled: Start, tmp_path: Path
) -> None:
    hanging = await troubled("hang").ready()
    service = space.projects.service
    another = await service.client(space.noor)
    async with hanging.client(space.kim) as client:
        first = asyncio.create_task(client.post(path_of(space), files=GIVEN))
        await hanging.stands_still()
        second = asyncio.create_task(another.post(path_of(space), files=GIVEN))
        await until(lambda: somebody_waits(service))
        assert not second.done()
        hanging.go_on()
        answers = await asyncio.gather(first, second)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    await assert_kept_once(space, tmp_path)


async def test_a_document_that_fails_before_its_row_is_kept_when_it_is_given_again(
    space: Space, troubled: Start, tmp_path: Path
) -> None:
    failing = await troubled("error").ready()
    async with failing.client(space.kim) as client:
        assert (await client.post(path_of(space), files=GIVEN)).status_code >= 500
        assert await listed(space) == []
        assert (await client.post(path_of(space), files=GIVEN)).status_code == 201
    await assert_kept_once(space, tmp_path)
