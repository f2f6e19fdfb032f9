"""`/v1/area-lists`: proposing, naming what is wrong, two people, events in parts, and where a district stands."""

import asyncio
from typing import Any

import httpx
import pytest

from builders import a_fresh_key, a_teacher, anonymous, partner, staff
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.hubs import AreaListApproved
from harness import ServiceHarness
from hubs.app import SERVICE
from worlds import StartService

SCHEME = "achieving-excellence-areas"
HEAD: dict[str, Any] = {
    "scheme": SCHEME,
    "title": "Achieving excellence areas, category 1 to 6",
    "key_type": "district",
    "vintage": "2018",
    "valid_from": "2026-01-01",
    "completeness": "partial",
    "source": "A file of the department, November 2026",
}
LUTON: dict[str, Any] = {"area_code": "E06000032", "area_name": "Luton", "categories": [5], "basis": "official"}
ALLERDALE: dict[str, Any] = {"area_code": "E07000026", "area_name": "Allerdale", "categories": [5]}


@pytest.fixture
async def registry(start_service: StartService) -> ServiceHarness:
    """The districts, and the lists that come with the platform."""
    return await start_service(SERVICE, loaded=["areas", "area_lists"])


async def propose(
    registry: ServiceHarness, by: Principal, *areas: dict[str, Any], key: str | None = None, **facts: Any
) -> httpx.Response:
    client = await registry.client(by)
    headers = {"Idempotency-Key": key or str(new_id())}
    return await client.post("/v1/area-lists", json=HEAD | facts | {"areas": areas or [LUTON]}, headers=headers)


async def decide(
    registry: ServiceHarness, by: Principal, proposed: httpx.Response, outcome: str = "approved"
) -> httpx.Response:
    client = await registry.client(by, **a_fresh_key())
    body = {"outcome": outcome, "reason": "Compared with the source."}
    return await client.post(f"/v1/area-lists/{proposed.json()['id']}/decision", json=body)


async def test_the_lists_that_come_with_the_platform_are_the_first_versions(registry: ServiceHarness) -> None:
    await registry.seed("area_lists")
    client = await registry.client(anonymous())
    found = (await client.get("/v1/area-lists")).json()["data"]
    assert [(one["scheme"], one["version"], one["size"], one["completeness"]) for one in found] == [
        (SCHEME, 1, 29, "partial"),
        ("education-investment-areas", 1, 55, "complete"),
        ("opportunity-areas", 1, 13, "complete"),
        ("priority-education-investment-areas", 1, 25, "complete"),
    ]
    assert await registry.published(AreaListApproved) == []


async def test_a_list_counts_once_another_person_has_approved_it(registry: ServiceHarness) -> None:
    importer, approver = staff("administrator"), staff("administrator")
    proposed = await propose(registry, importer)
    assert (proposed.status_code, proposed.json()["version"], proposed.json()["status"]) == (201, 2, "proposed")
    assert await registry.published(AreaListApproved) == []
    own = await decide(registry, importer, proposed)
    assert (own.status_code, own.json()["code"]) == (403, "second-person-needed")
    approved = (await decide(registry, approver, proposed)).json()
    assert (approved["imported_by"], approved["decided_by"]) == (str(importer.id), str(approver.id))
    [event] = await registry.published(AreaListApproved)
    assert (event.scheme, event.list_version, event.size, event.parts) == (SCHEME, 2, 1, 1)
    assert event.areas[0].model_dump() == {**LUTON, "categories": (5,)}


async def test_only_administrators_propose_decide_and_see_what_is_not_approved(registry: ServiceHarness) -> None:
    proposed = await propose(registry, staff("administrator"))
    path = f"/v1/area-lists/{proposed.json()['id']}"
    others = (anonymous(), 401), (a_teacher(), 403), (partner("completions:write"), 403), (staff("moderator"), 403)
    for caller, status in others:
        assert (await propose(registry, caller)).status_code == status
        assert (await decide(registry, caller, proposed)).status_code == status
        client = await registry.client(caller)
        assert (await client.get(path)).status_code == 404
        assert (await client.get(f"{path}/entries")).status_code == 404
        assert (await client.get("/v1/area-lists", params={"status": "proposed"})).json()["data"] == []
    keeper = await registry.client(staff("administrator"))
    assert (await keeper.get(f"{path}/entries")).json()["data"] == [LUTON]
    assert len((await keeper.get("/v1/area-lists", params={"status": "proposed"})).json()["data"]) == 1


async def test_many_approvals_at_once_are_one(registry: ServiceHarness) -> None:
    proposed = await propose(registry, staff("administrator"))
    answers = await asyncio.gather(*(decide(registry, staff("administrator"), proposed) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    assert len(await registry.published(AreaListApproved)) == 1


async def test_many_proposals_at_once_are_numbered_without_gap(registry: ServiceHarness) -> None:
    names = [{**LUTON, "basis": f"reading {number}"} for number in range(6)]
    answers = await asyncio.gather(*(propose(registry, staff("administrator"), one) for one in names))
    assert sorted(answer.json()["version"] for answer in answers) == [2, 3, 4, 5, 6, 7]


async def test_a_refused_or_overtaken_version_never_counts(registry: ServiceHarness) -> None:
    first = await propose(registry, staff("administrator"))
    second = await propose(registry, staff("administrator"), LUTON, ALLERDALE)
    third = await propose(registry, staff("administrator"), ALLERDALE)
    assert (await decide(registry, staff("administrator"), third, "refused")).json()["status"] == "refused"
    assert (await decide(registry, staff("administrator"), second)).status_code == 200
    late = await decide(registry, staff("administrator"), first)
    assert (late.status_code, late.json()["code"]) == (409, "area-list-overtaken")
    again = await decide(registry, staff("administrator"), third)
    assert (again.status_code, again.json()["code"]) == (409, "area-list-decided")
    assert {event.list_version for event in await registry.published(AreaListApproved)} == {3}


async def test_the_same_again_is_no_new_version_and_a_repeat_answers_from_its_key(registry: ServiceHarness) -> None:
    importer = staff("administrator")
    first = await propose(registry, importer, key="one")
    repeat = await propose(registry, importer, key="one")
    assert (repeat.json(), repeat.headers["Idempotent-Replayed"]) == (first.json(), "true")
    same = await propose(registry, importer)
    assert (same.status_code, same.json()["code"]) == (409, "area-list-unchanged")


async def test_every_wrong_row_is_named_and_nothing_is_kept(registry: ServiceHarness) -> None:
    rows = [
        LUTON,
        {**LUTON, "area_code": "Luton"},
        LUTON,
        {**LUTON, "area_code": "E06000999"},
        {**LUTON, "area_code": "E06000063"},
        {**LUTON, "area_code": "E08000034", "categories": [7]},
        {**LUTON, "area_code": "E08000035", "categories": []},
        {**LUTON, "area_code": "E08000033", "area_name": ""},
    ]
    refused = await propose(registry, staff("administrator"), *rows)
    assert (refused.status_code, refused.json()["code"]) == (422, "area-list-rows-wrong")
    assert [(one["row"], one["code"]) for one in refused.json()["rows"]] == [
        (2, "malformed-code"),
        (3, "repeated-code"),
        (4, "unknown-code"),
        (5, "code-too-new"),
        (6, "category-unknown"),
        (7, "category-missing"),
        (8, "name-missing"),
    ]
    old = await propose(registry, staff("administrator"), ALLERDALE, vintage="2025")
    assert old.json()["rows"][0]["code"] == "code-too-old"
    keeper = await registry.client(staff("administrator"))
    assert (await keeper.get("/v1/area-lists", params={"status": "proposed"})).json()["data"] == []


async def test_a_file_is_read_as_the_same_list_would_be(registry: ServiceHarness) -> None:
    client = await registry.client(staff("administrator"))

    async def upload(body: bytes) -> httpx.Response:
        headers = {"Idempotency-Key": str(new_id()), "Content-Type": "text/csv"}
        return await client.post("/v1/area-lists/files", params=HEAD, content=body, headers=headers)

    kept = await upload("\ufeffarea_code,area_name,categories\r\nE06000032,Luton,5;6\r\n".encode())
    assert (kept.status_code, kept.json()["size"]) == (201, 1)
    wrong = await upload(b'area_code,area_name,categories\n"E06000032","Lu\nton",5\nE0,Nowhere,\n')
    assert next((one["row"], one["code"]) for one in wrong.json()["rows"]) == (4, "malformed-code")
    for body in (
        b"",
        b"code;name\n",
        b"area_code,area_name\nE06000032\n",
        b"area_code,area_name\n\xff,\n",
        b"a\x00b\n",
    ):
        unreadable = await upload(body)
        assert (unreadable.status_code, unreadable.json()["code"]) == (422, "area-list-unreadable"), body


async def test_a_long_list_is_told_in_parts_that_each_fit(registry: ServiceHarness) -> None:
    rows = [
        {"area_code": f"{900001 + number}", "area_name": f"Schule №{number} “é”", "categories": [], "basis": "é" * 200}
        for number in range(600)
    ]
    proposed = await propose(
        registry, staff("administrator"), *rows, scheme="pilot-schools", key_type="urn", completeness="complete"
    )
    assert (await decide(registry, staff("administrator"), proposed)).status_code == 200
    events = await registry.published(AreaListApproved)
    assert len(events) == events[0].parts > 3
    assert [event.part for event in events] == list(range(1, len(events) + 1))
    assert all(len(event.model_dump_json().encode()) <= 32 * 1024 for event in events)
    assert [area.area_code for event in events for area in event.areas] == [row["area_code"] for row in rows]


async def test_where_a_district_stands_follows_successions_and_says_unknown(registry: ServiceHarness) -> None:
    proposed = await propose(
        registry,
        staff("administrator"),
        ALLERDALE,
        {"area_code": "E07000028", "area_name": "Carlisle", "categories": [6]},
        {"area_code": "E07000029", "area_name": "Copeland", "categories": [5]},
    )
    client = await registry.client(anonymous())

    async def standing(district: str, scheme: str = SCHEME, **params: str) -> tuple[object, object, object]:
        answer = await client.get("/v1/area-lists/standings", params={"district": district, **params})
        [found] = [one for one in answer.json()["standings"] if one["scheme"] == scheme]
        return found["version"], found["is_listed"], found["categories"]

    assert await standing("E06000063") == (1, None, [])
    await decide(registry, staff("administrator"), proposed)
    assert await standing("E06000063") == (2, True, [5, 6])
    assert await standing("E06000063", on="2025-12-31") == (1, None, [])
    assert await standing("E06000064") == (2, None, [])
    assert await standing("E08000035", "opportunity-areas") == (1, False, [])
