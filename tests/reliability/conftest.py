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
    yield from _without_quotas(tmp_path)


@pytest.fixture
def platform_on_other_processors(tmp_path: Path) -> Iterator[Platform]:
    """One without quotas; this process and the gateway have one of the machine's processors, all others those left."""
    all_of_them = os.sched_getaffinity(0)
    mine = min(all_of_them)
    os.sched_setaffinity(0, all_of_them - {mine})  # whatever is started now is bound to them
    try:
        for platform in _without_quotas(tmp_path):
            tasks = Path(f"/proc/{platform.pid('gateway')}/task")
            for task in (0, *(int(one.name) for one in tasks.iterdir())):
                os.sched_setaffinity(task, {mine})
            yield platform
    finally:
        os.sched_setaffinity(0, all_of_them)


def _without_quotas(tmp_path: Path) -> Iterator[Platform]:
    limits = {f"GATEWAY_{kind}_PER_MINUTE": UNLIMITED for kind in KINDS}
    return _platform(tmp_path, GATEWAY_UPSTREAM_CONNECTIONS=CONNECTIONS, **limits)


def _platform(tmp_path: Path, **settings: str) -> Iterator[Platform]:
    platform = Platform(tmp_path / "home", **settings)
    try:
        platform.run("up", "--detach", seconds=600)
        yield platform
        platform.keep_evidence(tmp_path / "logs")
    finally:
        platform.run("reset", "--yes")
