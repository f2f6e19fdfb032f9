"""A teacher's account in one scheme: its rules, what its ledger holds, and what a record would add."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.credits.models import ActivityRecord, CreditEntry
from certification.credits.rules import ZERO, Earned, Held, credits_earned, crosses, top_up
from certification.enrolments.models import Enrolment
from certification.schemes.models import SchemeVersion
from certification.schemes.rules import ActivityKind, SchemeRules
from chassis.ids import new_id
from contracts.certification import Component

Ledger = dict[tuple[Component, str], Held]
"""What is held by component and activity."""


@dataclass(frozen=True)
class NewEntry:
    """A ledger entry to be made, column by column."""

    id: UUID
    teacher_id: UUID
    scheme: str
    scheme_version: int
    component: Component
    activity_record_id: UUID
    activity_key: str
    activity: str
    revision: int
    hours: Decimal
    credits: Decimal
    occurred_on: date
    reverses_id: UUID | None = None


class Account:
    """One enrolment's rules and ledger. `entries` are those to be made; `held` includes them already."""

    def __init__(self, teacher_id: UUID, scheme: str, version: int, rules: SchemeRules, held: Ledger) -> None:
        self.teacher_id = teacher_id
        self.scheme = scheme
        self.version = version
        self.rules = rules
        self.held = held
        self.entries: list[NewEntry] = []
        self._before = self._sums()

    def _sums(self) -> dict[Component, Decimal]:
        sums = {rule.component: ZERO for rule in self.rules.components}
        for (component, _), held in self.held.items():
            sums[component] += held.credits
        return sums

    def worth(self, record: ActivityRecord, hours: Decimal) -> Earned | None:
        """What a record earns here if it was for so many hours; None for nothing at all."""
        return credits_earned(self.rules, ActivityKind(record.kind), hours, record.published_credits)

    def reverse(self, entry: CreditEntry) -> None:
        """Note the entry that takes another one back, whole."""
        component = cast(Component, entry.component)
        held = self.held[component, entry.activity_key]
        after = Held(held.credits - entry.credits, held.hours - entry.hours, held.entries + 1)
        self.held[component, entry.activity_key] = after
        reversal = NewEntry(
            id=new_id(),
            teacher_id=self.teacher_id,
            scheme=self.scheme,
            scheme_version=self.version,
            component=component,
            activity_record_id=entry.activity_record_id,
            activity_key=entry.activity_key,
            activity=entry.activity,
            revision=after.entries,
            hours=-entry.hours,
            credits=-entry.credits,
            occurred_on=entry.occurred_on,
            reverses_id=entry.id,
        )
        self.entries.append(reversal)

    def enter(self, record: ActivityRecord, hours: Decimal) -> None:
        """Note the entry for what a record adds, if it adds anything. `hours` are what it stands at now."""
        earned = self.worth(record, hours)
        held = self.held.get((earned.component, record.activity_key), Held()) if earned else Held()
        added = top_up(earned, held) if earned else None
        if added is None:
            return
        after = Held(held.credits + added.credits, held.hours + added.hours, held.entries + 1)
        self.held[added.component, record.activity_key] = after
        entry = NewEntry(
            id=new_id(),
            teacher_id=self.teacher_id,
            scheme=self.scheme,
            scheme_version=self.version,
            component=added.component,
            activity_record_id=record.id,
            activity_key=record.activity_key,
            activity=record.activity,
            revision=after.entries,
            hours=added.hours,
            credits=added.credits,
            occurred_on=record.occurred_on,
        )
        self.entries.append(entry)

    def completed_components(self) -> list[Component]:
        """The components that the entries made here have completed."""
        sums = self._sums()
        return [
            rule.component
            for rule in self.rules.components
            if crosses(rule.credits_required, self._before[rule.component], sums[rule.component])
        ]

    def reopened_components(self) -> list[Component]:
        """The components that the entries made here have left short of what they need."""
        sums = self._sums()
        return [
            rule.component
            for rule in self.rules.components
            if sums[rule.component] < rule.credits_required <= self._before[rule.component]
        ]

    def earns_certificate(self) -> bool:
        """Whether every component is met and nothing else is asked for."""
        sums = self._sums()
        all_met = all(sums[rule.component] >= rule.credits_required for rule in self.rules.components)
        return all_met and not self.rules.assessment_required


async def accounts_of(
    session: AsyncSession, teacher_ids: Collection[UUID], scheme: str | None = None
) -> dict[UUID, list[Account]]:
    """The accounts of teachers whose logs the caller holds: in every scheme, or in one."""
    query = select(Enrolment.teacher_id, Enrolment.scheme, Enrolment.scheme_version)
    query = query.where(_among(Enrolment, teacher_ids)).order_by(Enrolment.teacher_id, Enrolment.scheme)
    enrolled = (await session.execute(query if scheme is None else query.where(Enrolment.scheme == scheme))).all()
    if not enrolled:
        return {}
    ledgers = await _ledgers(session, teacher_ids)
    rules = {
        pinned: await _rules(session, *pinned) for pinned in {(row.scheme, row.scheme_version) for row in enrolled}
    }
    accounts: dict[UUID, list[Account]] = defaultdict(list)
    for teacher_id, slug, version in enrolled:
        account = Account(teacher_id, slug, version, rules[slug, version], ledgers[teacher_id, slug])
        accounts[teacher_id].append(account)
    return accounts


def _among(table: type[Enrolment] | type[CreditEntry], teacher_ids: Collection[UUID]) -> ColumnElement[bool]:
    return table.teacher_id == func.any(list(teacher_ids))


async def _rules(session: AsyncSession, scheme: str, version: int) -> SchemeRules:
    return SchemeRules.model_validate((await session.get_one(SchemeVersion, (scheme, version))).rules)


async def _ledgers(session: AsyncSession, teacher_ids: Collection[UUID]) -> dict[tuple[UUID, str], Ledger]:
    columns = (CreditEntry.teacher_id, CreditEntry.scheme, CreditEntry.component, CreditEntry.activity_key)
    sums = (func.sum(CreditEntry.credits), func.sum(CreditEntry.hours), func.count())
    query = select(*columns, *sums).where(_among(CreditEntry, teacher_ids)).group_by(*columns)
    ledgers: dict[tuple[UUID, str], Ledger] = defaultdict(dict)
    for teacher_id, scheme, component, activity_key, credits_, hours, entries in await session.execute(query):
        ledgers[teacher_id, scheme][cast(Component, component), activity_key] = Held(credits_, hours, entries)
    return ledgers
