"""Reads of what the bank sent back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_

from chassis.paging import PageOf
from funding.bank_returns.errors import BankReturnLineNotFound, BankReturnNotFound
from funding.bank_returns.models import BankReturn, BankReturnLine, LineStatus
from funding.bank_returns.schemas import BankReturnOut, BankReturnSummary, ReturnLineOut
from funding.base import Queryable
from funding.cursors import instant

OPEN = (LineStatus.QUEUED, LineStatus.PROPOSED)


def _imports() -> Select[*tuple[object, ...]]:
    counted = select(func.count()).where(BankReturnLine.bank_return_id == BankReturn.id)
    matched = counted.where(BankReturnLine.status == LineStatus.MATCHED).scalar_subquery()
    waiting = counted.where(BankReturnLine.status.in_(OPEN)).scalar_subquery()
    return select(BankReturn.__table__, matched.label("matched"), waiting.label("waiting"))


async def find_import(db: Queryable, import_id: UUID) -> BankReturnOut:
    """A file with its lines, or BankReturnNotFound."""
    found = (await db.execute(_imports().where(BankReturn.id == import_id))).one_or_none()
    if found is None:
        raise BankReturnNotFound(import_id)
    lines = select(BankReturnLine.__table__).where(BankReturnLine.bank_return_id == import_id)
    items = [ReturnLineOut.model_validate(row) for row in await db.execute(lines.order_by(BankReturnLine.line))]
    return BankReturnOut.model_validate(dict(found._mapping) | {"items": items})


async def list_imports(db: Queryable, page: PageOf) -> Sequence[BankReturnSummary]:
    """Files, the latest first, one more than the page holds."""
    query = _imports().order_by(BankReturn.imported_at.desc(), BankReturn.id.desc()).limit(page.limit + 1)
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(BankReturn.imported_at, BankReturn.id) < after)
    return [BankReturnSummary.model_validate(row) for row in await db.execute(query)]


async def find_line(db: Queryable, line_id: UUID) -> ReturnLineOut:
    """A line, or BankReturnLineNotFound."""
    row = (await db.execute(select(BankReturnLine.__table__).where(BankReturnLine.id == line_id))).one_or_none()
    if row is None:
        raise BankReturnLineNotFound(line_id)
    return ReturnLineOut.model_validate(row)


async def list_lines(db: Queryable, page: PageOf, status: LineStatus | None) -> Sequence[ReturnLineOut]:
    """Lines, the earliest first, one more than the page holds; without a status those that people have to settle."""
    wanted = OPEN if status is None else (status,)
    query = select(BankReturnLine.__table__).where(BankReturnLine.status.in_(wanted)).order_by(BankReturnLine.id)
    after = page.after_as(UUID)
    if after is not None:
        query = query.where(BankReturnLine.id > after[0])
    return [ReturnLineOut.model_validate(row) for row in await db.execute(query.limit(page.limit + 1))]
