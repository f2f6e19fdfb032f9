"""The life of a recovery case: opened once per payment, a way back proposed and agreed by two people, settled."""

from uuid import UUID

from sqlalchemy import ColumnElement, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from funding.bursaries.locks import lock_bursary
from funding.bursaries.models import Bursary, BursaryStatus
from funding.bursaries.recovery import claw_back
from funding.claims.models import Claim, ClaimStatus
from funding.ledger import service as ledger
from funding.ledger.models import EntryKind
from funding.payment_runs.models import Payment, PaymentStatus
from funding.recoveries.errors import (
    PaymentNotFound,
    ReceiptKnown,
    RecoveryNotFound,
    RecoveryTooLarge,
    RecoveryUnderWay,
    SecondPersonNeeded,
    WrongStep,
)
from funding.recoveries.models import Because, Method, RecoveryCase, RecoveryReceipt, RecoveryStatus
from funding.recoveries.schemas import Agreement, Opening, Proposal, Receipt
from funding.statements.models import PartyKind

OWED = (ClaimStatus.APPROVED, ClaimStatus.SCHEDULED, ClaimStatus.PAID)
REASONS = {
    Because.COMPLETION_WITHDRAWN: "The register no longer shows that the course was completed.",
    Because.BOOKING_CANCELLED: "The booking was cancelled after its claim had been approved.",
    Because.PROGRAMME_GIVEN_UP: "The programme was given up, and its policy asks back what was paid for it.",
}


async def follow(session: AsyncSession, bursary: Bursary, because: Because) -> None:
    """What a bursary was paid for is gone: open a case for all of it, unless there is one."""
    claim = await _owed_claim(session, bursary)
    if claim is None or await _live_case(session, claim.id) is not None:
        return
    # Before the money has left too: the case waits for it, and the payment's own people are not held up.
    await _open(session, None, claim, claim.amount_pence, because, REASONS[because])


async def drop(session: AsyncSession, bursary: Bursary) -> None:
    """The completion counts again: nothing has to come back, unless some of it already has."""
    claim = await _owed_claim(session, bursary)
    case = None if claim is None else await _live_case(session, claim.id)
    if case is None or case.because != Because.COMPLETION_WITHDRAWN or case.recovered_pence + case.written_off_pence:
        return
    if case.status != RecoveryStatus.SETTLED:
        await _step(session, None, case, RecoveryStatus.DROPPED, "The completion counts again.")


async def open_case(session: AsyncSession, caller: Principal, body: Opening) -> UUID:
    """Open a case for a payment or a part of it; PaymentNotFound, RecoveryTooLarge, RecoveryUnderWay."""
    claim_id = await session.scalar(select(Payment.claim_id).where(or_(*_named(body.payment_id))).limit(1))
    if claim_id is None:
        raise PaymentNotFound(body.payment_id)
    # Whoever opens a case for the same payment waits here, and so does what the bank sends back.
    claim = await session.get_one(Claim, claim_id, with_for_update=True, populate_existing=True)
    sent = select(Payment.id).where(Payment.status == PaymentStatus.SENT, or_(*_named(body.payment_id)))
    if (await session.execute(sent)).first() is None:
        raise PaymentNotFound(body.payment_id)
    if body.amount_pence > claim.amount_pence:
        raise RecoveryTooLarge(f"{claim.amount_pence} pence were paid.")
    if await _live_case(session, claim.id) is not None:
        raise RecoveryUnderWay("There is a recovery case for this payment; what else is wrong with it belongs there.")
    return await _open(session, caller, claim, body.amount_pence, body.because, body.reason)


def _named(payment_id: UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """A payment by its own id, or by that of its claim, whichever attempt reached the payee."""
    return Payment.id == payment_id, Payment.claim_id == payment_id


async def _open(
    session: AsyncSession, caller: Principal | None, claim: Claim, pence: int, because: Because, reason: str
) -> UUID:
    now = clock.now()
    case = RecoveryCase(
        id=new_id(),
        cause=f"payment:{claim.id}",
        because=because,
        is_whole=pence == claim.amount_pence,
        payment_id=claim.id,
        budget=claim.budget,
        party_kind=PartyKind.SCHOOL,
        party=claim.payee_urn,
        amount_pence=pence,
        recovered_pence=0,
        written_off_pence=0,
        status=RecoveryStatus.OPEN,
        opened_at=now,
        changed_at=now,
        changed_by=caller.id if caller else None,
        reason=reason,
    )
    session.add(case)
    await session.flush()
    await audit.record(session, caller, "recovery.opened", f"recovery:{case.id}", {"amount_pence": pence})
    return case.id


async def propose(session: AsyncSession, caller: Principal, case_id: UUID, body: Proposal) -> None:
    """Say how the money comes back; WrongStep."""
    case = await _lock(session, case_id)
    if case.status not in (RecoveryStatus.OPEN, RecoveryStatus.AGREED):
        raise WrongStep(f"The case is {case.status}.", recovery_status=case.status)
    case.method, case.proposed_by, case.agreed_by = body.method, caller.id, None
    await _step(session, caller, case, RecoveryStatus.PROPOSED, body.reason)


async def decide(session: AsyncSession, caller: Principal, case_id: UUID, body: Agreement) -> None:
    """Agree as the second person, or send it back. Agreeing to write off writes off what is still to come."""
    case = await _lock(session, case_id)
    if case.status != RecoveryStatus.PROPOSED:
        raise WrongStep(f"The case is {case.status}.", recovery_status=case.status)
    if case.proposed_by == caller.id:
        raise SecondPersonNeeded("How money comes back is agreed by somebody other than the person who proposed it.")
    if body.outcome == "declined":
        case.method = case.proposed_by = None
        await _step(session, caller, case, RecoveryStatus.OPEN, body.reason)
        return
    if case.method == Method.WRITE_OFF:
        await _receipt(session, caller, case, _remaining(case), f"Written off: {body.reason}"[:100])
        case.agreed_by = caller.id
        case.written_off_pence += _remaining(case)
        await _step(session, caller, case, RecoveryStatus.SETTLED, body.reason)
    else:
        case.agreed_by = caller.id
        await _step(session, caller, case, RecoveryStatus.AGREED, body.reason)


async def receive(session: AsyncSession, caller: Principal, case_id: UUID, body: Receipt) -> None:
    """Record what came back: it is available again in the budget it was paid from. WrongStep, RecoveryTooLarge."""
    bursary = await _lock_bursary(session, case_id)
    case = await _lock(session, case_id)
    if case.status != RecoveryStatus.AGREED:
        raise WrongStep(f"The case is {case.status}.", recovery_status=case.status)
    known = select(RecoveryReceipt.id).where(
        RecoveryReceipt.case_id == case_id, RecoveryReceipt.reference == body.reference
    )
    if (await session.execute(known)).first() is not None:
        raise ReceiptKnown("This receipt was recorded before; nothing was counted twice.")
    if body.amount_pence > _remaining(case):
        raise RecoveryTooLarge(f"{_remaining(case)} pence are still to come back.")
    receipt_id = await _receipt(session, caller, case, body.amount_pence, body.reference)
    movement = ledger.Movement(f"recovery-receipt:{receipt_id}", body.amount_pence, f"Recovery {case_id}")
    await ledger.move(session, case.budget, EntryKind.RECOVERY, [movement])
    case.recovered_pence += body.amount_pence
    done = _remaining(case) == 0
    status = RecoveryStatus.SETTLED if done else RecoveryStatus.AGREED
    await _step(session, caller, case, status, f"Received: {body.reference}")
    if bursary is not None and case.recovered_pence == bursary.amount_pence and bursary.status == BursaryStatus.PAID:
        await claw_back(session, caller, bursary.id, f"Received: {body.reference}", f"recovery:{case_id}")


async def _lock_bursary(session: AsyncSession, case_id: UUID) -> Bursary | None:
    """The bursary whose payment the case is about: held before the case, as everything else holds them."""
    paid_for = (
        select(Claim.bursary_id)
        .join(RecoveryCase, RecoveryCase.payment_id == Claim.id)
        .where(RecoveryCase.id == case_id)
    )
    bursary_id = (await session.execute(paid_for)).scalar_one_or_none()
    return None if bursary_id is None else await lock_bursary(session, bursary_id)


def _remaining(case: RecoveryCase) -> int:
    return case.amount_pence - case.recovered_pence - case.written_off_pence


async def _receipt(session: AsyncSession, caller: Principal, case: RecoveryCase, pence: int, reference: str) -> UUID:
    receipt_id = new_id()
    receipt = {"id": receipt_id, "case_id": case.id, "kind": case.method, "amount_pence": pence, "reference": reference}
    recorded = {"recorded_by": caller.id, "recorded_at": clock.now()}
    await session.execute(insert(RecoveryReceipt).values(receipt | recorded))
    return receipt_id


async def _step(
    session: AsyncSession, caller: Principal | None, case: RecoveryCase, status: RecoveryStatus, reason: str
) -> None:
    case.status, case.reason, case.changed_at = status, reason, clock.now()
    case.changed_by = caller.id if caller else None
    await session.flush()
    await audit.record(session, caller, f"recovery.{status}", f"recovery:{case.id}", {"reason": reason})


async def _owed_claim(session: AsyncSession, bursary: Bursary) -> Claim | None:
    query = select(Claim).where(Claim.bursary_id == bursary.id, Claim.status.in_(OWED))
    return (await session.execute(query)).scalar_one_or_none()


async def _lock(session: AsyncSession, case_id: UUID) -> RecoveryCase:
    case = await session.get(RecoveryCase, case_id, with_for_update=True, populate_existing=True)
    if case is None:
        raise RecoveryNotFound(case_id)
    return case


async def _live_case(session: AsyncSession, claim_id: UUID) -> RecoveryCase | None:
    live = select(RecoveryCase).where(
        RecoveryCase.cause == f"payment:{claim_id}", RecoveryCase.status != RecoveryStatus.DROPPED
    )
    return (await session.execute(live.with_for_update())).scalar_one_or_none()
