"""Entering certificates in the registers, in the transaction of the award: a number, a status bit, the issuance log."""

import secrets
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.certificates.models import Certificate, CertificateRegistration
from certification.transparency import service as log
from certification.transparency.service import Happening
from certification.transparency.statements import record_hash
from chassis.service import Progress

LIST_LENGTH = 131_072
"""Bits of a status list: the least that W3C's Bitstring Status List allows."""
LISTED = LIST_LENGTH // 2
"""Certificates per list; half of its places stay free, so that drawing one at random soon finds one."""
AT_ONCE = 500
"""Certificates of an earlier release that are entered with one head."""


async def enter(session: AsyncSession, certificates: Sequence[Certificate]) -> list[CertificateRegistration]:
    """Number signed certificates, draw their status bits and log that they were issued, in this order.

    Writers wait for each other here until their transactions end, which is what leaves no gap in numbers and places.
    """
    await log.lock(session)
    first = await _next_ordinal(session)
    ordinals = range(first, first + len(certificates))
    serials = await _serials(session, certificates)
    places = await _free_places(session, [ordinal // LISTED for ordinal in ordinals])
    made = [
        CertificateRegistration(
            certificate_id=certificate.id,
            ordinal=ordinal,
            scheme=certificate.scheme,
            year=certificate.awarded_on.year,
            serial=serial,
            status_list=ordinal // LISTED,
            status_index=place,
        )
        for certificate, ordinal, serial, place in zip(certificates, ordinals, serials, places, strict=True)
    ]
    session.add_all(made)
    issued = [
        Happening("issued", certificate.id, record_hash(certificate.record(registration.number)))
        for certificate, registration in zip(certificates, made, strict=True)
    ]
    await log.append(session, issued)
    return made


async def _serials(session: AsyncSession, certificates: Sequence[Certificate]) -> list[int]:
    """The next numbers of each scheme and year, as many as certificates ask for."""
    last: dict[tuple[str, int], int] = {}
    serials = []
    for certificate in certificates:
        series = certificate.scheme, certificate.awarded_on.year
        last[series] = (last[series] if series in last else await _last_serial(session, *series)) + 1
        serials.append(last[series])
    return serials


async def _last_serial(session: AsyncSession, scheme: str, year: int) -> int:
    entered = CertificateRegistration
    last = select(func.max(entered.serial)).where(entered.scheme == scheme, entered.year == year)
    return await session.scalar(last) or 0


async def _next_ordinal(session: AsyncSession) -> int:
    last = await session.scalar(select(func.max(CertificateRegistration.ordinal)))
    return 0 if last is None else last + 1


async def _free_places(session: AsyncSession, lists: Sequence[int]) -> list[int]:
    """For each number of a list, which ascend, a place in it that nobody has."""
    places: list[int] = []
    for number, wanted in groupby(lists):
        places += await _free_in(session, number, len(list(wanted)))
    return places


async def _free_in(session: AsyncSession, list_number: int, wanted: int) -> list[int]:
    entered, found = CertificateRegistration, dict[int, None]()
    while len(found) < wanted:
        drawn = {secrets.randbelow(LIST_LENGTH) for _ in range(wanted - len(found))} - found.keys()
        here = (entered.status_list == list_number, entered.status_index == func.any(list(drawn)))
        taken = set(await session.scalars(select(entered.status_index).where(*here)))
        found |= dict.fromkeys(drawn - taken)
    return list(found)


async def logged_as(session: AsyncSession, certificate: Certificate) -> str:
    """What the log calls a certificate; one of an earlier release is entered now. The caller holds the log."""
    registration = await session.get(CertificateRegistration, certificate.id)
    if registration is None:
        [registration] = await enter(session, [certificate])
    return record_hash(certificate.record(registration.number))


async def enter_unregistered(session: AsyncSession, progress: Progress) -> None:
    """Enter what an earlier release awarded, in the order of awards; without effect when there is nothing."""
    await log.lock(session)
    entered = select(CertificateRegistration.certificate_id)
    query = select(Certificate).where(Certificate.id.not_in(entered)).order_by(Certificate.awarded_at, Certificate.id)
    waiting = (await session.scalars(query)).all()
    for start in range(0, len(waiting), AT_ONCE):
        several = waiting[start : start + AT_ONCE]
        await enter(session, several)
        progress(start + len(several), len(waiting))
