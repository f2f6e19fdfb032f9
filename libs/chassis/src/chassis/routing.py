"""Routers of a service: FastAPI's, with idempotency woven in where a route asks for it."""

from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

from chassis import idempotency
from chassis.access import guards
from chassis.errors import ContentTooLarge
from chassis.idempotency import IDEMPOTENT

__all__ = ["IDEMPOTENT", "ServiceRoute", "ServiceRouter"]


MAX_BODY_BYTES = 8 * 1024 * 1024
"""A second wall behind the gateway's limits."""


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

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        # The documentation is the docstring: its first line is the summary; the function's name the operation's.
        summary = (endpoint.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        options["summary"] = options.get("summary") or summary or None
        options["operation_id"] = options.get("operation_id") or endpoint.__name__
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, within who may call and, where the route is declared idempotent, whether it has been called."""
        handle: Callable[[Request], Coroutine[Any, Any, Response]] = super().get_route_handler()
        allowed = guards(self.dependant)
        once = any(inner.call is idempotency.require_key for inner in self.dependant.dependencies)

        async def handle_guarded(request: Request) -> Response:
            # Ahead of the dependencies, whose order is the route's: before a body is read or a transaction begun.
            for guard in allowed:
                await guard(request)
            request = BoundedRequest(request.scope, request.receive)
            await request.body()
            return await (handle_once if once else handle)(request)

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


class ServiceRouter(APIRouter):
    """An `APIRouter` whose routes are `ServiceRoute`s."""

    def __init__(self, **options: Any) -> None:
        super().__init__(route_class=ServiceRoute, **options)
