"""A whole audit trail held against everything that is known of it, in its service's database and in the others'."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit_chain, audit_disputes
from chassis.audit_chain import Finding
from chassis.head_keys import HeadSignature, is_of, said
from chassis.tables import audit_head, audit_witness


class HeldLine(BaseModel):
    """A head of a trail as a holder of it wrote it down; nothing but number and head is needed."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: int
    head: str
    service: str = ""
    holder: str = "a file"
    sealed_at: datetime | None = None
    key_id: str | None = None
    public_key: str | None = None
    signature: str | None = None
    cleared: bool = False
    """Whether an auditor explained at the holder why this link is another now."""


@dataclass
class Verification:
    """What is in doubt, and what would be but for an auditor's word."""

    doubts: list[Finding] = field(default_factory=list)
    explained: list[Finding] = field(default_factory=list)


async def held_of(session: AsyncSession, holder: str, service: str = "") -> list[HeldLine]:
    """The heads that are held here of another service's chain, or of all, as lines for its verification."""
    kept = audit_witness.c
    explained = audit_disputes.cleared(kept.service, kept.number).label("cleared")
    query = select(audit_witness, explained).order_by(kept.service, kept.number)
    query = query.where(kept.service == service) if service else query
    return [HeldLine(**row._mapping, holder=holder) for row in await session.execute(query)]


async def verify(session: AsyncSession, service: str, held: Sequence[HeldLine]) -> Verification:
    """Compute the chain again, and hold it against its own heads, those of others, and what was disputed before."""
    found = Verification(doubts=await audit_chain.verify(session))
    own = (await session.execute(select(audit_head).order_by(audit_head.c.number))).all()
    told = [_told(row) for row in own]
    found.doubts += _signed_wrongly(service, told)
    for one in await audit_chain.compare(session, [(line.number, line.head) for line in told]):
        found.doubts.append(Finding(one.number, None, "this service told the others another hash of this link"))
    await _hold_against(session, service, held, found)
    doubts, explained = await audit_disputes.findings(session)
    found.doubts += doubts
    found.explained += explained
    return found


def _told(row: Row[tuple[object, ...]]) -> HeldLine:
    return HeldLine(**row._mapping, holder="this service")


async def _hold_against(session: AsyncSession, service: str, held: Sequence[HeldLine], found: Verification) -> None:
    for holder in sorted({line.holder for line in held}):
        lines = [line for line in held if line.holder == holder]
        cleared = {line.number for line in lines if line.cleared}
        found.doubts += _signed_wrongly(service, lines)
        for one in await audit_chain.compare(session, [(line.number, line.head) for line in lines]):
            where = found.explained if one.number in cleared else found.doubts
            where.append(Finding(one.number, None, f"by a head at {holder}: {one.what}"))


def _signed_wrongly(service: str, lines: Sequence[HeldLine]) -> list[Finding]:
    """Heads whose signature is of something else, or by a key that came under the name of another."""
    first_of: dict[str, str] = {}
    findings = []
    for line in lines:
        if line.signature is None or line.key_id is None or line.public_key is None or line.sealed_at is None:
            continue
        made = HeadSignature(line.key_id, line.public_key, line.signature)
        if not is_of(made, said(service, line.number, line.head, line.sealed_at)):
            findings.append(Finding(line.number, None, f"the head at {line.holder} has a signature of something else"))
        elif first_of.setdefault(line.key_id, line.public_key) != line.public_key:
            findings.append(Finding(line.number, None, f"the head at {line.holder} is signed by a key of a taken name"))
    return findings
