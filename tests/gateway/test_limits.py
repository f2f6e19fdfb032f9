"""Quotas: the arithmetic, then what callers see of it."""

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_key
from gateway.policy.buckets import Buckets, OwnStore
from gateway.policy.networks import source_of
from gateway_harness import Platform, StartPlatform

WINDOW_SECONDS = 60


def test_a_quota_can_be_used_at_once_and_comes_back_evenly() -> None:
    buckets = Buckets("test", 6)
    first = [buckets.spend("a", 1000.0) for _ in range(7)]
    assert [verdict.allowed for verdict in first] == [True] * 6 + [False]
    assert [verdict.remaining for verdict in first] == [5, 4, 3, 2, 1, 0, 0]
    assert first[-1].retry_after_seconds == 10
    assert not buckets.spend("a", 1009.9).allowed
    assert buckets.spend("a", 1010.0).allowed
    assert buckets.spend("b", 1000.0).remaining == 5


@given(st.lists(st.floats(min_value=0, max_value=30), max_size=200), st.integers(min_value=1, max_value=50))
def test_no_window_lets_more_than_the_quota_and_its_refill_through(pauses: list[float], quota: int) -> None:
    buckets, now, allowed_at = Buckets("test", quota), 0.0, []
    for pause in pauses:
        now += pause
        if buckets.spend("a", now).allowed:
            allowed_at.append(now)
    for start in allowed_at:
        within = [at for at in allowed_at if start <= at <= start + WINDOW_SECONDS]
        assert len(within) <= 2 * quota


def test_who_waits_as_long_as_told_is_let_in() -> None:
    buckets = Buckets("test", 7)
    while (verdict := buckets.spend("a", 5.0)).allowed:
        pass
    assert buckets.is_spent("a", 5.0)
    assert buckets.spend("a", 5.0 + verdict.retry_after_seconds).allowed


def test_memory_of_callers_is_bounded() -> None:
    store = OwnStore(capacity=100)
    buckets = Buckets("test", 10, store)
    for number in range(1000):
        buckets.spend(str(number), 1.0)
    assert len(store) <= 100


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::"),
    ],
)
def test_an_address_counts_as_the_network_its_owner_has(address: str, source: str) -> None:
    assert source_of(address) == source


async def test_a_services_own_quota_stands_beside_that_of_the_caller(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    async with client.get(platform.url + "/v1/hubs/limited") as reply:
        policies, left = reply.headers.getall("RateLimit-Policy"), reply.headers.getall("RateLimit")
    assert sorted(one.partition(";")[0] for one in policies) == ['"anonymous"', '"replays"']
    assert '"replays";r=9;t=6' in left


async def test_a_reply_tells_the_quota_and_429_when_to_come_back(
    start_platform: StartPlatform, client: aiohttp.ClientSession
) -> None:
    platform = await start_platform(anonymous_per_minute=2)
    async with client.get(platform.url + "/v1/hubs") as reply:
        assert reply.headers["RateLimit-Policy"] == '"anonymous";q=2;w=60'
        assert reply.headers["RateLimit"] == '"anonymous";r=1;t=30'
    async with client.get(platform.url + "/v1/hubs"):
        pass
    async with client.get(platform.url + "/v1/hubs") as reply:
        problem = await reply.json()
        assert (reply.status, problem["code"]) == (429, "rate-limited")
        assert reply.headers["RateLimit"] == '"anonymous";r=0;t=60'
        assert reply.headers.getall("Retry-After") == ["30"]
    assert len(platform.services.seen) == 2
    platform.clock.advance(30)
    async with client.get(platform.url + "/v1/hubs") as reply:
        assert reply.status == 200


async def test_a_person_has_one_quota_over_all_tokens_and_apart_from_others(
    start_platform: StartPlatform, client: aiohttp.ClientSession
) -> None:
    platform = await start_platform(signed_in_per_minute=2, anonymous_per_minute=1)
    person = "0190aaaa-0000-7000-8000-000000000001"

    async def status(token: str) -> int:
        headers = {"Authorization": f"Bearer {token}"}
        async with client.get(platform.url + "/v1/hubs", headers=headers) as reply:
            return reply.status

    tokens = [platform.issuer.token(sub=person, jti=str(number)) for number in range(3)]
    assert [await status(token) for token in tokens] == [200, 200, 429]
    assert await status(platform.issuer.token()) == 200


async def test_bad_credentials_from_one_address_are_soon_not_even_checked(
    start_platform: StartPlatform, client: aiohttp.ClientSession
) -> None:
    platform = await start_platform(failed_authentication_per_minute=3)
    known = {"Authorization": f"Bearer {platform.issuer.token()}"}
    forger = a_key("identity-1")

    async def get(headers: dict[str, str]) -> int:
        async with client.get(platform.url + "/v1/hubs", headers=headers) as reply:
            return reply.status

    assert await get(known) == 200
    forged = [{"Authorization": f"Bearer {platform.issuer.token(key=forger)}"} for _ in range(5)]
    assert [await get(headers) for headers in forged] == [401, 401, 401, 429, 429]
    assert await get(known) == 200, "who is known already is not hurt"
    assert await get({}) == 200
    platform.clock.advance(20)
    assert await get({"Authorization": f"Bearer {platform.issuer.token()}"}) == 200


async def test_a_clock_that_was_wrong_for_a_while_leaves_nobody_refused(
    start_platform: StartPlatform, client: aiohttp.ClientSession
) -> None:
    platform = await start_platform(anonymous_per_minute=2, failed_authentication_per_minute=1)

    async def status(headers: dict[str, str]) -> int:
        async with client.get(platform.url + "/v1/hubs", headers=headers) as reply:
            return reply.status

    platform.clock.ahead = 3600
    assert [await status({}) for _ in range(3)] == [200, 200, 429]
    assert [await status({"Authorization": "Bearer no.such.token"}) for _ in range(2)] == [401, 429]
    platform.clock.ahead = 0
    assert [await status({}), await status({"Authorization": "Bearer no.such.token"})] == [429, 429]
    platform.clock.advance(60)
    assert [await status({}), await status({"Authorization": "Bearer no.such.token"})] == [200, 401]
