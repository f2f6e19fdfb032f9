"""Reading drafts."""

from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.drafts.errors import DraftNotFound
from certification.drafts.models import SchemeDraft
from certification.proposals.schemas import DraftStatus
from chassis.paging import PageOf

DRAFTS = select(SchemeDraft.__table__)


async def listed(
    connection: AsyncConnection, page: PageOf, scheme: str | None, status: DraftStatus | None
) -> list[RowMapping]:
    """Drafts, oldest first."""
    query = DRAFTS.order_by(SchemeDraft.id).limit(page.limit + 1)
    if scheme:
        query = query.where(SchemeDraft.scheme == scheme)
    if status:
        query = query.where(SchemeDraft.status == status)
    after = page.after_as(UUID)
    if after:
        query = query.where(SchemeDraft.id > after[0])
    return list((await connection.execute(query)).mappings())


async def one(connection: AsyncConnection, draft_id: UUID) -> RowMapping:
    """A draft, or DraftNotFound."""
    found = (await connection.execute(DRAFTS.where(SchemeDraft.id == draft_id))).mappings().one_or_none()
    if found is None:
        raise DraftNotFound
    return found
