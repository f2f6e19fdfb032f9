"""Reading drafts of questionnaires."""

from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.proposals.schemas import DraftStatus
from certification.questionnaire_drafts.errors import QuestionnaireDraftNotFound
from certification.questionnaire_drafts.models import QuestionnaireDraft
from chassis.paging import PageOf

DRAFTS = select(QuestionnaireDraft.__table__)


async def listed(
    connection: AsyncConnection, page: PageOf, slug: str | None, status: DraftStatus | None
) -> list[RowMapping]:
    """Drafts, oldest first."""
    query = DRAFTS.order_by(QuestionnaireDraft.id).limit(page.limit + 1)
    if slug:
        query = query.where(QuestionnaireDraft.slug == slug)
    if status:
        query = query.where(QuestionnaireDraft.status == status)
    if after := page.after_as(UUID):
        query = query.where(QuestionnaireDraft.id > after[0])
    return list((await connection.execute(query)).mappings())


async def one(connection: AsyncConnection, draft_id: UUID) -> RowMapping:
    """A draft, or QuestionnaireDraftNotFound."""
    found = (await connection.execute(DRAFTS.where(QuestionnaireDraft.id == draft_id))).mappings().one_or_none()
    if found is None:
        raise QuestionnaireDraftNotFound
    return found
