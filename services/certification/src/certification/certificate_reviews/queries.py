"""Reading reviews of certificates."""

from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.certificates.models import CertificateReview
from chassis.paging import PageOf


async def listed(reader: AsyncConnection, page: PageOf, is_open: bool | None) -> list[RowMapping]:
    """Reviews, oldest first: all, those that wait, or those closed."""
    query = select(CertificateReview.__table__).order_by(CertificateReview.id).limit(page.limit + 1)
    if is_open is not None:
        closed = CertificateReview.closed_at.is_not(None)
        query = query.where(~closed if is_open else closed)
    if after := page.after_as(UUID):
        query = query.where(CertificateReview.id > after[0])
    return list((await reader.execute(query)).mappings())
