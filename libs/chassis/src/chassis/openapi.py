"""The description of a service's interface (OpenAPI 3.1): FastAPI's, with the problems that any route may answer."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute

from chassis import idempotency
from chassis.access import PUBLIC, Policy, calls, guards
from chassis.errors import (
    BadRequest,
    ContentTooLarge,
    Forbidden,
    Problem,
    Responses,
    SecondFactorRequired,
    ServiceError,
    Unauthenticated,
    Unavailable,
    ValidationFailed,
    ValueUnstorable,
    errors,
    merged,
)
from chassis.paging import CursorInvalid, page_of

VERSION = "1.0.0"


class Application(FastAPI):
    """An application whose description holds the schema of problems and says of every header that it is required."""

    _written: bytes | None = None

    def setup(self) -> None:
        """Instead of FastAPI's pages, the description alone. It takes about a second to make, and so is made beside the
        loop, once it is asked for; requests that come meanwhile are served.
        """
        self._making = asyncio.Lock()
        if self.openapi_url is not None:
            self.add_route(self.openapi_url, self._show, include_in_schema=False)

    async def _show(self, _: Request) -> Response:
        async with self._making:
            if self._written is None:
                self._written = await asyncio.to_thread(self._write)
        return Response(self._written, media_type="application/json")

    def _write(self) -> bytes:
        return json.dumps(self.openapi(), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()

    def openapi(self) -> dict[str, Any]:
        """The document, made once."""
        if self.openapi_schema is None:
            document = super().openapi()
            problem = Problem.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
            parts = problem.pop("$defs") | {"Problem": problem}
            document.setdefault("components", {}).setdefault("schemas", {}).update(parts)
            for item in document.get("paths", {}).values():
                for operation in item.values():
                    _require_headers(operation.get("parameters", []))
        return super().openapi()


def callers_of(route: APIRoute) -> list[dict[str, object]]:
    """Who may call a route, each way of being allowed by itself: what the description says under `x-callers`."""
    return [_told(policy) for guard in guards(route.dependant) for policy in guard.policies]


def _told(policy: Policy) -> dict[str, object]:
    kind = "public" if policy is PUBLIC else ", ".join(sorted(policy.kinds))
    told: dict[str, object] = {"kind": kind}
    if policy.roles:
        told["roles"] = sorted(policy.roles)
    if policy.scopes:
        told["scopes"] = sorted(policy.scopes)
    return told


def _require_headers(parameters: Sequence[dict[str, Any]]) -> None:
    """Optional to FastAPI, so that the problem of a missing one has its own code; to callers they are not."""
    for parameter in parameters:
        if parameter["in"] == "header":
            given = next(kind for kind in parameter["schema"]["anyOf"] if kind["type"] != "null")
            parameter |= {"required": True, "schema": given | {"title": parameter["schema"]["title"]}}


def with_common_errors(route: APIRoute) -> Responses:
    """What a route says it answers, and the problems that follow from how it is declared."""
    called = set(calls(route.dependant))
    kinds: list[type[ServiceError]] = [Unauthenticated, ValidationFailed, ValueUnstorable, Unavailable]
    if not any(PUBLIC in guard.policies for guard in guards(route.dependant)):
        kinds += [Forbidden, SecondFactorRequired]
    if route.body_field is not None:
        kinds += [BadRequest, ContentTooLarge]
    if page_of in called:
        kinds.append(CursorInvalid)
    if idempotency.require_key in called:
        kinds += [
            idempotency.IdempotencyKeyMissing,
            idempotency.IdempotencyKeyInFlight,
            idempotency.IdempotencyKeyReused,
        ]
    return merged(route.responses, errors(*kinds))
