"""An extract that would change too much is held until a second person approves it; then it is applied by itself."""

import asyncio
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, text

from builders import a_fresh_key, staff
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.hubs import SchoolChanged
from harness import ServiceHarness
from hubs.app import SERVICE
from hubs.school_imports.approval import apply_approved
from hubs.school_imports.hold import Limits, why_to_hold
from hubs.school_imports.models import SCHOOL_STAGING, SchoolImport
from hubs.school_imports.service import Extract, import_schools
from hubs.settings import Settings
from school_register import Line, a_row, written
from worlds import StartService

DAY, NEXT, LATER = date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 21)
SIZE, GONE = 600, 60
CLOSED = {"EstablishmentStatus (code)": "2"}


@pytest.fixture
async def register(start_service: StartService, tmp_path: Path) -> ServiceHarness:
    """The service with a register of 600 schools."""
    hubs = await start_service(SERVICE, loaded=["areas"])
    run = await imported(hubs, tmp_path, rows(SIZE), DAY)
    assert (run.status, run.schools_added) == ("finished", SIZE)
    return hubs


def rows(count: int, **values: str) -> list[Line]:
    return [a_row(f"{100_001 + number}", **values) for number in range(count)]


async def imported(hubs: ServiceHarness, directory: Path, lines: list[Line], on: date, **more: Any) -> SchoolImport:
    path = written(directory / "r.csv", lines)
    return await import_schools(hubs.database, Extract(path, on, "a test", **more), lambda remark: None)


async def decide(hubs: ServiceHarness, run: SchoolImport, outcome: str, by: Principal | None = None) -> httpx.Response:
    client = await hubs.client(by or staff("administrator"), **a_fresh_key())
    word = {"outcome": outcome, "reason": "Looked at ten of them."}
    return await client.post(f"/v1/schools/imports/{run.id}/approval", json=word)


async def closed(hubs: ServiceHarness) -> int:
    return sum(not event.is_open for event in await hubs.published(SchoolChanged))


async def staged(hubs: ServiceHarness) -> int:
    async with hubs.session() as session:
        return await session.scalar(select(func.count()).select_from(SCHOOL_STAGING)) or 0


async def test_an_extract_that_closes_many_is_held_and_applied_once_approved(
    register: ServiceHarness, tmp_path: Path
) -> None:
    lines = rows(GONE, **CLOSED) + rows(SIZE)[GONE:]
    run = await imported(register, tmp_path, lines, NEXT)
    assert (run.status, run.schools_changed, await closed(register)) == ("held", 0, 0)
    shown = (await (await register.client(staff("auditor"))).get(f"/v1/schools/imports/{run.id}")).json()
    assert shown["changes"] == {
        "known": SIZE, "added": 0, "changed": GONE, "deciding": GONE, "closing": GONE, "missing": 0,
    }  # fmt: skip
    assert len(shown["examples"]["closing"]) == 20
    assert shown["held_because"].startswith("60 of 600 schools would close or no longer be listed")
    assert await apply_approved(register.database) is None
    answer = await decide(register, run, "approved")
    assert (answer.status_code, answer.json()["status"]) == (200, "approved")
    done = await apply_approved(register.database)
    assert done is not None
    assert (done.status, done.schools_changed, done.events_published) == ("finished", GONE, GONE)
    assert (await closed(register), await staged(register)) == (GONE, 0)
    assert await apply_approved(register.database) is None
    again = await imported(register, tmp_path, lines, LATER)
    assert (again.status, again.schools_changed, again.changes and again.changes["closing"]) == ("finished", 0, 0)


async def test_an_extract_that_was_cut_off_is_held_and_refused(register: ServiceHarness, tmp_path: Path) -> None:
    run = await imported(register, tmp_path, rows(SIZE - GONE), NEXT)
    assert (run.status, run.changes and run.changes["missing"]) == ("held", GONE)
    assert (await decide(register, run, "refused")).json()["status"] == "refused"
    assert await apply_approved(register.database) is None
    whole = await imported(register, tmp_path, rows(SIZE), NEXT)
    assert (whole.status, whole.schools_missing, await staged(register)) == ("finished", 0, 0)


async def test_facts_of_many_schools_hold_an_import_but_numbers_of_pupils_do_not(
    register: ServiceHarness, tmp_path: Path
) -> None:
    moved = await imported(register, tmp_path, rows(SIZE, **{"DistrictAdministrative (code)": "E08000003"}), NEXT)
    assert moved.status == "held"
    counted = await imported(register, tmp_path, rows(SIZE, NumberOfPupils="211"), NEXT)
    assert (counted.status, counted.schools_changed, counted.events_published) == ("finished", SIZE, 0)


async def test_a_few_schools_of_a_small_register_hold_nothing(register: ServiceHarness, tmp_path: Path) -> None:
    lines = rows(GONE - 11, **CLOSED) + rows(SIZE)[GONE - 11 :]
    assert (await imported(register, tmp_path, lines, NEXT)).status == "finished"


async def test_who_imports_does_not_approve(register: ServiceHarness, tmp_path: Path) -> None:
    ada = staff("administrator")
    run = await imported(register, tmp_path, rows(GONE), NEXT, imported_by_id=ada.id)
    alone = await decide(register, run, "approved", by=ada)
    assert (alone.status_code, alone.json()["code"]) == (403, "second-person-needed")
    assert (await decide(register, run, "approved")).status_code == 200
    twice = await decide(register, run, "refused")
    assert (twice.status_code, twice.json()["code"]) == (409, "import-not-held")
    assert (await decide(register, run, "approved", by=staff("auditor"))).status_code == 403


async def test_a_later_import_takes_the_place_of_one_that_waits(register: ServiceHarness, tmp_path: Path) -> None:
    held = await imported(register, tmp_path, rows(GONE), NEXT)
    (tmp_path / "broken.csv").write_text("nothing")
    broken = Extract(tmp_path / "broken.csv", LATER, "a test")
    with pytest.raises(Exception, match="lacks the columns"):
        await import_schools(register.database, broken, lambda remark: None)
    assert await staged(register) == GONE
    later = await imported(register, tmp_path, rows(SIZE), LATER)
    assert later.status == "finished"
    late = await decide(register, held, "approved")
    assert (late.status_code, late.json()["detail"]) == (409, "The import is superseded.")
    async with register.session() as session:
        assert (await session.get_one(SchoolImport, held.id)).status == "superseded"


async def test_what_was_approved_and_lost_is_applied_when_the_same_file_comes_again(
    register: ServiceHarness, tmp_path: Path
) -> None:
    """The staging tables are unlogged: a database server that is killed empties them."""
    lines = rows(GONE, **CLOSED) + rows(SIZE)[GONE:]
    run = await imported(register, tmp_path, lines, NEXT)
    await decide(register, run, "approved")
    async with register.session() as session:
        await session.execute(text("TRUNCATE school_staging"))
    lost = await apply_approved(register.database)
    assert lost is not None
    assert (lost.status, "import the same file again" in (lost.held_because or "")) == ("failed", True)
    again = await imported(register, tmp_path, lines, NEXT)
    assert (again.status, again.schools_changed, await closed(register)) == ("finished", GONE, GONE)


async def test_the_command_says_that_it_is_held_with_a_code_of_its_own(
    register: ServiceHarness, tmp_path: Path
) -> None:
    path = written(tmp_path / "r.csv", rows(GONE))
    environment = {
        **os.environ,
        "HUBS_DATABASE_URL": register.settings.database_url.get_secret_value(),
        "PRINCIPAL_KEYS": register.settings.principal_keys,
    }
    command = [
        sys.executable,
        "-m",
        "hubs.imports",
        "schools",
        str(path),
        "--as-of",
        str(NEXT),
        "--person",
        str(new_id()),
    ]
    done = await asyncio.to_thread(subprocess.run, command, env=environment, capture_output=True, text=True)
    run = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, run["status"], run["changes"]["missing"]) == (3, "held", SIZE - GONE)


def test_limits_come_from_the_settings() -> None:
    settings = SERVICE.settings(database_url="postgresql://nobody@localhost/none", principal_keys="{}")
    assert isinstance(settings, Settings)
    limits = Limits.of(settings)
    assert (limits.closing_percent, limits.changing_percent, limits.least) == (1.0, 5.0, 50)
    none = {"known": 10_000, "closing": 60, "missing": 40, "deciding": 500}
    assert why_to_hold(none, limits) is None
    assert "101 of 10,000" in str(why_to_hold(none | {"closing": 61}, limits))
    assert "501 of 10,000" in str(why_to_hold(none | {"deciding": 501}, limits))
