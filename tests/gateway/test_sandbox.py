"""Test keys: their requests go to the sandbox, and without one nowhere."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import uvicorn
from pydantic import SecretStr, ValidationError

from builders import GATEWAY_KEY, a_key, key_set
from chassis.errors import Unauthenticated
from chassis.ids import new_id
from chassis.principal import PrincipalVerifier
from gateway.settings import SERVICES
from gateway_harness import Issuer, Platform, Services, StartPlatform, run, settings_for_gateway

KEY = "ncce_test_0123456789_" + "s" * 43 + "_0a1b2c3d"


def grant(environment: str) -> dict[str, Any]:
    """What identity says of a good key."""
    return {
        "key_id": str(new_id()),
        "organisation_id": str(new_id()),
        "scopes": ["completions:write"],
        "expires_at": None,
        "environment": environment,
    }


async def answer(platform: Platform, client: aiohttp.ClientSession) -> tuple[int, str]:
    """Status and problem code of a read with the key, looked up anew."""
    platform.clock.advance(5)
    async with client.get(platform.url + "/v1/hubs", headers={"X-API-Key": KEY}) as reply:
        return reply.status, (await reply.json()).get("code", "")


@pytest.fixture
async def sandbox() -> AsyncIterator[tuple[Services, str]]:
    """The sandbox's services, and where they are."""
    services = Services(Issuer())
    behind = run(uvicorn.Config(services, log_config=None, access_log=False, lifespan="off", ws="none"))
    yield services, behind.url
    await behind.stop()


async def test_a_test_key_reaches_the_sandbox_and_never_a_live_service(
    start_platform: StartPlatform, client: aiohttp.ClientSession, sandbox: tuple[Services, str]
) -> None:
    key, (services, url) = a_key("sandbox"), sandbox
    origins = {f"sandbox_{name}_url": url for name in SERVICES}
    live = await start_platform(sandbox_principal_key=SecretStr(json.dumps(key)), **origins)
    granted = live.services.api_keys[KEY] = grant("test")
    assert await answer(live, client) == (200, "")
    assert live.services.seen == services.key_lookups == []
    [seen] = services.seen
    [statement] = seen.all("x-ncce-principal")
    assert str(PrincipalVerifier(key_set(key), "hubs").verify(statement).id) == granted["key_id"]
    with pytest.raises(Unauthenticated):
        PrincipalVerifier(key_set(GATEWAY_KEY), "hubs").verify(statement)
    live.services.api_keys[KEY] = grant("live")
    assert await answer(live, client) == (200, "")
    assert (len(live.services.seen), len(services.seen)) == (1, 1)


async def test_without_a_sandbox_a_test_key_does_nothing(platform: Platform, client: aiohttp.ClientSession) -> None:
    platform.services.api_keys[KEY] = grant("test")
    assert await answer(platform, client) == (403, "sandbox-missing")
    assert platform.services.seen == []
    platform.services.api_keys[KEY] = grant("live")
    assert await answer(platform, client) == (200, "")


@pytest.mark.parametrize(
    "half",
    [
        {"sandbox_hubs_url": "http://127.0.0.1:1"},
        {"sandbox_principal_key": SecretStr(json.dumps(a_key("sandbox")))},
        {
            "sandbox_principal_key": SecretStr(json.dumps(GATEWAY_KEY)),
            **{f"sandbox_{name}_url": "http://127.0.0.1:1" for name in SERVICES},
        },
    ],
    ids=["no key", "no services", "the live key"],
)
def test_half_a_sandbox_and_one_with_the_live_key_stop_the_start(half: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        settings_for_gateway("http://127.0.0.1:1", **half)
