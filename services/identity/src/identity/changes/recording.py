"""Writing the change feed.

Positions come from one row that stays locked until commit, so the order of positions is the order of commits. A number
from a sequence would not do: a transaction that drew a lower one may commit after a follower has read past it.
"""

from collections.abc import Sequence

from sqlalchemy import select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from identity.changes.models import PartnerChange, PartnerChangeHead
from identity.partner_views.rules import Fact

Key = tuple[str, str]
KEY = ("resource", "resource_id")


async def record_changes(session: AsyncSession, facts: Sequence[Fact]) -> None:
    """Bring the feed up to facts, in whatever order they come."""
    latest = _latest(facts)
    if not latest:
        return
    position = await _hold_head(session)
    held, rows = await _held(session, latest), list[dict[str, object]]()
    for key, fact in latest.items():
        before = held.get(key)
        if before is not None and fact.version <= before.version:
            continue
        if before is not None and _says_the_same(before, fact):
            before.version = fact.version
            continue
        position += 1
        rows.append(_row(fact, position))
    if rows:
        placed = insert(PartnerChange)
        moved = {name: placed.excluded[name] for name in rows[0] if name not in KEY}
        await session.execute(placed.on_conflict_do_update(index_elements=KEY, set_=moved), rows)
    await session.execute(update(PartnerChangeHead).values(position=position))


def _latest(facts: Sequence[Fact]) -> dict[Key, Fact]:
    latest: dict[Key, Fact] = {}
    for fact in facts:
        if fact.resource is None:
            continue
        key = (fact.resource, fact.resource_id)
        if key not in latest or latest[key].version < fact.version:
            latest[key] = fact
    return latest


async def _hold_head(session: AsyncSession) -> int:
    """The last position given out; whoever comes next waits until this transaction has ended."""
    return (await session.execute(select(PartnerChangeHead.position).with_for_update())).scalar_one()


async def _held(session: AsyncSession, latest: dict[Key, Fact]) -> dict[Key, PartnerChange]:
    query = select(PartnerChange).where(tuple_(PartnerChange.resource, PartnerChange.resource_id).in_(list(latest)))
    # As it is in the database: the session may hold a row as it was before an earlier call in this transaction.
    found = await session.scalars(query.execution_options(populate_existing=True))
    return {(row.resource, row.resource_id): row for row in found}


def _says_the_same(before: PartnerChange, fact: Fact) -> bool:
    return before.is_removed == fact.is_removed and (fact.is_removed or before.data == fact.data)


def _row(fact: Fact, position: int) -> dict[str, object]:
    return {
        "resource": fact.resource,
        "resource_id": fact.resource_id,
        "position": position,
        "organisation_id": fact.organisation_id,
        "version": fact.version,
        "is_removed": fact.is_removed,
        "changed_at": fact.time,
        "data": None if fact.is_removed else fact.data,
    }
