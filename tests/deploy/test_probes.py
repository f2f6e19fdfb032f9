"""The pages that images and compose ask for their health exist in every process."""

import re
import socket

import httpx
import pytest

from chassis import health
from composition import ROOT, settings_of
from gateway.app import create_app
from gateway.settings import Settings

PROBES = {"/health/live", "/health/ready"}


def test_exactly_these_pages_are_asked_for() -> None:
    files = (ROOT / "deploy" / "Dockerfile", ROOT / "docker-compose.yml")
    assert {page for path in files for page in re.findall(r"/health/[a-z]+", path.read_text())} == PROBES


def test_a_service_has_them_in_serve_and_work() -> None:
    assert {getattr(route, "path", "") for route in health.router.routes} >= PROBES


@pytest.mark.parametrize("page", sorted(PROBES))
async def test_the_gateway_has_them(dotenv: dict[str, str], page: str) -> None:
    assert settings_of("gateway") is Settings
    origins = {f"{name}_url": "http://127.0.0.1:9" for name in ("identity", "hubs", "certification", "funding")}
    gateway = create_app(Settings.model_validate({"principal_key": dotenv["GATEWAY_PRINCIPAL_KEY"], **origins}))
    listener = socket.create_server(("127.0.0.1", 0))
    await gateway.listen([listener])
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}") as client:
        # Without identity it is not ready; what is asked here is whether it knows the page.
        assert (await client.get(page)).status_code != 404
        assert (await client.get("/health/elsewhere")).status_code == 404
    gateway.server.close()
