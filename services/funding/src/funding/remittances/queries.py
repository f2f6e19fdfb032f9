"""Reads of payments that left, each limited in the SQL to those of the caller's own payees."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, false, or_, select, true, tuple_

from chassis.paging import PageOf
from chassis.principal import Principal
from funding.base import Queryable
from funding.bursaries.models import Bursary, BursaryDecision
from funding.cursors import instant
from funding.payees.models import Payee, PayeeDetails
from funding.payment_runs.models import Payment, PaymentRun, PaymentStatus
from funding.payment_runs.working_days import next_working_day
from funding.policies.rules import Decision
from funding.recoveries.errors import PaymentNotFound
from funding.remittances.schemas import PaymentSummary, Remittance, RemittanceLine
from funding.roles import reads_all
from funding.statements.models import PartyKind
from funding.statements.queries import parties_of


def _seen_by(caller: Principal) -> ColumnElement[bool]:
    """A payee's people see what it was paid; a school's also what a trust or an authority took for it."""
    if reads_all(caller):
        return true()
    own: list[ColumnElement[bool]] = []
    for kind, party in parties_of(caller):
        own.append(and_(Payee.kind == kind, Payee.reference == party))
        if kind == PartyKind.SCHOOL:
            own.append(Payment.payee_urn == party)
    return or_(false(), *own)


def _payments(caller: Principal) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Payment.id.label("payment_id"),
            *(Payment.reference, Payment.status, Payment.amount_pence, Payment.narrative, Payment.released_at),
            *(Payment.returned_at, Payment.payment_run_id, Payment.award_kind, Payment.award_id, Payment.attempt),
            *(Payee.kind.label("payee_kind"), Payee.reference.label("payee_reference"), Payee.name.label("payee_name")),
        )
        .join(Payee, Payee.id == Payment.payee_id)
        .where(Payment.status != PaymentStatus.PLANNED, _seen_by(caller))
    )


async def list_payments(
    db: Queryable, caller: Principal, page: PageOf, status: PaymentStatus | None
) -> Sequence[PaymentSummary]:
    """Payments, the latest first, one more than the page holds."""
    query = _payments(caller).order_by(Payment.released_at.desc(), Payment.id.desc()).limit(page.limit + 1)
    if status is not None:
        query = query.where(Payment.status == status)
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(Payment.released_at, Payment.id) < after)
    return [PaymentSummary.model_validate(row) for row in await db.execute(query)]


async def find_remittance(db: Queryable, caller: Principal, payment_id: UUID, payer: str) -> Remittance:
    """The advice of a payment, or of the last one of a claim; PaymentNotFound."""
    query = (
        _payments(caller)
        .add_columns(PayeeDetails.account_name, PayeeDetails.sort_code_ending, PayeeDetails.account_ending)
        .add_columns(PaymentRun.budget, PaymentRun.processing_on, PaymentRun.confirmed_at)
        .add_columns(Bursary.course_code, Bursary.booking_id, BursaryDecision.result)
        .join(PayeeDetails, PayeeDetails.id == Payment.details_id)
        .join(PaymentRun, PaymentRun.id == Payment.payment_run_id)
        .outerjoin(Bursary, Bursary.id == Payment.bursary_id)
        .outerjoin(
            BursaryDecision,
            and_(BursaryDecision.bursary_id == Bursary.id, BursaryDecision.ordinal == Bursary.decisions),
        )
        .where(or_(Payment.id == payment_id, Payment.award_id == payment_id))
        .order_by(Payment.attempt.desc())
        .limit(1)
    )
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise PaymentNotFound(payment_id)
    arrives_on = next_working_day(row.processing_on)
    said = {"payer": payer, "arrives_on": arrives_on, "lines": _lines(row)}
    return Remittance.model_validate(dict(row._mapping) | said)


def _lines(row: Row[Any]) -> list[RemittanceLine]:
    """As the rule computed it, if that is all of the payment; one line otherwise."""
    if row.result is not None:
        trace = Decision.model_validate_json(row.result).trace
        if sum(line.amount_pence for line in trace) == row.amount_pence:
            return [RemittanceLine.model_validate(line.model_dump()) for line in trace]
    return [RemittanceLine(item=row.narrative, amount_pence=row.amount_pence)]
