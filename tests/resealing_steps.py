"""Sealing anew, in this process and as the command, for tests of each service."""

import asyncio
import json
import os
import sys
from typing import Any

from pydantic import SecretStr
from sqlalchemy import select

from builders import GATEWAY_KEY, key_set
from chassis.resealing import Resealed
from chassis.settings import ServiceSettings
from chassis.tables import audit_entry
from harness import ServiceHarness

JSON = dict[str, Any]
SettingsOf = dict[str, str]


def with_keys(settings: ServiceSettings, *keys: dict[str, str], of: str) -> ServiceSettings:
    """The settings with other keys in one of them, the newest first."""
    return settings.model_copy(update={of: SecretStr(key_set(*keys))})


async def reseal(harness: ServiceHarness, settings: ServiceSettings) -> dict[str, Resealed]:
    """What the command tells of each kind of secrets."""
    stores = harness.service.resealing
    return {name: await store(harness.running, settings) for name, store in stores.items()}


async def audited(harness: ServiceHarness, action: str) -> list[tuple[str, object]]:
    """Subjects of an action, with the key that is told of each."""
    query = select(audit_entry.c.subject, audit_entry.c.details).where(audit_entry.c.action == action)
    async with harness.session() as session:
        return sorted((row.subject, row.details["key_id"]) for row in await session.execute(query))


async def command(module: str, settings: SettingsOf) -> tuple[int | None, list[JSON]]:
    """`python -m <service> reseal` with these settings: how it ended, and what it said."""
    paths = {"PYTHONPATH": os.pathsep.join(one for one in sys.path if one), "PATH": os.environ["PATH"]}
    settings = {**settings, "PRINCIPAL_KEYS": key_set(GATEWAY_KEY), "NATS_URL": "nats://127.0.0.1:1"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, "reseal", env={**paths, **settings}, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    return process.returncode, [json.loads(line) for line in said.splitlines()]
