"""What the log says, in bytes: entries and heads, in their one form."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from certification.certificates.signing import canonical

ENTRY = "uk.ncce.certificate.log-entry.v1"
HEAD = "uk.ncce.certificate.tree-head.v1"


def record_hash(record: Mapping[str, str | int]) -> str:
    """What an entry calls a certificate by: nobody who lacks the code, of 95 random bits, can tell which it is."""
    return hashlib.sha256(canonical(record)).hexdigest()


def entry_body(kind: str, certificate: str, recorded_at: datetime, extra: Mapping[str, str]) -> str:
    """An entry as it is hashed and published."""
    facts = {"statement": ENTRY, "kind": kind, "certificate": certificate, "recorded_at": recorded_at.isoformat()}
    return canonical({**facts, **extra}).decode()


def head_message(tree_size: int, root_hash: bytes, signed_at: datetime) -> bytes:
    """What the signature of a head covers."""
    return canonical(
        {"statement": HEAD, "tree_size": tree_size, "root_hash": root_hash.hex(), "signed_at": signed_at.isoformat()}
    )
