"""Reading certificates."""

from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.certificates.models import Certificate, CertificateRevocation
from chassis.known_as import is_theirs
from chassis.paging import PageOf


async def of_teacher(connection: AsyncConnection, teacher_id: UUID | None) -> list[RowMapping]:
    """A teacher's certificates, oldest first; those awarded under an id that was merged too."""
    query = select(Certificate.__table__).where(is_theirs(Certificate.teacher_id, teacher_id))
    return list((await connection.execute(query.order_by(Certificate.awarded_at, Certificate.id))).mappings())


async def revocations(reader: AsyncConnection, page: PageOf, is_open: bool | None) -> list[RowMapping]:
    """Revocations, oldest first: all, those that wait, or those decided."""
    query = select(CertificateRevocation.__table__).order_by(CertificateRevocation.id).limit(page.limit + 1)
    if is_open is not None:
        decided = CertificateRevocation.outcome.is_not(None)
        query = query.where(~decided if is_open else decided)
    if after := page.after_as(UUID):
        query = query.where(CertificateRevocation.id > after[0])
    return list((await reader.execute(query)).mappings())
