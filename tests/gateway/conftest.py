"""A gateway on a socket, with services behind it."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import uvicorn

from gateway_harness import Issuer, Platform, Running, RunningGateway, Services, StartPlatform, build_gateway, run


@pytest.fixture
async def start_platform() -> AsyncIterator[StartPlatform]:
    """Start a gateway with its own services: `await start_platform(**settings)`."""
    started: list[Running | RunningGateway] = []

    async def start(**overrides: Any) -> Platform:
        issuer = Issuer()
        services = Services(issuer)
        behind = run(uvicorn.Config(services, log_config=None, access_log=False, lifespan="off", ws="none"))
        gateway, clock, running = build_gateway(behind.url, **overrides)
        started.extend([running, behind])
        return Platform(gateway, services, running, issuer, clock, behind.url)

    yield start
    for running in started:
        await running.stop()


@pytest.fixture
async def platform(start_platform: StartPlatform) -> Platform:
    """The usual platform."""
    return await start_platform()


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    """A caller that decodes nothing and follows nothing by itself."""
    async with aiohttp.ClientSession(auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session
