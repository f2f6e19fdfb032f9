"""Remittance advice as CSV and as a tagged PDF."""

import json
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files

import typst

from chassis.clock import ENGLAND
from funding.payment_runs.models import PaymentStatus
from funding.remittances.schemas import Remittance
from funding.spreadsheets import csv_of, pounds

TEMPLATE = files(__package__).joinpath("remittance.typ").read_bytes()
HEADER = ("reference", "item", "days", "rate_pence", "amount_pence", "payee", "arrives_on", "status", "payment_id")


def as_csv(told: Remittance) -> bytes:
    """A line for each part of the amount."""
    rest = (told.payee_name, str(told.arrives_on), told.status, str(told.payment_id))
    lines = ((told.reference, line.item, _days(line.days), line.rate_pence, line.amount_pence) for line in told.lines)
    return csv_of(HEADER, ((*line, *rest) for line in lines))


def as_pdf(told: Remittance) -> bytes:
    """A tagged PDF (PDF/UA-1), the same bytes for the same advice."""
    released = told.released_at.astimezone(ENGLAND).date()
    given = {
        "payee": told.payee_name,
        "party": f"{told.payee_kind} {told.payee_reference}",
        "payer": told.payer,
        "date": [released.year, released.month, released.day],
        "facts": [
            ["Reference on your statement", told.reference],
            ["Amount", pounds(told.amount_pence)],
            [
                "To the account of",
                f"{told.account_name}, sort code ending {told.sort_code_ending}, account ending {told.account_ending}",
            ],
            ["On the account from", _day(told.arrives_on)],
            ["For", told.narrative],
            *([["Booking", str(told.booking_id)]] if told.booking_id else []),
        ],
        "lines": [
            (
                line.item.capitalize(),
                _days(line.days),
                _rate(line.rate_pence),
                pounds(line.amount_pence),
            )
            for line in told.lines
        ],
        "total": pounds(told.amount_pence),
        "returned": _returned(told),
        "payment": str(told.payment_id),
    }
    inputs = {"told": json.dumps(given, ensure_ascii=False)}
    return typst.compile(TEMPLATE, format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs, ignore_system_fonts=True)


def _days(days: Decimal | None) -> str:
    return "" if days is None else f"{days.normalize():f}"


def _rate(pence: int | None) -> str:
    return "" if pence is None else pounds(pence)


def _returned(told: Remittance) -> str | None:
    if told.status != PaymentStatus.RETURNED or told.returned_at is None:
        return None
    return f"The bank sent this payment back: noted on {_day(told.returned_at)}. It is owed and will be paid again."


def _day(on: date | datetime) -> str:
    day = on.astimezone(ENGLAND).date() if isinstance(on, datetime) else on
    return f"{day:%d %B %Y}".lstrip("0")
