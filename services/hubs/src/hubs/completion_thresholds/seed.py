"""Loading the thresholds that come with the platform."""

from datetime import date
from decimal import Decimal

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.service import Progress
from hubs.completion_thresholds.models import CompletionThreshold
from hubs.reference import rows


async def load_thresholds(session: AsyncSession, progress: Progress) -> None:
    """Versions that are not there yet; those that are never change."""
    source = rows("completion_thresholds.csv")
    versions = [
        {
            "id": new_id(),
            "activity_code": row["activity_code"] or None,
            "version": int(row["version"]),
            "percent": Decimal(row["percent"]),
            "valid_from_on": date.fromisoformat(row["valid_from_on"]),
            "source": row["source"],
            "recorded_at": clock.now(),
        }
        for row in source
    ]
    await session.execute(insert(CompletionThreshold).on_conflict_do_nothing(), versions)
    progress(len(source), len(source))
