"""The sample service on a fresh database, called without a socket."""

import pytest

from conftest import StartService
from harness import ServiceHarness
from sample_service.app import SERVICE


@pytest.fixture
async def sample(start_service: StartService) -> ServiceHarness:
    """The sample service, called without a socket."""
    return await start_service(SERVICE)
