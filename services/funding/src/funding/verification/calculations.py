"""Grants calculated again from the inputs that were stored, by the version of the card that was used."""

from collections.abc import AsyncIterator

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.errors import ServiceError
from funding.canonical import canonical, checksum
from funding.grant_cards.language import Card
from funding.grant_cards.models import GrantCardVersion
from funding.grant_cards.rules import Calculation, calculate
from funding.grants.models import GrantSnapshot
from funding.grants.records import Worked
from funding.verification.findings import Finding

Cards = dict[tuple[str, int], Card]
CHUNK = 500


async def read_cards(db: AsyncConnection) -> tuple[Cards, list[Finding]]:
    """Every version of a card that is what its checksum says, and those that are not."""
    held: Cards = {}
    wrong: list[Finding] = []
    for row in await db.execute(select(GrantCardVersion.__table__).order_by("card", "version")):
        card = _read(row.document) if checksum(row.document) == row.checksum else None
        told = None if card is None else (card.card, card.version, card.effective_from)
        if card is None or told != (row.card, row.version, row.effective_from):
            said = "The text is not the one its checksum was made from."
            wrong.append(Finding("card-is-as-published", f"grant_card_version:{row.card}/{row.version}", said))
        else:
            held[row.card, row.version] = card
    return held, wrong


async def snapshots(db: AsyncConnection, cards: Cards) -> AsyncIterator[Finding]:
    """Calculations of awards that do not come out as they were recorded."""
    query = select(GrantSnapshot.__table__).order_by(GrantSnapshot.grant_id, GrantSnapshot.ordinal)
    async with db.stream(query, execution_options={"yield_per": CHUNK}) as rows:
        async for row in rows:
            sums = _again(cards.get((row.card, row.card_version)), row.calculation)
            if sums != (row.amount_pence, row.own_pence):
                subject = f"grant_snapshot:{row.grant_id}/{row.ordinal}"
                yield Finding(
                    "calculation-replays", subject, "Calculated again from its inputs it comes out otherwise."
                )


def _read(document: str) -> Card | None:
    try:
        return Card.model_validate_json(document)
    except ValidationError:
        return None


def _again(card: Card | None, text: str) -> tuple[int, int] | None:
    """The sum and our part of it; None when the calculation cannot be made again, or is another."""
    if card is None:
        return None
    try:
        calculation = calculate(card, Calculation.model_validate_json(text).inputs)
    except (ServiceError, ValueError, ArithmeticError):
        return None
    return (calculation.total_pence, Worked(card, calculation).own_pence) if canonical(calculation) == text else None
