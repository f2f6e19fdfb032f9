"""`python -m <service> reseal`: everything that is sealed at rest under the first of its keys, while the platform runs.

To retire a key: put a new one before it, restart, run this, and take the old one out once nothing is sealed by it. It
can be stopped and begun again at any time, and what cannot be opened is named and left as it is.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from chassis import audit
from chassis.db import Database
from chassis.sealing import SealBroken, SealingKeys
from chassis.settings import ServiceSettings

BATCH = 200
"""Rows in one transaction, all locked until it ends: whoever signs in by one of them waits for so many at most."""


@dataclass
class Resealed:
    """What became of one kind of secrets."""

    resealed: int = 0
    sealed_by: dict[str, int] = field(default_factory=dict)
    """How many are sealed by which key, now."""
    could_not_be_opened: list[str] = field(default_factory=list)


Reseal = Callable[[Database, ServiceSettings], Awaitable[Resealed]]
Stores = Mapping[str, Reseal]
"""What a service has sealed, by the name that the command tells it under."""

RowT = TypeVar("RowT", bound=DeclarativeBase)
Told = tuple[str, dict[str, audit.JSON]]


@dataclass(frozen=True)
class SealedColumn(Generic[RowT]):
    """A column whose values are sealed, each for an owner of its own."""

    model: type[RowT]
    row_id: InstrumentedAttribute[UUID | str]
    key_id: ColumnElement[str] | InstrumentedAttribute[str]
    """The name of the key that sealed it; null where nothing is."""
    keys: Callable[[ServiceSettings], SealingKeys]
    seal_anew: Callable[[SealingKeys, RowT], None]
    """Changes the row, or raises SealBroken."""
    action: str
    """How the audit trail calls it."""
    told: Callable[[RowT], Told]
    """The subject of the audit entry, and details beside the key."""
    in_use: ColumnElement[bool] = field(default_factory=true)
    """Rows whose secret is still good for something; the key of another may be long gone."""

    async def __call__(self, database: Database, settings: ServiceSettings) -> Resealed:
        """Go through the rows by their ids, a batch in a transaction."""
        keys, done = self.keys(settings), Resealed()
        found = await self._batch(database, keys, done, true())
        while len(found) == BATCH:
            found = await self._batch(database, keys, done, self.row_id > found[-1])
        async with database.transaction() as session:
            done.sealed_by = await self._held(session)
        return done

    async def _batch(
        self, database: Database, keys: SealingKeys, done: Resealed, rest: ColumnElement[bool]
    ) -> list[object]:
        query = select(self.model).where(self.in_use, rest, self.key_id != keys.newest)
        acts: list[Told] = []
        async with database.transaction() as session:
            rows = (await session.scalars(query.order_by(self.row_id).limit(BATCH).with_for_update())).all()
            ids = [getattr(row, self.row_id.key) for row in rows]
            for row_id, row in zip(ids, rows, strict=True):
                try:
                    self.seal_anew(keys, row)
                except SealBroken:
                    done.could_not_be_opened.append(str(row_id))
                    continue
                subject, details = self.told(row)
                acts.append((subject, {**details, "key_id": keys.newest}))
            await audit.record_all(session, None, self.action, acts)
        done.resealed += len(acts)
        return ids

    async def _held(self, session: AsyncSession) -> dict[str, int]:
        key_id = self.key_id.label("key_id")
        query = select(key_id, func.count().label("rows")).where(self.in_use, self.key_id.is_not(None))
        return {row.key_id: row.rows for row in await session.execute(query.group_by(self.key_id))}
