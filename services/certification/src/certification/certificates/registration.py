"""Entering certificates in the registers, in the transaction of the award: a number, a status bit, the issuance log."""

import secrets

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.certificates.models import Certificate, CertificateRegistration
from certification.transparency import service as log
from certification.transparency.statements import record_hash
from chassis.service import Progress

LIST_LENGTH = 131_072
"""Bits of a status list: the least that W3C's Bitstring Status List allows."""
LISTED = LIST_LENGTH // 2
"""Certificates per list; half of its places stay free, so that drawing one at random soon finds one."""


async def enter(session: AsyncSession, certificate: Certificate) -> CertificateRegistration:
    """Number a signed certificate, draw its status bit and log that it was issued. Writers wait for each other here."""
    await log.lock(session)
    ordinal = await _next_ordinal(session)
    registration = CertificateRegistration(
        certificate_id=certificate.id,
        ordinal=ordinal,
        scheme=certificate.scheme,
        year=certificate.awarded_on.year,
        serial=await _next_serial(session, certificate.scheme, certificate.awarded_on.year),
        status_list=ordinal // LISTED,
        status_index=await _free_place(session, ordinal // LISTED),
    )
    session.add(registration)
    issued = record_hash(certificate.record(registration.number))
    await log.append(session, "issued", certificate.id, issued)
    return registration


async def _next_serial(session: AsyncSession, scheme: str, year: int) -> int:
    entered = CertificateRegistration
    last = select(func.max(entered.serial)).where(entered.scheme == scheme, entered.year == year)
    return (await session.scalar(last) or 0) + 1


async def _next_ordinal(session: AsyncSession) -> int:
    last = await session.scalar(select(func.max(CertificateRegistration.ordinal)))
    return 0 if last is None else last + 1


async def _free_place(session: AsyncSession, list_number: int) -> int:
    entered = CertificateRegistration
    while True:
        place = secrets.randbelow(LIST_LENGTH)
        taken = select(entered.certificate_id).where(entered.status_list == list_number, entered.status_index == place)
        if await session.scalar(taken) is None:
            return place


async def logged_as(session: AsyncSession, certificate: Certificate) -> str:
    """What the log calls a certificate; one of an earlier release is entered now. The caller holds the log."""
    registration = await session.get(CertificateRegistration, certificate.id) or await enter(session, certificate)
    return record_hash(certificate.record(registration.number))


async def enter_unregistered(session: AsyncSession, progress: Progress) -> None:
    """Enter what an earlier release awarded, in the order of awards; without effect when there is nothing."""
    await log.lock(session)
    entered = select(CertificateRegistration.certificate_id)
    query = select(Certificate).where(Certificate.id.not_in(entered)).order_by(Certificate.awarded_at, Certificate.id)
    waiting = (await session.scalars(query)).all()
    for done, certificate in enumerate(waiting, start=1):
        await enter(session, certificate)
        progress(done, len(waiting))
