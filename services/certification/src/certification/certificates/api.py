"""Routes of certificates and of their public verification."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Response

from certification.certificates import holders, queries, revocations, verification
from certification.certificates.errors import (
    PRIVATE_HEADERS,
    CertificateAltered,
    CertificateFallen,
    CertificateNamesSchool,
    CertificateNotFound,
    NameNotGiven,
    OwnRevocation,
    RevocationDecided,
    RevocationNotFound,
    RevocationUnderWay,
)
from certification.certificates.models import Certificate, CertificateRevocation
from certification.certificates.schemas import (
    CertificateList,
    CertificateOut,
    HolderName,
    RevocationDecision,
    RevocationOut,
    RevocationProposal,
    Sharing,
    Verification,
)
from certification.endorsements.queries import endorsers_of
from certification.settings import Keys
from chassis.access import PUBLIC, SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["certificates"])

Person = Annotated[Principal, allow(SIGNED_IN)]
Administrator = Annotated[Principal, allow(role("administrator"))]
Code = Annotated[str, Path(description="As printed; case, hyphens and look-alike characters do not matter")]


@router.get("/certificates")
async def list_certificates(reader: Reader, caller: Annotated[Principal, allow(SIGNED_IN)]) -> CertificateList:
    """The certificates you were awarded."""
    rows = await queries.of_teacher(reader, caller.id)
    held = [await verification.standing_of(reader, Certificate.id == row["id"]) for row in rows]
    return CertificateList(data=[CertificateOut.model_validate(one.for_holder) for one in held])


@router.post(
    "/certificates/{certificate_id}/name",
    status_code=201,
    response_model=CertificateOut,
    dependencies=[IDEMPOTENT],
    responses=errors(CertificateNotFound, CertificateFallen, CertificateNamesSchool),
)
async def put_name_on_certificate(
    certificate_id: UUID, body: HolderName, session: Session, caller: Person
) -> dict[str, object]:
    """Say what name to print on your certificate. Another name later gives you another, which supersedes this one."""
    return (await holders.give_name(session, caller, certificate_id, **body.model_dump())).for_holder


@router.put(
    "/certificates/{certificate_id}/sharing",
    response_model=CertificateOut,
    responses=errors(CertificateNotFound, NameNotGiven),
)
async def share_certificate(certificate_id: UUID, body: Sharing, session: Session, caller: Person) -> dict[str, object]:
    """Say who may see the name on your certificate, and its document."""
    return (await holders.share(session, caller, certificate_id, **body.model_dump())).for_holder


@router.post(
    "/certificates/{certificate_id}/revocations",
    status_code=201,
    response_model=RevocationOut,
    dependencies=[IDEMPOTENT],
    responses=errors(CertificateNotFound, RevocationUnderWay),
)
async def propose_revocation(
    certificate_id: UUID, body: RevocationProposal, session: Session, caller: Administrator
) -> CertificateRevocation:
    """Propose to revoke a certificate. It stands until another administrator approves."""
    return await revocations.propose(session, caller, certificate_id, body.reason)


@router.get("/certificate-revocations", response_model=Page[RevocationOut])
async def list_revocations(
    reader: Reader, page: PageRequest, caller: Administrator, is_open: bool | None = None
) -> dict[str, object]:
    """Proposed and decided revocations, oldest first."""
    rows = await queries.revocations(reader, page, is_open)
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.post(
    "/certificate-revocations/{revocation_id}/decision",
    response_model=RevocationOut,
    dependencies=[IDEMPOTENT],
    responses=errors(RevocationNotFound, RevocationDecided, OwnRevocation),
)
async def decide_on_revocation(
    revocation_id: UUID, body: RevocationDecision, session: Session, caller: Administrator
) -> CertificateRevocation:
    """Approve or decline a revocation that somebody else proposed. An approval is for good."""
    return await revocations.decide(session, caller, revocation_id, body.outcome)


@router.get("/verify/{code}", response_model=Verification, responses=errors(CertificateNotFound, CertificateAltered))
async def verify_certificate(
    code: Code, reader: Reader, keys: Keys, response: Response, caller: Annotated[Principal, allow(PUBLIC)]
) -> dict[str, object]:
    """Whether a certificate is genuine and stands. Anyone may ask; who holds it is told only if the holder chose so."""
    response.headers.update(PRIVATE_HEADERS)
    verified = await verification.verify(reader, keys, code)
    return {**verified.told, "endorsed_by": await endorsers_of(reader, verified.standing.certificate.scheme)}
