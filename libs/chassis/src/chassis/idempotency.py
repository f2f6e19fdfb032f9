"""Idempotency keys: the same request sent twice has one effect and one answer, kept in the transaction that made it.

The reply of a success is stored with the business rows, so a key never outlives a rolled-back effect. A refusal stores
nothing: the caller may mend the request and use the key again. Codes follow the IETF draft: 400 without a key, 409
while the first request runs, 422 when the key comes with another request.
"""

import hashlib
from typing import Annotated, cast
from uuid import UUID

from fastapi import Depends, Header, Request
from fastapi.responses import Response
from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import BadRequest, Conflict, Unprocessable
from chassis.principal import Principal
from chassis.tables import idempotency_key

REPLAYED = "Idempotent-Replayed"


class IdempotencyKeyMissing(BadRequest):
    """The route needs an `Idempotency-Key`."""

    code, title = "idempotency-key-missing", "Send an Idempotency-Key"


class IdempotencyKeyInFlight(Conflict):
    """The first request with this key has not been answered yet."""

    code, title = "idempotency-key-in-flight", "The first request with this key is still running"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, retry_after_seconds=1)
        self.headers = {"Retry-After": "1"}


class IdempotencyKeyReused(Unprocessable):
    """The key was used for another request."""

    code, title = "idempotency-key-reused", "This key belongs to another request"


class Replay(Exception):
    """Carries the stored answer past the route."""

    def __init__(self, response: Response) -> None:
        super().__init__("replayed")
        self.response = response


async def require_key(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            max_length=255,
            min_length=1,
            description="Chosen by the client, one per intended effect; a repeat answers the same and does nothing.",
        ),
    ] = None,
) -> None:
    """Declare on a route that it needs a key."""
    if idempotency_key is None:
        raise IdempotencyKeyMissing("This request creates something of value: send an Idempotency-Key header.")


IDEMPOTENT = Depends(require_key)
"""In a route's `dependencies`: the route needs an `Idempotency-Key` and answers a repeat from its record."""


async def prepare(request: Request) -> None:
    """Note key and fingerprint of the request for the transaction to come."""
    key = request.headers.get("Idempotency-Key")
    if key:
        what = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
        request.state.idempotency = (key, hashlib.sha256(what + await request.body()).digest())


async def begin(request: Request, session: AsyncSession) -> None:
    """At the start of the transaction: refuse, replay, or hold the key until the transaction ends."""
    request.state.session = session
    noted = getattr(request.state, "idempotency", None)
    if noted is None:
        return
    key, fingerprint = noted
    caller = _caller(request)
    lock = func.pg_try_advisory_xact_lock(func.hashtextextended(f"idempotency {caller} {key}", 0))
    if not await session.scalar(select(lock)):
        raise IdempotencyKeyInFlight("Wait for the answer to the first request, then ask again.")
    table = idempotency_key.c
    row = (await session.execute(select(idempotency_key).where(table.caller == caller, table.key == key))).first()
    if row is None:
        return
    if row.fingerprint != fingerprint:
        raise IdempotencyKeyReused("This key was used for a request with other content; choose a fresh key.")
    raise Replay(Response(row.body, row.status, {REPLAYED: "true"}, media_type=row.media_type or None))


async def remember(request: Request, response: Response) -> None:
    """Before the transaction commits: store a success under its key."""
    noted = getattr(request.state, "idempotency", None)
    if noted is None or response.status_code >= 300:
        return
    key, fingerprint = noted
    session = cast(AsyncSession, request.state.session)
    await session.execute(
        insert(idempotency_key).values(
            caller=_caller(request),
            key=key,
            fingerprint=fingerprint,
            status=response.status_code,
            media_type=response.headers.get("content-type", ""),
            body=bytes(response.body),
        )
    )


async def forget(session: AsyncSession, key_id: UUID | None) -> None:
    """Let a partner's credential use its keys anew: what they stood for is undone. For sandboxes."""
    await session.execute(delete(idempotency_key).where(idempotency_key.c.caller == f"partner:{key_id}"))


def _caller(request: Request) -> str:
    caller = cast(Principal, request.state.caller)
    return f"{caller.kind}:{caller.id}"
