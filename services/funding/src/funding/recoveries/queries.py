"""Reads of recovery cases, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select, true, tuple_

from chassis.paging import PageOf
from chassis.principal import Principal
from funding.base import Queryable
from funding.cursors import instant
from funding.recoveries.errors import RecoveryNotFound
from funding.recoveries.models import RecoveryCase, RecoveryReceipt, RecoveryStatus, RecoveryStep
from funding.recoveries.schemas import ReceiptOut, RecoveryOut, Step
from funding.roles import reads_all
from funding.statements.models import PartyKind


def _seen_by(caller: Principal) -> ColumnElement[bool]:
    if reads_all(caller):
        return true()
    urn = caller.attributes.get("school_urn", "")
    return (RecoveryCase.party_kind == PartyKind.SCHOOL) & (RecoveryCase.party == urn)


async def find(db: Queryable, caller: Principal, case_id: UUID) -> RecoveryOut:
    """A case with its history, or RecoveryNotFound."""
    query = select(RecoveryCase.__table__).where(RecoveryCase.id == case_id, _seen_by(caller))
    case = (await db.execute(query)).one_or_none()
    if case is None:
        raise RecoveryNotFound(case_id)
    taken = select(RecoveryStep.__table__).where(RecoveryStep.case_id == case_id).order_by(RecoveryStep.ordinal)
    came = select(RecoveryReceipt.__table__).where(RecoveryReceipt.case_id == case_id).order_by(RecoveryReceipt.id)
    steps = [Step.model_validate(row) for row in await db.execute(taken)]
    receipts = [ReceiptOut.model_validate(row) for row in await db.execute(came)]
    return RecoveryOut.model_validate(dict(case._mapping) | {"steps": steps, "receipts": receipts})


async def list_cases(
    db: Queryable, caller: Principal, page: PageOf, status: RecoveryStatus | None
) -> Sequence[Row[Any]]:
    """Cases, the latest first, one more than the page holds."""
    query = select(RecoveryCase.__table__).where(_seen_by(caller))
    query = query.order_by(RecoveryCase.opened_at.desc(), RecoveryCase.id.desc()).limit(page.limit + 1)
    if status is not None:
        query = query.where(RecoveryCase.status == status)
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(RecoveryCase.opened_at, RecoveryCase.id) < after)
    return (await db.execute(query)).all()
