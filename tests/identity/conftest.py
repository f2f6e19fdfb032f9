"""Identity on a fresh database, with a maildir and cheap password hashes."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from harness import ServiceHarness
from identity.app import SERVICE
from identity_steps import CHEAP_HASHES, IdentitySteps

StartService = Callable[..., Awaitable[ServiceHarness]]


@pytest.fixture
async def identity(start_service: StartService, tmp_path: Path) -> IdentitySteps:
    """Identity with room for every hash a test asks for at once."""
    maildir = tmp_path / "mail"
    harness = await start_service(SERVICE, maildir=maildir, password_queue=100, **CHEAP_HASHES)
    return IdentitySteps(harness, maildir)
