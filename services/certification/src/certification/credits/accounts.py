"""A teacher's account in one scheme: its rules, what its ledger holds, and what a record would add."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, cast
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.activities.queries import facts_by_code
from certification.credits.models import CreditEntry
from certification.credits.rules import Earned, Held, credits_earned, top_up
from certification.enrolments.models import Enrolment
from certification.schemes.models import SchemeVersion
from certification.schemes.requirements import ActivityKind, Facts, unknown
from certification.schemes.rules import SchemeRules
from chassis.ids import new_id
from contracts.certification import Component

Ledger = dict[tuple[Component, str], Held]
"""What is held by component and activity."""


Catalogue = Mapping[str, Facts]
"""What the catalogue knows, by code; empty where no rule looks at it."""


class Record(Protocol):
    """As much of an activity record as a ledger entry is made of."""

    @property
    def id(self) -> UUID: ...
    @property
    def kind(self) -> str: ...
    @property
    def activity_key(self) -> str: ...
    @property
    def activity(self) -> str: ...
    @property
    def published_credits(self) -> Decimal: ...
    @property
    def occurred_on(self) -> date: ...


class Standing(Protocol):
    """As much of a ledger entry as its reversal is made of."""

    @property
    def id(self) -> UUID: ...
    @property
    def component(self) -> str: ...
    @property
    def activity_record_id(self) -> UUID: ...
    @property
    def activity_key(self) -> str: ...
    @property
    def activity(self) -> str: ...
    @property
    def hours(self) -> Decimal: ...
    @property
    def credits(self) -> Decimal: ...
    @property
    def occurred_on(self) -> date: ...


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

    def __init__(
        self, teacher_id: UUID, scheme: str, version: int, rules: SchemeRules, held: Ledger, catalogue: Catalogue
    ) -> None:
        self.teacher_id = teacher_id
        self.scheme = scheme
        self.version = version
        self.rules = rules
        self.held = held
        self.catalogue = catalogue
        self.entries: list[NewEntry] = []
        self._were_met = self._met()
        self._revisions: Counter[str] = Counter()
        for (_, activity_key), one in held.items():
            self._revisions[activity_key] += one.entries

    def _sums(self) -> defaultdict[Component, Decimal]:
        sums: defaultdict[Component, Decimal] = defaultdict(Decimal)
        for (component, _), held in self.held.items():
            sums[component] += held.credits
        return sums

    def _next_revision(self, activity_key: str) -> int:
        """Revisions count the entries of an activity in whatever component another version gave its credits."""
        self._revisions[activity_key] += 1
        return self._revisions[activity_key]

    def worth(self, record: Record, hours: Decimal) -> Earned | None:
        """What a record earns here if it was for so many hours; None for nothing at all."""
        facts = self.catalogue.get(record.activity) or unknown(record.activity)
        return credits_earned(self.rules, ActivityKind(record.kind), hours, record.published_credits, facts)

    def reverse(self, entry: Standing) -> None:
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
            revision=self._next_revision(entry.activity_key),
            hours=-entry.hours,
            credits=-entry.credits,
            occurred_on=entry.occurred_on,
            reverses_id=entry.id,
        )
        self.entries.append(reversal)

    def enter(self, record: Record, hours: Decimal, occurred_on: date) -> None:
        """Note the entry for what a record adds, if it adds anything. The hours and the day are what stands now."""
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
            revision=self._next_revision(record.activity_key),
            hours=added.hours,
            credits=added.credits,
            occurred_on=occurred_on,
        )
        self.entries.append(entry)

    def has_moved_from(self, before: SchemeRules) -> None:
        """Take what is held as it was under other rules, so that what these complete is told from what was complete."""
        sums = self._sums()
        self._were_met = {rule.component for rule in before.components if sums[rule.component] >= rule.credits_required}

    def _met(self) -> set[Component]:
        sums = self._sums()
        return {rule.component for rule in self.rules.components if sums[rule.component] >= rule.credits_required}

    def completed_components(self) -> list[Component]:
        """The components that are complete now and were not before the entries made here."""
        met = self._met()
        names = (rule.component for rule in self.rules.components if rule.credits_required)
        return [name for name in names if name in met and name not in self._were_met]

    def reopened_components(self) -> list[Component]:
        """The components that the entries made here have left short of what they need."""
        met = self._met()
        names = (rule.component for rule in self.rules.components)
        return [name for name in names if name not in met and name in self._were_met]

    def components_met(self) -> bool:
        """Whether every component has the credits that it needs."""
        return len(self._met()) == len(self.rules.components)


async def accounts_of(
    session: AsyncSession, teacher_ids: Collection[UUID], scheme: str | None = None
) -> dict[UUID, list[Account]]:
    """The accounts of teachers whose logs the caller holds: in every scheme, or in one."""
    query = select(Enrolment.teacher_id, Enrolment.scheme, Enrolment.scheme_version)
    query = query.where(_among(Enrolment, teacher_ids)).order_by(Enrolment.teacher_id, Enrolment.scheme)
    enrolled = (await session.execute(query if scheme is None else query.where(Enrolment.scheme == scheme))).all()
    if not enrolled:
        return {}
    ledgers = await ledgers_of(session, teacher_ids)
    rules = {
        pinned: await rules_of(session, *pinned) for pinned in {(row.scheme, row.scheme_version) for row in enrolled}
    }
    catalogue = await facts_by_code(session) if any(one.reads_catalogue for one in rules.values()) else {}
    accounts: dict[UUID, list[Account]] = defaultdict(list)
    for teacher_id, slug, version in enrolled:
        account = Account(teacher_id, slug, version, rules[slug, version], ledgers[teacher_id, slug], catalogue)
        accounts[teacher_id].append(account)
    return accounts


def _among(table: type[Enrolment] | type[CreditEntry], teacher_ids: Collection[UUID]) -> ColumnElement[bool]:
    return table.teacher_id == func.any(list(teacher_ids))


async def rules_of(session: AsyncSession, scheme: str, version: int) -> SchemeRules:
    """The rules of a version."""
    return SchemeRules.model_validate((await session.get_one(SchemeVersion, (scheme, version))).rules)


async def ledgers_of(session: AsyncSession, teacher_ids: Collection[UUID]) -> dict[tuple[UUID, str], Ledger]:
    """By teacher and scheme what is held."""
    columns = (CreditEntry.teacher_id, CreditEntry.scheme, CreditEntry.component, CreditEntry.activity_key)
    sums = (func.sum(CreditEntry.credits), func.sum(CreditEntry.hours), func.count())
    query = select(*columns, *sums).where(_among(CreditEntry, teacher_ids)).group_by(*columns)
    ledgers: dict[tuple[UUID, str], Ledger] = defaultdict(dict)
    for teacher_id, scheme, component, activity_key, credits_, hours, entries in await session.execute(query):
        ledgers[teacher_id, scheme][cast(Component, component), activity_key] = Held(credits_, hours, entries)
    return ledgers
