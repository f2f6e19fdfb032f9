"""Routes of the public pages. They answer HTML whatever is asked for; `/v1/verify/{code}` is for programs."""

from typing import Annotated

from fastapi import Path, Query, Response

from certification.certificates import codes
from certification.certificates.errors import PRIVATE_HEADERS, CertificateAltered, CertificateNotFound
from certification.certificates.models import Certificate
from certification.certificates.verification import require_genuine, standing_of
from certification.pages import service
from certification.settings import Keys, OwnSettings
from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.principal import Principal
from chassis.routing import ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["certificates"])

Anybody = Annotated[Principal, allow(PUBLIC)]
HTML = "text/html; charset=utf-8"
HEADERS = {**PRIVATE_HEADERS, **service.SAFE_PAGE}


def _page(told: str) -> dict[str, object]:
    return {"description": told, "content": {"text/html": {"schema": {"type": "string"}}}}


@router.get(
    "/verify",
    response_class=Response,
    responses={
        200: _page("A form for the code"),
        303: {"description": "The code can be one of ours: to its page"},
        400: _page("The form, with what is wrong about the code"),
    },
)
async def get_verification_form(
    caller: Anybody,
    code: Annotated[
        str | None, Query(max_length=100, description="As somebody typed it", examples=[codes.EXAMPLE])
    ] = None,
) -> Response:
    """A page on which anybody enters the code of a certificate; with a code, the way to its page."""
    problem = service.mistyped(code) if code is not None else None
    if code is None or problem is not None:
        return Response(service.form(code or "", problem), 400 if problem else 200, HEADERS, HTML)
    place = f"/v1/verify/{codes.grouped(codes.normalised(code))}/page"
    return Response(status_code=303, headers={**HEADERS, "Location": place})


@router.get(
    "/verify/{code}/page",
    response_class=Response,
    responses={
        200: _page("What the code tells"),
        404: _page("No certificate has this code; when it is mistyped, how"),
        409: _page("The record does not match its signature"),
    },
)
async def get_verification_page(
    code: Annotated[str, Path(description="As printed; case, hyphens and look-alike characters do not matter")],
    reader: Reader,
    keys: Keys,
    settings: OwnSettings,
    caller: Anybody,
) -> Response:
    """What `/v1/verify/{code}` tells, as a page: the QR code on the document leads here."""
    try:
        standing = await standing_of(reader, Certificate.code_digest == codes.digest(code))
        require_genuine(keys, standing)
    except CertificateNotFound:
        told = service.form(code[:100], service.mistyped(code) or service.UNKNOWN)
        return Response(told, 404, HEADERS, HTML)
    except CertificateAltered:
        return Response(service.form(code, service.ALTERED), 409, HEADERS, HTML)
    return Response(service.certificate(standing, str(settings.public_url)), 200, HEADERS, HTML)
