"""The pages for operators, on their own port."""

import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from gateway.admin.app import Admin
from gateway.control.routing_file import RoutingWrong
from gateway_harness import Platform, settings_for_gateway
from gateway_processes import processes, services, status_by
from ncce_cli.processes import free_port

Ask = Callable[[str, str], Awaitable[tuple[int, Any]]]


class Reloading:
    """Fails when told to."""

    is_wrong = False

    def __call__(self) -> None:
        if self.is_wrong:
            raise RoutingWrong("routing.json: a prefix is there twice")


@pytest.fixture
def reloading() -> Reloading:
    return Reloading()


@pytest.fixture
async def ask(platform: Platform, client: aiohttp.ClientSession, reloading: Reloading) -> AsyncIterator[Ask]:
    """Ask the admin port; status and document, or text."""
    listener = socket.create_server(("127.0.0.1", 0))
    admin = Admin(platform.gateway, settings_for_gateway("http://127.0.0.1:1"), reloading)
    await admin.server.listen([listener])

    async def asked(method: str, path: str) -> tuple[int, Any]:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}{path}"
        async with client.request(method, url) as reply:
            is_json = reply.content_type.endswith("json")
            return reply.status, await reply.json(content_type=None) if is_json else await reply.text()

    yield asked
    admin.server.close()


async def test_operators_see_services_routes_and_metrics_and_reload(
    platform: Platform, ask: Ask, reloading: Reloading
) -> None:
    assert await ask("GET", "/health/live") == (200, {"status": "live"})
    _, services = await ask("GET", "/services")
    assert {one["name"]: one for one in services}["hubs"]["replicas"][0]["origin"] == platform.services_url
    assert {"prefix": "/v1/hubs", "service": "hubs"} in (await ask("GET", "/routes"))[1]
    assert "ncce_request_seconds" in (await ask("GET", "/metrics"))[1]
    assert await ask("POST", "/reload") == (200, {"status": "reloaded", "detail": ""})
    reloading.is_wrong = True
    assert await ask("POST", "/reload") == (
        422,
        {"status": "kept", "detail": "routing.json: a prefix is there twice"},
    )


async def test_other_pages_and_methods_get_problems(ask: Ask) -> None:
    for method, path, status, code in (
        ("GET", "/v1/hubs", 404, "no-such-path"),
        ("GET", "/reload", 405, "method-not-allowed"),
        ("DELETE", "/routes", 405, "method-not-allowed"),
    ):
        found, problem = await ask(method, path)
        assert (found, problem["code"]) == (status, code)


async def test_only_this_machine_is_told_more_than_can_be_read(platform: Platform, tmp_path: Path) -> None:
    """A caller by a socket file has no address, and so is no caller of this machine's."""
    path, reloaded = str(tmp_path / "admin"), []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        admin = Admin(platform.gateway, settings_for_gateway("http://127.0.0.1:1"), lambda: reloaded.append(1))
        await admin.server.listen([listener])
        async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(path)) as stranger:
            async with stranger.get("http://admin/metrics") as reply:
                assert reply.status == 200
            async with stranger.post("http://admin/reload") as reply:
                assert (reply.status, reloaded) == (404, [])
        admin.server.close()


async def test_each_process_tells_its_own_numbers_and_together_they_are_all() -> None:
    first = consecutive_ports(2)
    place = {"GATEWAY_ADMIN_HOST": "127.0.0.2", "GATEWAY_ADMIN_PORT": str(first)}
    async with services() as (behind, running), processes(running.url, 2, **place) as (_, port):
        assert len(await status_by(port, 2)) == 2
        counts = [await counted(first + index) for index in range(2)]
        asked = sum(one.target == "/v1/hubs" for one in behind.seen)
        assert all(counts)
        assert sum(counts) == asked


async def counted(port: int) -> int:
    """How many requests a process says it has answered."""
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.2:{port}/metrics") as reply:
        found = re.search(r'seconds_count{method="GET",route="/v1/hubs",status="200"} ([0-9.]+)', await reply.text())
    return int(float(found[1])) if found else 0


def consecutive_ports(number: int) -> int:
    """The first of so many free ports in a row."""
    while True:
        first = free_port()
        try:
            for port in range(first, first + number):
                socket.create_server(("127.0.0.2", port)).close()
        except OSError:
            continue
        return first
