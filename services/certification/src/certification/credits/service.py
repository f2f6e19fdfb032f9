"""Recording activities, deriving credits from them, and what follows: completed components and the award."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.certificates import service as certificates
from certification.credits.amounts import rounded_hours
from certification.credits.models import ActivityRecord, ComponentCompletion, CreditEntry
from certification.credits.rules import ZERO, Held, credits_earned, crosses, top_up
from certification.enrolments.models import Enrolment
from certification.schemes.models import SchemeVersion
from certification.schemes.rules import ActivityKind, SchemeRules
from certification.teachers.service import lock_log
from chassis.ids import new_id
from chassis.outbox import publish
from contracts.certification import Component, ComponentCompleted, CreditsRecorded


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


@dataclass(frozen=True)
class _Account:
    """One enrolment's rules and what its ledger holds, by component and activity."""

    teacher_id: UUID
    scheme: str
    version: int
    rules: SchemeRules
    held: dict[tuple[str, str], Held]

    def recorded(self, component: str) -> Decimal:
        return sum((held.credits for (of, _), held in self.held.items() if of == component), ZERO)


async def record_activity(session: AsyncSession, report: Report) -> None:
    """Keep a report and credit it in each scheme the teacher is enrolled in. A report heard before has no effect."""
    await lock_log(session, report.teacher_id)
    values = {**asdict(report), "id": new_id(), "hours": rounded_hours(report.hours)}
    row = insert(ActivityRecord).values(values).on_conflict_do_nothing().returning(ActivityRecord)
    record = (await session.scalars(row)).one_or_none()
    if record is None:
        return
    for account in await _accounts(session, report.teacher_id):
        await _credit(session, account, [record])


async def replay(session: AsyncSession, enrolment: Enrolment) -> None:
    """Credit a new enrolment with everything its teacher has done so far. The caller holds the teacher's log."""
    query = select(ActivityRecord).where(ActivityRecord.teacher_id == enrolment.teacher_id)
    records = (await session.scalars(query.order_by(ActivityRecord.occurred_on, ActivityRecord.id))).all()
    for account in await _accounts(session, enrolment.teacher_id, enrolment.scheme):
        await _credit(session, account, records)


async def _accounts(session: AsyncSession, teacher_id: UUID, scheme: str | None = None) -> list[_Account]:
    query = (
        select(Enrolment.scheme, Enrolment.scheme_version, SchemeVersion.rules)
        .join(
            SchemeVersion,
            (SchemeVersion.scheme == Enrolment.scheme) & (SchemeVersion.version == Enrolment.scheme_version),
        )
        .where(Enrolment.teacher_id == teacher_id)
        .order_by(Enrolment.scheme)
    )
    if scheme is not None:
        query = query.where(Enrolment.scheme == scheme)
    enrolled = (await session.execute(query)).all()
    held = await _held(session, teacher_id) if enrolled else {}
    return [
        _Account(
            teacher_id, row.scheme, row.scheme_version, SchemeRules.model_validate(row.rules), held.get(row.scheme, {})
        )
        for row in enrolled
    ]


async def _held(session: AsyncSession, teacher_id: UUID) -> dict[str, dict[tuple[str, str], Held]]:
    query = (
        select(
            CreditEntry.scheme,
            CreditEntry.component,
            CreditEntry.activity_key,
            func.sum(CreditEntry.credits).label("credits"),
            func.sum(CreditEntry.hours).label("hours"),
            func.count().label("entries"),
        )
        .where(CreditEntry.teacher_id == teacher_id)
        .group_by(CreditEntry.scheme, CreditEntry.component, CreditEntry.activity_key)
    )
    found: dict[str, dict[tuple[str, str], Held]] = defaultdict(dict)
    for row in await session.execute(query):
        found[row.scheme][row.component, row.activity_key] = Held(row.credits, row.hours, row.entries)
    return found


async def _credit(session: AsyncSession, account: _Account, records: Sequence[ActivityRecord]) -> None:
    """Enter what the records add to an enrolment's ledger, and settle what that completes."""
    before = {rule.component: account.recorded(rule.component) for rule in account.rules.components}
    entries = [entry for record in records if (entry := _entry(account, record))]
    if not entries:
        return
    session.add_all(entries)
    await session.flush()
    activities = {record.id: record.activity for record in records}
    await publish(session, *(_recorded(entry, activities[entry.activity_record_id]) for entry in entries))
    await _settle(session, account, before)


def _entry(account: _Account, record: ActivityRecord) -> CreditEntry | None:
    """The ledger entry for a record, noted in the account as well; None when it adds nothing."""
    earned = credits_earned(account.rules, ActivityKind(record.kind), record.hours, record.published_credits)
    if earned is None:
        return None
    key = (earned.component, record.activity_key)
    held = account.held.get(key, Held())
    added = top_up(earned, held)
    if added is None:
        return None
    account.held[key] = Held(held.credits + added.credits, held.hours + added.hours, held.entries + 1)
    return CreditEntry(
        id=new_id(),
        teacher_id=account.teacher_id,
        scheme=account.scheme,
        scheme_version=account.version,
        component=added.component,
        activity_record_id=record.id,
        activity_key=record.activity_key,
        revision=held.entries + 1,
        hours=added.hours,
        credits=added.credits,
        occurred_on=record.occurred_on,
    )


def _recorded(entry: CreditEntry, activity: str) -> CreditsRecorded:
    return CreditsRecorded(
        entry_id=entry.id,
        teacher_id=entry.teacher_id,
        scheme=entry.scheme,
        scheme_version=entry.scheme_version,
        component=cast(Component, entry.component),
        activity=activity,
        credits=entry.credits,
    )


async def _settle(session: AsyncSession, account: _Account, before: dict[Component, Decimal]) -> None:
    """Record the components that have just been completed, and award when they were the last ones missing."""
    rules = {rule.component: rule.credits_required for rule in account.rules.components}
    reached = [
        component
        for component, required in rules.items()
        if crosses(required, before[component], account.recorded(component))
    ]
    if not reached:
        return
    facts = {"teacher_id": account.teacher_id, "scheme": account.scheme, "scheme_version": account.version}
    session.add_all([ComponentCompletion(**facts, component=component) for component in reached])
    await publish(session, *(ComponentCompleted(**facts, component=component) for component in reached))
    everything_met = all(account.recorded(component) >= required for component, required in rules.items())
    if everything_met and not account.rules.assessment_required:
        await certificates.award(session, account.teacher_id, account.scheme, account.version)
