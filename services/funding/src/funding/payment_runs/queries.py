"""Reads of payment runs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, tuple_

from chassis.paging import PageOf
from funding.base import Queryable
from funding.cursors import instant
from funding.payment_runs.errors import PaymentRunNotFound
from funding.payment_runs.models import Payment, PaymentRun
from funding.payment_runs.schemas import PaymentOut, PaymentRunOut


async def find_run(db: Queryable, run_id: UUID) -> PaymentRunOut:
    """A run with its payments, or PaymentRunNotFound."""
    run = (await db.execute(select(PaymentRun.__table__).where(PaymentRun.id == run_id))).one_or_none()
    if run is None:
        raise PaymentRunNotFound(run_id)
    contained = select(Payment.__table__).where(Payment.payment_run_id == run_id).order_by(Payment.claim_id)
    items = [PaymentOut.model_validate(row) for row in await db.execute(contained)]
    return PaymentRunOut.model_validate(dict(run._mapping) | {"items": items})


async def list_runs(db: Queryable, page: PageOf) -> Sequence[Row[Any]]:
    """Runs, the latest first, one more than the page holds."""
    query = select(PaymentRun.__table__).order_by(PaymentRun.prepared_at.desc(), PaymentRun.id.desc())
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(PaymentRun.prepared_at, PaymentRun.id) < after)
    return (await db.execute(query.limit(page.limit + 1))).all()
