"""Test keys: their requests go to the sandbox, and without one nowhere."""

import json
from collections.abc import AsyncIterator
from time import monotonic
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


@pytest.fixture
async def two_sided(start_platform: StartPlatform, sandbox: tuple[Services, str]) -> Platform:
    """A platform with a sandbox, and a test key."""
    _, url = sandbox
    origins = {f"sandbox_{name}_url": url for name in SERVICES}
    live = await start_platform(sandbox_principal_key=SecretStr(json.dumps(a_key("sandbox"))), **origins)
    live.services.api_keys[KEY] = grant("test")
    return live


@pytest.mark.parametrize(
    ("fault", "status", "code", "is_done"),
    [
        ("503", 503, "upstream-unavailable", False),
        ("429", 429, "rate-limited", False),
        ("timeout", 504, "upstream-timeout", True),
        ("slow-1s", 200, "", True),
        ("slow-31s", 400, "sandbox-fault-unknown", False),
        ("Slow", 400, "sandbox-fault-unknown", False),
    ],
)
async def test_a_fault_that_is_asked_for_happens(
    two_sided: Platform, client: aiohttp.ClientSession, sandbox: tuple[Services, str],
    fault: str, status: int, code: str, is_done: bool,
) -> None:  # fmt: skip
    services, _ = sandbox
    headers = {"X-API-Key": KEY, "NCCE-Sandbox-Fault": fault}
    began = monotonic()
    async with client.post(two_sided.url + "/v1/completions:batch", headers=headers, data=b"{}") as reply:
        assert (reply.status, (await reply.json()).get("code", "")) == (status, code)
        assert reply.headers.get("Retry-After") == ("1" if code in ("upstream-unavailable", "rate-limited") else None)
    assert [seen.body_bytes for seen in services.seen] == ([2] if is_done else [])
    assert services.seen == [] or services.seen[0].all("ncce-sandbox-fault") == []
    assert monotonic() - began > (1 if status == 200 else 0)


async def test_an_answer_is_lost_with_the_connection_after_the_work_was_done(
    two_sided: Platform, client: aiohttp.ClientSession, sandbox: tuple[Services, str]
) -> None:
    headers = {"X-API-Key": KEY, "NCCE-Sandbox-Fault": "disconnect"}
    with pytest.raises(aiohttp.ClientError):
        await client.post(two_sided.url + "/v1/completions:batch", headers=headers, data=b"{}")
    assert len(sandbox[0].seen) == 1


async def test_nothing_goes_wrong_on_purpose_for_live_keys_and_people(
    two_sided: Platform, client: aiohttp.ClientSession
) -> None:
    two_sided.services.api_keys[KEY] = grant("live")
    for credential in ({"X-API-Key": KEY}, {"Authorization": f"Bearer {two_sided.issuer.token()}"}, {}):
        headers = credential | {"NCCE-Sandbox-Fault": "503"}
        async with client.get(two_sided.url + "/v1/hubs", headers=headers) as reply:
            assert (reply.status, (await reply.json())["code"]) == (403, "sandbox-only")
    assert two_sided.services.seen == []


async def test_without_a_sandbox_nothing_goes_wrong_on_purpose(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    async with client.get(platform.url + "/v1/hubs", headers={"NCCE-Sandbox-Fault": "503"}) as reply:
        assert (reply.status, (await reply.json())["code"]) == (403, "sandbox-only")
