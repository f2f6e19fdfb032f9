"""What funding holds about people, by number: what says why public money moved stays, and all else goes in time."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Table, exists

from chassis.retention import Line, Retention, stays
from funding.base import Base
from funding.bursaries.models import Bursary
from funding.fees.models import Fee

DAY = timedelta(days=1)
SIX_YEARS = "6 years after the end of the financial year of the last payment, sealed; by then no number has a person"
WHY = "Why public money moved, and who decided: the law on public accounts asks for it"
ORGANISATION = "of an organisation"
NO_MONEY = "3 years after the course, where neither a bursary nor a fee came of it"
COURSES = "Bursaries are decided by the places and the completions of a teacher"


def _without_money(table: Table) -> ColumnElement[bool]:
    """No bursary was asked for and no fee was due, so that nothing of the ledger rests on it."""
    booking_id = table.c.booking_id
    return ~exists().where(Bursary.booking_id == booking_id) & ~exists().where(Fee.booking_id == booking_id)


def _not_taken_up(table: Table) -> ColumnElement[bool]:
    return ~exists().where(Fee.quote_id == table.c.id)


RETENTION = Retention(
    Base.metadata,
    Line("quote", "Prices that a teacher asked for and did not take up", "A price that was promised is kept to",
         "public_task", "1 year after it held no longer", since="valid_until_at", keep=365 * DAY, only=_not_taken_up,
         rule="quote-not-taken-up"),
    Line("booking", "Places on courses without money", COURSES, "public_task", NO_MONEY,
         since="ends_on", keep=1095 * DAY, only=_without_money, rule="booking-without-money"),
    Line("booking", "Places that were given up, without money", COURSES, "public_task", NO_MONEY,
         since="cancelled_at", keep=1095 * DAY, only=_without_money, rule="booking-given-up"),
    Line("completion", "Completions of courses without money", COURSES, "public_task", NO_MONEY,
         since="completed_on", keep=1095 * DAY, only=_without_money, rule="completion-without-money"),
    *stays("Places and completions that a bursary or a fee rests on", WHY, "legal_obligation", SIX_YEARS,
           "booking", "completion"),
    *stays("That a teacher completed a scheme, and whether it was revoked",
           "What is paid once for a certificate must not be paid again: the payment and its check rest on it",
           "legal_obligation", SIX_YEARS, "held_certificate"),
    *stays("A price that a fee keeps to", "It says why this was due, and no more", "legal_obligation", SIX_YEARS,
           "quote"),
    *stays("What was due for a place, and why; or that it was taken back, and when",
           "A charge that was made and taken back is as much of the account as one that stands",
           "legal_obligation", SIX_YEARS, "fee"),
    *stays("Bursaries, each step of theirs and who took it", WHY, "legal_obligation", SIX_YEARS,
           "bursary", "bursary_move", "claim"),
    *stays("Facts that two people set right for one decision, and what officers looked into", WHY,
           "legal_obligation", SIX_YEARS, "fact_override", "review_task"),
    *stays("Money that has to come back, and how", "A debt to public funds, with everything that was agreed on it",
           "legal_obligation", SIX_YEARS, "recovery_case", "recovery_step"),
    *stays("Who accepted a grant for an organisation", "An agreement has somebody who made it", "legal_obligation",
           SIX_YEARS, "grant_award"),
    about_nobody=dict.fromkeys(
        ("allocation", "budget_forecast", "fee_policy_draft", "grant_card_version", "grant_claim", "grant_drawdown",
         "grant_history", "grant_score", "grant_snapshot", "grant_source", "payment_file", "policy_draft",
         "bank_return_line", "district_succession", "establishment_type", "grant_application"),
        "words of staff or of an organisation about money, not about a person",
    ) | {"payee": ORGANISATION, "payee_details": ORGANISATION, "payable": ORGANISATION},
)  # fmt: skip
"""Of the rows that stay nothing goes by itself: the first are younger than six years, and they are sealed into a log.
The first rule that takes those away is due in 2032, and has to end the log's chapter with them."""
