"""What the register said of a school on a day, and who carries on after splits and mergers."""

from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
import time_machine

from builders import a_fresh_key, anonymous, staff
from contracts.hubs import SchoolSuccessionDecided
from harness import ServiceHarness
from hubs.app import SERVICE
from hubs.school_imports.service import Extract, import_schools
from school_register import Line, a_row, written
from worlds import StartService

FIRST, SECOND, THIRD = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
LINK_HEADER = ["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"]


@pytest.fixture
async def register(start_service: StartService) -> ServiceHarness:
    """The service with its districts, without a school."""
    return await start_service(SERVICE, loaded=["areas"])


async def imported(
    hubs: ServiceHarness, directory: Path, on: date, *lines: Line, links: list[tuple[str, str, str]] | None = None
) -> None:
    path, linked = written(directory / "r.csv", lines), None
    if links is not None:
        named = [{"URN": a, "LinkURN": b, "LinkType": c, "LinkEstablishedDate": "01-09-2026"} for a, b, c in links]
        linked = written(directory / "links.csv", named, LINK_HEADER)
    extract = Extract(path, on, "a test", linked, accept_older=True)
    assert (await import_schools(hubs.database, extract, lambda remark: None)).status == "finished"


async def get(hubs: ServiceHarness, path: str, **query: object) -> httpx.Response:
    client = await hubs.client(anonymous())
    return await client.get(f"/v1/schools/{path}", params={name: str(value) for name, value in query.items()})


async def test_a_school_is_shown_as_the_register_had_it_on_a_day(register: ServiceHarness, tmp_path: Path) -> None:
    trust = {"Trusts (code)": "11", "Trusts (name)": "A Trust"}
    await imported(register, tmp_path, FIRST, a_row(EstablishmentName="Old Name", **trust))
    await imported(register, tmp_path, SECOND, a_row(EstablishmentName="New Name"))
    await imported(register, tmp_path, THIRD, a_row(EstablishmentName="New Name"))
    for on, name, trusts in (
        (FIRST, "Old Name", ["11"]),
        (date(2026, 9, 30), "Old Name", ["11"]),
        (SECOND, "New Name", []),
    ):
        found = (await get(register, "100001", on=on)).json()
        assert (found["name"], [one["trust_code"] for one in found["trusts"]]) == (name, trusts)
    assert (await get(register, "100001", on=THIRD)).json()["as_of_on"] == str(SECOND)
    before = await get(register, "100001", on="2026-08-31")
    assert (before.status_code, before.json()["code"]) == (404, "school-not-known-then")
    assert (await get(register, "100002", on=FIRST)).json()["code"] == "school-not-found"
    versions = (await get(register, "100001/history")).json()["data"]
    assert [(one["as_of_on"], one["differs"]) for one in versions] == [
        (str(SECOND), ["name", "trust_code"]),
        (str(FIRST), None),
    ]
    assert versions[0]["school"]["name"] == "New Name"


async def test_pages_of_a_history_join(register: ServiceHarness, tmp_path: Path) -> None:
    for number in range(5):
        await imported(register, tmp_path, FIRST, a_row(EstablishmentName=f"Name {number}"))
    names: list[str] = []
    page: dict[str, object] = {"limit": 2}
    while True:
        body = (await get(register, "100001/history", **page)).json()
        names += [one["school"]["name"] for one in body["data"]]
        if not body["page"]["has_more"]:
            break
        page["cursor"] = body["page"]["next_cursor"]
    assert names == [f"Name {number}" for number in (4, 3, 2, 1, 0)]


async def test_what_was_known_then_is_not_what_is_known_now(register: ServiceHarness, tmp_path: Path) -> None:
    """An extract of September that arrives in December changes what we say of September, and not what we then knew."""
    with time_machine.travel("2026-11-02T12:00:00+00:00", tick=True):
        await imported(register, tmp_path, THIRD, a_row(EstablishmentName="November"))
    with time_machine.travel("2026-12-05T12:00:00+00:00", tick=True):
        await imported(register, tmp_path, FIRST, a_row(EstablishmentName="September"))
    assert (await get(register, "100001", on=SECOND)).json()["name"] == "September"
    assert (await get(register, "100001", on=THIRD)).json()["name"] == "November"
    unknown = await get(register, "100001", on=SECOND, known_on="2026-12-04")
    assert unknown.json()["code"] == "school-not-known-then"
    assert (await get(register, "100001", on=SECOND, known_on="2026-12-05")).json()["name"] == "September"


async def test_a_school_that_goes_missing_was_there_before(register: ServiceHarness, tmp_path: Path) -> None:
    await imported(register, tmp_path, FIRST, a_row("100001"), a_row("100002"))
    await imported(register, tmp_path, SECOND, a_row("100002"))
    await imported(register, tmp_path, THIRD, a_row("100001"), a_row("100002"))
    since = [(await get(register, "100001", on=on)).json()["missing_since_on"] for on in (FIRST, SECOND, THIRD)]
    assert since == [None, str(SECOND), None]


async def test_a_second_import_adds_no_version(register: ServiceHarness, tmp_path: Path) -> None:
    await imported(register, tmp_path, FIRST, a_row())
    await imported(register, tmp_path, SECOND, a_row())
    assert len((await get(register, "100001/history")).json()["data"]) == 1


async def test_seeded_schools_have_a_past(hubs: ServiceHarness) -> None:
    await hubs.seed("areas", "schools")
    [first] = (await get(hubs, "900001/history")).json()["data"]
    assert (first["cause"], first["school"]["urn"]) == ("seed", "900001")


CLOSED = {"EstablishmentStatus (code)": "2"}
SPLIT = [("100001", "100002", "Successor - Split School"), ("100001", "100003", "Successor - Split School")]
MERGED = [("100004", "100006", "Successor - amalgamated"), ("100006", "100005", "Predecessor - amalgamated")]


async def schools_and_links(hubs: ServiceHarness, directory: Path, links: list[tuple[str, str, str]]) -> None:
    closed = [a_row(urn, **CLOSED) for urn in ("100001", "100004", "100005")]
    open_ = [a_row(urn) for urn in ("100002", "100003", "100006")]
    await imported(hubs, directory, FIRST, *closed, *open_, links=links)


async def waiting(hubs: ServiceHarness, status: str = "open") -> list[dict[str, Any]]:
    client = await hubs.client(staff("administrator"))
    found: list[dict[str, Any]] = (await client.get("/v1/schools/successions", params={"status": status})).json()[
        "data"
    ]
    return found


async def decide(hubs: ServiceHarness, succession: str, *chosen: str) -> httpx.Response:
    client = await hubs.client(staff("administrator"), **a_fresh_key())
    word = {"chosen": list(chosen), "reason": "It took over the building."}
    return await client.post(f"/v1/schools/successions/{succession}/decision", json=word)


async def test_splits_and_mergers_wait_for_a_person(register: ServiceHarness, tmp_path: Path) -> None:
    await schools_and_links(register, tmp_path, SPLIT + MERGED)
    queue = {(one["kind"], one["urn"]): one for one in await waiting(register)}
    assert {key: one["candidates"] for key, one in queue.items()} == {
        ("split", "100001"): ["100002", "100003"],
        ("merger", "100006"): ["100004", "100005"],
    }
    split = queue["split", "100001"]
    assert (split["established_on"], split["chosen"]) == ("2026-09-01", None)
    wrong = await decide(register, split["id"], "100006")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "not-a-candidate")
    decided = await decide(register, split["id"], "100003")
    assert (decided.json()["status"], decided.json()["chosen"]) == ("decided", ["100003"])
    shown = (await get(register, "100001")).json()
    assert shown["successions"] == [
        {"kind": "split", "status": "decided", "candidates": ["100002", "100003"], "chosen": ["100003"],
         "established_on": "2026-09-01"},
    ]  # fmt: skip
    assert [(one["urn"], one["kind"], one["established_on"]) for one in shown["links"]] == [
        ("100002", "successor", "2026-09-01"),
        ("100003", "successor", "2026-09-01"),
    ]
    [told] = await register.published(SchoolSuccessionDecided)
    assert (told.urn, told.chosen) == ("100001", ("100003",))
    assert (await decide(register, split["id"])).json()["chosen"] == []
    assert len(await register.published(SchoolSuccessionDecided)) == 2


async def test_new_links_open_a_decision_again_and_gone_ones_settle_it(
    register: ServiceHarness, tmp_path: Path
) -> None:
    await schools_and_links(register, tmp_path, SPLIT + MERGED)
    ids = {one["kind"]: one["id"] for one in await waiting(register)}
    await decide(register, ids["split"], "100002")
    await schools_and_links(register, tmp_path, SPLIT + MERGED)
    assert [one["kind"] for one in await waiting(register, "decided")] == ["split"]
    more = [*SPLIT, ("100001", "100006", "Successor - Split School")]
    await schools_and_links(register, tmp_path, more)
    [opened] = [one for one in await waiting(register) if one["kind"] == "split"]
    assert (opened["id"], opened["candidates"][-1], opened["chosen"]) == (ids["split"], "100006", None)
    [settled] = await waiting(register, "settled")
    assert settled["id"] == ids["merger"]
    late = await decide(register, ids["merger"], "100004")
    assert (late.status_code, late.json()["code"]) == (409, "succession-settled")
