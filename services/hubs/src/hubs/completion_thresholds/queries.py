"""Reading thresholds."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.paging import PageOf
from hubs.base import AnyRow
from hubs.completion_thresholds.models import CompletionThreshold
from hubs.completion_thresholds.schemas import ThresholdFilter


async def list_thresholds(reader: AsyncConnection, wanted: ThresholdFilter, page: PageOf) -> Sequence[AnyRow]:
    """All versions by activity, those for every activity first, one row more than the page holds."""
    scope = CompletionThreshold.activity_code
    query = select(CompletionThreshold.__table__).order_by(scope.asc().nulls_first(), CompletionThreshold.version)
    if wanted.activity_code:
        query = query.where(scope == wanted.activity_code)
    if (after := page.after_as(str, int)) is not None:
        code, version = after
        later = (scope == code) & (CompletionThreshold.version > version)
        if not code:
            later = scope.is_(None) & (CompletionThreshold.version > version) | scope.is_not(None)
        query = query.where(later | (scope > code))
    return (await reader.execute(query.limit(page.limit + 1))).all()
