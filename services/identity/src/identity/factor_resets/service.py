"""Two administrators remove what somebody has lost; the person is told when it is asked for and when it is done."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.paging import PageOf
from chassis.principal import Principal
from identity.accounts.models import Account
from identity.accounts.rules import email_key
from identity.factor_resets.errors import ResetNotFound, ResetOpenAlready, ResetTakesTwo
from identity.factor_resets.models import FactorReset
from identity.factor_resets.schemas import NewReset, ResetDecision
from identity.people.errors import PersonNotFound
from identity.second_factors.models import Passkey, RecoveryCode, TotpFactor
from identity.second_factors.news import tell
from identity.sessions.ends import end_all
from identity.sessions.freshness import person_of
from identity.settings import Settings


async def ask(session: AsyncSession, settings: Settings, caller: Principal, body: NewReset) -> FactorReset:
    """Ask for a reset; PersonNotFound, ResetTakesTwo or ResetOpenAlready."""
    found = select(Account.person_id).where(Account.email_key == email_key(body.email))
    person_id = await session.scalar(found)
    if person_id is None:
        raise PersonNotFound("Nobody has an account with this address.")
    if person_id == caller.id:
        raise ResetTakesTwo
    values = {"person_id": person_id, "reason": body.reason, "requested_by": person_of(caller)}
    asking = insert(FactorReset).values(**values, requested_at=clock.now()).on_conflict_do_nothing()
    asked: FactorReset | None = await session.scalar(asking.returning(FactorReset))
    if asked is None:
        raise ResetOpenAlready
    await tell(session, settings, caller, person_id, "reset_asked_for")
    return asked


async def decide(
    session: AsyncSession, settings: Settings, caller: Principal, reset_id: UUID, body: ResetDecision
) -> FactorReset:
    """Decide on another's request. With the factors go all sign-ins, and what was linked stays."""
    waiting = (FactorReset.id == reset_id) & FactorReset.decided_at.is_(None)
    reset = await session.scalar(select(FactorReset).where(waiting).with_for_update())
    if reset is None:
        raise ResetNotFound
    if caller.id in (reset.requested_by, reset.person_id):
        raise ResetTakesTwo
    reset.decided_by, reset.decided_at, reset.outcome = person_of(caller), clock.now(), body.outcome
    if body.outcome == "approved":
        for model in (TotpFactor, Passkey, RecoveryCode):
            await session.execute(delete(model).where(model.__table__.c.person_id == reset.person_id))
        await end_all(session, caller, reset.person_id, "factors_reset")
        await tell(session, settings, caller, reset.person_id, "reset")
    else:
        await audit.record(session, caller, "second_factor.reset_refused", f"person:{reset.person_id}")
    return reset


async def list_resets(reader: AsyncConnection, page: PageOf) -> Sequence[Row[tuple[object, ...]]]:
    """One page of all resets, the latest first, with one row more when there are more."""
    table = FactorReset.__table__
    query = select(table)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(table.c.id < after[0])
    return (await reader.execute(query.order_by(table.c.id.desc()).limit(page.limit + 1))).all()
