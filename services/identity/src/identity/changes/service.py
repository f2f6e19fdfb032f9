"""Reading the change feed."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.paging import CursorInvalid, decode, encode
from chassis.principal import Principal
from identity.changes.errors import CursorExpired
from identity.changes.models import PartnerChange, PartnerChangeHead
from identity.changes.schemas import ChangeOut, ChangePage, Feed


async def read_changes(
    session: AsyncSession, caller: Principal, after: str | None, limit: int, resources: Sequence[str]
) -> ChangePage:
    """What has changed since a cursor, of what the caller's organisation may know; CursorInvalid or CursorExpired."""
    head = (await session.execute(select(PartnerChangeHead.epoch, PartnerChangeHead.position))).one()
    position = _position(after, head.epoch, head.position)
    columns = PartnerChange.__table__.c
    visible = or_(columns.organisation_id.is_(None), columns.organisation_id == caller.organisation_id)
    query = (
        select(PartnerChange.__table__)
        .where(columns.position > position, columns.position <= head.position, visible)
        .order_by(columns.position)
        .limit(limit + 1)
    )
    if resources:
        query = query.where(columns.resource.in_(resources))
    rows = (await session.execute(query)).all()
    shown, more = rows[:limit], len(rows) > limit
    # At the end it goes on from the head: nothing between the last row and there concerns this caller.
    reached = shown[-1].position if more else head.position
    cursor = encode((str(head.epoch), str(reached)))
    return ChangePage(data=[_change(row) for row in shown], page=Feed(next_cursor=cursor, has_more=more))


def _position(after: str | None, epoch: UUID, newest: int) -> int:
    if after is None:
        return 0
    try:
        of_epoch, position = decode(after)
        found = int(position)
    except ValueError as error:
        raise CursorInvalid("Use the next_cursor of a page as it is.") from error
    if of_epoch != str(epoch) or not 0 <= found <= newest:
        raise CursorExpired
    return found


def _change(row: Row[tuple[object, ...]]) -> ChangeOut:
    return ChangeOut.model_validate(
        {
            "resource": row.resource,
            "id": row.resource_id,
            "operation": "removed" if row.is_removed else "changed",
            "changed_at": row.changed_at,
            "data": row.data,
        }
    )
