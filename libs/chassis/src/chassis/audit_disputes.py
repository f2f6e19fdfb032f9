"""What auditors said of disputed links. A dispute is never taken back: what was said stands beside it.

A restored backup, for one, lacks what others have seen; somebody has to say that it was a restore. What is said is
told to the other services, except that none believes it of the service whose own trail is in doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Exists, Row, Select, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.audit_chain import Finding
from chassis.errors import Conflict, Unprocessable
from chassis.ids import new_id
from chassis.principal import Principal
from chassis.tables import audit_clearance, audit_dispute, audit_witness
from contracts.base import Clearance

SHOWN = 500


class OwnTrailDisputed(Conflict):
    """A service does not keep the word about its own trail."""

    code, title = "audit-trail-is-own", "Of this trail it is said at another service"


class NothingDisputed(Conflict):
    """No link in doubt has that number here."""

    code, title = "audit-nothing-disputed", "Nothing there is in dispute"


class BeyondWhatWasSeen(Unprocessable):
    """What has not happened cannot be explained."""

    code, title = "audit-links-not-seen", "These links were not seen here yet"


@dataclass(frozen=True)
class Disputed:
    """A dispute, and what was said of it first."""

    service: str
    number: int
    holder: str
    what: str
    found_at: datetime
    cleared: Row[Any] | None


def cleared(service: ColumnElement[str] | str, number: ColumnElement[int] | int) -> Exists:
    """Whether somebody said how this link came about."""
    said = audit_clearance.c
    return exists().where(said.service == service, said.first_number <= number, said.last_number >= number)


def open_disputes() -> Select[Any]:
    """Those of which nobody said anything."""
    of = audit_dispute.c
    return select(audit_dispute).where(~cleared(of.service, of.number))


async def disputes(reader: AsyncConnection | AsyncSession) -> list[Disputed]:
    """All there are, the newest first, each with what was said of it."""
    newest = select(audit_dispute).order_by(audit_dispute.c.found_at.desc(), audit_dispute.c.number.desc())
    rows = (await reader.execute(newest.limit(SHOWN))).all()
    services = {row.service for row in rows}
    told = select(audit_clearance).where(audit_clearance.c.service.in_(services))
    said = (await reader.execute(told.order_by(audit_clearance.c.cleared_at))).all()
    return [Disputed(**row._mapping, cleared=_said_of(row, said)) for row in rows]


def _said_of(dispute: Row[Any], said: Sequence[Row[Any]]) -> Row[Any] | None:
    fits = (
        one for one in said if one.service == dispute.service and one.first_number <= dispute.number <= one.last_number
    )
    return next(fits, None)


async def findings(session: AsyncSession) -> tuple[list[Finding], list[Finding]]:
    """What was found when heads were compared between services: in doubt, and explained by an auditor."""
    doubts: list[Finding] = []
    explained: list[Finding] = []
    for one in reversed(await disputes(session)):
        found = Finding(one.number, None, f"{one.service}, by a head at {one.holder}: {one.what}")
        (doubts if one.cleared is None else explained).append(found)
    return doubts, explained


@dataclass(frozen=True)
class Explanation:
    """What an auditor says of links of another service's trail, both numbers included."""

    of: str
    first_number: int
    last_number: int
    reason: str


async def clear(session: AsyncSession, caller: Principal, here: str, wish: Explanation) -> Clearance:
    """Keep what an auditor says, beginning at a link in dispute; OwnTrailDisputed, NothingDisputed."""
    assert caller.id is not None
    if wish.of == here:
        raise OwnTrailDisputed("Whoever could change this trail could say anything of it: say it at a holder.")
    of = audit_dispute.c
    begins = open_disputes().where(of.service == wish.of, of.number == wish.first_number)
    if (await session.execute(begins.limit(1))).first() is None:
        raise NothingDisputed(f"No dispute about link {wish.first_number} of {wish.of} waits here for an explanation.")
    newest = await _newest_seen(session, wish.of)
    if wish.last_number > newest:
        raise BeyondWhatWasSeen(f"Of {wish.of} no link after {newest} was seen or disputed here.", newest=newest)
    numbers = {"first_number": wish.first_number, "last_number": wish.last_number}
    made = Clearance(id=new_id(), service=wish.of, **numbers, cleared_by=caller.id, cleared_at=clock.now())
    await keep(session, made, here, wish.reason)
    subject = f"audit_link:{wish.of}:{wish.first_number}"
    await audit.record(session, caller, "audit_dispute.cleared", subject, {**numbers})
    return made


async def _newest_seen(session: AsyncSession, service: str) -> int:
    seen, of = audit_witness.c, audit_dispute.c
    held = select(func.max(seen.number)).where(seen.service == service)
    found = select(func.max(of.number)).where(of.service == service)
    return max(await session.scalar(held) or 0, await session.scalar(found) or 0)


async def keep(session: AsyncSession, one: Clearance, said_in: str, reason: str | None = None) -> None:
    """Keep what was said, here or elsewhere, once."""
    row = {**one.model_dump(), "said_in": said_in, "reason": reason}
    await session.execute(insert(audit_clearance).values(row).on_conflict_do_nothing())
