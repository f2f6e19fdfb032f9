"""The match queue."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.completions.models import CompletionReport, PartnerLearner
from hubs.completions.schemas import MatchFilter

MatchRow = AnyRow


async def list_matches(
    reader: AsyncConnection, caller: Principal, wanted: MatchFilter, page: PageOf
) -> Sequence[MatchRow]:
    """Learners that wait for a teacher, longest first, one row more than the page holds. A partner sees its own."""
    query = (
        select(
            PartnerLearner.id,
            PartnerLearner.organisation_id,
            PartnerLearner.external_learner_id,
            PartnerLearner.claimed_teacher_id,
            PartnerLearner.first_seen_at,
            func.count().label("waiting"),
            func.array_agg(CompletionReport.activity_code.distinct()).label("activity_codes"),
        )
        .join(CompletionReport, CompletionReport.learner_id == PartnerLearner.id)
        .where(PartnerLearner.teacher_id.is_(None), CompletionReport.state == "queued")
        .group_by(PartnerLearner.id)
        .order_by(PartnerLearner.id)
        .limit(page.limit + 1)
    )
    if caller.kind == "partner":
        query = query.where(PartnerLearner.organisation_id == caller.organisation_id)
    if wanted.organisation_id:
        query = query.where(PartnerLearner.organisation_id == wanted.organisation_id)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(PartnerLearner.id > after[0])
    return (await reader.execute(query)).all()
