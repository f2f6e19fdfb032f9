"""Importing the national register of schools: everything taken that can be, every refusal named, every change told."""

import asyncio
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from builders import a_teacher, anonymous, staff
from chassis.db import Database
from contracts.hubs import SchoolChanged
from harness import ServiceHarness
from hubs.app import SERVICE
from hubs.school_imports.errors import ExtractOlder, ExtractUnreadable, ImportInProgress
from hubs.school_imports.models import SCHOOL_STAGING, SchoolImport
from hubs.school_imports.rules import country_of, date_in_name, key_stages, kind_of_link
from hubs.school_imports.service import Extract, import_schools
from hubs.schools.models import School
from hubs.schools.synthetic_register import columns, write
from school_register import Line, a_row, spoil, written
from worlds import StartService

DAY = date(2026, 11, 20)
NEXT = date(2026, 11, 21)


@pytest.fixture
async def register(start_service: StartService) -> ServiceHarness:
    """The service with its districts, without a school."""
    return await start_service(SERVICE, loaded=["areas"])


async def imported(
    hubs: ServiceHarness, path: Path, rows: Sequence[Line] | None = None, on: date = DAY, **more: Any
) -> tuple[SchoolImport, list[dict[str, Any]]]:
    """Import rows; the run and what it said of lines."""
    if rows is not None:
        written(path, rows)
    remarks: list[dict[str, Any]] = []
    run = await import_schools(hubs.database, Extract(path, on, "a test", **more), remarks.append)
    return run, remarks


async def school(hubs: ServiceHarness, urn: str = "100001") -> dict[str, Any]:
    client = await hubs.client(anonymous())
    found: dict[str, Any] = (await client.get(f"/v1/schools/{urn}")).json()
    return found


async def test_a_row_becomes_a_school_with_what_follows_from_it(register: ServiceHarness, tmp_path: Path) -> None:
    special = {"PhaseOfEducation (code)": "0", "TypeOfEstablishment (code)": "07", "StatutoryHighAge": "16"}
    trust = {"Trusts (code)": "2044", "Trusts (name)": "A Trust", "OpenDate": "01/09/2001", "EstablishmentName": "Café"}
    await imported(register, tmp_path / "r.csv", [a_row(**special, **trust)])
    found = await school(register)
    assert (found["name"], found["phase"], found["establishment_type"]) == ("Café", "not_applicable", 7)
    assert found["key_stages"] == ["early_years", "ks1", "ks2", "ks3", "ks4"]
    assert (found["is_open"], found["status"], found["is_state_funded"]) == (True, "open", True)
    assert (found["district_code"], found["district_vintage"], found["country"]) == ("E08000008", "2025", "England")
    assert (found["sector"], found["region"], found["opened_on"]) == ("OL6 6", "North West", "2001-09-01")
    assert (found["source"], found["as_of_on"], found["missing_since_on"]) == ("national_register", str(DAY), None)
    assert found["trusts"] == [{"trust_code": "2044", "trust_name": "A Trust", "since_on": str(DAY), "until_on": None}]


async def test_what_the_register_does_not_say_stays_unknown(register: ServiceHarness, tmp_path: Path) -> None:
    unsaid = {"DistrictAdministrative (code)": "9999", "StatutoryLowAge": "", "StatutoryHighAge": "", "Postcode": ""}
    disputed = {"TypeOfEstablishment (code)": "10", "PhaseOfEducation (code)": "0", "LSOA (code)": "Not Applicable"}
    run, _ = await imported(register, tmp_path / "r.csv", [a_row(**unsaid, **disputed, Easting="0")])
    found = await school(register)
    assert run.rows_refused == 0
    nothing = [
        "district_code",
        "district_vintage",
        "key_stages",
        "is_state_funded",
        "sector",
        "trust_code",
    ]
    assert [found[name] for name in nothing] == [None] * len(nothing)


async def test_a_second_import_changes_and_tells_nothing(register: ServiceHarness, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    write(path, 400)
    first, _ = await imported(register, path)
    again, remarks = await imported(register, path, on=NEXT)
    assert (first.schools_added, first.schools_changed, first.events_published) == (400, 0, 400)
    assert (again.schools_added, again.schools_changed, again.schools_unchanged) == (0, 0, 400)
    assert (again.events_published, again.schools_missing, remarks) == (0, 0, [])
    assert len(await register.published(SchoolChanged)) == 400
    assert (await school(register, "900001"))["as_of_on"] == str(DAY)


async def test_only_a_fact_that_decides_is_told(register: ServiceHarness, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    await imported(register, path, [a_row("100001"), a_row("100002"), a_row("100003")])
    changed = [
        a_row("100001", NumberOfPupils="200", Town="Elsewhere"),
        a_row("100002", **{"EstablishmentStatus (code)": "2", "CloseDate": "31-08-2026"}),
        a_row("100003"),
    ]
    run, _ = await imported(register, path, changed, NEXT)
    assert (run.schools_changed, run.schools_unchanged, run.events_published) == (2, 1, 1)
    last = (await register.published(SchoolChanged))[-1]
    assert (last.urn, last.is_open, last.as_of_on) == ("100002", False, NEXT)
    assert (await school(register))["town"] == "Elsewhere"


async def test_an_import_leaves_alone_what_the_register_does_not_carry(
    register: ServiceHarness, tmp_path: Path
) -> None:
    await imported(register, tmp_path / "r.csv", [a_row()])
    async with register.session() as session:
        (await session.get_one(School, "100001")).offers_gcse_computer_science = True
    await imported(register, tmp_path / "r.csv", [a_row(EstablishmentName="Renamed")], NEXT)
    last = (await register.published(SchoolChanged))[-1]
    assert (last.name, last.offers_gcse_computer_science) == ("Renamed", True)


async def test_a_school_that_is_no_longer_listed_is_kept_and_reported(register: ServiceHarness, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    await register.seed("schools")
    await imported(register, path, [a_row("100001"), a_row("100002"), a_row("100003")])
    bad = a_row("100002", **{"EstablishmentStatus (code)": "8"})
    run, _ = await imported(register, path, [a_row("100001"), bad], NEXT)
    assert (run.schools_missing, run.rows_refused, run.events_published) == (1, 1, 0)
    assert (await school(register, "100003"))["missing_since_on"] == str(NEXT)
    assert (await school(register, "100002"))["missing_since_on"] is None
    assert (await school(register, "900001"))["missing_since_on"] is None
    run, _ = await imported(register, path, [a_row("100001"), a_row("100002"), a_row("100003")], NEXT)
    assert run.schools_missing == 0
    assert (await school(register, "100003"))["missing_since_on"] is None


async def test_trusts_are_left_and_joined_on_the_days_of_the_extracts(register: ServiceHarness, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    one, two = ({"Trusts (code)": code, "Trusts (name)": f"Trust {code}"} for code in ("11", "22"))
    await imported(register, path, [a_row(**one)])
    await imported(register, path, [a_row(**two)], NEXT)
    trusts = [(t["trust_code"], t["since_on"], t["until_on"]) for t in (await school(register))["trusts"]]
    assert trusts == [("22", str(NEXT), None), ("11", str(DAY), str(NEXT))]
    await imported(register, path, [a_row(**one)], NEXT)
    await imported(register, path, [a_row(**two)], NEXT)
    client = await register.client(anonymous())
    listed = (await client.get("/v1/schools", params={"trust": "22"})).json()["data"]
    assert [one["urn"] for one in listed] == ["100001"]
    await imported(register, path, [a_row()], NEXT)
    assert all(trust["until_on"] == str(NEXT) for trust in (await school(register))["trusts"])


async def test_links_lead_from_a_closed_school_to_its_successors(register: ServiceHarness, tmp_path: Path) -> None:
    path, links = tmp_path / "r.csv", tmp_path / "links.csv"
    header = ["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"]
    kinds = [("100001", "100002", "Successor - Split School"), ("100001", "100009", "Successor - Split School")]
    kinds += [("100002", "100001", "Predecessor"), ("100007", "100001", "Other"), ("100001", "1", "Successor")]
    rows = [{"URN": a, "LinkURN": b, "LinkType": c, "LinkEstablishedDate": "01-09-2020"} for a, b, c in kinds]
    written(links, rows, header)
    schools = [a_row("100001", **{"EstablishmentStatus (code)": "2"}), a_row("100002")]
    run, remarks = await imported(register, path, schools, links=links)
    assert (run.links_read, run.links_refused) == (5, 2)
    assert {(one["line"], one["reasons"][0][:8]) for one in remarks} == {(5, "URN: the"), (6, "LinkURN:")}
    found = (await school(register))["links"]
    assert [(one["urn"], one["kind"], one["name"]) for one in found] == [
        ("100002", "successor", "A School"),
        ("100009", "successor", None),
    ]
    written(links, rows[2:3], header)
    await imported(register, path, schools, NEXT, links=links)
    assert (await school(register))["links"] == []


async def spoilt_rows_are_named(hubs: ServiceHarness, path: Path, size: int, count: int) -> None:
    expected = spoil(path, size, count)
    run, remarks = await imported(hubs, path)
    said = {remark["line"]: remark["reasons"] for remark in remarks if remark["severity"] == "refused"}
    assert set(said) == set(expected)
    wrong = [line for line, why in expected.items() if not any(one.startswith(why) for one in said[line])]
    assert wrong == [], said[wrong[0]]
    assert (run.rows_read, run.rows_refused, run.schools_added) == (size, count, size - count)


async def test_each_spoilt_row_is_named_with_its_line_and_stops_no_other(
    register: ServiceHarness, tmp_path: Path
) -> None:
    await spoilt_rows_are_named(register, tmp_path / "r.csv", 2_000, 60)


async def test_all_reasons_of_a_row_are_given_at_once(register: ServiceHarness, tmp_path: Path) -> None:
    bad = a_row("100001", **{"EstablishmentName": "", "OpenDate": "soon", "PhaseOfEducation (code)": "12"})
    _, remarks = await imported(register, tmp_path / "r.csv", [a_row("100002"), bad, a_row("100002")])
    assert [(one["line"], one["urn"], len(one["reasons"])) for one in remarks] == [(3, "100001", 3), (4, "100002", 1)]
    assert remarks[1]["reasons"] == ["URN: 100002 stands on line 2 already"]


async def test_a_district_on_no_list_is_taken_and_noted(register: ServiceHarness, tmp_path: Path) -> None:
    run, remarks = await imported(
        register, tmp_path / "r.csv", [a_row(**{"DistrictAdministrative (code)": "E06000999"})]
    )
    assert (run.rows_refused, run.rows_noted, remarks[0]["severity"]) == (0, 1, "noted")
    assert (await school(register))["district_vintage"] is None


async def test_a_value_may_hold_a_line_break_and_lines_are_still_counted(
    register: ServiceHarness, tmp_path: Path
) -> None:
    rows = [a_row("100001", Town="Two\r\nlines"), a_row("100002", **{"EstablishmentStatus (code)": "9"})]
    _, remarks = await imported(register, tmp_path / "r.csv", rows)
    assert [one["line"] for one in remarks] == [4]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"URN,Name\r\n1,2\r\n", "lacks the columns LA (code)"),
        (",".join([*columns(), "URN"]).encode() + b"\r\n", "two columns of the name URN"),
    ],
)
async def test_a_file_of_another_form_changes_nothing(
    register: ServiceHarness, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "r.csv").write_bytes(content)
    with pytest.raises(ExtractUnreadable, match=said.replace("(", r"\(").replace(")", r"\)")):
        await imported(register, tmp_path / "r.csv")
    async with register.session() as session:
        assert await session.scalar(select(SchoolImport.status)) == "failed"
        assert await session.scalar(select(func.count()).select_from(SCHOOL_STAGING)) == 0


async def test_an_older_extract_is_refused_unless_it_is_meant(register: ServiceHarness, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    await imported(register, path, [a_row()], NEXT)
    with pytest.raises(ExtractOlder):
        await imported(register, path, [a_row()], DAY)
    await imported(register, path, [a_row()], DAY, accept_older=True)


async def test_two_imports_do_not_run_at_once(register: ServiceHarness, tmp_path: Path) -> None:
    written(tmp_path / "r.csv", [a_row()])
    async with register.database.reads.connect() as connection:
        await connection.execute(select(func.pg_advisory_lock(7_101)))
        with pytest.raises(ImportInProgress):
            await imported(register, tmp_path / "r.csv")
        await connection.execute(select(func.pg_advisory_unlock(7_101)))
    await imported(register, tmp_path / "r.csv")


async def test_imports_and_their_remarks_are_for_administrators_and_auditors(
    register: ServiceHarness, tmp_path: Path
) -> None:
    run, _ = await imported(register, tmp_path / "r.csv", [a_row(), a_row("2")])
    for caller in (staff("administrator"), staff("auditor")):
        client = await register.client(caller)
        (listed,) = (await client.get("/v1/schools/imports")).json()["data"]
        assert (listed["id"], listed["status"], listed["rows_refused"]) == (str(run.id), "finished", 1)
        assert listed == (await client.get(f"/v1/schools/imports/{run.id}")).json()
        (remark,) = (await client.get(f"/v1/schools/imports/{run.id}/remarks")).json()["data"]
        assert (remark["line"], remark["urn"], remark["severity"]) == (3, None, "refused")
        nothing = await client.get("/v1/schools/imports/0190c6e1-0000-7000-8000-000000000000")
        assert nothing.json()["code"] == "school-import-not-found"
    for stranger, status in ((a_teacher(), 403), (staff("hub_lead"), 403), (anonymous(), 401)):
        client = await register.client(stranger)
        assert (await client.get("/v1/schools/imports")).status_code == status
        assert (await client.get(f"/v1/schools/imports/{run.id}/remarks")).status_code == status


async def test_seeding_again_does_not_take_back_what_was_imported(hubs: ServiceHarness, tmp_path: Path) -> None:
    await hubs.seed("areas", "schools")
    told = len(await hubs.published(SchoolChanged))
    write(tmp_path / "r.csv", 350)
    run, _ = await imported(hubs, tmp_path / "r.csv", on=date(2026, 9, 1))
    # The seeds say nothing of authorities and trusts, so that every known school is told of once more.
    assert (run.schools_added, run.schools_changed, run.events_published) == (48, 302, 350)
    await hubs.seed("schools")
    assert len(await hubs.published(SchoolChanged)) == told + 350


@pytest.mark.parametrize(
    ("type_code", "la_code", "district", "country"),
    [
        (1, "357", "E08000008", "England"),
        (1, "357", None, "England"),
        (30, "681", None, "Wales"),
        (1, "673", None, "Wales"),
        (1, "681", "W06000015", "Wales"),
        (37, "000", None, "overseas"),
        (26, "702", None, "overseas"),
    ],
)
def test_the_country_follows_from_type_authority_and_district(
    type_code: int, la_code: str, district: str | None, country: str
) -> None:
    assert country_of(type_code, la_code, district) == country


def test_key_stages_follow_from_ages_before_phase() -> None:
    assert key_stages("primary", 4, 11) == ["early_years", "ks1", "ks2"]
    assert key_stages("secondary", 11, 18) == ["ks3", "ks4", "post_16"]
    assert key_stages("not_applicable", 9, 13) == ["ks2", "ks3"]
    assert key_stages("secondary", None, None) == ["ks3", "ks4"]
    assert key_stages("not_applicable", None, None) is None
    assert [kind_of_link(text) for text in ("Predecessor - merged", "Closure")] == ["predecessor", "other"]
    assert date_in_name("edubasealldata20261122.csv") == date(2026, 11, 22)
    assert date_in_name("edubasealldata20261399.csv") is None


@pytest.mark.campaign
async def test_schools_import_campaign_fifty_thousand_rows(register: ServiceHarness, tmp_path: Path) -> None:
    """50,000 rows in under 90 s and under 300 MiB, then again without a change, then 500 spoilt rows each named."""
    for changes in (50_000, 0):
        seconds, peak_kib, run = await asyncio.to_thread(imported_apart, register, tmp_path)
        print(f"50,000 rows: {seconds:.1f} s, {peak_kib / 1024:.0f} MiB at most, {run['schools_added']} added")  # noqa: T201
        assert run["schools_added"] + run["schools_changed"] == run["events_published"] == changes
        assert seconds < 90
        assert peak_kib < 300 * 1024
    other = Database(register.settings.model_copy(update={"statement_timeout_ms": 600_000}), "hubs campaign")
    expected = spoil(tmp_path / "spoilt.csv", 50_000, 500)
    remarks: list[dict[str, Any]] = []
    await import_schools(other, Extract(tmp_path / "spoilt.csv", NEXT, "a test"), remarks.append)
    await other.close()
    assert {remark["line"] for remark in remarks} == set(expected)


def imported_apart(register: ServiceHarness, directory: Path) -> tuple[float, int, dict[str, Any]]:
    """A whole import in a process of its own, interpreter included: seconds, largest resident set in KiB, the run."""
    environment = {
        **os.environ,
        "HUBS_DATABASE_URL": register.settings.database_url.get_secret_value(),
        "PRINCIPAL_KEYS": register.settings.principal_keys,
    }
    if not (file := directory / "fifty.csv").exists():
        write(file, 50_000)
    begun = time.monotonic()
    command = [sys.executable, "-m", "hubs.imports", "schools", str(file), "--as-of", str(DAY)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    seconds = time.monotonic() - begun
    run: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    # The largest child so far: the campaign starts no larger one.
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, run
