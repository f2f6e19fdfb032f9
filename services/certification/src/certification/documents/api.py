"""Routes of documents."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Response

from certification.certificates import codes
from certification.certificates.errors import (
    PRIVATE_HEADERS,
    CertificateAltered,
    CertificateNotFound,
    NameNotGiven,
    NameNotPrintable,
)
from certification.certificates.models import Certificate
from certification.documents import service
from certification.settings import Keys, OwnSettings
from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Session
from chassis.errors import Responses, errors
from chassis.known_as import is_theirs
from chassis.principal import Principal
from chassis.routing import ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["certificates"])

Code = Annotated[str, Path(description="As printed; case, hyphens and look-alike characters do not matter")]
Anybody = Annotated[Principal, allow(PUBLIC)]
PDF = "application/pdf"
DOCUMENT: Responses = {
    200: {"description": "A tagged PDF", "content": {PDF: {"schema": {"type": "string", "format": "binary"}}}}
}


@router.get(
    "/certificates/{certificate_id}/document",
    response_class=Response,
    responses={**DOCUMENT, **errors(CertificateNotFound, CertificateAltered, NameNotGiven, NameNotPrintable)},
)
async def get_document(
    certificate_id: UUID,
    session: Session,
    keys: Keys,
    settings: OwnSettings,
    caller: Annotated[Principal, allow(SIGNED_IN)],
) -> Response:
    """Your certificate to print: a tagged PDF with your name and a QR code. It is the same file every time."""
    own = (Certificate.id == certificate_id) & is_theirs(Certificate.teacher_id, caller.id)
    return Response(await service.of_holder(session, keys, settings, own), media_type=PDF, headers=PRIVATE_HEADERS)


@router.get(
    "/verify/{code}/document",
    response_class=Response,
    responses={**DOCUMENT, **errors(CertificateNotFound, CertificateAltered, NameNotPrintable)},
)
async def get_shared_document(
    code: Code, session: Session, keys: Keys, settings: OwnSettings, caller: Anybody
) -> Response:
    """The document of a certificate whose holder shares it, while it stands."""
    document = await service.shared(session, keys, settings, codes.digest(code))
    return Response(document, media_type=PDF, headers=PRIVATE_HEADERS)
