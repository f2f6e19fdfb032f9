"""Routes of certificates and of their public verification."""

from typing import Annotated, Any

from fastapi import Path, Response

from certification.certificates import queries, verification
from certification.certificates.errors import PRIVATE_HEADERS, CertificateAltered, CertificateNotFound
from certification.certificates.schemas import CertificateList, CertificateOut, Verification
from certification.settings import Keys
from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Reader
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["certificates"])

Code = Annotated[str, Path(description="As printed; case, hyphens and look-alike characters do not matter")]


@router.get("/certificates")
async def list_certificates(reader: Reader, caller: Annotated[Principal, allow(SIGNED_IN)]) -> CertificateList:
    """The certificates you were awarded."""
    rows = await queries.of_teacher(reader, caller.id)
    return CertificateList(data=[CertificateOut.model_validate(row) for row in rows])


@router.get("/verify/{code}", response_model=Verification, responses=errors(CertificateNotFound, CertificateAltered))
async def verify_certificate(
    code: Code, reader: Reader, keys: Keys, response: Response, caller: Annotated[Principal, allow(PUBLIC)]
) -> dict[str, Any]:
    """Whether a certificate is genuine and stands. Anyone may ask; who holds it is told only if the holder chose so."""
    response.headers.update(PRIVATE_HEADERS)
    return (await verification.verify(reader, keys, code)).told
