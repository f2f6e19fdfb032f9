"""A platform of its own for each campaign, whose logs outlive it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from platform_harness import Platform


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """A platform that only one test uses, stopped at the end."""
    platform = Platform(tmp_path / "home")
    platform.run("up", "--detach", seconds=600)
    yield platform
    platform.keep_evidence(tmp_path / "logs")
    platform.run("reset", "--yes")
