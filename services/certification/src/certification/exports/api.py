"""Routes of exports."""

from typing import Annotated

from fastapi import Response
from fastapi.responses import StreamingResponse

from certification.exports import service
from certification.exports.schemas import Export
from certification.settings import OwnSettings
from chassis.access import SIGNED_IN, allow
from chassis.db import Session
from chassis.errors import Responses
from chassis.export_api import add_part_route
from chassis.principal import Principal
from chassis.routing import ServiceRouter

router = ServiceRouter(prefix="/v1/me/certification-export", tags=["privacy"])

SignedIn = Annotated[Principal, allow(SIGNED_IN)]
ZIP = "application/zip"
ARCHIVE: Responses = {
    200: {
        "description": "`certification.json`, and your files under `evidence/`",
        "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}},
    }
}
PRIVATE = {"Cache-Control": "private, no-store"}


@router.get("")
async def get_certification_export(session: Session, caller: SignedIn, response: Response) -> Export:
    """Everything that certification holds about you: log, evidence, credits, answers, certificates, applications.

    What other services hold is exported there.
    """
    response.headers.update(PRIVATE)
    return await service.make(session, caller)


@router.get("/archive", response_class=StreamingResponse, responses=ARCHIVE)
async def download_certification_export(session: Session, settings: OwnSettings, caller: SignedIn) -> StreamingResponse:
    """The same as an archive, with the files that you added to your log."""
    assert caller.id is not None
    export = await service.make(session, caller)
    files = await service.files_of(session, caller.id)
    headers = {**PRIVATE, "Content-Disposition": 'attachment; filename="certification.zip"'}
    packed = service.archive(export, files, settings.evidence_storage)
    return StreamingResponse(packed, media_type=ZIP, headers=headers)


add_part_route(router, "certification")
