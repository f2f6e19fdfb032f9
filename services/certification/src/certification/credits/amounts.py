"""Amounts of credits and hours: decimals all the way, never floats."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import PlainSerializer, WithJsonSchema

HOURS_STEP = Decimal("0.01")
CREDITS_STEP = Decimal("0.0001")
"""Hours hold two places and so do rates, so that four places hold their product exactly: 0.25 h at 1.5 is 0.375."""


def rounded_hours(hours: Decimal) -> Decimal:
    """Hours to a hundredth, half up."""
    return hours.quantize(HOURS_STEP, ROUND_HALF_UP)


def rounded_credits(credits_: Decimal) -> Decimal:
    """Credits to a ten-thousandth, half up: only a rate with more than two places ever needs it."""
    return credits_.quantize(CREDITS_STEP, ROUND_HALF_UP)


def plain(amount: Decimal) -> str:
    """An amount as people write it: `60`, `59.97`."""
    return format(amount.normalize(), "f")


CreditAmount = Annotated[
    Decimal,
    PlainSerializer(plain, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(\.\d{1,4})?$", "examples": ["59.97"]}, mode="serialization"),
]
"""Credits or hours in JSON: a decimal string without trailing zeros, exact for every reader."""
