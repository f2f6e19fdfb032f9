"""The hubs service for tests: seeded once for reading, or empty with a small network of the test's own making."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from chassis.service import Service
from harness import Databases, ServiceHarness, settings_for
from hubs.app import SERVICE
from hubs_network import Network
from hubs_outreach import Outreach


@pytest.fixture(scope="session")
async def reference(databases: Databases) -> AsyncIterator[ServiceHarness]:
    """A service with all reference data and the synthetic schools: for tests that only read."""
    url = await databases.of(SERVICE, seeded=True)
    harness = ServiceHarness(SERVICE, settings_for(SERVICE, url))
    yield harness
    await harness.close()
    await databases.drop(url)


@pytest.fixture
async def hubs(start_service: Callable[[Service], Awaitable[ServiceHarness]]) -> ServiceHarness:
    """A service on an empty database."""
    return await start_service(SERVICE)


@pytest.fixture
async def network(hubs: ServiceHarness) -> Network:
    """Two hubs, a course of 12 hours and two days, and one of unknown length."""
    return await Network.build(hubs)


@pytest.fixture
async def outreach(hubs: ServiceHarness) -> Outreach:
    """Schools of a hub, with postcodes and programmes."""
    return await Outreach.build(hubs)
