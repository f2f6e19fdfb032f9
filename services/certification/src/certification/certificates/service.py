"""Awarding certificates and verifying them."""

from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.certificates import codes, queries
from certification.certificates.errors import CertificateAltered, CertificateNotFound
from certification.certificates.models import Certificate
from certification.certificates.signing import Signature, SigningKeys, canonical
from certification.schemes.models import Scheme
from certification.settings import signing_keys
from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from contracts.certification import CertificateAwarded

log = structlog.get_logger(__name__)


async def is_awarded(session: AsyncSession, teacher_id: UUID, scheme: str) -> bool:
    """Whether the teacher has the certificate of the scheme already."""
    awarded = select(Certificate.id).where(Certificate.teacher_id == teacher_id, Certificate.scheme == scheme)
    return await session.scalar(awarded) is not None


async def award(session: AsyncSession, teacher_id: UUID, scheme: str, version: int) -> Certificate:
    """Award the certificate of a scheme whose every component is met; the caller holds the teacher's log.

    A second award for the same teacher and scheme breaks a unique constraint, and with it the transaction that tried.
    """
    at = clock.now()
    code = codes.new_code()
    certificate = Certificate(
        id=new_id(),
        teacher_id=teacher_id,
        scheme=scheme,
        scheme_version=version,
        title=(await session.get_one(Scheme, scheme)).title,
        code=code,
        code_digest=codes.digest(code),
        awarded_at=at,
        awarded_on=at.astimezone(clock.ENGLAND).date(),
    )
    signature = signing_keys(session).sign(canonical(certificate.facts()))
    certificate.key_id, certificate.signature = signature.key_id, signature.value
    session.add(certificate)
    await session.flush()
    facts = {"certificate_id": certificate.id, "teacher_id": teacher_id, "scheme": scheme, "scheme_version": version}
    await publish(session, CertificateAwarded.model_validate({**facts, "awarded_at": at}))
    await audit.record(session, None, "certificate.awarded", f"certificate:{certificate.id}", {"scheme": scheme})
    return certificate


async def verify(connection: AsyncConnection, keys: SigningKeys, typed_code: str) -> Certificate:
    """The certificate with this code; CertificateNotFound, or CertificateAltered if its row is not what we signed."""
    certificate = await queries.by_digest(connection, codes.digest(typed_code))
    if certificate is None:
        raise CertificateNotFound
    signature = Signature(certificate.key_id, certificate.signature)
    is_its_code = codes.digest(certificate.code) == certificate.code_digest
    if not is_its_code or not keys.verifies(canonical(certificate.facts()), signature):
        log.error("certificate.altered", alert=True, certificate_id=str(certificate.id), key_id=certificate.key_id)
        raise CertificateAltered
    return certificate
