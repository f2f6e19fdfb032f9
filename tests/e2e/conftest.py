"""One platform for all journeys."""

from collections.abc import Iterator

import pytest

from platform_harness import Platform


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """One platform for all journeys; it is stopped at the end."""
    platform = Platform(tmp_path_factory.mktemp("platform") / "home")
    platform.run("up", "--detach")
    yield platform
    platform.run("reset", "--yes")
