"""`/open`: data that anybody may use."""

from typing import Annotated

from fastapi import Request
from fastapi.responses import Response

from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.errors import Responses
from chassis.etags import conditional
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from chassis.service import settings_of
from funding.open_data import service

router = ServiceRouter(prefix="/open", tags=["open data"])

Anybody = Annotated[Principal, allow(PUBLIC)]
HOLD_SECONDS = 300
PACKAGE: Responses = {
    200: {"description": "A package of 360Giving 1.4", "content": {"application/json": {"schema": {"type": "object"}}}},
    304: {"description": "Nothing has changed since the ETag that you sent"},
}
CSV: Responses = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
    304: {"description": "Nothing has changed since the ETag that you sent"},
}


def _shows_sandbox(request: Request) -> bool:
    """Made-up awards are marked where the platform is tried out, and left out where it is in earnest."""
    return settings_of(request).environment == "development"


@router.get("/grants.json", response_class=Response, responses=PACKAGE)
async def get_open_grants(request: Request, reader: Reader, caller: Anybody) -> Response:
    """Every grant to an organisation, by the 360Giving standard 1.4. No person is in it."""
    body = await service.as_json(reader, with_sandbox=_shows_sandbox(request))
    return conditional(request, body, max_age_seconds=HOLD_SECONDS)


@router.get("/grants.csv", response_class=Response, responses=CSV)
async def get_open_grants_csv(request: Request, reader: Reader, caller: Anybody) -> Response:
    """The same as the standard's spreadsheet."""
    body = await service.as_csv(reader, with_sandbox=_shows_sandbox(request))
    return conditional(request, body, media_type="text/csv; charset=utf-8", max_age_seconds=HOLD_SECONDS)
