"""Awarding certificates, one or very many with the same few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.certificates import codes
from certification.certificates.models import Certificate
from certification.certificates.registration import enter
from certification.certificates.rules import expiry
from certification.certificates.signing import canonical
from certification.schemes.models import Scheme
from certification.settings import signing_keys
from chassis import audit, clock
from chassis.faults import fault
from chassis.ids import new_id
from chassis.outbox import publish
from contracts.certification import CertificateAwarded


@dataclass(frozen=True)
class Award:
    """What somebody has earned, by which version of the rules, and for how long it stands."""

    teacher_id: UUID
    scheme: str
    version: int
    valid_for_months: int | None = None
    school_urn: str | None = None
    """Of an award to a school the school; None for one to a person."""
    school_name: str | None = None


async def award(session: AsyncSession, awards: Sequence[Award]) -> list[Certificate]:
    """Award certificates of which every component is met; the caller holds the teachers' logs.

    A second award for the same teacher and scheme breaks a unique constraint, and with it the transaction that tried.
    """
    if not awards:
        return []
    titles = await _titles(session, {one.scheme for one in awards})
    made = [_unsigned(one, titles[one.scheme]) for one in awards]
    await sign_and_enter(session, made)
    await publish(session, *(_told(certificate) for certificate in made))
    acts = [(f"certificate:{one.id}", {"scheme": one.scheme}) for one in made]
    await audit.record_all(session, None, "certificate.awarded", acts)
    return made


async def _titles(session: AsyncSession, schemes: set[str]) -> dict[str, str]:
    rows = await session.execute(select(Scheme.slug, Scheme.title).where(Scheme.slug.in_(schemes)))
    return {row.slug: row.title for row in rows}


def _unsigned(earned: Award, title: str) -> Certificate:
    at = clock.now()
    awarded_on = at.astimezone(clock.ENGLAND).date()
    code = codes.new_code()
    return Certificate(
        id=new_id(),
        teacher_id=earned.teacher_id,
        scheme=earned.scheme,
        scheme_version=earned.version,
        school_urn=earned.school_urn,
        school_name=earned.school_name,
        title=title,
        code=code,
        code_digest=codes.digest(code),
        awarded_at=at,
        awarded_on=awarded_on,
        expires_on=expiry(awarded_on, earned.valid_for_months),
    )


def _told(certificate: Certificate) -> CertificateAwarded:
    facts = {name: getattr(certificate, name) for name in ("teacher_id", "scheme", "scheme_version", "awarded_at")}
    return CertificateAwarded.model_validate({"certificate_id": certificate.id, **facts})


async def sign_and_enter(session: AsyncSession, certificates: Sequence[Certificate]) -> None:
    """Sign new certificates, store, number and log them: in one transaction, so that none exists unlogged."""
    keys = signing_keys(session)
    for certificate in certificates:
        signature = keys.sign(canonical(certificate.facts()))
        certificate.key_id, certificate.signature = signature.key_id, signature.value
    fault("award.signed")
    session.add_all(certificates)
    await session.flush()
    fault("award.stored")
    await enter(session, certificates)
    fault("award.logged")
