"""Routes and replicas change while requests are served; a file that is wrong changes nothing."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from gateway.app import create_app, reload
from gateway.control.routing_file import RoutingWrong
from gateway_harness import StartPlatform, settings_for_gateway


async def status(client: aiohttp.ClientSession, url: str) -> int:
    async with client.get(url) as reply:
        return reply.status


async def test_routes_and_replicas_are_exchanged_under_load(
    start_platform: StartPlatform, client: aiohttp.ClientSession, tmp_path: Path
) -> None:
    path = tmp_path / "routing.json"
    path.write_text("{}")
    platform = await start_platform(routing_file=path, anonymous_per_minute=1_000_000, log_level="ERROR")
    settings = settings_for_gateway(platform.services_url, routing_file=path)
    stop = asyncio.Event()

    async def load() -> list[int]:
        found = []
        while not stop.is_set():
            found.append(await status(client, platform.url + "/v1/hubs"))
        return found

    loads = [asyncio.create_task(load()) for _ in range(4)]
    hubs = {"prefix": "/v1/hubs", "service": "hubs"}
    for number in range(10):
        routes = [hubs, {"prefix": f"/v1/new-{number}", "service": "funding"}]
        path.write_text(
            json.dumps({"routes": routes, "replicas": {"hubs": [platform.services_url] * (1 + number % 2)}})
        )
        reload(platform.gateway, settings)
        assert await status(client, f"{platform.url}/v1/new-{number}") == 200
        assert await status(client, platform.url + "/v1/claims") == 404
    stop.set()
    statuses = [one for found in await asyncio.gather(*loads) for one in found]
    assert len(statuses) > 10
    assert set(statuses) == {200}


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "{", {"unknown": 1}, {"replicas": {"nobody": ["http://127.0.0.1:1"]}}, {"replicas": {"hubs": []}},
        {"replicas": {"hubs": ["127.0.0.1:1"]}}, {"routes": [{"prefix": "/v1/a"}]}, {"routes": [{"prefix": "v1",
        "service": "hubs"}]},
        {"routes": [{"prefix": "/internal/x", "service": "hubs"}]}, {"routes": [{"prefix": "/v1/a",
        "service": "nobody"}]},
        {"routes": [{"prefix": "/v1/a", "service": "hubs"}, {"prefix": "/v1/a", "service": "funding"}]},
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_changes_nothing(tmp_path: Path, content: Any) -> None:
    path = tmp_path / "routing.json"
    path.write_text("{}")
    settings = settings_for_gateway("http://127.0.0.1:1", routing_file=path)
    gateway = create_app(settings)
    before = gateway.routes
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    with pytest.raises(RoutingWrong):
        reload(gateway, settings)
    assert gateway.routes == before
