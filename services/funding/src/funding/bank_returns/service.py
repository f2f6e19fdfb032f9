"""Imports of what the bank sent back, and lines that two people settle. All of a file is taken in, or nothing."""

import hashlib
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as insert_new
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.known_as import is_same_person
from chassis.principal import Principal
from funding.bank_returns.errors import (
    BankReturnLineNotFound,
    BankReturnLineSettled,
    BankReturnUnreadable,
    NotThisPayment,
)
from funding.bank_returns.models import BankReturn, BankReturnLine, LineStatus
from funding.bank_returns.rules import Candidate, ReturnLine, Unmatched, Unreadable, parse, why_unmatched
from funding.bank_returns.schemas import Resolution, ResolutionDecision
from funding.claims.errors import SamePerson
from funding.payment_runs.models import Payment, PaymentStatus
from funding.payment_runs.returning import Held, hold, hold_one, send_back


async def take_in(session: AsyncSession, caller: Principal, content: bytes) -> UUID:
    """Import a file; the one that was imported before if it is the same. BankReturnUnreadable imports nothing."""
    digest = hashlib.sha256(content).hexdigest()
    known = select(BankReturn.id).where(BankReturn.content_sha256 == digest)
    found = await session.scalar(known)
    if found is not None:
        return found
    lines = _parsed(content)
    row = {"id": new_id(), "content_sha256": digest, "lines": len(lines), "imported_by": caller.id}
    row |= {"amount_pence": sum(line.amount_pence for line in lines), "imported_at": clock.now()}
    # Of two imports of one file at once, the second waits here and finds the first.
    added = insert_new(BankReturn).values(row).on_conflict_do_nothing(index_elements=["content_sha256"])
    import_id: UUID | None = await session.scalar(added.returning(BankReturn.id))
    if import_id is None:
        return (await session.scalars(known)).one()
    back = await _match(session, import_id, lines)
    await send_back(session, caller, back)
    details: dict[str, audit.JSON] = {"lines": len(lines), "matched": len(back), "content_sha256": digest}
    await audit.record(session, caller, "bank_return.imported", f"bank_return:{import_id}", details)
    return import_id


def _parsed(content: bytes) -> list[ReturnLine]:
    try:
        return parse(content, clock.today())
    except Unreadable as error:
        problems = [{"line": line, "reason": reason} for line, reason in error.problems]
        raise BankReturnUnreadable(f"Nothing was imported: {error}.", problems=problems) from error


async def _match(session: AsyncSession, import_id: UUID, lines: list[ReturnLine]) -> list[tuple[Payment, str]]:
    held = await hold(session, {line.reference for line in lines})
    back: dict[UUID, tuple[Payment, str]] = {}
    rows = []
    for line in lines:
        one = held.get(line.reference)
        why = why_unmatched(line, None if one is None else _candidate(one, one.payment.id in back))
        row: dict[str, object] = {"id": new_id(), "bank_return_id": import_id, **vars(line)}
        row |= {"status": LineStatus.QUEUED, "queued_because": why, "payment_id": None}
        if why is None:
            assert one is not None
            back[one.payment.id] = (one.payment, line.code)
            row |= {"status": LineStatus.MATCHED, "payment_id": one.payment.id}
        rows.append(row)
    await session.execute(insert(BankReturnLine), rows)
    return list(back.values())


def _candidate(held: Held, came_back_above: bool) -> Candidate:
    payment = held.payment
    return Candidate(
        payment_id=payment.id,
        status=PaymentStatus.RETURNED if came_back_above else payment.status,
        amount_pence=payment.amount_pence,
        sort_code_ending=held.sort_code_ending,
        account_ending=held.account_ending,
        is_being_recovered=held.is_being_recovered,
    )


async def propose(session: AsyncSession, caller: Principal, line_id: UUID, body: Resolution) -> None:
    """Say what a line is that was nobody's by itself; BankReturnLineSettled, NotThisPayment."""
    line = await _locked(session, line_id, LineStatus.QUEUED)
    if body.payment_id is not None:
        await _payment_of(session, line, body.payment_id)
    line.status, line.outcome, line.proposed_payment_id = LineStatus.PROPOSED, body.outcome, body.payment_id
    line.reason, line.proposed_by, line.proposed_at = body.reason, caller.id, clock.now()
    await session.flush()
    await _note(session, caller, "proposed", line, body.reason)


async def decide(session: AsyncSession, caller: Principal, line_id: UUID, body: ResolutionDecision) -> None:
    """Agree with the proposal as somebody else, or send it back to the queue."""
    line = await _locked(session, line_id, LineStatus.PROPOSED)
    if await is_same_person(session, line.proposed_by, caller.id):
        raise SamePerson("What a line is has to be confirmed by somebody else than said it.")
    if body.outcome == "declined":
        line.status = LineStatus.QUEUED
        line.outcome = line.proposed_payment_id = line.reason = line.proposed_by = line.proposed_at = None
    else:
        if line.proposed_payment_id is not None:
            payment = await _payment_of(session, line, line.proposed_payment_id)
            await send_back(session, caller, [(payment, line.code)])
        line.status, line.decided_by, line.decided_at = LineStatus.RESOLVED, caller.id, clock.now()
        line.decision_reason, line.payment_id = body.reason, line.proposed_payment_id
    await session.flush()
    await _note(session, caller, body.outcome, line, body.reason)


async def _payment_of(session: AsyncSession, line: BankReturnLine, payment_id: UUID) -> Payment:
    """The payment, held, if it can have come back by the line; NotThisPayment. Only the account may look otherwise."""
    held = await hold_one(session, payment_id)
    if held is None:
        raise NotThisPayment(f"There is no payment {payment_id} that was sent to a payee.", because="unknown")
    if held.payment.status != PaymentStatus.SENT:
        returned = held.payment.status == PaymentStatus.RETURNED
        why = Unmatched.ALREADY_RETURNED if returned else Unmatched.NOT_SENT
        raise NotThisPayment(f"The payment is {held.payment.status}.", because=why)
    if held.payment.amount_pence != line.amount_pence:
        raise NotThisPayment(
            f"The payment is of {held.payment.amount_pence} pence, the line of {line.amount_pence}.",
            because=Unmatched.AMOUNT_DIFFERS,
        )
    if held.is_being_recovered:
        raise NotThisPayment(
            "There is a recovery case for the payment: record the money there, and say of the line that it is not ours "
            "to pay again.",
            because=Unmatched.BEING_RECOVERED,
        )
    return held.payment


async def _locked(session: AsyncSession, line_id: UUID, status: LineStatus) -> BankReturnLine:
    line = await session.get(BankReturnLine, line_id, with_for_update=True, populate_existing=True)
    if line is None:
        raise BankReturnLineNotFound(line_id)
    if line.status != status:
        raise BankReturnLineSettled(f"The line is {line.status}, not {status}.", line_status=line.status)
    return line


async def _note(session: AsyncSession, caller: Principal, what: str, line: BankReturnLine, reason: str) -> None:
    details: dict[str, audit.JSON] = {"outcome": line.outcome, "reason": reason}
    if line.proposed_payment_id is not None:
        details["payment_id"] = str(line.proposed_payment_id)
    await audit.record(session, caller, f"bank_return_line.{what}", f"bank_return_line:{line.id}", details)
