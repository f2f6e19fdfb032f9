"""Files of evidence under another key: nothing is lost at any moment, and the old key can go."""

import asyncio
import hashlib
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from builders import a_key, a_sealing_key, an_rsa_key, key_set
from certification.app import SERVICE
from certification.evidence.sweeping import sweep
from certification.settings import Settings
from certification_facts import Log
from chassis import clock
from chassis.files.sealing import BLOCK_BYTES, FileKeys
from chassis.files.storage import INCOMING, DirectoryStorage
from chassis.files.sweeping import UNFINISHED, lock_digest
from evidence_files import a_pdf
from harness import ServiceHarness
from resealing_steps import audited, command, reseal, with_keys

OLD, NEW = a_sealing_key("evidence-2026"), a_sealing_key("evidence-2027")
LARGE = a_pdf(b"(" + b"secret " * 30_000 + b")")
TOLD = {"activity": "attend-a-cas-community-meeting", "occurred_on": "2026-09-04", "description": "Led the meeting."}


class Files:
    """Certification with a directory of files, and what is in it."""

    def __init__(self, harness: ServiceHarness, directory: Path) -> None:
        self.harness = harness
        self.directory = directory
        self.contents: dict[bytes, bytes] = {}
        self.subjects: dict[bytes, str] = {}

    async def upload(self, content: bytes, *keys: dict[str, str]) -> bytes:
        """Have a teacher add a file to a process with these keys, or none; its digest."""
        settings = with_keys(self.harness.settings, *keys, of="evidence_keys") if keys else self.harness.settings
        process = ServiceHarness(SERVICE, settings)
        log = await Log(process).register()
        entry_id = (await log.post("/v1/log-entries", {**TOLD, "as_draft": True})).json()["id"]
        client = await process.client(log.teacher)
        added = await client.post(f"/v1/log-entries/{entry_id}/evidence", files={"file": ("notes.pdf", content)})
        assert added.status_code == 201, added.text
        await process.close()
        digest = hashlib.sha256(content).digest()
        self.contents[digest] = content
        self.subjects[digest] = f"evidence:{added.json()['id']}"
        return digest

    def storage(self, *keys: dict[str, str]) -> DirectoryStorage:
        """The directory as a process with these keys has it."""
        return DirectoryStorage(self.directory, FileKeys.load(key_set(*keys)))

    def place(self, digest: bytes) -> Path:
        """Where a file is."""
        return self.directory / digest.hex()[:2] / digest.hex()

    async def read(self, *keys: dict[str, str]) -> dict[bytes, bytes]:
        """What a process with these keys reads."""
        storage = self.storage(*keys)
        return {digest: b"".join([one async for one in storage.read(digest)]) for digest, _ in await storage.kept()}

    async def sealed_by(self, key: dict[str, str]) -> list[bytes]:
        """The files that this key has sealed."""
        storage = self.storage(key)
        return [digest for digest, _ in await storage.kept() if await storage.key_of(digest) == key["kid"]]

    def settings(self, *keys: dict[str, str]) -> Settings:
        """The service's settings with these keys."""
        settings = with_keys(self.harness.settings, *keys, of="evidence_keys")
        assert isinstance(settings, Settings)
        return settings

    def environment(self, fault_point: str) -> dict[str, str]:
        """The settings of the command, with the new key before the old."""
        return {
            "CERTIFICATION_DATABASE_URL": self.harness.settings.database_url.get_secret_value(),
            "CERTIFICATION_EVIDENCE_DIRECTORY": str(self.directory),
            "CERTIFICATION_EVIDENCE_KEYS": key_set(NEW, OLD),
            "CERTIFICATION_FAULT_POINT": fault_point,
            "CERTIFICATION_SIGNING_KEYS": key_set(a_key("certificate"), private=True),
            "CERTIFICATION_BADGE_KEYS": key_set(an_rsa_key("rsa"), private=True),
        }


@pytest.fixture
async def files(start_service: Callable[..., Awaitable[ServiceHarness]], tmp_path: Path) -> Files:
    """Two files by the old key and one from before there was any."""
    directory = tmp_path / "evidence"
    found = Files(await start_service(SERVICE, seeded=True, evidence_directory=directory), directory)
    await found.upload(a_pdf() + b"\n")
    await found.upload(a_pdf(), OLD)
    await found.upload(LARGE, OLD)
    return found


async def test_every_file_is_sealed_by_the_new_key_and_stays_what_it_was(files: Files) -> None:
    done = (await reseal(files.harness, files.settings(NEW, OLD)))["evidence"]
    assert (done.resealed, done.could_not_be_opened, done.sealed_by) == (3, [], {"evidence-2027": 3})
    assert await files.read(NEW) == files.contents
    expected = sorted((subject, "evidence-2027") for subject in files.subjects.values())
    assert await audited(files.harness, "evidence.resealed") == expected
    again = (await reseal(files.harness, files.settings(NEW)))["evidence"]
    assert (again.resealed, again.could_not_be_opened, again.sealed_by) == (0, [], {"evidence-2027": 3})


@pytest.mark.parametrize("change", [lambda kept: kept[:-1] + b"!", lambda kept: kept[:76], lambda kept: b"%PDF-1.7"])
async def test_a_file_that_is_not_what_its_name_says_is_named_and_left(
    files: Files, change: Callable[[bytes], bytes]
) -> None:
    broken = hashlib.sha256(LARGE).digest()
    left = change(files.place(broken).read_bytes())
    files.place(broken).write_bytes(left)
    done = (await reseal(files.harness, files.settings(NEW, OLD)))["evidence"]
    assert (done.resealed, done.could_not_be_opened) == (2, [broken.hex()])
    assert files.place(broken).read_bytes() == left


async def test_without_the_old_key_what_it_sealed_is_named_and_left(files: Files) -> None:
    done = (await reseal(files.harness, files.settings(NEW)))["evidence"]
    assert (done.resealed, len(done.could_not_be_opened)) == (1, 2)
    assert done.sealed_by == {"evidence-2027": 1, "evidence-2026": 2}
    assert await files.read(NEW, OLD) == files.contents


@pytest.mark.parametrize("point", ["files.before_sync", "files.before_replace", "files.after_replace"])
async def test_a_command_that_is_killed_on_its_way_loses_nothing_and_is_begun_again(files: Files, point: str) -> None:
    killed, _ = await command("certification", files.environment(point))
    assert killed == -signal.SIGKILL
    assert await files.read(NEW, OLD) == files.contents
    by_new = {files.subjects[digest] for digest in await files.sealed_by(NEW)}
    assert len(by_new) == (point == "files.after_replace")
    assert by_new <= await recorded(files), "what was sealed anew is on record, whoever died"
    ended, said = await command("certification", files.environment(""))
    assert (ended, [one["sealed_by"] for one in said]) == (0, [{"evidence-2027": 3}])
    assert await files.read(NEW) == files.contents
    assert await recorded(files) == set(files.subjects.values())
    await sweep(files.harness.database, files.storage(NEW), clock.now() + 2 * UNFINISHED)
    assert list((files.directory / INCOMING).iterdir()) == []
    assert await files.read(NEW) == files.contents


async def recorded(files: Files) -> set[str]:
    """Of which files the trail says that they were sealed by the new key."""
    return {subject for subject, key in await audited(files.harness, "evidence.resealed") if key == "evidence-2027"}


async def test_who_reads_meanwhile_gets_the_whole_file(files: Files) -> None:
    digest = hashlib.sha256(LARGE).digest()
    reader = files.storage(OLD).read(digest)
    first = await anext(reader)
    assert len(first) == BLOCK_BYTES
    await reseal(files.harness, files.settings(NEW, OLD))
    assert first + b"".join([block async for block in reader]) == LARGE


async def test_a_file_that_is_swept_away_meanwhile_does_not_come_back(files: Files) -> None:
    digest = hashlib.sha256(LARGE).digest()
    async with files.harness.session() as session:
        await lock_digest(session, digest)
        under_way = asyncio.create_task(reseal(files.harness, files.settings(NEW, OLD)))
        waits = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        while not (await session.execute(waits)).scalar_one():
            assert not under_way.done()
        await files.storage(OLD).remove(digest)
    done = (await under_way)["evidence"]
    assert (done.resealed, done.could_not_be_opened, done.sealed_by) == (2, [], {"evidence-2027": 2})
    assert not files.place(digest).exists()


async def test_the_same_file_may_be_added_again_meanwhile_by_a_process_with_the_old_key(files: Files) -> None:
    adding = [files.upload(content, OLD) for content in list(files.contents.values())]
    await asyncio.gather(reseal(files.harness, files.settings(NEW, OLD)), *adding)
    assert await files.read(NEW) == files.contents


async def test_where_no_file_is_kept_there_is_nothing_to_seal(
    start_service: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await start_service(SERVICE)
    done = (await reseal(harness, harness.settings))["evidence"]
    assert (done.resealed, done.sealed_by, done.could_not_be_opened) == (0, {}, [])
