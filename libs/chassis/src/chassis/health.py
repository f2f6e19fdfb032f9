"""Health of a process, for orchestrators: live, ready, startup, and metrics.

Live asks nothing of anybody. Ready means: migrated, database answering, not draining. The broker is not asked: writes
go on without it and leave through the outbox when it is back.
"""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from chassis.db import database_of
from chassis.migrate import Schema

READY_WITHIN_SECONDS = 2.0

router = APIRouter(include_in_schema=False)


@router.get("/health/live")
async def live() -> dict[str, str]:
    """The process runs and its loop turns."""
    return {"status": "live"}


@router.get("/health/startup")
async def startup() -> dict[str, str]:
    """Start-up is done: the application only answers afterwards."""
    return {"status": "started"}


@router.get("/health/ready")
async def ready(request: Request) -> JSONResponse:
    """Whether requests should be sent here."""
    failing = await _failing(request)
    body: dict[str, object] = {"status": "not ready" if failing else "ready", "failing": failing}
    return JSONResponse(body, 503 if failing else 200)


async def _failing(request: Request) -> list[str]:
    if getattr(request.app.state, "draining", False):
        return ["draining"]
    schema: Schema = request.app.state.schema
    try:
        async with asyncio.timeout(READY_WITHIN_SECONDS), database_of(request).reads.connect() as connection:
            return [] if await schema.is_ready(connection) else ["migrations"]
    except (SQLAlchemyError, OSError, TimeoutError):
        return ["database"]


@router.get("/metrics")
async def metrics() -> Response:
    """Prometheus text."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
