"""Reading what teachers did, at the hours it stands at after every correction."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.credits.models import ActivityRecord, CompletionCorrection, ContributionCorrection, LogEntryReversal
from certification.schemes.evaluation import Done
from certification.schemes.requirements import ActivityKind, Facts, unknown

COMPLETION = "completion:"
"""How the source of a record names a completion that the hubs told of."""
CONTRIBUTION = "contribution:"
"""The same of a contribution to the community."""
LOG_ENTRY = "log-entry:"
"""The same of an accepted entry of the log."""

Runner = AsyncSession | AsyncConnection


class Recorded(Protocol):
    """As much of a record as its hours depend on."""

    @property
    def id(self) -> UUID: ...
    @property
    def source(self) -> str: ...
    @property
    def hours(self) -> Decimal: ...
    @property
    def occurred_on(self) -> date: ...


@dataclass(frozen=True)
class Stands:
    """How a record stands: for so many hours, on that day."""

    hours: Decimal
    occurred_on: date


async def stands_of(runner: Runner, records: Sequence[Recorded]) -> dict[UUID, Stands | None]:
    """By record how it stands after every correction heard; None when it was withdrawn."""
    corrected = await _corrected(runner, _ids_of(records, COMPLETION))
    counting = await _counting_again(runner, _ids_of(records, CONTRIBUTION))
    counting |= await _reversed(runner, _ids_of(records, LOG_ENTRY))
    return {record.id: _after(record, corrected) if counting.get(record.source, True) else None for record in records}


def _after(record: Recorded, corrected: Mapping[str, tuple[Decimal, date | None]]) -> Stands | None:
    hours, day = corrected.get(record.source, (record.hours, None))
    is_withdrawn = record.source in corrected and not hours
    return None if is_withdrawn else Stands(hours, day or record.occurred_on)


def _ids_of(records: Sequence[Recorded], prefix: str) -> list[UUID]:
    return [UUID(record.source.removeprefix(prefix)) for record in records if record.source.startswith(prefix)]


async def _corrected(runner: Runner, ids: Sequence[UUID]) -> dict[str, tuple[Decimal, date | None]]:
    """By source the hours of completions that were corrected, and the day where the correction told it."""
    columns = (CompletionCorrection.completion_id, CompletionCorrection.hours, CompletionCorrection.occurred_on)
    heard = select(*columns).where(CompletionCorrection.completion_id == func.any(ids))
    # In the order of revisions, so that the last of each completion is what stays.
    rows = await runner.execute(heard.order_by(CompletionCorrection.revision)) if ids else ()
    return {f"{COMPLETION}{row.completion_id}": (row.hours, row.occurred_on) for row in rows}


async def _counting_again(runner: Runner, ids: Sequence[UUID]) -> dict[str, bool]:
    """By source whether contributions that were corrected count now."""
    heard = select(ContributionCorrection.contribution_id, ContributionCorrection.counts).where(
        ContributionCorrection.contribution_id == func.any(ids)
    )
    rows = await runner.execute(heard.order_by(ContributionCorrection.revision)) if ids else ()
    return {f"{CONTRIBUTION}{row.contribution_id}": row.counts for row in rows}


async def _reversed(runner: Runner, ids: Sequence[UUID]) -> dict[str, bool]:
    """By source the entries of the log that do not count any more."""
    heard = select(LogEntryReversal.log_entry_id).where(LogEntryReversal.log_entry_id == func.any(ids))
    rows = await runner.execute(heard) if ids else ()
    return {f"{LOG_ENTRY}{row.log_entry_id}": False for row in rows}


async def done_by_teacher(
    runner: Runner, teacher_ids: Collection[UUID], catalogue: Mapping[str, Facts]
) -> dict[UUID, list[Done]]:
    """Everything that these teachers did and that stands, as the rules look at it."""
    columns = (
        ActivityRecord.id,
        ActivityRecord.teacher_id,
        ActivityRecord.kind,
        ActivityRecord.activity_key,
        ActivityRecord.activity,
        ActivityRecord.source,
        ActivityRecord.hours,
        ActivityRecord.occurred_on,
        ActivityRecord.published_credits,
    )
    query = select(*columns).where(ActivityRecord.teacher_id == func.any(list(teacher_ids)))
    records = (await runner.execute(query)).all()
    standing = await stands_of(runner, records)
    done: dict[UUID, list[Done]] = defaultdict(list)
    for row in records:
        stands = standing[row.id]
        if stands is not None:
            facts = catalogue.get(row.activity) or unknown(row.activity)
            kind = ActivityKind(row.kind)
            done[row.teacher_id].append(Done(row.activity_key, kind, facts, stands.hours, row.published_credits))
    return done
