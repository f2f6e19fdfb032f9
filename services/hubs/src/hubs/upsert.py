"""Loading reference rows: all of them offered, only the new and the changed written and told of."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hubs.base import AnyRow


async def upsert(session: AsyncSession, table: Table, rows: Sequence[dict[str, Any]]) -> list[AnyRow]:
    """Insert or update by primary key; the rows that were new or differed, as they now stand.

    Every row carries the same columns; columns they do not carry keep their value.
    """
    offered = insert(table)
    carried = [table.c[name] for name in rows[0] if name not in table.primary_key.columns]
    if carried:
        new = [offered.excluded[column.name] for column in carried]
        offered = offered.on_conflict_do_update(
            index_elements=list(table.primary_key.columns),
            set_={column.name: offered.excluded[column.name] for column in carried},
            where=tuple_(*carried).is_distinct_from(tuple_(*new)),
        )
    else:
        offered = offered.on_conflict_do_nothing()
    return list(await session.execute(offered.returning(table), rows))
