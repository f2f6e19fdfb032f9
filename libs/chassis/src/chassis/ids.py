"""Identifiers: UUID version 7, ordered by the time they were made."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh identifier."""
    return uuid7()
