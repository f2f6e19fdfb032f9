"""Following a correction: what an activity is worth is worked out anew, and what has no ground left is reversed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from certification.certificates import reviews
from certification.certificates.reviews import Ground
from certification.credits.accounts import Account, accounts_of
from certification.credits.amounts import rounded_hours
from certification.credits.completion import lacking
from certification.credits.known import known_of
from certification.credits.models import (
    ActivityRecord,
    CompletionCorrection,
    ContributionCorrection,
    CreditEntry,
    LogEntryReversal,
)
from certification.credits.pending import end_windows
from certification.credits.records import COMPLETION, CONTRIBUTION, LOG_ENTRY, Stands, stands_of
from certification.credits.rules import ZERO
from certification.credits.service import enter_counting, settle
from certification.teachers.service import lock_logs


@dataclass(frozen=True)
class Correction:
    """A completion stands at so many hours, on that day, after a revision; 0 hours when it was withdrawn."""

    completion_id: UUID
    revision: int
    teacher_id: UUID
    hours: Decimal
    occurred_on: date


async def correct(session: AsyncSession, correction: Correction) -> None:
    """Keep the correction and make the ledger say what it would if the report had been right from the start.

    Heard before its completion it waits; an older revision than one known changes nothing. A certificate that was
    awarded stands and is put before a person.
    """
    await lock_logs(session, [correction.teacher_id])
    values = {**vars(correction), "hours": rounded_hours(correction.hours)}
    kept = insert(CompletionCorrection).values(values).on_conflict_do_nothing()
    await session.execute(kept)
    source = f"{COMPLETION}{correction.completion_id}"
    await _restate_source(session, correction.teacher_id, source, Ground(completion_id=correction.completion_id))


@dataclass(frozen=True)
class Recount:
    """A contribution to the community counts, or does not, after a revision."""

    contribution_id: UUID
    revision: int
    teacher_id: UUID
    counts: bool


async def recount(session: AsyncSession, word: Recount) -> None:
    """The same for a contribution: taken back when it does not count, entered anew when it counts again."""
    await lock_logs(session, [word.teacher_id])
    await session.execute(insert(ContributionCorrection).values(vars(word)).on_conflict_do_nothing())
    source = f"{CONTRIBUTION}{word.contribution_id}"
    await _restate_source(session, word.teacher_id, source, Ground(contribution_id=word.contribution_id))


@dataclass(frozen=True)
class Withdrawal:
    """An accepted entry of the log does not count any more."""

    log_entry_id: UUID
    teacher_id: UUID


async def withdraw(session: AsyncSession, word: Withdrawal) -> None:
    """The same for an entry of the log that a second look found wanting."""
    await lock_logs(session, [word.teacher_id])
    await session.execute(insert(LogEntryReversal).values(vars(word)).on_conflict_do_nothing())
    source = f"{LOG_ENTRY}{word.log_entry_id}"
    await _restate_source(session, word.teacher_id, source, Ground(log_entry_id=word.log_entry_id))


async def _restate_source(session: AsyncSession, teacher_id: UUID, source: str, ground: Ground) -> None:
    own = (ActivityRecord.teacher_id == teacher_id, ActivityRecord.source == source)
    for activity_key in (await session.scalars(select(ActivityRecord.activity_key).where(*own).distinct())).all():
        await restate(session, teacher_id, activity_key, ground)


async def restate(session: AsyncSession, teacher_id: UUID, activity_key: str, ground: Ground | None) -> None:
    """Make the ledger say of an activity what its reports say now. Without a ground no certificate is looked into."""
    same = select(ActivityRecord).where(
        ActivityRecord.teacher_id == teacher_id, ActivityRecord.activity_key == activity_key
    )
    records = (await session.scalars(same.order_by(ActivityRecord.occurred_on, ActivityRecord.id))).all()
    stands = await stands_of(session, records)
    accounts = (await accounts_of(session, [teacher_id])).get(teacher_id, [])
    for account in accounts:
        standing = await _standing_entries(session, account, activity_key)
        if _is_overstated(account, activity_key, records, stands) or any(
            _is_misdated(entry, stands) for entry in standing
        ):
            for entry in standing:
                account.reverse(entry)
        for record in records:
            enter_counting(account, record, stands[record.id])
    await settle(session, accounts)
    deep = [account for account in accounts if account.rules.requirements]
    short = await lacking(session, deep, await known_of(session, [teacher_id])) if deep else set()
    for account in accounts:
        if account.reopened_components() or account in short:
            await end_windows(session, account.scheme, [account.teacher_id])
            if ground is not None:
                await reviews.open_review(session, account.teacher_id, account.scheme, ground)


def _is_misdated(entry: CreditEntry, stands: Mapping[UUID, Stands | None]) -> bool:
    """Whether what an entry rests on happened on another day than it says."""
    at = stands.get(entry.activity_record_id)
    return at is not None and at.occurred_on != entry.occurred_on


def _is_overstated(
    account: Account, activity_key: str, records: Sequence[ActivityRecord], stands: Mapping[UUID, Stands | None]
) -> bool:
    standing = [(record, stands[record.id]) for record in records]
    worths = [account.worth(record, at.hours) for record, at in standing if at is not None]
    most = max((worth.credits for worth in worths if worth is not None), default=ZERO)
    held = sum((one.credits for (_, key), one in account.held.items() if key == activity_key), ZERO)
    return held > most


async def _standing_entries(session: AsyncSession, account: Account, activity_key: str) -> Sequence[CreditEntry]:
    """The entries of an activity that give credits and were not taken back."""
    reversal = aliased(CreditEntry)
    query = (
        select(CreditEntry)
        .outerjoin(reversal, reversal.reverses_id == CreditEntry.id)
        .where(
            CreditEntry.teacher_id == account.teacher_id,
            CreditEntry.scheme == account.scheme,
            CreditEntry.activity_key == activity_key,
            CreditEntry.reverses_id.is_(None),
            reversal.id.is_(None),
        )
    )
    return (await session.scalars(query.order_by(CreditEntry.revision))).all()
