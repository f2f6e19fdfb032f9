"""One platform for all journeys."""

from collections.abc import Iterator

import pytest

from ncce_cli import processes
from openid_provider import set_up
from otlp_receiver import Collector, collecting
from platform_harness import Platform


@pytest.fixture(scope="package")
def collector() -> Iterator[Collector]:
    """Whom all processes of the platform tell of traces."""
    with collecting() as collector:
        yield collector


@pytest.fixture(scope="package")
def platform(tmp_path_factory: pytest.TempPathFactory, collector: Collector) -> Iterator[Platform]:
    """One platform for all journeys; it is stopped after the last of them."""
    port, elsewhere = processes.free_port(), processes.free_port()
    settings = {
        "NCCE_PORT": str(port),
        "IDENTITY_PROVIDERS": set_up(f"http://127.0.0.1:{elsewhere}"),
        "IDENTITY_FEDERATION_REDIRECT_URL": f"http://localhost:{port}/sign-in/return",
        "OTLP_URL": collector.url,
        "GATEWAY_TRACED_SHARE": "0",  # of the journeys nobody has to be told: only of who says so
    }
    platform = Platform(tmp_path_factory.mktemp("platform") / "home", **settings)
    platform.run("up", "--detach")
    yield platform
    platform.run("reset", "--yes")
