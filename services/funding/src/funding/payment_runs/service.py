"""Payment runs: collect the approved claims of a budget, then release them as a third person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.funding import BursaryPaid, PaymentReleased
from funding.budgets.service import budget_exists
from funding.bursaries.models import Bursary, BursaryStatus
from funding.claims.errors import SamePerson
from funding.claims.models import Claim, ClaimStatus
from funding.ledger import service as ledger
from funding.ledger.errors import BudgetNotFound
from funding.ledger.models import EntryKind
from funding.payment_runs.errors import AlreadyReleased, NothingToPay, PaymentRunNotFound
from funding.payment_runs.models import Payment, PaymentRun, RunStatus


async def prepare(session: AsyncSession, caller: Principal, budget: str) -> UUID:
    """Collect every approved claim of a budget that is in no run yet."""
    if not await budget_exists(session, budget):
        raise BudgetNotFound(f"There is no budget {budget}.")
    # Locked and checked again by the row locks: of two runs prepared at once, the second finds these gone.
    waiting = (
        select(Claim)
        .where(Claim.budget == budget, Claim.status == ClaimStatus.APPROVED)
        .order_by(Claim.id)
        .with_for_update()
    )
    claims = list((await session.execute(waiting)).scalars())
    if not claims:
        raise NothingToPay(f"No approved claim of {budget} waits to be paid.")
    run = PaymentRun(
        id=new_id(),
        budget=budget,
        status=RunStatus.PREPARED,
        payments=len(claims),
        amount_pence=sum(claim.amount_pence for claim in claims),
        prepared_by=caller.id,
        prepared_at=clock.now(),
    )
    session.add(run)
    await session.flush()
    await session.execute(insert(Payment), [_payment(claim, run.id) for claim in claims])
    for claim in claims:
        claim.status, claim.payment_run_id = ClaimStatus.SCHEDULED, run.id
    await session.flush()
    details: dict[str, audit.JSON] = {"payments": run.payments, "amount_pence": run.amount_pence}
    await audit.record(session, caller, "payment_run.prepared", f"payment_run:{run.id}", details)
    return run.id


async def release(session: AsyncSession, caller: Principal, run_id: UUID) -> None:
    """Pay a run, once, as somebody who decided nothing in it. What leaves the platform afterwards starts from here."""
    run = await session.get(PaymentRun, run_id, with_for_update=True, populate_existing=True)
    if run is None:
        raise PaymentRunNotFound(run_id)
    if run.status == RunStatus.RELEASED:
        raise AlreadyReleased("The run was released before; nothing was paid again.")
    payments = list((await session.execute(select(Payment).where(Payment.payment_run_id == run_id))).scalars())
    if any(caller.id in _people(payment) for payment in payments):
        raise SamePerson("A run is released by somebody who neither claimed nor approved anything in it.")
    released_at = clock.now()
    run.status, run.released_by, run.released_at = RunStatus.RELEASED, caller.id, released_at
    for payment in payments:
        payment.released_by, payment.released_at = caller.id, released_at
    await session.flush()
    movements = [ledger.Movement(f"claim:{one.claim_id}", one.amount_pence, f"Run {run_id}") for one in payments]
    await ledger.move(session, run.budget, EntryKind.PAYMENT, movements)
    await _mark_paid(session, run_id, released_at)
    totals: dict[str, int] = {"payments": run.payments, "amount_pence": run.amount_pence}
    await publish(session, PaymentReleased(payment_run_id=run_id, released_at=released_at, **totals))
    await audit.record(session, caller, "payment_run.released", f"payment_run:{run_id}", {**totals})


async def _mark_paid(session: AsyncSession, run_id: UUID, paid_at: datetime) -> None:
    contained = select(Payment.bursary_id).where(Payment.payment_run_id == run_id)
    # Bursaries before claims, as everywhere: a cancellation that arrives now locks them in this order too.
    bursaries = await session.execute(
        update(Bursary)
        .where(Bursary.id.in_(contained), Bursary.status == BursaryStatus.CLAIMED)
        .values(status=BursaryStatus.PAID, moved_because="Paid.", moved_cause=f"payment_run:{run_id}", moved_at=paid_at)
        .returning(Bursary.id, Bursary.teacher_id, Bursary.booking_id, Bursary.amount_pence)
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(Claim)
        .where(Claim.payment_run_id == run_id)
        .values(status=ClaimStatus.PAID)
        .execution_options(synchronize_session=False)
    )
    events = [
        BursaryPaid(
            bursary_id=row.id,
            teacher_id=row.teacher_id,
            booking_id=row.booking_id,
            amount_pence=row.amount_pence,
            payment_run_id=run_id,
            paid_at=paid_at,
        )
        for row in bursaries
    ]
    await publish(session, *events)


def _people(payment: Payment) -> set[UUID]:
    return {payment.claimant_id, payment.bursary_approved_by, payment.claim_approved_by}


def _payment(claim: Claim, run_id: UUID) -> dict[str, object]:
    return {
        "claim_id": claim.id,
        "payment_run_id": run_id,
        "bursary_id": claim.bursary_id,
        "payee_urn": claim.payee_urn,
        "amount_pence": claim.amount_pence,
        "claimant_id": claim.claimant_id,
        "bursary_approved_by": claim.bursary_approved_by,
        "claim_approved_by": claim.decided_by,
    }
