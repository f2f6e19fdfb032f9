"""The name on a certificate: given by its holder, signed, logged as a salted hash, shown to whom the holder says."""

import hashlib
import secrets
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from certification.certificates import codes
from certification.certificates.errors import CertificateFallen, CertificateNamesSchool, NameNotGiven
from certification.certificates.models import Certificate, CertificateHolder
from certification.certificates.registration import logged_as
from certification.certificates.service import sign_and_enter
from certification.certificates.signing import canonical
from certification.certificates.verification import Standing, standing_of
from certification.settings import signing_keys
from certification.transparency import service as log
from certification.transparency.service import Happening
from chassis import audit, clock
from chassis.ids import new_id
from chassis.known_as import is_theirs
from chassis.principal import Principal


async def give_name(
    session: AsyncSession, caller: Principal, certificate_id: UUID, name: str, shows_name: bool, shares_document: bool
) -> Standing:
    """Put the caller's name on their certificate. Another name later is another certificate, which supersedes this.

    CertificateNotFound, CertificateNamesSchool, CertificateFallen.
    """
    standing = await _own(session, caller, certificate_id)
    if standing.certificate.school_name is not None:
        raise CertificateNamesSchool
    if standing.status != "valid":
        raise CertificateFallen(standing.status)
    holder, certificate = standing.holder, standing.certificate
    if holder is not None and holder.name != name:
        certificate = await _reissued(session, standing)
    elif holder is not None:
        return await share(session, caller, certificate_id, shows_name, shares_document)
    session.add(await _signed(session, certificate, name, shows_name, shares_document))
    await session.flush()
    await audit.record(session, caller, "certificate.named", f"certificate:{certificate.id}")
    return await standing_of(session, Certificate.id == certificate.id)


async def share(
    session: AsyncSession, caller: Principal, certificate_id: UUID, shows_name: bool, shares_document: bool
) -> Standing:
    """Say who may see the name and the document. CertificateNotFound, NameNotGiven."""
    standing = await _own(session, caller, certificate_id)
    if standing.holder is None:
        raise NameNotGiven
    holder = await session.get_one(CertificateHolder, certificate_id)
    holder.shows_name, holder.shares_document = shows_name, shares_document
    await session.flush()
    await audit.record(session, caller, "certificate.shared", f"certificate:{certificate_id}")
    return await standing_of(session, Certificate.id == certificate_id)


async def _own(session: AsyncSession, caller: Principal, certificate_id: UUID) -> Standing:
    """The caller's certificate, held against everybody who writes to the log."""
    await log.lock(session)
    return await standing_of(session, (Certificate.id == certificate_id) & is_theirs(Certificate.teacher_id, caller.id))


async def _signed(
    session: AsyncSession, certificate: Certificate, name: str, shows_name: bool, shares_document: bool
) -> CertificateHolder:
    """A holder whose name is signed, and logged as a hash of what is signed, salt included."""
    holder = CertificateHolder(
        certificate_id=certificate.id,
        name=name,
        salt=secrets.token_bytes(32),
        shows_name=shows_name,
        shares_document=shares_document,
        confirmed_at=clock.now(),
    )
    told = canonical(holder.facts())
    signature = signing_keys(session).sign(told)
    holder.key_id, holder.signature = signature.key_id, signature.value
    named = {"holder": hashlib.sha256(told).hexdigest()}
    await log.append(session, [Happening("named", certificate.id, await logged_as(session, certificate), named)])
    return holder


async def _reissued(session: AsyncSession, standing: Standing) -> Certificate:
    """The same award under a new code, in the place of the old; the log tells which replaced which."""
    old, code = standing.certificate, codes.new_code()
    new = Certificate(
        id=new_id(),
        teacher_id=old.teacher_id,
        scheme=old.scheme,
        scheme_version=old.scheme_version,
        title=old.title,
        code=code,
        code_digest=codes.digest(code),
        awarded_at=old.awarded_at,
        awarded_on=old.awarded_on,
        expires_on=old.expires_on,
        reissue_of=old.id,
    )
    await sign_and_enter(session, [new])
    by = {"replaced_by": await logged_as(session, new)}
    await log.append(session, [Happening("superseded", old.id, await logged_as(session, old), by)])
    return new
