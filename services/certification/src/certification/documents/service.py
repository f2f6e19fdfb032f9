"""Making a certificate's document and keeping the hash of what was made."""

import asyncio
import hashlib

from sqlalchemy import ColumnElement
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from typst import TypstError

from certification.certificates.errors import CertificateNotFound, NameNotGiven, NameNotPrintable
from certification.certificates.models import Certificate, CertificateDocument
from certification.certificates.signing import SigningKeys
from certification.certificates.verification import Standing, require_genuine, standing_of
from certification.documents.typesetting import Printed, typeset
from certification.settings import Settings
from chassis import clock


async def of_holder(session: AsyncSession, keys: SigningKeys, settings: Settings, which: ColumnElement[bool]) -> bytes:
    """The document of the holder's own certificate. CertificateNotFound, CertificateAltered, NameNotGiven."""
    standing = await standing_of(session, which)
    require_genuine(keys, standing)
    return await _made(session, settings, standing)


async def shared(session: AsyncSession, keys: SigningKeys, settings: Settings, code_digest: bytes) -> bytes:
    """The document that a holder shares with whoever has the code; CertificateNotFound when it is not shared."""
    standing = await standing_of(session, Certificate.code_digest == code_digest)
    require_genuine(keys, standing)
    if not standing.is_document_shared:
        raise CertificateNotFound
    return await _made(session, settings, standing)


async def _made(session: AsyncSession, settings: Settings, standing: Standing) -> bytes:
    name = standing.printed_name
    if name is None or standing.number is None:
        raise NameNotGiven
    certificate = standing.certificate
    printed = Printed(
        title=certificate.title,
        number=standing.number,
        name=name,
        awarded_on=certificate.awarded_on,
        expires_on=certificate.expires_on,
        code=certificate.code,
        url=f"{settings.public_url}v1/verify/{certificate.code}/page",
    )
    try:
        document = await asyncio.to_thread(typeset, printed)
    except TypstError as error:
        raise NameNotPrintable from error
    made = {"certificate_id": certificate.id, "sha256": hashlib.sha256(document).digest(), "made_at": clock.now()}
    await session.execute(insert(CertificateDocument).values(made).on_conflict_do_nothing())
    return document
