"""Finding the successions that the register's links leave open, and deciding them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, union
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.paging import PageOf
from chassis.principal import Principal
from contracts.hubs import SchoolSuccessionDecided
from hubs.base import AnyRow
from hubs.schools.models import School, SchoolLink
from hubs.successions.errors import NotACandidate, SuccessionNotFound, SuccessionSettled
from hubs.successions.models import SchoolSuccession, SuccessionKind
from hubs.successions.schemas import SuccessionDecisionIn, SuccessionFilter

SUCCESSION = SchoolSuccession.__table__


@dataclass(frozen=True)
class Found:
    """A school whose links name several after it, or several before."""

    candidates: list[str]
    established_on: date | None


async def list_successions(reader: AsyncConnection, wanted: SuccessionFilter, page: PageOf) -> Sequence[AnyRow]:
    """Successions of a status, the longest known first, one row more than the page holds."""
    query = select(SUCCESSION).where(SchoolSuccession.status == wanted.status).order_by(SchoolSuccession.id)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(SchoolSuccession.id > after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def decide(
    session: AsyncSession, caller: Principal, succession_id: UUID, word: SuccessionDecisionIn
) -> SchoolSuccession:
    """Say who carries on; a later word replaces an earlier one. Raises SuccessionSettled and NotACandidate."""
    found = await session.get(SchoolSuccession, succession_id, with_for_update=True)
    if found is None:
        raise SuccessionNotFound("No succession has this id.")
    if found.status == "settled":
        raise SuccessionSettled("The register's links no longer leave it open.")
    chosen = sorted(set(word.chosen))
    if strangers := [urn for urn in chosen if urn not in found.candidates]:
        raise NotACandidate(f"{', '.join(strangers)}: the candidates are {', '.join(found.candidates)}.")
    found.status, found.chosen, found.reason = "decided", chosen, word.reason
    found.decided_by, found.decided_at = caller.id, clock.now()
    decided = SchoolSuccessionDecided(
        succession_id=found.id,
        kind=found.kind,
        urn=found.urn,
        candidates=tuple(found.candidates),
        chosen=tuple(chosen),
    )
    await publish(session, decided)
    details: dict[str, audit.JSON] = {"kind": found.kind, "chosen": list(chosen), "reason": word.reason}
    await audit.record(session, caller, "school.succession-decided", f"school:{found.urn}", details)
    return found


async def refresh(session: AsyncSession) -> None:
    """Compare the queue with the links held now: new successions open, others settle, changed ones open again."""
    for kind, found in (("split", await _splits(session)), ("merger", await _mergers(session))):
        await _refresh(session, kind, found)  # type: ignore[arg-type]  # one of the two kinds


async def _refresh(session: AsyncSession, kind: SuccessionKind, found: Mapping[str, Found]) -> None:
    query = select(SchoolSuccession).where(SchoolSuccession.kind == kind).with_for_update()
    known = {one.urn: one for one in await session.scalars(query)}
    for urn, succession in known.items():
        if urn not in found:
            succession.status = "settled" if succession.status == "open" else succession.status
        elif succession.candidates != found[urn].candidates or succession.status == "settled":
            succession.candidates, succession.established_on = found[urn].candidates, found[urn].established_on
            succession.status, succession.chosen = "open", None
            succession.decided_by = succession.decided_at = succession.reason = None
    for urn in sorted(found.keys() - known.keys()):
        session.add(
            SchoolSuccession(
                id=new_id(),
                urn=urn,
                kind=kind,
                candidates=found[urn].candidates,
                established_on=found[urn].established_on,
                status="open",
                found_at=clock.now(),
            )
        )


_AFTER = select(
    SchoolLink.urn.label("before"), SchoolLink.linked_urn.label("after"), SchoolLink.established_on.label("day")
).where(SchoolLink.kind == "successor")
_BEFORE = select(SchoolLink.linked_urn, SchoolLink.urn, SchoolLink.established_on).where(
    SchoolLink.kind == "predecessor"
)
_STEPS = union(_AFTER, _BEFORE).subquery("steps")
"""Which school came before which, whichever of the two the register files the link under."""


async def _splits(session: AsyncSession) -> dict[str, Found]:
    """Closed schools with several after them."""
    several = (
        select(
            _STEPS.c.before,
            func.array_agg(aggregate_order_by(_STEPS.c.after.distinct(), _STEPS.c.after)),
            func.max(_STEPS.c.day),
        )
        .join(School, School.urn == _STEPS.c.before)
        .where(~School.is_open)
        .group_by(_STEPS.c.before)
        .having(func.count(_STEPS.c.after.distinct()) > 1)
    )
    return {row[0]: Found(row[1], row[2]) for row in await session.execute(several)}


async def _mergers(session: AsyncSession) -> dict[str, Found]:
    """Schools with several before them."""
    several = (
        select(
            _STEPS.c.after,
            func.array_agg(aggregate_order_by(_STEPS.c.before.distinct(), _STEPS.c.before)),
            func.max(_STEPS.c.day),
        )
        .join(School, School.urn == _STEPS.c.after)
        .group_by(_STEPS.c.after)
        .having(func.count(_STEPS.c.before.distinct()) > 1)
    )
    return {row[0]: Found(row[1], row[2]) for row in await session.execute(several)}
