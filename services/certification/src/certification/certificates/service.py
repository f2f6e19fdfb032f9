"""Awarding certificates."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.certificates import codes
from certification.certificates.models import Certificate, CertificateRegistration
from certification.certificates.registration import enter
from certification.certificates.signing import canonical
from certification.schemes.models import Scheme
from certification.settings import signing_keys
from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from contracts.certification import CertificateAwarded


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
    await sign_and_enter(session, certificate)
    facts = {"certificate_id": certificate.id, "teacher_id": teacher_id, "scheme": scheme, "scheme_version": version}
    await publish(session, CertificateAwarded.model_validate({**facts, "awarded_at": at}))
    await audit.record(session, None, "certificate.awarded", f"certificate:{certificate.id}", {"scheme": scheme})
    return certificate


async def sign_and_enter(session: AsyncSession, certificate: Certificate) -> CertificateRegistration:
    """Sign a new certificate, store it, number it and log it: in one transaction, so that none exists unlogged."""
    signature = signing_keys(session).sign(canonical(certificate.facts()))
    certificate.key_id, certificate.signature = signature.key_id, signature.value
    session.add(certificate)
    await session.flush()
    return await enter(session, certificate)
