"""Recording thresholds, and knowing which one counts."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.completion_thresholds.errors import ActivityUnknown, ThresholdNotAhead
from hubs.completion_thresholds.models import CompletionThreshold
from hubs.completion_thresholds.schemas import ThresholdIn
from hubs.completions.models import Activity


@dataclass(frozen=True)
class Thresholds:
    """All versions, highest first, by the activity whose they are; None has those of all others."""

    versions: dict[str | None, list[CompletionThreshold]] = field(default_factory=dict)

    def on(self, activity_code: str, day: date) -> CompletionThreshold | None:
        """The version that counts for an activity completed that day. Always the same: rows begin on days to come."""
        for scope in (activity_code, None):
            for version in self.versions.get(scope, ()):
                if version.valid_from_on <= day:
                    return version
        return None


async def all_thresholds(session: AsyncSession) -> Thresholds:
    """Everything that was ever decided; a few rows."""
    found: dict[str | None, list[CompletionThreshold]] = defaultdict(list)
    for row in await session.scalars(select(CompletionThreshold).order_by(CompletionThreshold.version.desc())):
        found[row.activity_code].append(row)
    return Thresholds(dict(found))


async def record_threshold(session: AsyncSession, caller: Principal, wish: ThresholdIn) -> CompletionThreshold:
    """Add the next version of an activity's threshold, or of the one for all others."""
    if wish.valid_from_on <= clock.today():
        raise ThresholdNotAhead(f"{wish.valid_from_on} has begun; what was completed by then is decided.")
    if wish.activity_code is not None and await session.get(Activity, wish.activity_code) is None:
        raise ActivityUnknown(f"No approved activity has the code {wish.activity_code}.")
    same = CompletionThreshold.activity_code.is_not_distinct_from(wish.activity_code)
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("completion thresholds", 0))))
    last = await session.scalar(select(func.coalesce(func.max(CompletionThreshold.version), 0)).where(same))
    row = CompletionThreshold(
        id=new_id(), version=(last or 0) + 1, recorded_at=clock.now(), recorded_by=caller.id, **wish.model_dump()
    )
    session.add(row)
    details: dict[str, audit.JSON] = {
        "version": row.version,
        "percent": str(wish.percent),
        "valid_from_on": str(wish.valid_from_on),
    }
    await audit.record(session, caller, "completion-threshold.recorded", f"activity:{wish.activity_code}", details)
    return row
