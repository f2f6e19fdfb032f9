"""Follows a payment back to the facts it came from."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Row, or_, select, true

from chassis.principal import Principal
from funding.base import Queryable
from funding.bookings.models import Completion
from funding.budgets.models import Budget, Fund
from funding.bursaries.decisions import again
from funding.bursaries.models import Bursary, BursaryDecision
from funding.canonical import canonical
from funding.claims.models import Claim
from funding.explanations.schemas import (
    AttemptPart,
    ClaimedPart,
    DecidedPart,
    EvidencePart,
    Explanation,
    GrantedPart,
    PaidPart,
    PersonPart,
    PostingPart,
    RecoveryPart,
    StatementPart,
)
from funding.explanations.wording import sentences
from funding.ledger.models import JournalTransaction, Posting
from funding.payment_runs.models import Payment, PaymentRun
from funding.policies import service as policies
from funding.policies.rules import Decision, Inputs
from funding.recoveries.errors import PaymentNotFound
from funding.recoveries.models import RecoveryCase, RecoveryReceipt
from funding.roles import reads_all
from funding.schools.models import School
from funding.statements.models import Statement, StatementLine


async def explain(db: Queryable, caller: Principal, payment_id: UUID) -> Explanation:
    """A payment, or the last of a claim, with everything behind it; PaymentNotFound.

    A school learns no names and no accounts.
    """
    row = await _found(db, caller, payment_id)
    decision = await _decision(db, row)
    completion = select(Completion.__table__).where(Completion.booking_id == row.booking_id)
    completed = (await db.execute(completion)).one_or_none()
    recoveries = await _recoveries(db, row.claim_id)
    in_full = reads_all(caller)
    told = Explanation(
        sentences=[],
        payment=PaidPart.model_validate(dict(row._mapping)),
        attempts=await _attempts(db, row.claim_id),
        claim=ClaimedPart.model_validate(dict(row._mapping)),
        bursary=GrantedPart.model_validate(dict(row._mapping)),
        decision=decision,
        evidence=None if completed is None else _evidence(completed, row.teacher_id),
        statements=await _statements(db, row, [one.case_id for one in recoveries]),
        recoveries=recoveries,
        people=_people(row) if in_full else None,
        postings=await _postings(db, row, [one.case_id for one in recoveries]) if in_full else None,
    )
    return told.model_copy(update={"sentences": sentences(told)})


def _seen_by(caller: Principal) -> ColumnElement[bool]:
    return true() if reads_all(caller) else Payment.payee_urn == caller.attributes.get("school_urn", "")


TOLD = (
    Payment.id.label("payment_id"),
    Payment.claim_id,
    Payment.attempt,
    Payment.status,
    Payment.reference,
    Payment.returned_at,
    Payment.return_code,
    Payment.amount_pence,
    Payment.payee_urn,
    Payment.payment_run_id,
    Payment.released_by,
    Payment.released_at,
    PaymentRun.prepared_by,
    PaymentRun.prepared_at,
    Claim.claimant_id,
    Claim.submitted_at,
    Claim.decided_by.label("claim_decided_by"),
    Claim.decided_at,
    Claim.reason,
    Claim.budget,
    Bursary.id.label("bursary_id"),
    Bursary.booking_id,
    Bursary.teacher_id,
    Bursary.course_code,
    Bursary.days,
    Bursary.applied_at,
    Bursary.applied_on,
    Bursary.decisions,
    Bursary.decided_by.label("bursary_decided_by"),
    Bursary.decided_at.label("approved_at"),
    Bursary.decision_reason.label("approval_reason"),
    Budget.fund,
    Fund.lot,
    School.name.label("payee_name"),
)
"""Everything of a payment's way that an explanation names."""


async def _found(db: Queryable, caller: Principal, payment_id: UUID) -> Row[Any]:
    query = (
        select(*TOLD)
        .join(PaymentRun, PaymentRun.id == Payment.payment_run_id)
        .join(Claim, Claim.id == Payment.claim_id)
        .join(Bursary, Bursary.id == Payment.bursary_id)
        .join(Budget, Budget.budget == Claim.budget)
        .join(Fund, Fund.fund == Budget.fund)
        .outerjoin(School, School.urn == Payment.payee_urn)
        .where(or_(Payment.id == payment_id, Payment.claim_id == payment_id), _seen_by(caller))
        .order_by(Payment.attempt.desc())
        .limit(1)
    )
    row = cast(Row[Any] | None, (await db.execute(query)).one_or_none())
    if row is None:
        raise PaymentNotFound(payment_id)
    return row


async def _decision(db: Queryable, row: Row[Any]) -> DecidedPart:
    query = select(BursaryDecision.__table__).where(
        BursaryDecision.bursary_id == row.bursary_id, BursaryDecision.ordinal == row.decisions
    )
    held = (await db.execute(query)).one()
    inputs, decision = Inputs.model_validate_json(held.inputs), Decision.model_validate_json(held.result)
    published = await policies.find_version(db, inputs.policy, inputs.version)
    return DecidedPart(
        ordinal=held.ordinal,
        policy=decision.policy,
        policy_version=decision.version,
        policy_title=published.policy.title,
        policy_source=published.policy.source,
        policy_effective_from=published.policy.effective_from,
        policy_checksum=published.checksum,
        outcome=decision.outcome,
        reason=decision.reason,
        trace=decision.trace,
        criteria=decision.criteria,
        decided_at=held.decided_at,
        is_replayed=canonical(again(published, inputs)) == held.result,
    )


def _evidence(completed: Row[Any], teacher_id: UUID) -> EvidencePart:
    counts = completed.hours > 0 and completed.teacher_id == teacher_id
    return EvidencePart.model_validate(dict(completed._mapping) | {"counts": counts})


async def _attempts(db: Queryable, claim_id: UUID) -> list[AttemptPart]:
    rows = await db.execute(select(Payment.__table__).where(Payment.claim_id == claim_id).order_by(Payment.attempt))
    return [AttemptPart.model_validate(dict(row._mapping) | {"payment_id": row.id}) for row in rows]


async def _statements(db: Queryable, row: Row[Any], cases: list[UUID]) -> list[StatementPart]:
    paid = f"payment:{row.claim_id}" + (f":{row.attempt}" if row.attempt > 1 else "")
    sources = [paid, f"payment-return:{row.payment_id}", *(f"recovery:{one}" for one in cases)]
    query = (
        select(StatementLine.id, StatementLine.statement_id, StatementLine.amount_pence, Statement.month)
        .join(Statement, Statement.id == StatementLine.statement_id)
        .where(StatementLine.source.in_(sources))
        .order_by(Statement.month, StatementLine.position)
    )
    return [
        StatementPart(
            statement_id=row.statement_id, line_id=row.id, month=f"{row.month:%Y-%m}", amount_pence=row.amount_pence
        )
        for row in await db.execute(query)
    ]


async def _recoveries(db: Queryable, claim_id: UUID) -> list[RecoveryPart]:
    query = select(RecoveryCase.__table__).where(RecoveryCase.payment_id == claim_id)
    rows = await db.execute(query.order_by(RecoveryCase.opened_at))
    return [RecoveryPart.model_validate(dict(row._mapping) | {"case_id": row.id}) for row in rows]


async def _postings(db: Queryable, row: Row[Any], cases: list[UUID]) -> list[PostingPart]:
    receipts = select(RecoveryReceipt.id).where(RecoveryReceipt.case_id.in_(cases))
    came_back = [f"recovery-receipt:{one}" for one in (await db.execute(receipts)).scalars()]
    facts = [f"bursary:{row.bursary_id}", f"claim:{row.claim_id}", *came_back]
    query = (
        select(
            JournalTransaction.kind,
            JournalTransaction.source,
            Posting.account,
            Posting.amount_pence,
            JournalTransaction.posted_at,
        )
        .join(Posting, Posting.transaction_id == JournalTransaction.id)
        .where(or_(JournalTransaction.source.in_(facts), JournalTransaction.source.startswith(f"{facts[1]}:")))
        .order_by(Posting.id)
    )
    return [PostingPart.model_validate(dict(one._mapping)) for one in await db.execute(query)]


def _people(row: Row[Any]) -> list[PersonPart]:
    steps = (
        ("applied", row.teacher_id, row.applied_at),
        ("approved the bursary", row.bursary_decided_by, row.approved_at),
        ("claimed", row.claimant_id, row.submitted_at),
        ("approved the claim", row.claim_decided_by, row.decided_at),
        ("prepared the payment run", row.prepared_by, row.prepared_at),
        ("released the payment run", row.released_by, row.released_at),
    )
    return [PersonPart(step=step, person_id=person, at=at) for step, person, at in steps if person is not None]
