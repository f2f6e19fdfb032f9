"""The signing keys of one process, read again every few seconds, and for whoever verifies with each question."""

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
        return await self._since(time.monotonic() - self.read_again_seconds)

    async def published(self) -> TokenKeys:
        """The keys as they are: what a verifier remembers of a withdrawn one begins with this answer and not before.
        Those who ask meanwhile share one reading that begins after they asked."""
        return await self._since(time.monotonic())

    async def _since(self, moment: float) -> TokenKeys:
        async with self._reading:
            if self._keys is None or self._read_at <= moment:
                begun = time.monotonic()
                async with self.database.reads.connect() as reader:
                    signing, waiting = await keys_now(reader, self.settings)
                self._keys = TokenKeys.joined(signing, self.settings.token_keys.get_secret_value(), waiting)
                self._read_at = begun
            return self._keys


async def token_keys(
    request: Request, database: Annotated[Database, Depends(database_of)], settings: IdentitySettings
) -> TokenKeys:
    """The keys of the process that serves this request."""
    return await _ring(request, database, settings).current()


async def published_keys(
    request: Request, database: Annotated[Database, Depends(database_of)], settings: IdentitySettings
) -> TokenKeys:
    """The same, as they are at this moment."""
    return await _ring(request, database, settings).published()


def _ring(request: Request, database: Database, settings: Settings) -> KeyRing:
    state = request.app.state
    if not hasattr(state, "key_ring"):
        state.key_ring = KeyRing(database, settings)
    return cast(KeyRing, state.key_ring)
