"""Routers of a service: FastAPI's, with idempotency woven in where a route asks for it, and nothing let pass unread."""

from collections.abc import AsyncGenerator, Callable, Coroutine
from http import HTTPStatus
from typing import Any, cast

import structlog
from fastapi import APIRouter, Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.responses import Response
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.routing import Match
from starlette.types import Scope

from chassis import idempotency, openapi
from chassis.access import guards
from chassis.errors import ContentTooLarge, ValidationFailed
from chassis.idempotency import IDEMPOTENT
from chassis.principal import Principal
from chassis.telemetry import current_request_id
from chassis.views import Views

__all__ = ["IDEMPOTENT", "STREAMED", "ServiceRoute", "ServiceRouter"]

log = structlog.get_logger(__name__)

Handle = Callable[[Request], Coroutine[object, object, Response]]

MAX_BODY_BYTES = 8 * 1024 * 1024
"""A second wall behind the gateway's limits."""


async def _streams() -> None:
    """Declare on a route that it reads its body itself."""


STREAMED = Depends(_streams)
"""In a route's `dependencies`: the body is not read beforehand; the route reads it by pieces, within its own limit."""


class BoundedRequest(Request):
    """A request of which no more than `MAX_BODY_BYTES` are read, whatever its headers say."""

    async def stream(self) -> AsyncGenerator[bytes, None]:
        """The body, or ContentTooLarge."""
        size = 0
        async for chunk in super().stream():
            size += len(chunk)
            if size > MAX_BODY_BYTES:
                raise ContentTooLarge(f"A body may have {MAX_BODY_BYTES} bytes.")
            yield chunk


class ServiceRoute(APIRoute):
    """A route that asks first who calls, and replays an earlier success when its idempotency key comes again."""

    def __init__(self, path: str, endpoint: Callable[..., object], **options: Any) -> None:
        # The documentation is the docstring: its first line is the summary; the function's name the operation's.
        summary = (endpoint.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        options["summary"] = options.get("summary") or summary or None
        options["operation_id"] = options.get("operation_id") or endpoint.__name__
        if options.get("status_code") == HTTPStatus.NO_CONTENT:
            options["response_class"] = Response  # of no media type: there is nothing to have one
        super().__init__(path, endpoint, **options)
        self.responses = openapi.with_common_errors(self)
        self.openapi_extra = {"x-callers": openapi.callers_of(self)} | (self.openapi_extra or {})

    def get_route_handler(self) -> Handle:
        """The handler, within who may call and, where the route is declared idempotent, whether it has been called."""
        handle: Handle = super().get_route_handler()
        allowed = guards(self.dependant)
        parameters = query_parameters(self.dependant)
        streams = any(inner.call is _streams for inner in self.dependant.dependencies)
        once = any(inner.call is idempotency.require_key for inner in self.dependant.dependencies)

        async def handle_guarded(request: Request) -> Response:
            # Ahead of the dependencies, whose order is the route's: before a body is read or a transaction begun.
            for guard in allowed:
                await guard(request)
            refuse_unknown_parameters(request, parameters)
            if not streams:
                request = BoundedRequest(request.scope, request.receive)
                await request.body()
            response = await (handle_once if once else handle)(request)
            if response.status_code < HTTPStatus.MULTIPLE_CHOICES:
                note_views(request, self.operation_id or self.name, response)
            return response

        async def handle_once(request: Request) -> Response:
            await idempotency.prepare(request)
            try:
                response = await handle(request)
            except idempotency.Replay as replay:
                return replay.response
            # The transaction is still open here: the stored reply commits with the effect it describes.
            await idempotency.remember(request, response)
            return response

        return handle_guarded


def note_views(request: Request, operation: str, response: Response) -> None:
    """Note whose records the answer shows. What is streamed has no body here: those routes note it themselves.

    The work is done and the answer is there: nothing that goes wrong here may take it from the caller.
    """
    body = getattr(response, "body", b"")
    if not body or response.media_type != "application/json" or not hasattr(request.app.state, "views"):
        return
    try:
        views, caller = cast(Views, request.app.state.views), cast(Principal, request.state.caller)
        views.note_answer(caller, operation, bytes(body), current_request_id())
    except Exception:
        log.exception("views.not_noted", operation=operation, alert=True)


def query_parameters(dependant: Dependant) -> frozenset[str]:
    """The names of all query parameters that a route declares, also in models and through dependencies."""
    names: set[str] = set()
    for field in dependant.query_params:
        model = field.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            names |= {info.alias or name for name, info in model.model_fields.items()}
        else:
            names.add(field.alias)
    return frozenset(names.union(*map(query_parameters, dependant.dependencies)))


def refuse_unknown_parameters(request: Request, known: frozenset[str]) -> None:
    """Raise ValidationFailed when a parameter is not declared: a misspelt filter would answer too much in silence."""
    if unknown := sorted(request.query_params.keys() - known):
        there_are = f"Known here: {', '.join(sorted(known))}." if known else "None is known here."
        found = [{"pointer": name, "code": "extra-forbidden", "detail": "No such parameter"} for name in unknown]
        raise ValidationFailed(f"No such parameter: {', '.join(unknown[:5])}. {there_are}", errors=found)


class ServiceRouter(APIRouter):
    """An `APIRouter` whose routes are `ServiceRoute`s."""

    def __init__(self, **options: Any) -> None:
        super().__init__(route_class=ServiceRoute, **options)
        self._beginnings: tuple[str, ...] = ()
        self._begins_of = 0

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether one of the routes is meant: none of them is asked where no path begins like the request's."""
        if self._begins_of != len(self.routes):
            paths = {getattr(route, "path", "") for route in self.routes}
            self._beginnings, self._begins_of = tuple({path.partition("{")[0] for path in paths}), len(self.routes)
        return super().matches(scope) if scope["path"].startswith(self._beginnings) else (Match.NONE, {})
