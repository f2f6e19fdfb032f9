"""The export of everything held: complete by the tables there are, one's own and nobody else's."""

import io
import json
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from builders import a_fresh_key, staff
from certification.app import SERVICE
from certification.exports.registry import ABOUT_NOBODY, HELD, is_told, leads_to_teacher
from certification_facts import Log
from chassis.tables import metadata as chassis_tables
from evidence_files import a_pdf
from harness import ServiceHarness

JSON = dict[str, Any]
TOLD_HERE = {"audit_entry"}
"""Of the chassis: what the teacher did."""


@pytest.fixture
async def certification(start_service: Callable[..., Awaitable[ServiceHarness]], tmp_path: Path) -> ServiceHarness:
    """The service with a storage for files."""
    return await start_service(SERVICE, seeded=True, evidence_directory=tmp_path / "evidence")


async def with_everything(certification: ServiceHarness) -> tuple[Log, str]:
    """A teacher with a certificate, and an entry with a file; the file's id."""
    log = await Log(certification).earn()
    await log.name_certificate("Ada Example")
    entry = await log.record("become-a-mentor")
    client = await certification.client(log.teacher)
    form = {"file": ("my notes.pdf", a_pdf())}
    added = await client.post(f"/v1/log-entries/{entry['id']}/evidence", files=form)
    assert added.status_code == 201, added.text
    return log, added.json()["id"]


def test_every_table_is_exported_or_has_a_reason_not_to_be() -> None:
    tables = {*SERVICE.metadata.tables, *chassis_tables.tables}
    assert tables == {*HELD, *ABOUT_NOBODY, *TOLD_HERE}
    assert not set(HELD) & set(ABOUT_NOBODY)
    somebodys = {name for name, table in SERVICE.metadata.tables.items() if leads_to_teacher(table)}
    assert somebodys == set(HELD), "a row that is somebody's is told to them"


def test_no_column_that_names_a_person_is_told_by_oversight() -> None:
    persons = {
        f"{name}.{column.name}"
        for name in HELD
        for column in SERVICE.metadata.tables[name].columns
        if column.name.endswith("_by") and is_told(SERVICE.metadata.tables[name], column.name)
    }
    words = {"evidence.scanned_by": "a program", "assessment_attempt.ended_by": "what it ended by"}
    assert persons == set(words)


async def test_a_teacher_gets_everything_and_nothing_of_anybody_else(certification: ServiceHarness) -> None:
    log, _ = await with_everything(certification)
    other, _ = await with_everything(certification)
    export = await log.get("/v1/me/certification-export")
    held = export["held"]
    assert (export["teacher_id"], set(held)) == (str(log.id), {*HELD, *TOLD_HERE, "who_looked"})
    for name in ("credit_entry", "log_entry", "certificate", "evidence", "diagnostic_response", "enrolment"):
        assert held[name], name
    assert [one["name"] for one in held["certificate_holder"]] == ["Ada Example"]
    assert [one["name"] for one in held["evidence"]] == ["my notes.pdf"]
    assert {one["activity"] for one in held["log_entry"]} >= {"become-a-mentor"}
    assert len(held["log_entry_submission"]) == len(held["log_entry"]) == 3
    assert "evidence.added" in {one["action"] for one in held["audit_entry"]}
    assert str(other.id) not in json.dumps(export)
    assert "draw" not in json.dumps(held["log_entry"])


async def test_the_numbers_of_rows_are_those_of_the_database(certification: ServiceHarness) -> None:
    log, _ = await with_everything(certification)
    held = (await log.get("/v1/me/certification-export"))["held"]
    async with certification.session() as session:
        for name in HELD:
            assert len(held[name]) == await session.scalar(text(f"SELECT count(*) FROM {name}")), name


async def test_moderators_stay_unnamed(certification: ServiceHarness) -> None:
    log, moderator = await Log(certification).register(), staff("moderator")
    entry = await log.record("become-a-mentor")
    client = await certification.client(moderator, **a_fresh_key())
    decided = await client.post(f"/v1/log-entries/{entry['id']}/decision", json={"outcome": "accepted"})
    assert decided.status_code == 200, decided.text
    assert str(moderator.id) not in json.dumps(await log.get("/v1/me/certification-export"))


async def test_the_archive_holds_the_files(certification: ServiceHarness) -> None:
    log, evidence_id = await with_everything(certification)
    reply = await (await certification.client(log.teacher)).get("/v1/me/certification-export/archive")
    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["certification.json", f"evidence/{evidence_id}.pdf"]
        assert archive.read(f"evidence/{evidence_id}.pdf") == a_pdf()
        assert json.loads(archive.read("certification.json"))["teacher_id"] == str(log.id)


async def test_a_file_that_cannot_be_read_is_named_and_spoils_nothing(
    certification: ServiceHarness, tmp_path: Path
) -> None:
    log, evidence_id = await with_everything(certification)
    for file in (tmp_path / "evidence").glob("??/*"):
        file.unlink()
    reply = await (await certification.client(log.teacher)).get("/v1/me/certification-export/archive")
    with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
        assert archive.testzip() is None
        assert archive.read("missing-files.txt") == f"evidence/{evidence_id}.pdf\n".encode()


async def test_somebody_of_whom_nothing_is_known_gets_an_empty_export(certification: ServiceHarness) -> None:
    held = (await Log(certification).get("/v1/me/certification-export"))["held"]
    assert {name for name, rows in held.items() if rows} == set()
