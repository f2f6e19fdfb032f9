"""Evidence and a process that is killed between the file and its row."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from builders import a_fresh_key, a_key, an_rsa_key, key_set
from certification.app import SERVICE
from certification.evidence.sweeping import sweep
from certification.settings import Settings
from certification_facts import Log
from chassis import clock
from evidence_files import a_pdf
from harness import Databases, ServiceHarness, settings_for
from real_parts import RunningProcess, somebody_waits, until

TOLD = {
    "activity": "attend-a-cas-community-meeting",
    "occurred_on": "2026-09-04",
    "description": "Led the autumn meeting of our community.",
    "as_draft": True,
}
NO_BROKER = "nats://127.0.0.1:1"


class Site:
    """Certification on a database and a directory, as a process to be killed and as what finds what is left."""

    def __init__(self, harness: ServiceHarness, directory: Path, url: str, folder: Path) -> None:
        self.harness = harness
        self.directory = directory
        self._url = url
        self._folder = folder

    def process(self, fault_point: str) -> RunningProcess:
        """A process that dies at a point."""
        settings = {
            "CERTIFICATION_DATABASE_URL": self._url,
            "CERTIFICATION_EVIDENCE_DIRECTORY": str(self.directory),
            "CERTIFICATION_FAULT_POINT": fault_point,
            "CERTIFICATION_SIGNING_KEYS": key_set(a_key("certificate"), private=True),
            "CERTIFICATION_BADGE_KEYS": key_set(an_rsa_key("rsa"), private=True),
            "NATS_URL": NO_BROKER,
            "PYTHONPATH": os.pathsep.join(one for one in sys.path if one),
        }
        log = self._folder / f"{fault_point or 'well'}.log"
        return RunningProcess(["serve"], settings, log, module="certification")

    def files(self) -> list[str]:
        """Everything in the directory, by name."""
        return sorted(str(one.relative_to(self.directory)) for one in self.directory.rglob("*") if one.is_file())


@pytest.fixture
async def site(databases: Databases, tmp_path: Path) -> AsyncIterator[Site]:
    """A seeded database and an empty directory."""
    url = await databases.of(SERVICE, seeded=True)
    directory = tmp_path / "evidence"
    harness = ServiceHarness(SERVICE, settings_for(SERVICE, url, evidence_directory=directory))
    yield Site(harness, directory, url, tmp_path)
    await harness.close()
    await databases.drop(url)


async def an_entry(site: Site) -> tuple[Log, str]:
    """A teacher's draft of a log entry; where its evidence is given."""
    log = await Log(site.harness).register()
    entry_id = (await log.post("/v1/log-entries", TOLD)).json()["id"]
    return log, f"/v1/log-entries/{entry_id}/evidence"


async def assert_kept_once(site: Site, log: Log, path: str) -> None:
    """One row, and in the directory its file alone once all was swept that nobody needs."""
    settings = site.harness.settings
    assert isinstance(settings, Settings)
    storage = settings.evidence_storage
    assert storage is not None
    await sweep(site.harness.database, storage, clock.now() + timedelta(hours=2))
    [added] = (await log.get(path))["data"]
    assert site.files() == [f"{added['sha256'][:2]}/{added['sha256']}"]
    found = await (await site.harness.client(log.teacher)).get(f"/v1/log-entries/evidence/{added['id']}")
    assert found.content == a_pdf()


POINTS = ("files.before_sync", "files.after_link", "evidence.kept")


@pytest.mark.parametrize("point", POINTS)
async def test_a_process_killed_between_file_and_row_leaves_nothing_but_an_orphan(site: Site, point: str) -> None:
    log, path = await an_entry(site)
    dying = await site.process(point).ready()
    async with dying.client(log.teacher) as client:
        with pytest.raises(httpx.TransportError):
            await client.post(path, files={"file": ("notes.pdf", a_pdf())})
    assert await dying.ended() == -signal.SIGKILL
    assert (await log.get(path))["data"] == []
    assert len(site.files()) >= 1, "the file had been begun"
    again = await (await site.harness.client(log.teacher)).post(path, files={"file": ("notes.pdf", a_pdf())})
    assert again.status_code == 201, again.text
    await assert_kept_once(site, log, path)


@pytest.mark.parametrize("point", [POINTS[1], *(pytest.param(one, marks=pytest.mark.campaign) for one in POINTS[::2])])
async def test_evidence_whose_writer_stands_still_is_kept_once_by_who_is_asked_again(site: Site, point: str) -> None:
    log, path = await an_entry(site)
    key, given = a_fresh_key(), {"file": ("notes.pdf", a_pdf())}
    hanging = await site.process(f"{point}:hang").ready()
    another = await site.harness.client(log.teacher)
    async with hanging.client(log.teacher) as client:
        first = asyncio.create_task(client.post(path, files=given, headers=key))
        await hanging.stands_still()
        second = asyncio.create_task(another.post(path, files=given, headers=key))
        await until(lambda: waits_or_is_done(site, second))
        hanging.go_on()
        answers = await asyncio.gather(first, second)
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert 201 in {answer.status_code for answer in answers}
    await assert_kept_once(site, log, path)
    hanging.process.kill()
    await hanging.ended()


async def waits_or_is_done(site: Site, request: "asyncio.Task[httpx.Response]") -> bool:
    """Whether a request waits for another's lock, or did not have to."""
    return request.done() or await somebody_waits(site.harness)


@pytest.mark.parametrize("point", [POINTS[0], *(pytest.param(one, marks=pytest.mark.campaign) for one in POINTS[1:])])
async def test_evidence_that_fails_stands_still_nowhere_and_is_kept_when_given_again(site: Site, point: str) -> None:
    log, path = await an_entry(site)
    key, given = a_fresh_key(), {"file": ("notes.pdf", a_pdf())}
    failing = await site.process(f"{point}:error").ready()
    async with failing.client(log.teacher) as client:
        failed = await client.post(path, files=given, headers=key)
        assert failed.status_code >= 500
        assert (await log.get(path))["data"] == []
        assert (await client.post(path, files=given, headers=key)).status_code == 201
    await assert_kept_once(site, log, path)
    failing.process.kill()
    await failing.ended()
