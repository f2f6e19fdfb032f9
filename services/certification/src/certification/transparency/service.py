"""Adding to the log: in the transaction of what is logged, one after the other, without gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from certification.settings import head_keys
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


@dataclass(frozen=True)
class Happening:
    """One thing about a certificate, which the log calls by `certificate`."""

    kind: str
    certificate_id: UUID
    certificate: str
    extra: Mapping[str, str] = field(default_factory=dict)


async def append(session: AsyncSession, happened: Sequence[Happening]) -> None:
    """Log things in their order and sign the one head that follows them all; the caller holds the log."""
    last = await session.scalar(select(func.max(IssuanceEntry.position)))
    first = 0 if last is None else last + 1
    nodes = await nodes_at(session, tree.nodes_of((0, first)))
    grown: dict[tree.Node, bytes] = {}
    for position, one in enumerate(happened, start=first):
        body = entry_body(one.kind, one.certificate, clock.now(), one.extra)
        session.add(IssuanceEntry(position=position, kind=one.kind, certificate_id=one.certificate_id, body=body))
        made = _grown(nodes, position, tree.leaf_hash(body.encode()))
        nodes |= made
        grown |= made
    session.add_all(IssuanceNode(level=level, node_index=index, hash=grown[level, index]) for level, index in grown)
    size = first + len(happened)
    session.add(_signed_head(session, size, tree.hash_of((0, size), nodes)))
    await session.flush()


def _grown(nodes: Mapping[tree.Node, bytes], position: int, leaf: bytes) -> dict[tree.Node, bytes]:
    """The nodes that a new leaf adds: itself, and every subtree that it completes."""
    made = {(0, position): leaf}
    for level, index in tree.completed_by(position):
        made[level, index] = tree.node_hash(nodes[level - 1, 2 * index], made[level - 1, 2 * index + 1])
    return made


def _signed_head(session: AsyncSession, size: int, root: bytes) -> IssuanceHead:
    at = clock.now()
    signature = head_keys(session).sign(head_message(size, root, at))
    return IssuanceHead(
        tree_size=size, root_hash=root, signed_at=at, key_id=signature.key_id, signature=signature.value
    )
