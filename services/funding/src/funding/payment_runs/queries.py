"""Reads of payment runs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text, tuple_

from chassis.paging import PageOf
from funding.base import Queryable
from funding.cursors import instant
from funding.payment_runs.errors import PaymentRunNotFound
from funding.payment_runs.models import Payment, PaymentRun, PaymentStatus
from funding.payment_runs.schemas import PaymentOut, PaymentRunOut
from funding.payment_runs.working_days import next_working_day

_DIGEST = text("SELECT payment_run_digest(payment_run) FROM payment_run WHERE id = :run_id")


async def find_run(db: Queryable, run_id: UUID) -> PaymentRunOut:
    """A run with its payments, or PaymentRunNotFound."""
    run = (await db.execute(select(PaymentRun.__table__).where(PaymentRun.id == run_id))).one_or_none()
    if run is None:
        raise PaymentRunNotFound(run_id)
    contained = select(Payment.__table__).where(Payment.payment_run_id == run_id)
    rows = await db.execute(contained.order_by(Payment.reference, Payment.award_id))
    items = [PaymentOut.model_validate(row) for row in rows]
    returned = [one.amount_pence for one in items if one.status == PaymentStatus.RETURNED]
    arrives_on = next_working_day(run.processing_on) if run.processing_on else None
    return PaymentRunOut.model_validate(
        dict(run._mapping)
        | {"items": items, "arrives_on": arrives_on}
        | {"returned_payments": len(returned), "returned_pence": sum(returned)}
        | {"content_sha256": await digest_of(db, run_id)}
    )


async def digest_of(db: Queryable, run_id: UUID) -> str:
    """The hash of what a run pays to whom, as the database computes it."""
    found: str = (await db.execute(_DIGEST, {"run_id": run_id})).scalar_one()
    return found


async def list_runs(db: Queryable, page: PageOf) -> Sequence[Row[Any]]:
    """Runs, the latest first, one more than the page holds."""
    query = select(PaymentRun.__table__).order_by(PaymentRun.prepared_at.desc(), PaymentRun.id.desc())
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(PaymentRun.prepared_at, PaymentRun.id) < after)
    return (await db.execute(query.limit(page.limit + 1))).all()
