"""A platform of its own for each campaign, whose logs outlive it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from platform_harness import Platform

UNLIMITED = "100000000"
KINDS = ("SIGNED_IN", "PARTNER", "ORGANISATION", "ANONYMOUS", "FAILED_AUTHENTICATION")
CONNECTIONS = os.environ.get("NCCE_CONNECTIONS", "32")


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """A platform that only one test uses, stopped at the end."""
    yield from _platform(tmp_path)


@pytest.fixture
def platform_without_quotas(tmp_path: Path) -> Iterator[Platform]:
    """The same, for those who ask from one address what thousands would; so many questions under way at a service."""
    limits = {f"GATEWAY_{kind}_PER_MINUTE": UNLIMITED for kind in KINDS}
    yield from _platform(tmp_path, GATEWAY_UPSTREAM_CONNECTIONS=CONNECTIONS, **limits)


def _platform(tmp_path: Path, **settings: str) -> Iterator[Platform]:
    platform = Platform(tmp_path / "home", **settings)
    platform.run("up", "--detach", seconds=600)
    yield platform
    platform.keep_evidence(tmp_path / "logs")
    platform.run("reset", "--yes")
