"""Payment runs: prepared, checked, approved and released, each by another person than the step before allows."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.known_as import is_one_of, is_same_person
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.funding import PaymentReleased
from funding.bank_files.service import open_files
from funding.budgets.service import budget_exists
from funding.claims import payments as claims
from funding.claims.errors import SamePerson
from funding.ledger import service as ledger
from funding.ledger.errors import BudgetNotFound
from funding.ledger.models import EntryKind
from funding.payables import payments as payables
from funding.payment_runs.errors import (
    AlreadyReleased,
    ContentDiffers,
    NothingToPay,
    PayeeNotReady,
    PaymentNotFound,
    PaymentRunNotFound,
    ProcessingDayWrong,
    WrongStep,
)
from funding.payment_runs.models import CONTROLS, SENT, Payment, PaymentRun, PaymentStatus, RunStatus
from funding.payment_runs.queries import digest_of
from funding.payment_runs.readiness import Payable, judge
from funding.payment_runs.schemas import RunApproval, Waiting, WaitingList
from funding.payment_runs.sources import Owed, Source
from funding.payment_runs.working_days import is_known, is_working_day, next_working_day
from funding.remittances import service as remittances
from funding.settings import settings_in

SOURCES: dict[str, Source] = {"claim": claims.SOURCE, "payable": payables.SOURCE}
"""Everything that payment runs pay, by kind."""

FURTHEST = timedelta(days=31)
"""Ahead of its processing day a file may be sent to BACS."""


async def waiting(session: AsyncSession, budget: str) -> WaitingList:
    """Everything of a budget that is owed and in no run, and whether it can be paid now."""
    return WaitingList(data=[_shown(one) for one in await _judged(session, budget)])


async def prepare(session: AsyncSession, caller: Principal, budget: str, processing_on: date | None) -> UUID:
    """Collect what is owed of a budget, is in no run yet and can be paid now."""
    judged = await _judged(session, budget)
    payable = [one for one in judged if one.held_because is None]
    if not payable:
        held = sorted({f"{one.held_because}: {one.owed.payee_key}" for one in judged})
        raise NothingToPay(f"Nothing of {budget} that is owed can be paid now.", held=held[:50])
    run = PaymentRun(
        id=new_id(),
        budget=budget,
        status=RunStatus.DRAFT,
        payments=len(payable),
        amount_pence=sum(one.owed.amount_pence for one in payable),
        prepared_by=caller.id,
        prepared_at=clock.now(),
        controls=CONTROLS,
        processing_on=_processing_day(processing_on),
    )
    run.needs_fourth_person = _needs_fourth_person(session, run.amount_pence, (one.flags for one in payable))
    session.add(run)
    await session.flush()
    await _add_payments(session, run.id, payable)
    for kind, ids in _by_kind((one.owed.kind, one.owed.id) for one in payable):
        await SOURCES[kind].schedule(session, run.id, ids)
    details: dict[str, audit.JSON] = {"payments": run.payments, "amount_pence": run.amount_pence}
    await audit.record(session, caller, "payment_run.prepared", f"payment_run:{run.id}", details)
    return run.id


async def remove(session: AsyncSession, caller: Principal | None, run_id: UUID, payment_id: UUID, reason: str) -> None:
    """Take a payment out of a run that is not released. Check and approval are void."""
    run = await _editable(session, run_id)
    chosen = delete(Payment).where(Payment.id == payment_id, Payment.payment_run_id == run_id)
    returned = chosen.returning(Payment.award_kind, Payment.award_id, Payment.amount_pence)
    removed = (await session.execute(returned.execution_options(synchronize_session=False))).one_or_none()
    if removed is None:
        raise PaymentNotFound("The run has no such payment.")
    await session.refresh(run)
    if run.payments == 1:
        raise WrongStep("It is the run's last payment: cancel the run.", run_status=run.status)
    run.payments, run.amount_pence = run.payments - 1, run.amount_pence - removed.amount_pence
    flags = await session.scalars(select(Payment.flags).where(Payment.payment_run_id == run_id))
    run.needs_fourth_person = _needs_fourth_person(session, run.amount_pence, flags)
    await session.flush()
    await SOURCES[removed.award_kind].unschedule(session, [removed.award_id])
    details: dict[str, audit.JSON] = {"award": f"{removed.award_kind}:{removed.award_id}", "reason": reason}
    await audit.record(session, caller, "payment_run.payment_removed", f"payment_run:{run_id}", details)


async def take_out(session: AsyncSession, kind: str, award_id: UUID, reason: str) -> bool:
    """Take out of its run what is not to be paid any more, unless that was released; whether it is in no run now."""
    planned = select(Payment.id, Payment.payment_run_id).where(
        Payment.award_kind == kind, Payment.award_id == award_id, Payment.status == PaymentStatus.PLANNED
    )
    found = (await session.execute(planned)).one_or_none()
    if found is None:
        return False
    run = await _locked(session, found.payment_run_id)
    if run.status in SENT:
        return False
    if run.payments == 1:
        await cancel(session, None, run.id, reason)
    else:
        await remove(session, None, run.id, found.id, reason)
    return True


async def move(session: AsyncSession, caller: Principal, run_id: UUID, processing_on: date) -> None:
    """Have the banks process a run on another day. Check and approval are void."""
    run = await _editable(session, run_id)
    await _void(session, run)
    run.processing_on = _processing_day(processing_on)
    await session.flush()
    details: dict[str, audit.JSON] = {"processing_on": str(processing_on)}
    await audit.record(session, caller, "payment_run.moved", f"payment_run:{run_id}", details)


async def cancel(session: AsyncSession, caller: Principal | None, run_id: UUID, reason: str) -> None:
    """Give a run up; what was in it is owed as before."""
    run = await _editable(session, run_id)
    gone = delete(Payment).where(Payment.payment_run_id == run_id).returning(Payment.award_kind, Payment.award_id)
    removed = (await session.execute(gone.execution_options(synchronize_session=False))).all()
    await session.refresh(run)
    run.status, run.payments, run.amount_pence = RunStatus.CANCELLED, 0, 0
    await session.flush()
    for kind, ids in _by_kind((row.award_kind, row.award_id) for row in removed):
        await SOURCES[kind].unschedule(session, ids)
    await audit.record(session, caller, "payment_run.cancelled", f"payment_run:{run_id}", {"reason": reason})


async def check(session: AsyncSession, caller: Principal, run_id: UUID, content_sha256: str) -> None:
    """Vouch for the content as a second person."""
    run = await _at(session, run_id, RunStatus.DRAFT)
    if await is_same_person(session, run.prepared_by, caller.id):
        raise SamePerson("A run is checked by somebody else than prepared it.")
    await _require_content(session, run, content_sha256)
    await _require_ready(session, run_id)
    run.status, run.content_sha256 = RunStatus.CHECKED, content_sha256
    run.checked_by, run.checked_at = caller.id, clock.now()
    await session.flush()
    await _note(session, caller, "checked", run)


async def decide(session: AsyncSession, caller: Principal, run_id: UUID, body: RunApproval) -> None:
    """Approve the content that was checked, or make it a draft again."""
    run = await _at(session, run_id, RunStatus.CHECKED)
    before = (run.prepared_by, run.checked_by if run.needs_fourth_person else None)
    if await is_one_of(session, caller.id, before):
        raise SamePerson("A run is approved by somebody else than prepared it; flagged ones not by the checker either.")
    await _require_content(session, run, body.content_sha256)
    if body.outcome == "declined":
        await _void(session, run)
    else:
        run.status, run.approved_by, run.approved_at = RunStatus.APPROVED, caller.id, clock.now()
    await session.flush()
    await _note(session, caller, body.outcome, run, body.reason)


async def release(session: AsyncSession, caller: Principal, run_id: UUID) -> None:
    """Pay a run, once, as somebody who had no part in it. What goes to the bank starts from here."""
    run = await _locked(session, run_id)
    if run.status in SENT:
        raise AlreadyReleased("The run was released before; nothing was paid again.")
    if run.status != RunStatus.APPROVED:
        raise WrongStep(f"The run is {run.status}; it is released once it is approved.", run_status=run.status)
    payments = list((await session.execute(select(Payment).where(Payment.payment_run_id == run_id))).scalars())
    involved = {run.prepared_by, run.checked_by, run.approved_by}.union(*(payment.people for payment in payments))
    if await is_one_of(session, caller.id, involved):
        raise SamePerson("A run is released by somebody who had no part in it or in anything that it pays.")
    assert run.processing_on is not None
    _processing_day(run.processing_on)
    await _require_ready(session, run_id)
    released_at = clock.now()
    run.status, run.released_by, run.released_at = RunStatus.RELEASED, caller.id, released_at
    await session.flush()
    sent = {"status": PaymentStatus.SENT, "released_by": caller.id, "released_at": released_at}
    chosen = update(Payment).where(Payment.payment_run_id == run_id).values(sent)
    await session.execute(chosen.execution_options(synchronize_session=False))
    await _settle(session, run, payments, released_at)
    files = await open_files(session, run)
    totals: dict[str, int] = {"payments": run.payments, "amount_pence": run.amount_pence}
    await publish(session, PaymentReleased(payment_run_id=run_id, released_at=released_at, **totals))
    hashes: dict[str, audit.JSON] = {f"{format_}_sha256": sha256 for format_, sha256 in files.items()}
    await audit.record(session, caller, "payment_run.released", f"payment_run:{run_id}", {**totals, **hashes})


async def confirm(session: AsyncSession, caller: Principal, run_id: UUID, bank_reference: str) -> None:
    """Note that the bank debited the sum: the payees are told, each once for each payment that has not come back."""
    run = await _locked(session, run_id)
    if run.status not in SENT or run.confirmed_at is not None:
        raise WrongStep(f"The run is {run.status}.", run_status=run.status)
    if run.status == RunStatus.RELEASED:
        run.status = RunStatus.CONFIRMED
    run.confirmed_by, run.confirmed_at, run.bank_reference = caller.id, clock.now(), bank_reference
    await session.flush()
    await remittances.issue(session, run_id)
    await _note(session, caller, "confirmed", run)


async def _settle(session: AsyncSession, run: PaymentRun, payments: list[Payment], paid_at: datetime) -> None:
    movements = [
        ledger.Movement(one.journal_source, one.amount_pence, f"Run {run.id}")
        for one in sorted(payments, key=lambda one: (one.award_kind, one.award_id))
    ]
    # Bursaries before the ledger, as everywhere: a cancellation that arrives now locks them in this order too.
    for kind, ids in _by_kind((one.award_kind, one.award_id) for one in payments):
        await SOURCES[kind].pay(session, run.id, ids, paid_at)
    await ledger.move(session, run.budget, EntryKind.PAYMENT, movements)


async def _judged(session: AsyncSession, budget: str) -> list[Payable]:
    if not await budget_exists(session, budget):
        raise BudgetNotFound(f"There is no budget {budget}.")
    owed: list[Owed] = []
    for source in SOURCES.values():
        owed += await source.owed(session, budget)
    return await judge(session, owed)


async def _add_payments(session: AsyncSession, run_id: UUID, payable: list[Payable]) -> None:
    attempts = await _attempts(session, payable)
    numbers = text("SELECT nextval('payment_reference') FROM generate_series(1, :count)")
    references = (await session.execute(numbers, {"count": len(payable)})).scalars()
    rows: list[dict[str, object]] = []
    for one, number in zip(payable, references, strict=True):
        owed, route = one.owed, one.route
        assert route is not None
        attempt = attempts.get((owed.kind, owed.id), 0) + 1
        rows.append(
            {
                "id": new_id(),
                "payment_run_id": run_id,
                "award_kind": owed.kind,
                "award_id": owed.id,
                "attempt": attempt,
                "journal_source": owed.source + (f":{attempt}" if attempt > 1 else ""),
                "status": PaymentStatus.PLANNED,
                "amount_pence": owed.amount_pence,
                "narrative": owed.narrative[:100],
                "reference": f"NCCE{number:010}",
                "payee_id": route.payee_id,
                "details_id": route.details_id,
                "usable_from_at": route.usable_from_at,
                "people": sorted(owed.people),
                "flags": list(one.flags),
                **owed.facts,
            }
        )
    for _, alike in groupby(rows, key=list):
        await session.execute(insert(Payment), list(alike))


async def _attempts(session: AsyncSession, payable: list[Payable]) -> dict[tuple[str, UUID], int]:
    ids = [one.owed.id for one in payable]
    made = select(Payment.award_kind, Payment.award_id, func.max(Payment.attempt)).where(Payment.award_id.in_(ids))
    rows = await session.execute(made.group_by(Payment.award_kind, Payment.award_id))
    return {(kind, award_id): attempt for kind, award_id, attempt in rows}


async def _require_ready(session: AsyncSession, run_id: UUID) -> None:
    """Each payment goes by details that are still the payee's latest, and whose pause is over."""
    query = text(
        """
        SELECT payment.reference FROM payment LEFT JOIN payee_collection AS now USING (details_id)
        WHERE payment_run_id = :run_id AND (now.details_id IS NULL OR usable_from_at > :now) LIMIT 5
        """
    )
    stale = list((await session.execute(query, {"run_id": run_id, "now": clock.now()})).scalars())
    if stale:
        raise PayeeNotReady(
            "Bank details have changed since the run was prepared: take these payments out.", references=stale
        )


async def _require_content(session: AsyncSession, run: PaymentRun, seen: str) -> None:
    if await digest_of(session, run.id) != seen:
        raise ContentDiffers("Read the run again: its content is not what you have seen.")


async def _locked(session: AsyncSession, run_id: UUID) -> PaymentRun:
    run = await session.get(PaymentRun, run_id, with_for_update=True, populate_existing=True)
    if run is None:
        raise PaymentRunNotFound(run_id)
    return run


async def _at(session: AsyncSession, run_id: UUID, step: RunStatus) -> PaymentRun:
    run = await _locked(session, run_id)
    if run.status != step:
        raise WrongStep(f"The run is {run.status}, not {step}.", run_status=run.status)
    return run


async def _editable(session: AsyncSession, run_id: UUID) -> PaymentRun:
    run = await _locked(session, run_id)
    if run.status in SENT:
        raise AlreadyReleased("What was released is not edited.")
    if run.status == RunStatus.CANCELLED:
        raise WrongStep("The run is cancelled.", run_status=run.status)
    return run


async def _void(session: AsyncSession, run: PaymentRun) -> None:
    run.status = RunStatus.DRAFT
    run.checked_by = run.checked_at = run.approved_by = run.approved_at = run.content_sha256 = None
    await session.flush()


def _processing_day(wanted: date | None) -> date:
    today = clock.today()
    if wanted is None:
        return next_working_day(today)
    if not today < wanted <= today + FURTHEST or not is_working_day(wanted) or not is_known(wanted):
        raise ProcessingDayWrong("It is a working day from tomorrow to 31 days ahead.", processing_on=str(wanted))
    return wanted


def _needs_fourth_person(session: AsyncSession, pence: int, flags: Iterable[Iterable[str]]) -> bool:
    return pence >= settings_in(session).large_run_pence or any(any(one) for one in flags)


def _by_kind(awards: Iterable[tuple[str, UUID]]) -> Iterable[tuple[str, list[UUID]]]:
    for kind, alike in groupby(sorted(awards), key=lambda award: award[0]):
        yield kind, [award_id for _, award_id in alike]


def _shown(one: Payable) -> Waiting:
    owed = one.owed
    return Waiting(
        award_kind=owed.kind,
        award_id=owed.id,
        payee_key=owed.payee_key,
        amount_pence=owed.amount_pence,
        narrative=owed.narrative,
        is_payable=one.held_because is None,
        held_because=one.held_because,
        payable_from_at=one.route.usable_from_at if one.route else None,
    )


async def _note(
    session: AsyncSession, caller: Principal, what: str, run: PaymentRun, reason: str | None = None
) -> None:
    details: dict[str, audit.JSON] = {"content_sha256": run.content_sha256}
    if reason is not None:
        details["reason"] = reason
    await audit.record(session, caller, f"payment_run.{what}", f"payment_run:{run.id}", details)
