"""Loading reference rows: all of them offered, only the new and the changed written and told of."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Table, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

BATCH = 1000


async def upsert(session: AsyncSession, table: Table, rows: Sequence[dict[str, Any]]) -> list[Row[Any]]:
    """Insert or update by primary key; the rows that were new or differed, as they now stand.

    Columns that the rows do not carry keep their value.
    """
    changed: list[Row[Any]] = []
    for start in range(0, len(rows), BATCH):
        changed += await _upsert_batch(session, table, rows[start : start + BATCH])
    return changed


async def _upsert_batch(session: AsyncSession, table: Table, rows: Sequence[dict[str, Any]]) -> list[Row[Any]]:
    offered = insert(table).values(list(rows))
    key = list(table.primary_key.columns)
    carried = [table.c[name] for name in rows[0] if name not in table.primary_key.columns]
    if not carried:
        statement = offered.on_conflict_do_nothing()
    else:
        new = [offered.excluded[column.name] for column in carried]
        statement = offered.on_conflict_do_update(
            index_elements=key,
            set_={column.name: offered.excluded[column.name] for column in carried},
            where=tuple_(*carried).is_distinct_from(tuple_(*new)),
        )
    return list(await session.execute(statement.returning(table)))
