"""Ending sign-ins: refresh tokens and cookies stop at once, an access token with its five minutes."""

from typing import Literal
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.identity import SessionEnded
from identity.sessions.errors import SignInNotFound
from identity.sessions.models import SignIn

SIGN_IN = "sign_in_id"
"""The attribute of an access token that names the sign-in it descends from."""
Because = Literal[
    "logged_out", "token_reused", "ended_by_owner", "password_changed", "address_restored", "factors_reset"
]


async def end(session: AsyncSession, caller: Principal, sign_in: SignIn, because: Because) -> None:
    """End a sign-in that is held locked."""
    sign_in.ended_at = clock.now()
    sign_in.ended_because = because
    await audit.record(session, caller, "sign_in.ended", f"person:{sign_in.person_id}", {"because": because})
    await publish(session, SessionEnded(sign_in_id=sign_in.id, person_id=sign_in.person_id, reason=because))


async def end_all(
    session: AsyncSession, caller: Principal, person_id: UUID, because: Because, *, but: UUID | None = None
) -> int:
    """End every open sign-in of a person, except one when it is named; how many there were."""
    open_ones = (SignIn.person_id == person_id) & SignIn.ended_at.is_(None)
    if but is not None:
        open_ones &= SignIn.id != but
    ending = update(SignIn).where(open_ones).values(ended_at=clock.now(), ended_because=because).returning(SignIn.id)
    ended = (await session.scalars(ending)).all()
    if ended:
        details: dict[str, audit.JSON] = {"because": because, "sign_ins": len(ended)}
        await audit.record(session, caller, "sign_in.ended", f"person:{person_id}", details)
        told = [SessionEnded(sign_in_id=sign_in, person_id=person_id, reason=because) for sign_in in ended]
        await publish(session, *told)
    return len(ended)


async def end_one(session: AsyncSession, caller: Principal, sign_in_id: UUID) -> None:
    """End one open sign-in of the caller's, or SignInNotFound."""
    own = (SignIn.id == sign_in_id) & (SignIn.person_id == caller.id) & SignIn.ended_at.is_(None)
    ending = update(SignIn).where(own).values(ended_at=clock.now(), ended_because="ended_by_owner")
    person_id = await session.scalar(ending.returning(SignIn.person_id))
    if person_id is None:
        raise SignInNotFound("It has ended, or never was one of yours.")
    details: dict[str, audit.JSON] = {"because": "ended_by_owner", "sign_in_id": str(sign_in_id)}
    await audit.record(session, caller, "sign_in.ended", f"person:{person_id}", details)
    await publish(session, SessionEnded(sign_in_id=sign_in_id, person_id=person_id, reason="ended_by_owner"))


def sign_in_of(caller: Principal) -> UUID | None:
    """The sign-in that the caller's access token or cookie descends from, if it says so."""
    named = caller.attributes.get(SIGN_IN)
    return UUID(named) if named else None
