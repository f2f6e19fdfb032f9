"""Versions of a resource as entity tags: `If-Match` on updates, so that nobody overwrites what they have not seen."""

import hashlib
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.responses import Response

from chassis.errors import PreconditionFailed, PreconditionRequired


class IfMatchMissing(PreconditionRequired):
    """An update must name the version it was made from."""

    code, title = "if-match-missing", "Send If-Match"


class StaleVersion(PreconditionFailed):
    """The resource has changed since the caller read it."""

    code, title = "stale-version", "It has changed since you read it"


def etag(version: int) -> str:
    """The entity tag of a row version."""
    return f'"{version}"'


async def _if_match(if_match: Annotated[str | None, Header(description="The ETag that was read")] = None) -> int:
    if if_match is None:
        raise IfMatchMissing("Read the resource first and send its ETag as If-Match.")
    try:
        return int(if_match.strip().removeprefix("W/").strip('"'))
    except ValueError as error:
        raise StaleVersion("If-Match does not name a version of this resource.") from error


IfMatch = Annotated[int, Depends(_if_match)]
"""The version the caller read; 428 when the header is missing."""


def require_version(current: int, expected: int) -> None:
    """Raise StaleVersion unless the caller saw the current version."""
    if current != expected:
        raise StaleVersion(f"You read version {expected}; it is now version {current}.")


def conditional(
    request: Request, body: bytes, media_type: str = "application/json", max_age_seconds: int = 60
) -> Response:
    """A cacheable public reply: 304 when the caller already holds it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={max_age_seconds}"}
    if tag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)
