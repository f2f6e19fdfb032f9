"""Which types are state-funded: proposing, deciding, and letting what is in force reach the schools."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import Subquery, Table, case, func, null, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.area_lists.errors import SecondPersonNeeded
from hubs.base import AnyRow
from hubs.establishment_types.errors import VerdictDecided, VerdictNotFound, VerdictUnchanged
from hubs.establishment_types.models import StateFundedVerdict
from hubs.establishment_types.schemas import VerdictDecisionIn, VerdictFilter, VerdictIn
from hubs.reference import rows
from hubs.school_history.service import remember
from hubs.schools.models import School
from hubs.schools.news import school_changed
from hubs.sets import any_of

VERDICT = cast(Table, StateFundedVerdict.__table__)
MEANING = {"yes": True, "no": False, "unknown": None}


def in_force(on: date) -> Subquery:
    """Per type the approved verdict that is in force on a day."""
    return (
        select(VERDICT)
        .ext(distinct_on(StateFundedVerdict.code))
        .where(StateFundedVerdict.status == "approved", StateFundedVerdict.valid_from <= on)
        .order_by(
            StateFundedVerdict.code,
            StateFundedVerdict.valid_from.desc(),
            StateFundedVerdict.decided_at.desc(),
            StateFundedVerdict.id.desc(),
        )
        .subquery("in_force")
    )


async def types_on(reader: AsyncConnection, on: date) -> Sequence[AnyRow]:
    """The types known on a day with their verdicts, by code."""
    found = in_force(on)
    return (await reader.execute(select(found).order_by(found.c.code))).all()


async def state_funded_on(session: AsyncSession, on: date) -> dict[int, bool | None]:
    """Each type with an approved verdict, and what is in force on a day; None where unknown or not yet begun."""
    approved = select(StateFundedVerdict.code).where(StateFundedVerdict.status == "approved").distinct()
    known: dict[int, bool | None] = dict.fromkeys(await session.scalars(approved))
    return known | {row.code: MEANING[row.state_funded] for row in await session.execute(select(in_force(on)))}


async def add_reference_verdicts(session: AsyncSession) -> None:
    """What comes with the platform, for types of which nothing was ever proposed."""
    known = set(await session.scalars(select(StateFundedVerdict.code).distinct()))
    new = [
        {
            "id": new_id(),
            "code": int(row["code"]),
            "name": row["name"],
            "state_funded": row["state_funded"],
            "valid_from": date.fromisoformat(row["valid_from"]),
            "source": f"Came with the platform, decided on {row['decided_on']}",
            "status": "approved",
            "proposed_at": clock.now(),
            "decided_at": clock.now(),
        }
        for row in rows("establishment_types.csv")
        if int(row["code"]) not in known
    ]
    if new:
        await session.execute(insert(VERDICT), new)


async def list_verdicts(reader: AsyncConnection, wanted: VerdictFilter, page: PageOf) -> Sequence[AnyRow]:
    """Verdicts of a status, the oldest first, one row more than the page holds."""
    query = select(VERDICT).where(StateFundedVerdict.status == wanted.status).order_by(StateFundedVerdict.id)
    if wanted.code is not None:
        query = query.where(StateFundedVerdict.code == wanted.code)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(StateFundedVerdict.id > after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def propose(session: AsyncSession, caller: Principal, wanted: VerdictIn) -> StateFundedVerdict:
    """Keep a verdict that does not count yet. Raises VerdictUnchanged."""
    await _lock(session)
    says = VERDICT.c.state_funded == wanted.state_funded
    waits = select(VERDICT.c.id).where(
        StateFundedVerdict.code == wanted.code,
        StateFundedVerdict.status == "proposed",
        StateFundedVerdict.valid_from == wanted.valid_from,
        says,
    )
    force = in_force(wanted.valid_from)
    stands = select(force.c.id).where(force.c.code == wanted.code, force.c.state_funded == wanted.state_funded)
    if await session.scalar(waits.limit(1)) or await session.scalar(stands):
        raise VerdictUnchanged(f"Type {wanted.code} is, or is proposed to be, “{wanted.state_funded}” on that day.")
    verdict = StateFundedVerdict(
        id=new_id(), status="proposed", proposed_by=caller.id, proposed_at=clock.now(), **wanted.model_dump()
    )
    session.add(verdict)
    await session.flush()
    await _record(session, caller, "establishment-type.proposed", verdict, wanted.source)
    return verdict


async def propose_unknown_types(
    session: AsyncSession, met: Mapping[int, str], as_of_on: date, imported_by: UUID | None
) -> None:
    """Propose types that an import met and nobody has decided on, as unknown, unless they wait already."""
    waiting = set(await session.scalars(select(StateFundedVerdict.code).where(any_of(StateFundedVerdict.code, met))))
    for code, name in sorted(met.items()):
        if code not in waiting:
            verdict = StateFundedVerdict(
                id=new_id(),
                code=code,
                name=name[:80] or f"Type {code}",
                state_funded="unknown",
                valid_from=as_of_on,
                source=f"Met in the extract of {as_of_on}; decide what it is",
                status="proposed",
                proposed_by=imported_by,
                proposed_at=clock.now(),
            )
            session.add(verdict)
            await session.flush()
            await _record(session, None, "establishment-type.proposed", verdict, verdict.source)


async def decide(
    session: AsyncSession, caller: Principal, verdict_id: UUID, word: VerdictDecisionIn
) -> StateFundedVerdict:
    """Approve or refuse what somebody else proposed; schools follow within seconds once it is in force.

    Raises VerdictDecided and SecondPersonNeeded.
    """
    verdict = await session.get(StateFundedVerdict, verdict_id, with_for_update=True)
    if verdict is None:
        raise VerdictNotFound("No verdict has this id.")
    if verdict.status != "proposed":
        raise VerdictDecided(f"The verdict was {verdict.status}.")
    if verdict.proposed_by == caller.id:
        raise SecondPersonNeeded("You proposed this verdict; another administrator decides on it.")
    verdict.status, verdict.reason = word.outcome, word.reason
    verdict.decided_by, verdict.decided_at = caller.id, clock.now()
    await _record(session, caller, f"establishment-type.{word.outcome}", verdict, word.reason)
    return verdict


async def redecide(session: AsyncSession, most: int) -> int:
    """Bring up to `most` schools to the verdicts in force today, and tell of them; how many there were."""
    force = in_force(clock.today())
    funded = case((force.c.state_funded == "yes", True), (force.c.state_funded == "no", False), else_=null())
    behind = (
        select(School.urn, funded.label("is_state_funded"))
        .join(force, force.c.code == School.establishment_type)
        .where(School.is_state_funded.is_distinct_from(funded))
        .order_by(School.urn)
        .limit(most)
        .with_for_update(of=School, skip_locked=True)
    )
    wanted: dict[bool | None, list[str]] = {}
    for row in await session.execute(behind):
        wanted.setdefault(row.is_state_funded, []).append(row.urn)
    found = 0
    for verdict, urns in wanted.items():
        which = any_of(School.urn, urns)
        decided = update(School).where(which).values(is_state_funded=verdict).returning(*School.__table__.columns)
        changed = (await session.execute(decided.execution_options(synchronize_session=False))).all()
        await publish(session, *(school_changed(row._mapping) for row in changed))
        await remember(session, which, "verdict", clock.today())
        found += len(changed)
    return found


async def _lock(session: AsyncSession) -> None:
    """One proposal at a time; released at commit."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("state-funded-verdict", 0))))


async def _record(
    session: AsyncSession, caller: Principal | None, action: str, verdict: StateFundedVerdict, why: str
) -> None:
    details: dict[str, audit.JSON] = {"code": verdict.code, "state_funded": verdict.state_funded, "reason": why}
    days: dict[str, audit.JSON] = {"valid_from": str(verdict.valid_from)}
    await audit.record(session, caller, action, f"establishment-type:{verdict.code}", details | days)
