"""Ending sign-ins. What descends from one stops at the gateway before the answer is there, or with the news of it."""

from collections import Counter
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.gateway_asides import tell_of_ends
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.identity import SessionEnded
from identity.sessions.errors import SignInNotFound
from identity.sessions.models import SignIn

SIGN_IN = "sign_in_id"
"""The attribute of an access token that names the sign-in it descends from."""
Because = Literal[
    "logged_out", "token_reused", "ended_by_owner", "password_changed", "address_restored", "factors_reset",
    "accounts_merged", "accounts_separated", "logged_out_there",
]  # fmt: skip


async def end(session: AsyncSession, caller: Principal, sign_in: SignIn, because: Because) -> None:
    """End a sign-in that is held locked."""
    sign_in.ended_at = clock.now()
    sign_in.ended_because = because
    await audit.record(session, caller, "sign_in.ended", f"person:{sign_in.person_id}", {"because": because})
    await publish(session, SessionEnded(sign_in_id=sign_in.id, person_id=sign_in.person_id, reason=because))
    tell_of_ends(sign_in.id)


async def end_all(
    session: AsyncSession, caller: Principal, person_id: UUID, because: Because, *, but: UUID | None = None
) -> int:
    """End every open sign-in of a person, except one when it is named; how many there were."""
    theirs = SignIn.person_id == person_id
    return await end_where(session, caller, theirs if but is None else theirs & (SignIn.id != but), because)


async def end_where(session: AsyncSession, caller: Principal, which: ColumnElement[bool], because: Because) -> int:
    """End the open ones of these sign-ins; how many there were."""
    ending = update(SignIn).where(which & SignIn.ended_at.is_(None)).values(ended_at=clock.now(), ended_because=because)
    ended = (await session.execute(ending.returning(SignIn.id, SignIn.person_id))).all()
    for person_id, count in sorted(Counter(row.person_id for row in ended).items()):
        details: dict[str, audit.JSON] = {"because": because, "sign_ins": count}
        await audit.record(session, caller, "sign_in.ended", f"person:{person_id}", details)
    if ended:
        told = [SessionEnded(sign_in_id=row.id, person_id=row.person_id, reason=because) for row in ended]
        await publish(session, *told)
        tell_of_ends(*(row.id for row in ended))
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
    tell_of_ends(sign_in_id)


def sign_in_of(caller: Principal) -> UUID | None:
    """The sign-in that the caller's access token or cookie descends from, if it says so."""
    named = caller.attributes.get(SIGN_IN)
    return UUID(named) if named else None
