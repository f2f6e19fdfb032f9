"""The signing keys of one process, read again every few seconds."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request

from chassis.db import Database, database_of
from identity.keys.rotation import keys_now
from identity.keys.service import TokenKeys
from identity.settings import IdentitySettings, Settings

READ_AGAIN_SECONDS = 5.0
"""Much shorter than a key is published before it signs: no process signs with a key that another does not publish."""


@dataclass
class KeyRing:
    """What signs and what is published now."""

    database: Database
    settings: Settings
    read_again_seconds: float = READ_AGAIN_SECONDS
    _read_at: float = float("-inf")
    _keys: TokenKeys | None = None
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def current(self) -> TokenKeys:
        """The keys as they were at most five seconds ago."""
        async with self._reading:
            if self._keys is None or time.monotonic() - self._read_at >= self.read_again_seconds:
                async with self.database.reads.connect() as reader:
                    signing, waiting = await keys_now(reader, self.settings)
                self._keys = TokenKeys.joined(signing, self.settings.token_keys.get_secret_value(), waiting)
                self._read_at = time.monotonic()
            return self._keys


async def token_keys(
    request: Request, database: Annotated[Database, Depends(database_of)], settings: IdentitySettings
) -> TokenKeys:
    """The keys of the process that serves this request."""
    state = request.app.state
    if not hasattr(state, "key_ring"):
        state.key_ring = KeyRing(database, settings)
    return await cast(KeyRing, state.key_ring).current()
