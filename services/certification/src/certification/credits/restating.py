"""Making ledgers say what the rules give now, for many teachers at once: after a move, or to be sure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from certification.assessments.openings import announce
from certification.credits.accounts import Account, Record, Standing, accounts_of
from certification.credits.completion import award_found, earned
from certification.credits.models import ActivityRecord, CreditEntry
from certification.credits.pending import end_windows
from certification.credits.records import Recorded, stands_of
from certification.credits.rules import Earned
from certification.credits.service import enter_counting, store
from certification.schemes.rules import SchemeRules

RECORDS = select(
    ActivityRecord.id,
    ActivityRecord.teacher_id,
    ActivityRecord.kind,
    ActivityRecord.activity_key,
    ActivityRecord.activity,
    ActivityRecord.hours,
    ActivityRecord.published_credits,
    ActivityRecord.occurred_on,
    ActivityRecord.source,
)


class KeptRecord(Record, Recorded, Protocol):
    """A record with all that an entry and its hours are made of."""


async def restate(
    session: AsyncSession, scheme: str, teacher_ids: Collection[UUID], before: Mapping[UUID, SchemeRules]
) -> list[Account]:
    """Reverse and enter what differs, whoever's log the caller holds, and award what is earned then.

    `before` are the rules that those who have just been moved had. An entry that still gives what the activity is worth
    stays, with the version that it was made under.
    """
    accounts = [one for group in (await accounts_of(session, teacher_ids, scheme)).values() for one in group]
    records = await _records_by_teacher(session, teacher_ids)
    standing_at = await stands_of(session, [record for group in records.values() for record in group])
    wrong: dict[UUID, set[str]] = {}
    for account in accounts:
        if account.teacher_id in before:
            account.has_moved_from(before[account.teacher_id])
        counting = [(one, standing_at[one.id]) for one in records[account.teacher_id]]
        worth = _worth(account, ((one, stands.hours) for one, stands in counting if stands is not None))
        wrong[account.teacher_id] = set(_overstated(account, worth))
    standing = await _standing_entries(session, scheme, [teacher for teacher, keys in wrong.items() if keys])
    for account in accounts:
        for entry in standing[account.teacher_id]:
            if entry.activity_key in wrong[account.teacher_id]:
                account.reverse(entry)
        for record in records[account.teacher_id]:
            enter_counting(account, record, standing_at[record.id])
    await store(session, accounts)
    earning = await earned(session, accounts)
    await end_windows(session, scheme, {one.teacher_id for one in accounts} - {one.teacher_id for one in earning})
    await award_found(session, earning)
    await announce(session, accounts)
    return accounts


def _worth(account: Account, counting: Iterable[tuple[Record, Decimal]]) -> dict[str, Earned]:
    best: dict[str, Earned] = {}
    for record, stands in counting:
        worth = account.worth(record, stands)
        if worth and (record.activity_key not in best or worth.credits > best[record.activity_key].credits):
            best[record.activity_key] = worth
    return best


def _overstated(account: Account, worth: Mapping[str, Earned]) -> Iterable[str]:
    """The activities that hold more than they are worth, or hold it in another component."""
    for (component, activity_key), held in account.held.items():
        now = worth.get(activity_key)
        if held.credits > 0 and (now is None or now.component != component or held.credits > now.credits):
            yield activity_key


async def _records_by_teacher(
    session: AsyncSession, teacher_ids: Collection[UUID]
) -> defaultdict[UUID, list[KeptRecord]]:
    among = ActivityRecord.teacher_id == func.any(list(teacher_ids))
    rows = await session.execute(RECORDS.where(among).order_by(ActivityRecord.occurred_on, ActivityRecord.id))
    found: defaultdict[UUID, list[KeptRecord]] = defaultdict(list)
    for row in rows:
        found[row.teacher_id].append(row)
    return found


async def _standing_entries(
    session: AsyncSession, scheme: str, teacher_ids: Sequence[UUID]
) -> defaultdict[UUID, list[Standing]]:
    """The entries that give credits and were not taken back."""
    reversal = aliased(CreditEntry)
    is_reversed = exists().where(reversal.reverses_id == CreditEntry.id)
    query = select(CreditEntry.__table__).where(
        CreditEntry.teacher_id == func.any(list(teacher_ids)),
        CreditEntry.scheme == scheme,
        CreditEntry.reverses_id.is_(None),
        ~is_reversed,
    )
    found: defaultdict[UUID, list[Standing]] = defaultdict(list)
    for row in await session.execute(query.order_by(CreditEntry.revision)) if teacher_ids else ():
        found[row.teacher_id].append(row)
    return found
