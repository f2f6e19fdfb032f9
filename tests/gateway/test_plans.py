"""The same request again and again is decided once; nothing that has changed since is overlooked."""

from collections.abc import Callable
from typing import Any

import pytest

from gateway.policy.routing import Route
from gateway_harness import Platform, StartPlatform, raw_exchange


def request(token: str, last: bool = False) -> bytes:
    end = "Connection: close\r\n" if last else ""
    return f"GET /v1/hubs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n{end}\r\n".encode()


async def statuses(platform: Platform, token: str, times: int = 3) -> list[str]:
    """Of so many requests that are the same to the byte, and one that closes the connection."""
    payload = request(token) * times + request(token, last=True)
    answers = (await raw_exchange(platform.running.port, payload)).split(b"HTTP/1.1 ")[1:]
    return [answer[:3].decode() for answer in answers]


def ends_sign_in(platform: Platform) -> None:
    platform.gateway.authenticator.end("a-sign-in")


def expires(platform: Platform) -> None:
    platform.clock.advance(331)


@pytest.mark.parametrize("change", [ends_sign_in, expires])
async def test_a_caller_who_is_refused_is_refused_also_where_the_same_request_was_passed_on_before(
    platform: Platform, change: Callable[[Platform], Any]
) -> None:
    token = platform.issuer.token(attributes={"sign_in_id": "a-sign-in"})
    assert set(await statuses(platform, token)) == {"200"}
    assert len(platform.gateway.server.heads) > 0
    change(platform)
    assert set(await statuses(platform, token)) == {"401"}


async def test_a_route_that_leads_elsewhere_now_leads_there_for_requests_known_from_before(platform: Platform) -> None:
    token = platform.issuer.token()
    assert set(await statuses(platform, token)) == {"200"}
    assert platform.last_seen.principal("hubs").kind == "person"
    platform.gateway.use([Route("/v1/hubs", "funding")], {})
    assert set(await statuses(platform, token)) == {"200"}
    assert platform.last_seen.principal("funding").kind == "person"
    platform.gateway.use([Route("/v1/other", "funding")], {})
    assert set(await statuses(platform, token)) == {"404"}


async def test_each_of_the_same_requests_is_counted_and_has_an_id_of_its_own(start_platform: StartPlatform) -> None:
    platform = await start_platform(signed_in_per_minute=5)
    token = platform.issuer.token()
    assert await statuses(platform, token, 7) == ["200"] * 5 + ["429"] * 3
    ids = {seen.all("x-request-id")[0] for seen in platform.services.seen}
    traces = {seen.all("traceparent")[0] for seen in platform.services.seen}
    assert (len(ids), len(traces)) == (5, 5)


async def test_a_caller_without_a_credential_is_counted_by_address_and_stays_nobody(platform: Platform) -> None:
    plain = b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = await raw_exchange(platform.running.port, plain * 3 + request(platform.issuer.token(), last=True))
    assert answer.count(b"HTTP/1.1 200 ") == 4
    assert [seen.principal().kind for seen in platform.services.seen] == ["anonymous"] * 3 + ["person"]
    assert [b'"anonymous";r=%d;' % left in answer for left in (299, 298, 297)] == [True] * 3
