"""Payments that the bank sent back: undone in the ledger to the penny, and owed again.

Locks go as in a release: runs, then what was paid (bursaries, claims, payables), then the ledger.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.funding import PaymentReturned
from funding.ledger import service as ledger
from funding.ledger.models import EntryKind
from funding.payees.models import PayeeDetails
from funding.payment_runs.models import Payment, PaymentRun, PaymentStatus, RunStatus
from funding.payment_runs.service import SOURCES
from funding.payment_runs.sources import Returned
from funding.recoveries.models import RecoveryCase, RecoveryStatus


@dataclass(frozen=True)
class Held:
    """A payment as nobody else changes it until commit, and how the account ends that it went to."""

    payment: Payment
    sort_code_ending: str | None
    account_ending: str | None
    is_being_recovered: bool


async def hold(session: AsyncSession, references: Collection[str]) -> dict[str, Held]:
    """The payments of these references by reference, with their runs and everything that they paid."""
    of = Payment.reference.in_(references)
    runs = select(Payment.payment_run_id).where(of)
    await session.execute(
        select(PaymentRun.id).where(PaymentRun.id.in_(runs)).order_by(PaymentRun.id).with_for_update()
    )
    query = (
        select(Payment, PayeeDetails.sort_code_ending, PayeeDetails.account_ending)
        .outerjoin(PayeeDetails, PayeeDetails.id == Payment.details_id)
        .where(of)
        .order_by(Payment.award_kind, Payment.award_id)
    )
    rows = (await session.execute(query.execution_options(populate_existing=True))).all()
    for kind, alike in groupby(rows, key=lambda row: row.Payment.award_kind):
        await SOURCES[kind].hold(session, [row.Payment.award_id for row in alike])
    recovered = await _being_recovered(session, [row.Payment.award_id for row in rows])
    return {row.Payment.reference: _held(row, recovered) for row in rows}


async def hold_one(session: AsyncSession, payment_id: UUID) -> Held | None:
    """One payment, by its id."""
    reference = await session.scalar(select(Payment.reference).where(Payment.id == payment_id))
    return None if reference is None else (await hold(session, [reference])).get(reference)


def _held(row: Row[Payment, str | None, str | None], recovered: set[UUID]) -> Held:
    payment, sort_code_ending, account_ending = row
    return Held(payment, sort_code_ending, account_ending, payment.award_id in recovered)


async def _being_recovered(session: AsyncSession, claims: Collection[UUID]) -> set[UUID]:
    live = select(RecoveryCase.payment_id).where(
        RecoveryCase.payment_id.in_(claims), RecoveryCase.status != RecoveryStatus.DROPPED
    )
    return {one for one in await session.scalars(live) if one is not None}


async def send_back(session: AsyncSession, caller: Principal, codes: Sequence[tuple[Payment, str]]) -> None:
    """Undo payments that are held and were sent, each with the bank's code. They wait for other bank details."""
    if not codes:
        return
    returned_at = clock.now()
    for code, coded in groupby(sorted(codes, key=lambda one: one[1]), key=lambda one: one[1]):
        said = {"status": PaymentStatus.RETURNED, "returned_at": returned_at, "return_code": code}
        changed = update(Payment).where(Payment.id.in_([payment.id for payment, _ in coded])).values(said)
        await session.execute(changed.execution_options(synchronize_session=False))
    payments = sorted((payment for payment, _ in codes), key=lambda one: (one.award_kind, one.award_id))
    for kind, alike in groupby(payments, key=lambda one: one.award_kind):
        back = [Returned(one.award_id, one.id, one.payment_run_id) for one in alike]
        await SOURCES[kind].unpay(session, back, caller.id, returned_at)
    sources = [one.journal_source for one in payments]
    await ledger.reverse(session, EntryKind.PAYMENT, sources, "The bank sent the payment back")
    await _follow(session, {one.payment_run_id for one in payments})
    events = [
        PaymentReturned(
            payment_run_id=one.payment_run_id,
            payment_id=one.id,
            award_kind=one.award_kind,
            award_id=one.award_id,
            amount_pence=one.amount_pence,
            return_code=code,
            returned_at=returned_at,
        )
        for one, code in codes
    ]
    await publish(session, *events)


async def _follow(session: AsyncSession, runs: Collection[UUID]) -> None:
    """A run of which all came back is returned, of which some did partly so; confirmed or not."""
    left = select(Payment.payment_run_id, func.count().filter(Payment.status == PaymentStatus.SENT).label("left"))
    counted = left.where(Payment.payment_run_id.in_(runs)).group_by(Payment.payment_run_id)
    for run_id, sent in sorted(await session.execute(counted)):
        status = RunStatus.PARTLY_RETURNED if sent else RunStatus.RETURNED
        changed = update(PaymentRun).where(PaymentRun.id == run_id).values(status=status)
        await session.execute(changed.execution_options(synchronize_session=False))
