"""Funding on a database of its own, with its reference data and £100,000 of sandbox money."""

from collections.abc import Awaitable, Callable

import pytest

from funding.app import SERVICE
from funding_facts import Steps
from harness import ServiceHarness


@pytest.fixture
async def funding(start_service: Callable[..., Awaitable[ServiceHarness]]) -> ServiceHarness:
    """The service, loaded, and empty of schools and bookings."""
    return await start_service(SERVICE, seeded=True)


@pytest.fixture
def steps(funding: ServiceHarness) -> Steps:
    """The people, and what they do."""
    return Steps.of(funding)
