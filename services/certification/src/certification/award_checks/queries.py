"""Reading checks of earned certificates."""

from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.award_checks.errors import AwardCheckNotFound
from certification.award_checks.models import AwardCheck
from certification.progress.queries import entries
from chassis.paging import PageOf
from chassis.principal import Principal


async def listed(reader: AsyncConnection, page: PageOf, is_open: bool | None) -> list[RowMapping]:
    """Checks, oldest first: all, those that wait, or those closed."""
    query = select(AwardCheck.__table__).order_by(AwardCheck.id).limit(page.limit + 1)
    if is_open is not None:
        closed = AwardCheck.closed_at.is_not(None)
        query = query.where(~closed if is_open else closed)
    if after := page.after_as(UUID):
        query = query.where(AwardCheck.id > after[0])
    return list((await reader.execute(query)).mappings())


async def in_full(reader: AsyncConnection, caller: Principal, check_id: UUID) -> dict[str, object]:
    """A check with the ledger behind it; AwardCheckNotFound, also for whoever it is about."""
    query = select(AwardCheck.__table__).where(AwardCheck.id == check_id, AwardCheck.teacher_id != caller.id)
    check = (await reader.execute(query)).mappings().one_or_none()
    if check is None:
        raise AwardCheckNotFound
    ledger = await entries(reader, check["teacher_id"])
    return {**check, "entries": [entry for entry in ledger if entry["scheme"] == check["scheme"]]}
