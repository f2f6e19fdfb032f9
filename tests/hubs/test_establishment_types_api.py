"""Which types are state-funded: proposed by one, approved by another, and followed by the schools."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import time_machine

from builders import a_fresh_key, a_teacher, anonymous, staff
from chassis import clock
from chassis.principal import Principal
from contracts.hubs import SchoolChanged
from harness import ServiceHarness
from hubs.app import SERVICE
from hubs.establishment_types.service import redecide
from hubs.school_imports.service import Extract, import_schools
from school_register import Line, a_row, written
from worlds import StartService

TODAY = clock.today()
DAY = TODAY - timedelta(days=2)
DISPUTED = {"code": 10, "name": "Other independent special school", "source": "A letter of the department"}


@pytest.fixture
async def register(start_service: StartService, tmp_path: Path) -> ServiceHarness:
    """The service with three schools, two of them of a type on which services of the government disagree."""
    hubs = await start_service(SERVICE, loaded=["areas"])
    special = {"TypeOfEstablishment (code)": "10"}
    await imported(hubs, tmp_path, [a_row("100001", **special), a_row("100002", **special), a_row("100003")])
    return hubs


async def imported(hubs: ServiceHarness, directory: Path, lines: list[Line], on: date = DAY) -> Any:
    path = written(directory / "r.csv", lines)
    return await import_schools(hubs.database, Extract(path, on, "a test"), lambda remark: None)


async def propose(hubs: ServiceHarness, by: Principal, verdict: str, on: date = TODAY, **more: Any) -> httpx.Response:
    client = await hubs.client(by, **a_fresh_key())
    facts = DISPUTED | {"state_funded": verdict, "valid_from": str(on)} | more
    return await client.post("/v1/establishment-types/verdicts", json=facts)


async def decide(hubs: ServiceHarness, by: Principal, verdict: str, outcome: str = "approved") -> httpx.Response:
    client = await hubs.client(by, **a_fresh_key())
    word = {"outcome": outcome, "reason": "Compared with the letter."}
    return await client.post(f"/v1/establishment-types/verdicts/{verdict}/decision", json=word)


async def follow(hubs: ServiceHarness) -> int:
    async with hubs.session() as session:
        return await redecide(session, 100)


async def in_force(hubs: ServiceHarness, code: int = 10, on: date = TODAY) -> str | None:
    client = await hubs.client(anonymous())
    types = (await client.get("/v1/establishment-types", params={"on": str(on)})).json()["types"]
    return next((one["state_funded"] for one in types if one["code"] == code), None)


async def test_a_verdict_counts_when_another_approves_it_and_schools_follow(register: ServiceHarness) -> None:
    ada, ben = staff("administrator"), staff("administrator")
    assert await in_force(register) == "unknown"
    proposed = (await propose(register, ada, "no")).json()
    assert (proposed["status"], await in_force(register), await follow(register)) == ("proposed", "unknown", 0)
    alone = await decide(register, ada, proposed["id"])
    assert (alone.status_code, alone.json()["code"]) == (403, "second-person-needed")
    assert (await decide(register, ben, proposed["id"])).json()["status"] == "approved"
    assert await in_force(register) == "no"
    told = len(await register.published(SchoolChanged))
    assert (await follow(register), await follow(register)) == (2, 0)
    new = (await register.published(SchoolChanged))[told:]
    assert [(one.urn, one.is_state_funded) for one in new] == [("100001", False), ("100002", False)]
    client = await register.client(anonymous())
    [latest, first] = (await client.get("/v1/schools/100001/history")).json()["data"]
    assert (latest["cause"], latest["differs"], first["cause"]) == ("verdict", ["is_state_funded"], "import")


async def test_an_import_after_a_verdict_changes_nothing(register: ServiceHarness, tmp_path: Path) -> None:
    proposed = (await propose(register, staff("administrator"), "yes")).json()["id"]
    await decide(register, staff("administrator"), proposed)
    await follow(register)
    special = {"TypeOfEstablishment (code)": "10"}
    lines = [a_row("100001", **special), a_row("100002", **special), a_row("100003")]
    run = await imported(register, tmp_path, lines, TODAY)
    assert (run.schools_changed, run.events_published) == (0, 0)
    assert await follow(register) == 0


async def test_a_verdict_of_a_coming_day_waits_for_it(register: ServiceHarness) -> None:
    coming = TODAY + timedelta(days=30)
    proposed = (await propose(register, staff("administrator"), "yes", coming)).json()["id"]
    await decide(register, staff("administrator"), proposed)
    assert (await in_force(register), await in_force(register, on=coming)) == ("unknown", "yes")
    assert await follow(register) == 0
    with time_machine.travel(clock.now() + timedelta(days=31), tick=True):
        assert await follow(register) == 2


async def test_what_is_in_force_or_decided_is_not_proposed_or_decided_again(register: ServiceHarness) -> None:
    ada, ben = staff("administrator"), staff("administrator")
    same = await propose(register, ada, "unknown")
    assert (same.status_code, same.json()["code"]) == (409, "verdict-unchanged")
    proposed = (await propose(register, ada, "no")).json()["id"]
    assert (await propose(register, ben, "no")).json()["code"] == "verdict-unchanged"
    assert (await decide(register, ben, proposed, "refused")).json()["status"] == "refused"
    assert (await decide(register, ben, proposed)).json()["code"] == "verdict-decided"
    assert await in_force(register) == "unknown"
    assert (await propose(register, ben, "no")).status_code == 201


async def test_a_type_that_an_import_meets_is_proposed_and_taken_once_approved(
    register: ServiceHarness, tmp_path: Path
) -> None:
    new = a_row("100009", **{"TypeOfEstablishment (code)": "58", "TypeOfEstablishment (name)": "Something new"})
    lines = [a_row("100003"), new]
    run = await imported(register, tmp_path, lines, TODAY)
    assert (run.rows_refused, run.schools_added) == (1, 0)
    client = await register.client(staff("administrator"))
    [waiting] = (await client.get("/v1/establishment-types/verdicts")).json()["data"]
    assert (waiting["code"], waiting["name"], waiting["state_funded"]) == (58, "Something new", "unknown")
    await imported(register, tmp_path, lines, TODAY)
    assert len((await client.get("/v1/establishment-types/verdicts")).json()["data"]) == 1
    assert await in_force(register, 58) is None
    await decide(register, staff("administrator"), waiting["id"])
    run = await imported(register, tmp_path, lines, TODAY)
    assert (run.rows_refused, run.schools_added) == (0, 1)


async def test_verdicts_are_seen_by_administrators_and_auditors(register: ServiceHarness) -> None:
    for caller, status in ((staff("auditor"), 200), (a_teacher(), 403), (anonymous(), 401)):
        client = await register.client(caller)
        assert (await client.get("/v1/establishment-types/verdicts")).status_code == status
    assert (await propose(register, staff("auditor"), "no")).status_code == 403
