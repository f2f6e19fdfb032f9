"""The sample service on a fresh database, and brokers that a test may break."""

from uuid import UUID

import pytest

from conftest import StartService
from harness import ServiceHarness
from sample_service.app import SERVICE

OPEN_HUB = UUID(int=9)


@pytest.fixture
async def sample(start_service: StartService) -> ServiceHarness:
    """The sample service, called without a socket."""
    return await start_service(SERVICE)
