"""Reading what badges and status lists need."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from certification.certificates.models import Certificate, CertificateRegistration, CertificateRevocation
from certification.schemes.models import Scheme


async def summary_of(reader: AsyncConnection, scheme: str) -> str:
    """What a scheme is about."""
    return str(await reader.scalar(select(Scheme.summary).where(Scheme.slug == scheme)))


async def fallen(reader: AsyncConnection, list_number: int) -> list[int] | None:
    """The places in a list of certificates that were revoked or superseded; None when there is no such list."""
    entered, newer = CertificateRegistration, aliased(Certificate)
    newest = await reader.scalar(select(func.max(entered.status_list)))
    if list_number > (newest or 0):
        return None
    revoked = select(CertificateRevocation.certificate_id).where(CertificateRevocation.outcome == "approved")
    replaced = select(newer.reissue_of).where(newer.reissue_of.is_not(None))
    gone = entered.certificate_id.in_(revoked) | entered.certificate_id.in_(replaced)
    return list(await reader.scalars(select(entered.status_index).where(entered.status_list == list_number, gone)))
