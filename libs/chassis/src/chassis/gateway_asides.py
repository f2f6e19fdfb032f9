"""What a service tells the gateway beside an answer, in headers that no client gets to see.

News goes to the gateway by event as well. What stands in the answer is there before the client's next request.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final
from uuid import UUID

ENDED: Final = b"x-ncce-ended"
"""Sign-ins that the request has ended, by their ids, with commas between."""
MOST_TOLD: Final = 200
"""Ids in one answer; of more the gateway hears by event alone."""

_ended: ContextVar[list[UUID] | None] = ContextVar("ended", default=None)


def tell_of_ends(*sign_ins: UUID) -> None:
    """Let the answer to the request being served say that these have ended; nothing when none is being served."""
    told = _ended.get()
    if told is not None:
        told += sign_ins[: MOST_TOLD - len(told)]


@contextmanager
def asides() -> Iterator[list[UUID]]:
    """Gather what is told while one request is served."""
    told: list[UUID] = []
    token = _ended.set(told)
    try:
        yield told
    finally:
        _ended.reset(token)


def aside_headers(status: int, told: list[UUID]) -> list[tuple[bytes, bytes]]:
    """What an answer carries. One that is a refusal says nothing: what was done for it may have been undone."""
    return [(ENDED, ",".join(map(str, told)).encode())] if told and status < 400 else []
