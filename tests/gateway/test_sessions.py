"""Signed in by cookie: who that is, what it takes to change something, and that other sites cannot do it."""

from typing import Any

import aiohttp
import pytest

from gateway_harness import CSRF, SESSION, Platform, StartPlatform, sign_in_by_cookie

FRONTEND = "https://teachcomputing.example.org"
COOKIES = f"theme=dark; __Host-ncce_session={SESSION}; ncce_csrf={CSRF}"


def signed_in(platform: Platform) -> str:
    """Let identity know the session; the sign-in's id."""
    return sign_in_by_cookie(platform.services, platform.clock())


async def ask(platform: Platform, client: aiohttp.ClientSession, method: str, **headers: str) -> tuple[int, str]:
    url = platform.url + "/v1/bookings"
    sent = {"Cookie": COOKIES, **{name.replace("_", "-"): value for name, value in headers.items()}}
    async with client.request(method, url, headers=sent) as reply:
        return reply.status, (await reply.json()).get("code", "")


async def test_a_sessions_cookie_makes_a_caller_and_ends_at_the_gateway(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    signed_in(platform)
    for _ in range(3):
        assert await ask(platform, client, "GET") == (200, "")
    assert platform.last_seen.principal().kind == "person"
    assert platform.last_seen.all("cookie") == ["theme=dark"]
    assert platform.services.session_lookups == 1
    platform.clock.advance(61)
    assert await ask(platform, client, "GET") == (200, "")
    assert platform.services.session_lookups == 2


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X_CSRF_Token": CSRF, "Origin": FRONTEND}, 200),
        ({"X_CSRF_Token": CSRF}, 403),
        ({"Origin": FRONTEND}, 403),
        ({"X_CSRF_Token": CSRF[:-1] + "0", "Origin": FRONTEND}, 403),
        ({"X_CSRF_Token": CSRF, "Origin": "https://evil.example.org"}, 403),
        ({"X_CSRF_Token": CSRF, "Origin": "null"}, 403),
        ({"X_CSRF_Token": CSRF, "Origin": "https://teachcomputing.example.org.evil.example.org"}, 403),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_a_change_takes_the_token_and_a_page_of_ours(
    start_platform: StartPlatform, client: aiohttp.ClientSession, method: str, headers: dict[str, str], status: int
) -> None:
    platform = await start_platform(allowed_origins=FRONTEND)
    signed_in(platform)
    assert await ask(platform, client, method, **headers) == (status, "csrf-failed" if status == 403 else "")
    assert len(platform.services.seen) == (status == 200)


async def test_a_page_of_the_platforms_own_origin_is_ours(platform: Platform, client: aiohttp.ClientSession) -> None:
    signed_in(platform)
    assert await ask(platform, client, "POST", X_CSRF_Token=CSRF, Origin=platform.url) == (200, "")


async def test_a_session_that_is_over_makes_a_visitor_who_may_sign_in(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    for _ in range(3):
        assert await ask(platform, client, "POST") == (200, "")
        assert platform.last_seen.principal().kind == "anonymous"
    assert platform.services.session_lookups == 1


async def test_a_token_beside_the_cookie_is_what_counts(platform: Platform, client: aiohttp.ClientSession) -> None:
    signed_in(platform)
    headers = {"Authorization": f"Bearer {platform.issuer.token(attributes={'phase': 'primary'})}"}
    assert await ask(platform, client, "POST", **headers) == (200, "")
    assert platform.last_seen.principal().attributes == {"phase": "primary"}
    assert platform.services.session_lookups == 0


async def test_what_descends_from_a_sign_in_ends_with_it(platform: Platform, client: aiohttp.ClientSession) -> None:
    sign_in = signed_in(platform)
    token = platform.issuer.token(attributes={"sign_in_id": sign_in})
    bearer = {"Authorization": f"Bearer {token}"}
    assert await ask(platform, client, "GET") == (200, "")
    assert await ask(platform, client, "GET", **bearer) == (200, "")
    platform.gateway.authenticator.end(sign_in)
    assert await ask(platform, client, "GET", **bearer) == (401, "invalid-credential")
    assert await ask(platform, client, "GET") == (200, "")
    assert platform.last_seen.principal().kind == "anonymous"


@pytest.mark.parametrize("origin", [FRONTEND, "https://evil.example.org"])
async def test_browsers_are_told_which_pages_may_read(
    start_platform: StartPlatform, client: aiohttp.ClientSession, origin: str
) -> None:
    platform = await start_platform(allowed_origins=FRONTEND)
    told: list[Any] = []
    for method, path in (("GET", "/v1/hubs"), ("GET", "/v1/nothing"), ("OPTIONS", "/v1/hubs")):
        headers = {"Origin": origin, "Access-Control-Request-Method": "PUT"}
        async with client.request(method, platform.url + path, headers=headers) as reply:
            told.append(reply.headers.get("Access-Control-Allow-Origin"))
            if method == "OPTIONS" and origin == FRONTEND:
                assert reply.status == 204
                assert "PUT" in reply.headers["Access-Control-Allow-Methods"]
                assert "Idempotency-Key" in reply.headers["Access-Control-Allow-Headers"]
    assert told == [FRONTEND if origin == FRONTEND else None] * 3
