"""Adding to the log: in the transaction of what is logged, one after the other, without gaps."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from certification.settings import signing_keys
from certification.transparency import tree
from certification.transparency.models import IssuanceEntry, IssuanceHead, IssuanceNode
from certification.transparency.queries import nodes_at
from certification.transparency.statements import entry_body, head_message
from chassis import clock

LOCK = 0x4E434345_4C4F47
"""The advisory lock that makes writers of the log wait for each other until their transactions end."""


async def lock(session: AsyncSession) -> None:
    """Hold the log until the transaction ends; whatever locks people's logs does so before."""
    await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


async def append(
    session: AsyncSession, kind: str, certificate_id: UUID, certificate: str, extra: Mapping[str, str] | None = None
) -> IssuanceEntry:
    """Log one thing about a certificate and sign the head that follows; the caller holds the log."""
    last = await session.scalar(select(func.max(IssuanceEntry.position)))
    position = 0 if last is None else last + 1
    body = entry_body(kind, certificate, clock.now(), extra or {})
    entry = IssuanceEntry(position=position, kind=kind, certificate_id=certificate_id, body=body)
    nodes = await nodes_at(session, tree.nodes_of((0, position)))
    made = _grown(nodes, position, tree.leaf_hash(body.encode()))
    session.add(entry)
    session.add_all(IssuanceNode(level=level, node_index=index, hash=made[level, index]) for level, index in made)
    session.add(_signed_head(session, position + 1, tree.hash_of((0, position + 1), {**nodes, **made})))
    await session.flush()
    return entry


def _grown(nodes: Mapping[tree.Node, bytes], position: int, leaf: bytes) -> dict[tree.Node, bytes]:
    """The nodes that a new leaf adds: itself, and every subtree that it completes."""
    made = {(0, position): leaf}
    for level, index in tree.completed_by(position):
        made[level, index] = tree.node_hash(nodes[level - 1, 2 * index], made[level - 1, 2 * index + 1])
    return made


def _signed_head(session: AsyncSession, size: int, root: bytes) -> IssuanceHead:
    at = clock.now()
    signature = signing_keys(session).sign(head_message(size, root, at))
    return IssuanceHead(
        tree_size=size, root_hash=root, signed_at=at, key_id=signature.key_id, signature=signature.value
    )
