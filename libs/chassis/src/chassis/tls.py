"""TLS inside the platform: whom to believe, and a certificate that is read again once it has been renewed."""

import asyncio
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

LOOK_AGAIN_SECONDS = 60.0
"""A certificate is renewed days before the old one ends."""


def trusting(authority: Path | None) -> ssl.SSLContext | None:
    """What believes certificates of this authority and no other; None, for whatever is usual, without one."""
    return None if authority is None else ssl.create_default_context(cafile=str(authority))


class Log(Protocol):
    """What services and gateway each have of their own."""

    def info(self, event: str, **known: object) -> object:
        """As it should be."""

    def error(self, event: str, **known: object) -> object:
        """Something has to be done."""


@dataclass
class Certificate:
    """Files that somebody else replaces: a certificate with its chain, and its key."""

    path: Path
    key: Path

    def __post_init__(self) -> None:
        self._seen = self._stamp()

    def context(self) -> ssl.SSLContext:
        """What a server proves itself with. OSError or SSLError when the files are no use."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.path, self.key)
        return context

    def renew(self, context: ssl.SSLContext) -> bool:
        """Have new connections see what is in the files now, if that is new; those that are open stay as they are."""
        now = self._stamp()
        if now == self._seen:
            return False
        self.context()  # a certificate without its key would leave the one in use with neither
        context.load_cert_chain(self.path, self.key)
        self._seen = now
        return True

    async def keep_renewing(self, context: ssl.SSLContext, log: Log) -> None:
        """Look at the files now and then, until cancelled. What cannot be read changes nothing and is logged."""
        while True:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            try:
                if await asyncio.to_thread(self.renew, context):
                    log.info("tls.renewed", certificate=str(self.path))
            except (OSError, ssl.SSLError) as error:
                log.error("tls.not_renewed", certificate=str(self.path), error=str(error)[:200])

    def _stamp(self) -> tuple[int, int, int]:
        found = self.path.stat()
        return found.st_ino, found.st_mtime_ns, found.st_size
