"""Evidence and a process that is killed between the file and its row."""

import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from builders import GATEWAY_SIGNER, a_key, an_rsa_key, key_set
from certification.app import SERVICE
from certification.evidence.sweeping import sweep
from certification.settings import Settings
from certification_facts import Log
from chassis import clock
from chassis.principal import HEADER, sign_principal
from evidence_files import a_pdf
from harness import Databases, ServiceHarness, settings_for
from real_parts import RunningProcess

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


@asynccontextmanager
async def client_of(process: RunningProcess, log: Log) -> AsyncIterator[httpx.AsyncClient]:
    statement = sign_principal(log.teacher, GATEWAY_SIGNER, "certification", lifetime_seconds=600)
    async with httpx.AsyncClient(base_url=process.url, headers={HEADER: statement}, timeout=30) as client:
        yield client


@pytest.mark.parametrize("point", ["files.before_sync", "files.after_link", "evidence.kept"])
async def test_a_process_killed_between_file_and_row_leaves_nothing_but_an_orphan(site: Site, point: str) -> None:
    log = await Log(site.harness).register()
    entry_id = (await log.post("/v1/log-entries", TOLD)).json()["id"]
    path = f"/v1/log-entries/{entry_id}/evidence"
    dying = await site.process(point).ready()
    async with client_of(dying, log) as client:
        with pytest.raises(httpx.TransportError):
            await client.post(path, files={"file": ("notes.pdf", a_pdf())})
    assert await dying.ended() == -signal.SIGKILL
    assert (await log.get(path))["data"] == []
    assert len(site.files()) >= 1, "the file had been begun"
    settings = site.harness.settings
    assert isinstance(settings, Settings)
    storage = settings.evidence_storage
    assert storage is not None
    again = await (await site.harness.client(log.teacher)).post(path, files={"file": ("notes.pdf", a_pdf())})
    assert again.status_code == 201, again.text
    await sweep(site.harness.database, storage, clock.now() + timedelta(hours=2))
    [added] = (await log.get(path))["data"]
    assert site.files() == [f"{added['sha256'][:2]}/{added['sha256']}"]
    found = await (await site.harness.client(log.teacher)).get(f"/v1/log-entries/evidence/{added['id']}")
    assert found.content == a_pdf()
