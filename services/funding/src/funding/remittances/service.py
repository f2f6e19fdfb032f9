"""Tells of payments that the bank debited, so that the payees' people are mailed: once for each payment."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import publish
from contracts.funding import RemittanceIssued
from funding.payees.models import Payee
from funding.payment_runs.models import Payment, PaymentRun, PaymentStatus
from funding.payment_runs.working_days import next_working_day


async def issue(session: AsyncSession, run_id: UUID) -> None:
    """Tell of every payment of a run that was just confirmed and has not come back."""
    query = (
        select(Payment.id, Payment.amount_pence, Payment.reference, Payee.kind, Payee.reference.label("payee"))
        .add_columns(PaymentRun.processing_on)
        .join(Payee, Payee.id == Payment.payee_id)
        .join(PaymentRun, PaymentRun.id == Payment.payment_run_id)
        .where(Payment.payment_run_id == run_id, Payment.status == PaymentStatus.SENT)
        .order_by(Payment.reference)
    )
    events = [
        RemittanceIssued(
            payment_id=row.id,
            payee_kind=row.kind,
            payee_reference=row.payee,
            amount_pence=row.amount_pence,
            reference=row.reference,
            arrives_on=next_working_day(row.processing_on),
        )
        for row in await session.execute(query)
    ]
    await publish(session, *events)
