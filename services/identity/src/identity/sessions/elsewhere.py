"""Sign-ins that began at another organisation, as far as this one has to find them again when they end there."""

import hashlib
from typing import NamedTuple


class Elsewhere(NamedTuple):
    """The account and the session at the provider, as digests: found by whoever knows them, read by nobody."""

    account: bytes
    session: bytes | None


def account_at(issuer: str, subject: str) -> bytes:
    """The digest of an account."""
    return _digest("account", issuer, subject)


def session_at(issuer: str, session: str | None) -> bytes | None:
    """The digest of a session, where the provider names them."""
    return _digest("session", issuer, session) if session else None


def _digest(*parts: str) -> bytes:
    # Lengths keep two lists of parts from being written alike.
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).digest()
