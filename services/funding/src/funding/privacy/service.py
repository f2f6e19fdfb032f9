"""Telling somebody all that is held about them, and erasing them; and saying so."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.exports import prepare
from contracts.funding import FundingErasureCompleted, FundingExportPrepared
from contracts.identity import PersonExportRequested, TeacherErasureRequested
from funding.privacy.registry import HOLDINGS
from funding.privacy.retention import RETENTION


async def erase(session: AsyncSession, event: TeacherErasureRequested) -> None:
    """Erase what is held, and tell how much that was; asked again, tell again."""
    await HOLDINGS.erase_and_tell(session, event, FundingErasureCompleted)


async def prepare_export(session: AsyncSession, event: PersonExportRequested) -> None:
    """Put by what is held, for an export of everything; asked again, put by what is held then."""
    held = await HOLDINGS.tell(session, event.person_id)
    await prepare(session, "funding", event, FundingExportPrepared, held, about=RETENTION.about())
