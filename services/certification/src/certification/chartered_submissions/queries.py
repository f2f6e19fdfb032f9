"""What the organisation that decides may read: what was sent to it, and nothing else."""

from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.chartered.models import CharteredApplication
from certification.chartered_submissions.errors import SubmissionNotFound
from certification.chartered_submissions.models import CharteredSubmission
from chassis.paging import PageOf
from chassis.principal import Principal

_SENT = select(
    CharteredSubmission.__table__,
    CharteredApplication.teacher_id,
    CharteredApplication.pathway,
    CharteredApplication.version,
    CharteredApplication.withdrawn_at.is_not(None).label("is_withdrawn"),
).join(CharteredApplication, CharteredApplication.id == CharteredSubmission.application_id)


async def sent_to(reader: AsyncConnection, caller: Principal, page: PageOf) -> list[RowMapping]:
    """What was sent to the caller's organisation, oldest first."""
    query = _SENT.where(CharteredSubmission.organisation_id == caller.organisation_id)
    if after := page.after_as(UUID):
        query = query.where(CharteredSubmission.id > after[0])
    return list((await reader.execute(query.order_by(CharteredSubmission.id).limit(page.limit + 1))).mappings())


async def one_sent_to(runner: AsyncConnection | AsyncSession, caller: Principal, submission_id: UUID) -> RowMapping:
    """One of them, or SubmissionNotFound."""
    query = _SENT.where(
        CharteredSubmission.organisation_id == caller.organisation_id, CharteredSubmission.id == submission_id
    )
    found = (await runner.execute(query)).mappings().one_or_none()
    if found is None:
        raise SubmissionNotFound
    return found
