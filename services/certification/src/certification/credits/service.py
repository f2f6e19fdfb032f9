"""Recording activities, deriving credits from them, and what follows: completed components and the award."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, bindparam, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.assessments.openings import announce
from certification.credits.accounts import Account, NewEntry, Record, accounts_of
from certification.credits.amounts import rounded_hours
from certification.credits.completion import award_earned
from certification.credits.models import ActivityRecord, ComponentCompletion, CreditEntry
from certification.credits.records import Stands, stands_of
from certification.credits.rules import ZERO
from certification.enrolments.models import Enrolment
from certification.schemes.rules import ActivityKind
from certification.schools.service import note_due
from certification.teachers.service import lock_logs
from chassis.ids import new_id
from chassis.outbox import publish
from contracts.certification import Component, ComponentCompleted, ComponentReopened, CreditsRecorded

_COLUMNS = tuple(field.name for field in fields(NewEntry))
# One statement for however many entries: a re-evaluation makes thousands at a time.
_ENTER = text(
    """
    INSERT INTO credit_entry (id, teacher_id, scheme, scheme_version, component, activity_record_id, activity_key,
                              activity, revision, hours, credits, occurred_on, reverses_id)
    SELECT * FROM unnest(:id, :teacher_id, :scheme, :scheme_version, :component, :activity_record_id, :activity_key,
                         :activity, :revision, :hours, :credits, :occurred_on, :reverses_id)
    """
).bindparams(*(bindparam(name, type_=ARRAY(CreditEntry.__table__.c[name].type)) for name in _COLUMNS))


@dataclass(frozen=True)
class Report:
    """Something a teacher did, as an event or an accepted log entry tells it. `source` identifies the fact for good."""

    teacher_id: UUID
    kind: ActivityKind
    activity_key: str
    activity: str
    occurred_on: date
    source: str
    hours: Decimal = ZERO
    published_credits: Decimal = ZERO


async def record_activities(session: AsyncSession, reports: Sequence[Report]) -> None:
    """Keep reports and credit them in each scheme their teachers are enrolled in. One heard before has no effect."""
    await lock_logs(session, [report.teacher_id for report in reports])
    records = await _keep(session, reports)
    if not records:
        return
    accounts = await accounts_of(session, {record.teacher_id for record in records})
    stands = await stands_of(session, records)
    for record in records:
        for account in accounts.get(record.teacher_id, ()):
            enter_counting(account, record, stands[record.id])
    await settle(session, [account for group in accounts.values() for account in group])
    await note_due(session, {record.teacher_id for record in records})


async def replay(session: AsyncSession, enrolment: Enrolment) -> None:
    """Credit a new enrolment with everything its teacher has done so far. The caller holds the teacher's log."""
    query = select(ActivityRecord).where(ActivityRecord.teacher_id == enrolment.teacher_id)
    records = (await session.scalars(query.order_by(ActivityRecord.occurred_on, ActivityRecord.id))).all()
    accounts = await accounts_of(session, [enrolment.teacher_id], enrolment.scheme)
    [account] = accounts[enrolment.teacher_id]
    stands = await stands_of(session, records)
    for record in records:
        enter_counting(account, record, stands[record.id])
    await settle(session, [account])
    await note_due(session, [enrolment.teacher_id])


async def _keep(session: AsyncSession, reports: Sequence[Report]) -> list[ActivityRecord]:
    """Store reports; those that were not stored before, in the order given."""
    rows = [{**vars(report), "id": new_id(), "hours": rounded_hours(report.hours)} for report in reports]
    stored = insert(ActivityRecord).on_conflict_do_nothing().returning(ActivityRecord.id)
    fresh = set((await session.scalars(stored, rows)).all())
    return [ActivityRecord(**row) for row in rows if row["id"] in fresh]


def enter_counting(account: Account, record: Record, stands: Stands | None) -> None:
    """Enter a record at the hours and on the day at which it stands, unless it was withdrawn."""
    if stands is not None:
        account.enter(record, stands.hours, stands.occurred_on)


async def settle(session: AsyncSession, accounts: Sequence[Account]) -> None:
    """Store and announce new entries, record what they complete, and award where they were the last ones missing."""
    await store(session, accounts)
    # An activity without credits makes no entry, and may be the one that a requirement still asked for.
    await award_earned(session, [one for one in accounts if one.rules.requirements or one.completed_components()])
    await announce(session, accounts)


async def store(session: AsyncSession, accounts: Sequence[Account]) -> None:
    """Store and announce new entries and the components that they completed or reopened."""
    entries = [entry for account in accounts for entry in account.entries]
    if entries:
        await session.execute(_ENTER, {name: [getattr(entry, name) for entry in entries] for name in _COLUMNS})
    completed = _facts_of(accounts, Account.completed_components)
    if completed:
        # Completed again after a correction had reopened it: the first time stays on record.
        await session.execute(insert(ComponentCompletion).on_conflict_do_nothing(), completed)
    await publish(
        session,
        *(CreditsRecorded(entry_id=entry.id, **vars(entry)) for entry in entries),
        *(ComponentReopened.model_validate(facts) for facts in _facts_of(accounts, Account.reopened_components)),
        *(ComponentCompleted.model_validate(facts) for facts in completed),
    )


def _facts_of(accounts: Sequence[Account], components: Callable[[Account], list[Component]]) -> list[dict[str, object]]:
    return [
        {
            "teacher_id": account.teacher_id,
            "scheme": account.scheme,
            "scheme_version": account.version,
            "component": component,
        }
        for account in accounts
        for component in components(account)
    ]
