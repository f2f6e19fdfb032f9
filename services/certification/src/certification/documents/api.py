"""Routes of documents and pages."""

from typing import Annotated, Any
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
from certification.certificates.verification import require_genuine, standing_of
from certification.documents import pages, service
from certification.settings import Keys, OwnSettings
from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["certificates"])

Code = Annotated[str, Path(description="As printed; case, hyphens and look-alike characters do not matter")]
Anybody = Annotated[Principal, allow(PUBLIC)]
PDF, HTML = "application/pdf", "text/html; charset=utf-8"
DOCUMENT: dict[int | str, dict[str, Any]] = {
    200: {"description": "A tagged PDF", "content": {PDF: {"schema": {"type": "string", "format": "binary"}}}}
}
PAGE: dict[int | str, dict[str, Any]] = {
    200: {"description": "A page", "content": {"text/html": {"schema": {"type": "string"}}}}
}
SAFE_PAGE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
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
    own = (Certificate.id == certificate_id) & (Certificate.teacher_id == caller.id)
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


@router.get(
    "/verify/{code}/page",
    response_class=Response,
    responses={**PAGE, **errors(CertificateNotFound, CertificateAltered)},
)
async def get_verification_page(
    code: Code, reader: Reader, keys: Keys, settings: OwnSettings, caller: Anybody
) -> Response:
    """What `/v1/verify/{code}` tells, as a page: the QR code on the document leads here."""
    standing = await standing_of(reader, Certificate.code_digest == codes.digest(code))
    require_genuine(keys, standing)
    url = f"{settings.public_url}v1/verify/{standing.certificate.code}/page"
    return Response(pages.page_of(standing, url), media_type=HTML, headers={**PRIVATE_HEADERS, **SAFE_PAGE})
