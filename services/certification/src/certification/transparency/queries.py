"""Reading the log and proving things from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import RowMapping, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.transparency import tree
from certification.transparency.errors import LogSizesReversed, LogTooShort
from certification.transparency.models import IssuanceEntry, IssuanceHead, IssuanceNode
from chassis.paging import PageOf


@dataclass(frozen=True)
class Inclusion:
    """That an entry is in the log, as far as a head tells."""

    position: int
    entry: str
    path: list[str]
    head: RowMapping


async def nodes_at(runner: AsyncConnection | AsyncSession, wanted: Iterable[tree.Node]) -> dict[tree.Node, bytes]:
    """The hashes of nodes."""
    names = sorted(set(wanted))
    if not names:
        return {}
    of_node = tuple_(IssuanceNode.level, IssuanceNode.node_index)
    query = select(IssuanceNode.level, IssuanceNode.node_index, IssuanceNode.hash).where(of_node.in_(names))
    return {(row.level, row.node_index): row.hash for row in await runner.execute(query)}


async def _hashes(reader: AsyncConnection, ranges: Sequence[tree.Range]) -> list[str]:
    nodes = await nodes_at(reader, [node for one in ranges for node in tree.nodes_of(one)])
    return [tree.hash_of(one, nodes).hex() for one in ranges]


async def head(reader: AsyncConnection, size: int | None = None) -> RowMapping | None:
    """The newest head, or the one of a size; None for a log without entries. LogTooShort."""
    query = select(IssuanceHead.__table__).order_by(IssuanceHead.tree_size.desc()).limit(1)
    if size is not None:
        query = query.where(IssuanceHead.tree_size == size)
    found = (await reader.execute(query)).mappings().one_or_none()
    if found is None and size is not None:
        raise LogTooShort
    return found


async def signed_up_to(reader: AsyncConnection) -> dict[str, int]:
    """By key the greatest size of which it signed a head."""
    query = select(IssuanceHead.key_id, func.max(IssuanceHead.tree_size).label("size")).group_by(IssuanceHead.key_id)
    return {row.key_id: row.size for row in await reader.execute(query)}


async def entries(reader: AsyncConnection, page: PageOf) -> list[RowMapping]:
    """Entries in their order, one more than the page holds."""
    query = select(IssuanceEntry.position, IssuanceEntry.body.label("entry")).order_by(IssuanceEntry.position)
    if after := page.after_as(int):
        query = query.where(IssuanceEntry.position > after[0])
    return list((await reader.execute(query.limit(page.limit + 1))).mappings())


async def inclusion(reader: AsyncConnection, position: int, size: int | None = None) -> Inclusion:
    """Prove that the entry at a position is in the log of a size, or in the newest. LogTooShort."""
    query = select(IssuanceEntry.body).where(IssuanceEntry.position == position)
    body = await reader.scalar(query)
    of = await head(reader, size)
    if body is None or of is None or position >= of["tree_size"]:
        raise LogTooShort
    path = await _hashes(reader, tree.inclusion_ranges(position, of["tree_size"]))
    return Inclusion(position, body, path, of)


async def consistency(reader: AsyncConnection, older: int, newer: int) -> list[str]:
    """Prove that the log of the older size is the beginning of that of the newer. LogSizesReversed, LogTooShort."""
    if older > newer:
        raise LogSizesReversed
    await head(reader, newer)
    return await _hashes(reader, tree.consistency_ranges(older, newer))


async def issued_at(reader: AsyncConnection, certificate_id: UUID) -> int | None:
    """Where the log tells that a certificate was issued; None while it does not."""
    query = select(IssuanceEntry.position).where(
        IssuanceEntry.certificate_id == certificate_id, IssuanceEntry.kind == "issued"
    )
    return await reader.scalar(query.order_by(IssuanceEntry.position).limit(1))
