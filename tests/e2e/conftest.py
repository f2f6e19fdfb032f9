"""One platform for all journeys."""

from collections.abc import Iterator

import pytest

from ncce_cli import processes
from openid_provider import set_up
from platform_harness import Platform


@pytest.fixture(scope="package")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """One platform for all journeys; it is stopped after the last of them."""
    port, elsewhere = processes.free_port(), processes.free_port()
    settings = {
        "NCCE_PORT": str(port),
        "IDENTITY_PROVIDERS": set_up(f"http://127.0.0.1:{elsewhere}"),
        "IDENTITY_FEDERATION_REDIRECT_URL": f"http://localhost:{port}/sign-in/return",
    }
    platform = Platform(tmp_path_factory.mktemp("platform") / "home", **settings)
    platform.run("up", "--detach")
    yield platform
    platform.run("reset", "--yes")
