"""Evidence through the API: adding, opening, taking back, and who may."""

import asyncio
import hashlib
import resource
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from builders import a_fresh_key, a_teacher, staff
from certification.app import SERVICE
from certification.evidence.service import storage_in
from certification.evidence.sweeping import sweep
from certification.settings import MOST_EVIDENCE_BYTES, Settings
from certification_facts import Log
from chassis import clock
from chassis.files.sealing import FileDamaged
from chassis.files.storage import INCOMING, Storage
from chassis.ids import new_id
from chassis.principal import Principal
from evidence_files import a_docx, a_jpeg, a_pdf, a_png, some_exif
from gateway.routes import EVIDENCE_BODY_BYTES
from harness import ServiceHarness
from identity.organisations.seed import organisation_id
from ncce_cli.keys import key_set, new_sealing_key

JSON = dict[str, Any]
MEETING = "attend-a-cas-community-meeting"
TOLD = {"activity": MEETING, "occurred_on": "2026-09-04", "description": "Led the autumn meeting of our community."}
KEYS = key_set(new_sealing_key())


@pytest.fixture
async def certification(start_service: Callable[..., Awaitable[ServiceHarness]], tmp_path: Path) -> ServiceHarness:
    """The service with a storage for files, sealed."""
    options = {"evidence_directory": tmp_path / "evidence", "evidence_keys": KEYS, "evidence_most_files": 3}
    return await start_service(SERVICE, seeded=True, **options)


def settings_of(certification: ServiceHarness) -> Settings:
    assert isinstance(certification.settings, Settings)
    return certification.settings


async def add(log: Log, entry_id: str, content: bytes, name: str = "notes.pdf") -> httpx.Response:
    client = await log.certification.client(log.teacher)
    form = {"file": (name, content, "text/html")}
    return await client.post(f"/v1/log-entries/{entry_id}/evidence", files=form)


async def a_draft(log: Log) -> str:
    return str((await log.post("/v1/log-entries", {**TOLD, "as_draft": True})).json()["id"])


async def with_file(log: Log, content: bytes | None = None) -> tuple[str, str]:
    """An entry that waits for a moderator, and its file."""
    entry_id = await a_draft(log)
    added = await add(log, entry_id, content or a_pdf())
    assert added.status_code == 201, added.text
    assert (await log.post(f"/v1/log-entries/{entry_id}/submission", {})).status_code == 200
    return entry_id, added.json()["id"]


async def ask(certification: ServiceHarness, caller: Principal, method: str, path: str, body: Any = None) -> Any:
    return await (await certification.client(caller, **a_fresh_key())).request(method, path, json=body)


async def opened(certification: ServiceHarness, caller: Principal, evidence_id: str) -> httpx.Response:
    reply: httpx.Response = await ask(certification, caller, "GET", f"/v1/log-entries/evidence/{evidence_id}")
    return reply


async def read_all(storage: Storage, digest: bytes) -> bytes:
    return b"".join([block async for block in storage.read(digest)])


async def rows(certification: ServiceHarness, query: str) -> list[Any]:
    async with certification.session() as session:
        return list((await session.execute(text(query))).all())


async def test_a_file_comes_back_as_it_was_and_as_nothing_a_browser_would_run(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    entry_id = await a_draft(log)
    added = (await add(log, entry_id, a_pdf(), "../../Notes –\u202e März: y.html")).json()
    assert (added["media_type"], added["scan_status"], added["duplicates"]) == ("application/pdf", "not_scanned", [])
    assert (added["name"], added["sha256"]) == ("Notes – März: y.html", hashlib.sha256(a_pdf()).hexdigest())
    found = await opened(certification, log.teacher, added["id"])
    assert (found.status_code, found.content) == (200, a_pdf())
    headers = found.headers
    assert headers["content-type"] == "application/pdf"
    assert headers["content-disposition"].startswith("attachment; filename=\"evidence.pdf\"; filename*=UTF-8''Notes%20")
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "private, no-store")
    assert "sandbox" in headers["content-security-policy"]
    [listed] = (await log.get(f"/v1/log-entries/{entry_id}/evidence"))["data"]
    assert listed["id"] == added["id"]
    assert (await log.get(f"/v1/log-entries/{entry_id}"))["evidence_count"] == 1


async def test_files_are_sealed_and_no_changed_block_is_read(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    content = a_pdf(b"(" + b"secret " * 30_000 + b")")
    _, evidence_id = await with_file(log, content)
    directory = settings_of(certification).evidence_directory
    assert directory is not None
    [file] = [one for one in directory.glob("??/*") if one.is_file()]
    assert (file.name, list((directory / "incoming").iterdir())) == (hashlib.sha256(content).hexdigest(), [])
    sealed = file.read_bytes()
    assert b"secret" not in sealed
    assert (await opened(certification, log.teacher, evidence_id)).content == content
    storage, digest = storage_in(settings_of(certification)), bytes.fromhex(file.name)
    for wrong in (sealed[:-1], sealed[: len(sealed) // 2], sealed[:90] + b"x" + sealed[91:], sealed[: 76 + 65_552]):
        file.write_bytes(wrong)
        with pytest.raises(FileDamaged):
            await read_all(storage, digest)


async def test_the_same_file_again_is_the_one_that_is_there(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    entry_id = await a_draft(log)
    replies = await asyncio.gather(*(add(log, entry_id, a_pdf()) for _ in range(8)))
    assert {reply.status_code for reply in replies} == {201}, [reply.text for reply in replies]
    assert len({reply.json()["id"] for reply in replies}) == 1
    assert len(await rows(certification, "SELECT 1 FROM evidence")) == 1


async def test_an_entry_has_so_many_files_and_no_more(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    entry_id = await a_draft(log)
    replies = await asyncio.gather(*(add(log, entry_id, a_png(2, 2, shade=shade)) for shade in range(6)))
    assert sorted(reply.status_code for reply in replies) == [201] * 3 + [409] * 3
    assert {reply.json().get("code") for reply in replies} == {None, "evidence-too-many-files"}


async def test_a_file_seen_elsewhere_is_hinted_at_to_moderators_and_never_to_another_teacher(
    certification: ServiceHarness,
) -> None:
    one, other = await Log(certification).register(), await Log(certification).register()
    first, _ = await with_file(one)
    second = await a_draft(other)
    assert (await add(other, second, a_pdf())).json()["duplicates"] == []
    submitted = (await other.post(f"/v1/log-entries/{second}/submission", {})).json()
    assert (submitted["duplicates"], submitted["is_sampled"]) == ([], True)
    seen = (await ask(certification, staff("moderator"), "GET", f"/v1/log-entries/{second}")).json()
    assert seen["duplicates"] == [{"entry_id": first, "because": "same_file"}]
    third = await a_draft(one)
    assert {"entry_id": first, "because": "same_file"} in (await add(one, third, a_pdf())).json()["duplicates"]


async def test_a_photograph_is_kept_without_where_it_was_taken(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    added = (await add(log, await a_draft(log), a_jpeg(2, 2, some_exif(located=True)), "IMG_1.JPG")).json()
    assert added["left_out"] == ["location"]
    assert (await opened(certification, log.teacher, added["id"])).content == a_jpeg()


async def test_only_who_has_the_entry_in_hand_opens_its_files_and_leaves_a_trace(
    certification: ServiceHarness,
) -> None:
    log, moderator, auditor = await Log(certification).register(), staff("moderator"), staff("auditor")
    entry_id, evidence_id = await with_file(log)
    stem = staff("moderator", organisation_id=organisation_id("stem-learning"))
    strangers = (a_teacher(), a_teacher("900001"), staff("administrator"), staff("moderator"), stem, moderator)
    for who in strangers:
        refused = await opened(certification, who, evidence_id)
        assert (refused.status_code, refused.json()["code"]) == (404, "evidence-not-found")
    for who in (a_teacher(), stem, staff("administrator")):
        assert (await ask(certification, who, "GET", f"/v1/log-entries/{entry_id}/evidence")).status_code == 404
    assert (await ask(certification, stem, "POST", f"/v1/log-entries/{entry_id}/claim")).status_code == 404
    claimed = await ask(certification, moderator, "POST", f"/v1/log-entries/{entry_id}/claim")
    assert (claimed.status_code, claimed.json()["evidence_count"]) == (200, 1)
    for who in (moderator, auditor, log.teacher):
        assert (await opened(certification, who, evidence_id)).content == a_pdf()
    trail = await rows(certification, "SELECT caller_id, subject FROM audit_entry WHERE action = 'evidence.opened'")
    assert [(row.caller_id, row.subject) for row in trail] == [
        (moderator.id, f"evidence:{evidence_id}"),
        (auditor.id, f"evidence:{evidence_id}"),
    ]
    await ask(certification, moderator, "DELETE", f"/v1/log-entries/{entry_id}/claim")
    assert (await opened(certification, moderator, evidence_id)).status_code == 404
    absent = await opened(certification, moderator, str(new_id()))
    assert absent.json()["code"] == "evidence-not-found"


async def test_evidence_is_added_and_taken_back_only_while_nothing_is_decided(certification: ServiceHarness) -> None:
    log, moderator = await Log(certification).register(), staff("moderator")
    entry_id, evidence_id = await with_file(log)
    stranger = await Log(certification).register()
    for who, status in ((stranger, 404), (log, 204)):
        client = await certification.client(who.teacher)
        assert (await client.delete(f"/v1/log-entries/evidence/{evidence_id}")).status_code == status
    assert (await opened(certification, log.teacher, evidence_id)).status_code == 404
    kept = (await add(log, entry_id, a_pdf())).json()["id"]
    body = {"outcome": "accepted"}
    await ask(certification, moderator, "POST", f"/v1/log-entries/{entry_id}/decision", body)
    late = await add(log, entry_id, a_png())
    assert (late.status_code, late.json()["code"]) == (409, "log-entry-not-open")
    client = await certification.client(log.teacher)
    assert (await client.delete(f"/v1/log-entries/evidence/{kept}")).status_code == 409
    assert (await add(stranger, entry_id, a_png())).json()["code"] == "log-entry-not-found"


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"<html><script>alert(1)</script>", 422, "evidence-type-refused"),
        (a_pdf(b"<< /S /JavaScript /JS (x) >>"), 422, "evidence-unsafe"),
        (b"%PDF-1.7\n" + bytes(MOST_EVIDENCE_BYTES), 413, "evidence-too-large"),
        (b"", 422, "evidence-upload-unreadable"),
    ],
)
async def test_what_is_refused_leaves_nothing(
    certification: ServiceHarness, content: bytes, status: int, code: str
) -> None:
    log = await Log(certification).register()
    reply = await add(log, await a_draft(log), content, "notes.pdf")
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    directory = settings_of(certification).evidence_directory
    assert directory is not None
    assert [one for one in directory.rglob("*") if one.is_file()] == []


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{}", "application/json"),
        (a_pdf(), "application/pdf"),
        (b"--x\r\n\r\nhello", "multipart/form-data; boundary=x"),
        (b"nothing of a form", "multipart/form-data; boundary=x"),
        (b"--x--\r\n", "multipart/form-data; boundary=x"),
        (
            b"--x\r\nContent-Disposition: form-data; name=other; filename=a\r\n\r\nhi\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
        (b"--x\r\nContent-Disposition: form-data; name=file\r\n\r\nhi\r\n--x--\r\n", "multipart/form-data; boundary=x"),
        (b"hello", "multipart/form-data"),
        (b"hello", "multipart/form-data; boundary=" + "x" * 200),
    ],
)
async def test_what_is_no_file_in_a_form_is_refused_by_name(
    certification: ServiceHarness, body: bytes, content_type: str
) -> None:
    log = await Log(certification).register()
    client = await certification.client(log.teacher)
    path = f"/v1/log-entries/{await a_draft(log)}/evidence"
    reply = await client.post(path, content=body, headers={"Content-Type": content_type})
    assert (reply.status_code, reply.json()["code"]) == (422, "evidence-upload-unreadable")


async def test_without_a_storage_nothing_is_taken_and_it_says_so(
    start_service: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    log = await Log(await start_service(SERVICE, seeded=True)).register()
    reply = await add(log, await a_draft(log), a_pdf())
    assert (reply.status_code, reply.json()["code"]) == (503, "evidence-storage-unavailable")


class Scanner:
    """A scanner as clamd speaks: it finds a virus in whatever holds its name."""

    def __init__(self, answer: bytes | None = None) -> None:
        self._answer = answer

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        command = await reader.readuntil(b"\0")
        if command == b"zVERSION\0":
            writer.write(b"Example 1.0\0")
        else:
            content = b""
            while size := int.from_bytes(await reader.readexactly(4)):
                content += await reader.readexactly(size)
            writer.write(self._answer or (b"stream: Eicar FOUND\0" if b"virus" in content else b"stream: OK\0"))
        await writer.drain()
        writer.close()


async def test_a_scanner_is_asked_and_believed(
    start_service: Callable[..., Awaitable[ServiceHarness]], tmp_path: Path
) -> None:
    socket = tmp_path / "clamd"
    options = {"evidence_directory": tmp_path / "evidence", "clamd_address": str(socket)}
    certification = await start_service(SERVICE, seeded=True, **options)
    log = await Log(certification).register()
    entry_id = await a_draft(log)
    absent = await add(log, entry_id, a_pdf())
    assert (absent.status_code, absent.json()["code"]) == (503, "evidence-scanner-unavailable")
    async with await asyncio.start_unix_server(Scanner(), socket):
        clean = await add(log, entry_id, a_pdf())
        assert (clean.status_code, clean.json()["scan_status"]) == (201, "clean")
        infected = await add(log, entry_id, a_pdf(b"(virus)"))
        assert (infected.status_code, infected.json()["code"]) == (422, "evidence-infected")
    async with await asyncio.start_unix_server(Scanner(b"INSTREAM size limit exceeded. ERROR\0"), socket):
        assert (await add(log, entry_id, a_png())).status_code == 503
    assert [row.scanned_by for row in await rows(certification, "SELECT scanned_by FROM evidence")] == ["Example 1.0"]


async def test_bytes_without_a_row_go_and_those_with_one_stay(certification: ServiceHarness) -> None:
    storage, log = storage_in(settings_of(certification)), await Log(certification).register()
    _, evidence_id = await with_file(log)
    for content in (b"an orphan", a_pdf()):
        await storage.keep(await storage.prepare(content, hashlib.sha256(content).digest()))
    await storage.prepare(b"never finished", bytes(32))
    assert await sweep(certification.database, storage, clock.now()) == (0, 0), "an upload may be under way"
    assert await sweep(certification.database, storage, clock.now() + timedelta(hours=2)) == (0, 1)
    assert [digest for digest, _ in await storage.kept()] == [hashlib.sha256(a_pdf()).digest()]
    assert await storage.clear_unfinished(clock.now() + timedelta(hours=2)) == 0
    assert (await opened(certification, log.teacher, evidence_id)).content == a_pdf()


async def test_where_there_is_no_room_it_says_so_keeps_no_half_and_takes_the_file_later(
    certification: ServiceHarness,
) -> None:
    settings, log = settings_of(certification), await Log(certification).register()
    storage, entry_id = storage_in(settings), await a_draft(log)
    assert settings.evidence_directory is not None
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            await storage.prepare(bytes(5000), bytes(32))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not list((settings.evidence_directory / INCOMING).iterdir())
    in_its_way = settings.evidence_directory / hashlib.sha256(a_pdf()).hexdigest()[:2]
    in_its_way.write_text("")
    refused = await add(log, entry_id, a_pdf())
    assert (refused.status_code, refused.json()["code"]) == (503, "evidence-storage-unavailable")
    in_its_way.unlink()
    assert (await add(log, entry_id, a_pdf())).status_code == 201


async def test_evidence_is_kept_after_the_decision_and_then_its_hash(certification: ServiceHarness) -> None:
    storage, log = storage_in(settings_of(certification)), await Log(certification).register()
    other = await Log(certification).register()
    entry_id, evidence_id = await with_file(log)
    _, waiting = await with_file(other)
    body = {"outcome": "accepted"}
    await ask(certification, staff("moderator"), "POST", f"/v1/log-entries/{entry_id}/decision", body)
    years = clock.now() + timedelta(days=1_094)
    assert (await sweep(certification.database, storage, years))[0] == 0
    async with certification.session() as session:
        begun = text("UPDATE log_entry SET audit_status = 'waiting' WHERE id = :id")
        await session.execute(begun, {"id": UUID(entry_id)})
    later = clock.now() + timedelta(days=1_096)
    assert await sweep(certification.database, storage, later) == (0, 0), "it is to be looked at once more"
    async with certification.session() as session:
        await session.execute(text("UPDATE log_entry SET audit_status = NULL"))
    assert await sweep(certification.database, storage, later) == (1, 0), "another entry needs the same bytes"
    gone = await opened(certification, log.teacher, evidence_id)
    assert (gone.status_code, gone.json()["code"]) == (410, "evidence-purged")
    assert gone.json()["sha256"] == hashlib.sha256(a_pdf()).hexdigest()
    [left] = (await log.get(f"/v1/log-entries/{entry_id}/evidence"))["data"]
    assert (left["name"], left["sha256"]) == (None, hashlib.sha256(a_pdf()).hexdigest())
    assert (await opened(certification, other.teacher, waiting)).content == a_pdf()


async def test_what_was_withdrawn_goes_sooner(certification: ServiceHarness) -> None:
    storage, log = storage_in(settings_of(certification)), await Log(certification).register()
    entry_id, evidence_id = await with_file(log, a_docx())
    await log.post(f"/v1/log-entries/{entry_id}/withdrawal", {})
    assert await sweep(certification.database, storage, clock.now() + timedelta(days=89)) == (0, 0)
    assert await sweep(certification.database, storage, clock.now() + timedelta(days=91)) == (1, 1)
    assert (await opened(certification, log.teacher, evidence_id)).status_code == 410
    assert await storage.kept() == []


def test_the_gateway_lets_through_what_the_service_takes() -> None:
    assert EVIDENCE_BODY_BYTES > MOST_EVIDENCE_BYTES + 32 * 1024
