"""Hashing passwords: Argon2id in threads, one per core, with a short queue in front.

Hashing is slow and takes tens of MiB on purpose. Unbounded, a burst of sign-ins would starve everything else; so a few
wait, and the rest are told at once to come back.
"""

import asyncio
import os
import secrets
from collections.abc import Callable
from typing import Annotated, TypeVar, cast

import argon2
from fastapi import Depends, Request
from prometheus_client import Counter

from identity.accounts.errors import PasswordQueueFull
from identity.settings import Settings

T = TypeVar("T")

HASHES = Counter("identity_password_hashes_total", "Argon2id computations", ["purpose"])


class Passwords:
    """Makes and checks password hashes. Never on the event loop, never more at once than there are cores."""

    def __init__(self, settings: Settings) -> None:
        self._hasher = argon2.PasswordHasher(
            time_cost=settings.argon2_iterations,
            memory_cost=settings.argon2_memory_kib,
            parallelism=settings.argon2_lanes,
        )
        cores = os.cpu_count() or 1
        self._cores = asyncio.Semaphore(cores)
        self._limit = cores + settings.password_queue
        self._promised = 0
        self.nobodys_hash = self._hasher.hash(secrets.token_urlsafe())
        """Of a password that nobody knows."""

    def refuse_when_full(self) -> None:
        """Raise PasswordQueueFull if a hash asked for now would be refused."""
        if self._promised >= self._limit:
            raise PasswordQueueFull

    async def hash(self, password: str) -> str:
        """The hash to store, in PHC form with its salt and parameters."""
        return await self._run("hash", lambda: self._hasher.hash(password))

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Whether the password is the one hashed. Without a hash the same work is done, and the answer is no."""

        def check() -> bool:
            try:
                return self._hasher.verify(password_hash or self.nobodys_hash, password) and password_hash is not None
            except argon2.exceptions.VerifyMismatchError:
                return False

        return await self._run("verify", check)

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    async def _run(self, purpose: str, work: Callable[[], T]) -> T:
        self.refuse_when_full()
        self._promised += 1
        try:
            async with self._cores:
                HASHES.labels(purpose).inc()
                return await asyncio.to_thread(work)
        finally:
            self._promised -= 1


async def _passwords(request: Request) -> Passwords:
    state = request.app.state
    if not hasattr(state, "passwords"):
        state.passwords = Passwords(state.settings)
    return cast(Passwords, state.passwords)


PasswordHashing = Annotated[Passwords, Depends(_passwords)]
"""The password hashing of the process that serves this request."""
