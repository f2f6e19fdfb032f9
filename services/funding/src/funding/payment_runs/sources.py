"""What can be paid. Whoever owes money answers these four questions; payment runs know nothing else of it.

Each function locks what it answers about, and what is marked in one transaction is marked for all.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True)
class Owed:
    """Something that is owed: `payee_key` says to whom, such as `school:900001`; `people` decided about it."""

    kind: str
    id: UUID
    source: str
    """How the journal names it."""
    budget: str
    payee_key: str
    amount_pence: int
    narrative: str
    people: frozenset[UUID]
    is_override: bool = False
    """Whether it was decided by a fact that two people attested in the place of a register."""
    facts: dict[str, object] = field(default_factory=dict)
    """Further columns of its payment."""


@dataclass(frozen=True)
class Returned:
    """A payment that the bank sent back, and what it had paid."""

    award_id: UUID
    payment_id: UUID
    payment_run_id: UUID


@dataclass(frozen=True)
class Source:
    """A kind of what can be paid."""

    owed: Callable[[AsyncSession, str], Awaitable[list[Owed]]]
    """Everything of a budget that is owed and in no run, locked."""
    schedule: Callable[[AsyncSession, UUID, Collection[UUID]], Awaitable[None]]
    """These are in this run now."""
    unschedule: Callable[[AsyncSession, Collection[UUID]], Awaitable[None]]
    """These are in no run any more, and owed as before."""
    pay: Callable[[AsyncSession, UUID, Collection[UUID], datetime], Awaitable[None]]
    """These were paid by this run."""
    hold: Callable[[AsyncSession, Collection[UUID]], Awaitable[None]]
    """Let nobody else change these until commit: what is judged of them stays as it is."""
    unpay: Callable[[AsyncSession, Collection[Returned], UUID | None, datetime], Awaitable[None]]
    """The money of these came back, as somebody said at a moment: they are owed again."""
