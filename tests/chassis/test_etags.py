"""Nobody overwrites what they have not seen."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from fastapi import Request

from builders import a_teacher
from chassis.etags import conditional
from chassis.principal import Principal
from harness import ServiceHarness

TEACHER = a_teacher()


async def a_membership(sample: ServiceHarness, owner: Principal = TEACHER) -> str:
    """The path of a membership."""
    client = await sample.client(owner)
    body = {"hub_id": str(uuid4()), "badge": "first"}
    reply = await client.post("/v1/memberships", json=body, headers={"Idempotency-Key": "k"})
    return f"/v1/memberships/{reply.json()['id']}"


async def rename(sample: ServiceHarness, path: str, seen: str | None, badge: str = "second") -> httpx.Response:
    """Give it another badge, having seen a version."""
    client = await sample.client(TEACHER)
    return await client.put(path, json={"badge": badge}, headers={} if seen is None else {"If-Match": seen})


async def test_an_update_of_the_seen_version_goes_through_and_tells_the_next(sample: ServiceHarness) -> None:
    path = await a_membership(sample)
    reply = await rename(sample, path, '"1"')
    assert (reply.status_code, reply.headers["etag"]) == (200, '"2"')
    assert (await rename(sample, path, reply.headers["etag"], "third")).status_code == 200


@pytest.mark.parametrize(
    ("seen", "status", "code"),
    [
        (None, 428, "if-match-missing"),
        ('"0"', 412, "stale-version"),
        ('"yesterday"', 412, "stale-version"),
        ("*", 412, "stale-version"),
    ],
)
async def test_an_update_of_anything_else_is_refused(
    sample: ServiceHarness, seen: str | None, status: int, code: str
) -> None:
    reply = await rename(sample, await a_membership(sample), seen)
    assert (reply.status_code, reply.json()["code"]) == (status, code)


async def test_of_two_updates_at_once_one_wins(sample: ServiceHarness) -> None:
    path = await a_membership(sample)
    replies = await asyncio.gather(*(rename(sample, path, '"1"', f"badge-{n}") for n in range(5)))
    assert sorted(reply.status_code for reply in replies) == [200, 412, 412, 412, 412]


async def test_anothers_resource_is_not_there(sample: ServiceHarness) -> None:
    assert (await rename(sample, await a_membership(sample, owner=a_teacher()), '"1"')).status_code == 404


def a_request(**headers: str) -> Request:
    """A GET with headers."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": raw})


def test_a_public_reply_the_caller_holds_is_not_sent_again() -> None:
    first = conditional(a_request(), b"[]")
    again = conditional(a_request(if_none_match=first.headers["etag"]), b"[]")
    changed = conditional(a_request(if_none_match=first.headers["etag"]), b"[1]")
    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert again.body == b""
    assert first.headers["cache-control"] == "public, max-age=60"
