"""The token endpoint reads the Authorization header itself; no other route gets to see one."""

import aiohttp

from gateway_harness import Platform

BASIC = {"Authorization": "Basic Y2xpZW50OnNlY3JldA=="}


async def test_the_token_endpoint_is_given_the_header_and_no_caller(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    headers = {**BASIC, "X-API-Key": "nonsense", "Content-Type": "application/x-www-form-urlencoded"}
    async with client.post(platform.url + "/oauth/token", headers=headers, data=b"grant_type=a") as reply:
        assert reply.status == 200
    assert platform.last_seen.all("authorization") == [BASIC["Authorization"]]
    assert platform.last_seen.all("x-api-key") == []
    assert platform.last_seen.principal("identity").kind == "anonymous"


async def test_two_headers_are_one_too_many(platform: Platform, client: aiohttp.ClientSession) -> None:
    twice = [("Authorization", "Basic YTpi"), ("Authorization", "Basic Yzpk")]
    async with client.post(platform.url + "/oauth/token", headers=twice) as reply:
        assert (reply.status, (await reply.json())["code"]) == (401, "two-credentials")


async def test_elsewhere_a_basic_header_is_no_credential(platform: Platform, client: aiohttp.ClientSession) -> None:
    for path in ("/oauth", "/v1/oauth-clients", "/v1/hubs"):
        async with client.get(platform.url + path, headers=BASIC) as reply:
            assert reply.status in (401, 404)
