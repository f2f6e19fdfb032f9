"""Certification on a database of its own, with its reference data."""

from collections.abc import Awaitable, Callable

import pytest

from certification.app import SERVICE
from harness import ServiceHarness


@pytest.fixture
async def certification(start_service: Callable[..., Awaitable[ServiceHarness]]) -> ServiceHarness:
    """The service, loaded and empty of teachers."""
    return await start_service(SERVICE, seeded=True)
