"""Proposes, approves and finds versions of cards, and calculates with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, RowMapping, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.principal import Principal
from funding.base import Queryable
from funding.bursaries.schemas import ApprovalDecision
from funding.canonical import canonical, checksum
from funding.grant_cards.errors import (
    CardDecided,
    CardNotFound,
    CardVersionTaken,
    ExamplesDiffer,
    PublishedCardDiffers,
    SameCardPerson,
)
from funding.grant_cards.language import Card
from funding.grant_cards.models import CardStatus, GrantCardVersion
from funding.grant_cards.rules import Calculation, calculate, differing_examples
from funding.grant_cards.schemas import CalculationRequest, CardOut
from funding.roles import reads_all

_ROWS = GrantCardVersion.__table__


@dataclass(frozen=True)
class HeldCard:
    """A version as it is held."""

    card: Card
    checksum: str


@lru_cache(maxsize=256)
def _read(document: str) -> Card:
    return Card.model_validate_json(document)


async def publish_reference(session: AsyncSession, card: Card) -> bool:
    """Hold a version of the reference data; False when it is held, PublishedCardDiffers when with other content."""
    _check_examples(card)
    values = _values(card) | {"status": CardStatus.APPROVED, "proposed_by": None}
    added = insert(GrantCardVersion).values(values).on_conflict_do_nothing(index_elements=["card", "version"])
    if (await session.execute(added.returning(_ROWS.c.version))).first() is not None:
        return True
    held = (await session.execute(select(_ROWS.c.checksum).where(*_is(card.card, card.version)))).scalar_one()
    if held != values["checksum"]:
        raise PublishedCardDiffers(f"Card {card.card} version {card.version} is held with other content.")
    return False


async def propose(session: AsyncSession, caller: Principal, card: Card) -> None:
    """Hold a draft; its own examples have to come out."""
    _check_examples(card)
    values = _values(card) | {"status": CardStatus.DRAFT, "proposed_by": caller.id}
    added = insert(GrantCardVersion).values(values).on_conflict_do_nothing(index_elements=["card", "version"])
    if (await session.execute(added.returning(_ROWS.c.version))).first() is None:
        raise CardVersionTaken(f"Card {card.card} has a version {card.version}; take the next number.")
    await audit.record(session, caller, "grant_card.proposed", _subject(card.card, card.version))


async def decide(session: AsyncSession, caller: Principal, card: str, version: int, body: ApprovalDecision) -> None:
    """Approve or decline a draft as the second person."""
    held = await _lock(session, card, version)
    if held.status != CardStatus.DRAFT:
        raise CardDecided(f"The version is {held.status}.", card_status=held.status)
    if held.proposed_by == caller.id:
        raise SameCardPerson("A card is approved or declined by somebody other than the one who proposed it.")
    if body.outcome == "approved":
        await _refuse_same_day(session, held)
    held.status = CardStatus(body.outcome)
    held.decided_by, held.decided_at, held.reason = caller.id, clock.now(), body.reason
    await session.flush()
    await audit.record(session, caller, f"grant_card.{body.outcome}", _subject(card, version), {"reason": body.reason})


async def preview(db: Queryable, request: CalculationRequest) -> Calculation:
    """What a card comes to. Nothing is held."""
    held = await approved(db, request.card, request.version, clock.today())
    return calculate(held.card, request.inputs)


async def approved(db: Queryable, card: str, version: int | None, on: date) -> HeldCard:
    """An approved version by its number, or the one in force on a day; CardNotFound when there is none."""
    query = select(_ROWS.c.document, _ROWS.c.checksum).where(
        _ROWS.c.card == card, _ROWS.c.status == CardStatus.APPROVED
    )
    if version is None:
        query = query.where(_ROWS.c.effective_from <= on).order_by(
            _ROWS.c.effective_from.desc(), _ROWS.c.version.desc()
        )
    else:
        query = query.where(_ROWS.c.version == version)
    row = (await db.execute(query.limit(1))).one_or_none()
    if row is None:
        raise CardNotFound(card)
    return HeldCard(_read(row.document), row.checksum)


async def list_cards(db: Queryable, caller: Principal, programme: str | None, year: str | None) -> list[CardOut]:
    """Approved versions; for funding staff and auditors, drafts and declined ones too."""
    query = select(_ROWS).where(*_seen_by(caller)).order_by(_ROWS.c.card, _ROWS.c.version)
    if year is not None:
        query = query.where(_ROWS.c.project_year == year)
    found = [_shown(row._mapping) for row in await db.execute(query)]
    return [one for one in found if programme is None or one.document.programme == programme]


async def find_card(db: Queryable, caller: Principal, card: str, version: int) -> CardOut:
    """One version, or CardNotFound."""
    row = (await db.execute(select(_ROWS).where(*_is(card, version), *_seen_by(caller)))).one_or_none()
    if row is None:
        raise CardNotFound(card)
    return _shown(row._mapping)


def _shown(row: RowMapping) -> CardOut:
    found = dict(row)
    return CardOut.model_validate(found | {"document": _read(found["document"])})


def _is(card: str, version: int) -> Sequence[ColumnElement[bool]]:
    return (_ROWS.c.card == card, _ROWS.c.version == version)


def _seen_by(caller: Principal) -> Sequence[ColumnElement[bool]]:
    return () if reads_all(caller) else (_ROWS.c.status == CardStatus.APPROVED,)


def _values(card: Card) -> dict[str, object]:
    document = canonical(card)
    named = card.model_dump(include={"card", "version", "project_year", "effective_from"})
    return named | {"document": document, "checksum": checksum(document), "recorded_at": clock.now()}


def _check_examples(card: Card) -> None:
    faults = differing_examples(card)
    if faults:
        raise ExamplesDiffer("; ".join(faults))


async def _lock(session: AsyncSession, card: str, version: int) -> GrantCardVersion:
    """A version, held until commit with all others of its card: of two for one day, only one is approved."""
    query = select(GrantCardVersion).where(GrantCardVersion.card == card).order_by(GrantCardVersion.version)
    locked = query.with_for_update().execution_options(populate_existing=True)
    for one in (await session.execute(locked)).scalars():
        if one.version == version:
            return one
    raise CardNotFound(card)


async def _refuse_same_day(session: AsyncSession, held: GrantCardVersion) -> None:
    same = select(_ROWS.c.version).where(
        _ROWS.c.card == held.card,
        _ROWS.c.project_year == held.project_year,
        _ROWS.c.effective_from == held.effective_from,
        _ROWS.c.status == CardStatus.APPROVED,
    )
    if (await session.execute(same)).first() is not None:
        raise CardVersionTaken(f"A version of {held.card} is in force from {held.effective_from} already.")


def _subject(card: str, version: int) -> str:
    return f"grant_card:{card}/{version}"
