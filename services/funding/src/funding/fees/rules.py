"""What is due for a booking: the price of the day, or what a quote promised when that is less."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from funding.fee_policies.rules import Outcome, Price, pounds
from funding.policies.facts import Document


@dataclass(frozen=True)
class Promise:
    """A quote of the same teacher, school and run that held when the place was booked."""

    quote_id: UUID
    amount_pence: int | None
    at_most_pence: int | None


class Due(Document):
    """What is due, and how it came to that."""

    amount_pence: int | None = Field(ge=0)
    at_most_pence: int | None
    quote_id: UUID | None
    reason: str
    price: Price


def due(found: Price, promises: Sequence[Promise]) -> Due:
    """The lower of the price and the promises. What only promised "at most" bounds a price that is not settled yet."""
    bound = min((one.at_most_pence for one in promises if one.at_most_pence is not None), default=None)
    amount = _amount(found, bound, is_priced=any(one.amount_pence is not None for one in promises))
    limits = [one for one in (amount, bound, found.at_most_pence) if one is not None]
    at_most = min(limits, default=None)
    kept = next((one.quote_id for one in promises if at_most is not None and one.at_most_pence == at_most), None)
    return Due(amount_pence=amount, at_most_pence=at_most, quote_id=kept, reason=_reason(found, amount), price=found)


def _amount(found: Price, bound: int | None, *, is_priced: bool) -> int | None:
    if found.amount_pence is not None:
        return found.amount_pence if bound is None else min(found.amount_pence, bound)
    if bound is None:
        return None
    if found.at_least_pence is None:  # the policy names no price at all: what a quote named is all there is
        return bound if is_priced else None
    return bound if bound <= found.at_least_pence else None


def _reason(found: Price, amount: int | None) -> str:
    if amount is None or amount == found.amount_pence:
        return found.reason
    if found.outcome is Outcome.NEEDS_REVIEW:
        return f"A quote that held when the place was booked promised {pounds(amount)}."
    return f"{found.reason} A quote that held when the place was booked promised {pounds(amount)} at most."
