"""What is agreed with a partner: how much a key and an organisation may ask, and from where."""

from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from gateway.policy.networks import is_within, read_networks
from gateway_harness import Platform, StartPlatform

ORGANISATION = str(uuid4())


def a_key(number: int) -> str:
    return f"ncce_test_{number:010d}_" + "s" * 43 + "_0a1b2c3d"


def grant(**more: Any) -> dict[str, Any]:
    return {
        "key_id": str(uuid4()),
        "organisation_id": ORGANISATION, "scopes": [], "expires_at": None, "environment": "live",
    } | more  # fmt: skip


async def ask(platform: Platform, client: aiohttp.ClientSession, key: str) -> tuple[int, str, str]:
    async with client.get(platform.url + "/v1/hubs", headers={"X-API-Key": key}) as reply:
        return reply.status, (await reply.json()).get("code", ""), reply.headers.get("RateLimit", "")


async def test_a_key_has_the_quota_that_was_agreed_for_it(platform: Platform, client: aiohttp.ClientSession) -> None:
    platform.services.api_keys |= {a_key(1): grant(requests_per_minute=2), a_key(2): grant()}
    assert [(await ask(platform, client, a_key(1)))[0] for _ in range(3)] == [200, 200, 429]
    status, _, told = await ask(platform, client, a_key(2))
    assert (status, told) == (200, '"partner";r=2999;t=1, "organisation";r=5997;t=1')
    assert platform.last_seen.principal().attributes == {"environment": "live"}


async def test_an_organisations_keys_have_one_quota_together(platform: Platform, client: aiohttp.ClientSession) -> None:
    agreed = {"organisation_requests_per_minute": 3}
    platform.services.api_keys |= {a_key(number): grant(**agreed) for number in range(2)}
    other = grant(organisation_id=str(uuid4()), **agreed)
    platform.services.api_keys[a_key(9)] = other
    found = [await ask(platform, client, a_key(number % 2)) for number in range(4)]
    assert [status for status, _, _ in found] == [200, 200, 200, 429]
    assert found[-1][1] == "rate-limited"
    assert (await ask(platform, client, a_key(9)))[0] == 200


@pytest.mark.parametrize(
    ("networks", "status"),
    [
        ([], 200),
        (["127.0.0.0/8"], 200),
        (["192.0.2.0/24", "127.0.0.1/32"], 200),
        (["192.0.2.0/24"], 403),
        (["::/0"], 403),
    ],
)
async def test_a_key_is_good_where_it_was_agreed(
    start_platform: StartPlatform, client: aiohttp.ClientSession, networks: list[str], status: int
) -> None:
    platform = await start_platform()
    platform.services.api_keys[a_key(1)] = grant(allowed_networks=networks)
    for _ in range(2):
        found = await ask(platform, client, a_key(1))
        assert found[:2] == (status, "address-not-allowed" if status == 403 else "")
    assert len(platform.services.seen) == (2 if status == 200 else 0)


async def test_a_token_of_a_partners_program_carries_what_was_agreed(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    token = platform.issuer.token(
        kind="partner", organisation_id=ORGANISATION, scopes=["completions:write"], requests_per_minute=1,
        allowed_networks=["127.0.0.1/32"], attributes={"environment": "live"},
    )  # fmt: skip
    elsewhere = platform.issuer.token(kind="partner", organisation_id=ORGANISATION, allowed_networks=["192.0.2.0/24"])
    statuses = []
    for shown in (token, token, elsewhere):
        async with client.get(platform.url + "/v1/hubs", headers={"Authorization": f"Bearer {shown}"}) as reply:
            statuses.append(reply.status)
    assert statuses == [200, 429, 403]
    assert platform.last_seen.principal().scopes == {"completions:write"}


@pytest.mark.parametrize(
    ("address", "within"),
    [("192.0.2.7", True), ("::ffff:192.0.2.7", True), ("192.0.3.7", False), ("2001:db8::1", True), ("unknown", False)],
)
def test_addresses_are_compared_however_they_are_written(address: str, within: bool) -> None:
    assert is_within(address, read_networks(["192.0.2.0/24", "2001:db8::/32"])) is within
