"""Follows a payment on a grant back to what it came from."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, String, func, or_, select
from sqlalchemy import cast as as_type

from chassis.principal import Principal
from funding.base import Queryable
from funding.budgets.models import Budget, Fund
from funding.canonical import canonical
from funding.explanations.schemas import PersonPart, PostingPart
from funding.grant_applications.models import GrantApplication
from funding.grant_cards.language import Card
from funding.grant_cards.models import GrantCardVersion
from funding.grant_cards.rules import Calculation, calculate
from funding.grant_claims.models import GrantClaim, GrantClaimLine
from funding.grant_drawdowns.models import GrantDrawdown
from funding.grant_explanations.errors import PayableNotFound
from funding.grant_explanations.schemas import (
    AskedPart,
    AwardPart,
    CalculatedPart,
    ClaimedLine,
    GrantExplanation,
    OwedPart,
    PaymentAttempt,
)
from funding.grant_explanations.wording import sentences
from funding.grants.access import seen_by
from funding.grants.models import GrantAward, GrantInstalment, GrantSnapshot, GrantSource
from funding.grants.schemas import SourceOut
from funding.ledger.models import JournalTransaction, Posting
from funding.payables.models import Payable
from funding.payment_runs.models import Payment, PaymentRun
from funding.roles import reads_all


async def explain(db: Queryable, caller: Principal, payable_id: UUID) -> GrantExplanation:
    """A payment on a grant with everything behind it, or PayableNotFound. Recipients learn no people."""
    row = await _found(db, caller, payable_id)
    attempts = await _attempts(db, payable_id)
    asked = await _asked(db, row.source)
    calculated, snapshots = await _calculated(db, row)
    in_full = reads_all(caller)
    funders = select(GrantSource.__table__).where(GrantSource.grant_id == row.grant_id)
    told = GrantExplanation(
        sentences=[],
        owed=OwedPart.model_validate(dict(row._mapping)),
        payments=[PaymentAttempt.model_validate(dict(one._mapping)) for one in attempts],
        asked=asked,
        award=AwardPart.model_validate(dict(row._mapping) | {"amount_pence": row.award_pence}),
        calculated=calculated,
        funders=[SourceOut.model_validate(one) for one in await db.execute(funders.order_by("ordinal", "funder"))],
        people=_people(row, asked, snapshots, attempts) if in_full else None,
        postings=await _postings(db, row) if in_full else None,
    )
    return told.model_copy(update={"sentences": sentences(told)})


async def _found(db: Queryable, caller: Principal, payable_id: UUID) -> Row[Any]:
    query = (
        select(
            *(column for column in Payable.__table__.c if column.name not in ("id", "seal", "people")),
            Payable.id.label("payable_id"),
            Budget.fund,
            Fund.lot,
            GrantAward.id.label("grant_id"),
            GrantAward.amount_pence.label("award_pence"),
            *(GrantAward.__table__.c[name] for name in ("title", "reference", "own_pence", "snapshot")),
            *(GrantAward.__table__.c[name] for name in ("proposed_by", "proposed_at", "decided_by", "decided_at")),
            *(GrantAward.__table__.c[name] for name in ("decision_reason", "agreement_reference")),
            *(GrantAward.__table__.c[name] for name in ("accepted_by", "accepted_at")),
            GrantApplication.id.label("application_id"),
            GrantApplication.percent.label("application_percent"),
            GrantApplication.submitted_by,
            GrantApplication.submitted_at,
        )
        .join(GrantAward, Payable.subject == func.concat("grant:", as_type(GrantAward.id, String)))
        .join(Budget, Budget.budget == Payable.budget)
        .join(Fund, Fund.fund == Budget.fund)
        .outerjoin(GrantApplication, GrantApplication.grant_id == GrantAward.id)
        .where(Payable.id == payable_id, seen_by(caller))
    )
    row = cast(Row[Any] | None, (await db.execute(query)).one_or_none())
    if row is None:
        raise PayableNotFound(payable_id)
    return row


async def _attempts(db: Queryable, payable_id: UUID) -> list[Row[Any]]:
    query = (
        select(
            Payment.id.label("payment_id"),
            *(Payment.__table__.c[name] for name in ("payment_run_id", "attempt", "status", "reference")),
            *(Payment.__table__.c[name] for name in ("released_by", "released_at")),
            *(PaymentRun.__table__.c[name] for name in ("prepared_by", "prepared_at", "checked_by", "checked_at")),
            *(PaymentRun.__table__.c[name] for name in ("approved_by", "approved_at")),
        )
        .join(PaymentRun, PaymentRun.id == Payment.payment_run_id)
        .where(Payment.award_kind == "payable", Payment.award_id == payable_id)
        .order_by(Payment.attempt)
    )
    return list((await db.execute(query)).all())


async def _asked(db: Queryable, source: str) -> AskedPart:
    kind, _, told = source.partition(":")
    if kind == "grant_drawdown":
        query = select(GrantDrawdown.__table__, GrantInstalment.title, GrantInstalment.condition)
        chosen = query.join(GrantInstalment, GrantInstalment.id == GrantDrawdown.instalment_id)
        row = (await db.execute(chosen.where(GrantDrawdown.id == UUID(told)))).one()
        drawn = dict(row._mapping) | {"kind": kind, "instalment": row.title, "asked_at": row.requested_at, "lines": []}
        return AskedPart.model_validate(drawn)
    claim = (await db.execute(select(GrantClaim.__table__).where(GrantClaim.id == UUID(told)))).one()
    lines = select(GrantClaimLine.__table__).where(GrantClaimLine.claim_id == claim.id).order_by("number")
    found = [ClaimedLine.model_validate(dict(one._mapping)) for one in await db.execute(lines)]
    claimed = {"kind": kind, "instalment": None, "condition": None, "evidence": [], "asked_at": claim.claimed_at}
    return AskedPart.model_validate(dict(claim._mapping) | claimed | {"lines": found})


async def _calculated(db: Queryable, row: Row[Any]) -> tuple[CalculatedPart, list[Row[Any]]]:
    query = (
        select(GrantSnapshot.__table__, GrantCardVersion.document)
        .join(
            GrantCardVersion,
            (GrantCardVersion.card == GrantSnapshot.card) & (GrantCardVersion.version == GrantSnapshot.card_version),
        )
        .where(GrantSnapshot.grant_id == row.grant_id, GrantSnapshot.status == "approved")
        .order_by(GrantSnapshot.ordinal)
    )
    snapshots = list((await db.execute(query)).all())
    held = next(one for one in snapshots if one.ordinal == row.snapshot)
    card, calculation = Card.model_validate_json(held.document), Calculation.model_validate_json(held.calculation)
    part = CalculatedPart(
        ordinal=held.ordinal,
        because=held.because,
        card_title=card.title,
        card_source=card.source,
        calculation=calculation,
        is_replayed=canonical(calculate(card, calculation.inputs)) == held.calculation,
    )
    return part, snapshots


async def _postings(db: Queryable, row: Row[Any]) -> list[PostingPart]:
    sources = JournalTransaction.source
    query = (
        select(
            JournalTransaction.kind,
            JournalTransaction.source,
            Posting.account,
            Posting.amount_pence,
            JournalTransaction.posted_at,
        )
        .join(Posting, Posting.transaction_id == JournalTransaction.id)
        .where(or_(sources == row.source, sources.startswith(f"{row.source}:"), sources == f"{row.subject}:award"))
        .order_by(Posting.id)
    )
    return [PostingPart.model_validate(dict(one._mapping)) for one in await db.execute(query)]


def _people(row: Row[Any], asked: AskedPart, snapshots: list[Row[Any]], attempts: list[Row[Any]]) -> list[PersonPart]:
    steps: list[tuple[str, Any, Any]] = [
        ("applied for the grant", row.submitted_by, row.submitted_at),
        ("proposed the award", row.proposed_by, row.proposed_at),
        ("approved the award", row.decided_by, row.decided_at),
    ]
    for one in snapshots[1:]:
        steps.append((f"asked for adjustment {one.ordinal}", one.requested_by, one.requested_at))
        steps.append((f"approved adjustment {one.ordinal}", one.decided_by, one.decided_at))
    steps.append(("agreed for the recipient", row.accepted_by, row.accepted_at))
    steps.append(("asked for the money", row.requested_by, asked.asked_at))
    steps.append(("approved that", row.approved_by, asked.decided_at))
    for one in attempts:
        for step in ("prepared", "checked", "approved", "released"):
            person, at = one._mapping[f"{step}_by"], one._mapping[f"{step}_at"]
            steps.append((f"{step} payment run {one.payment_run_id}", person, at))
    return [PersonPart(step=step, person_id=person, at=at) for step, person, at in steps if person is not None]
