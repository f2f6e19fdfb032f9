"""Proofs that are recent: for what being signed in is not enough for."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.principal import Principal
from identity.browser_sessions.cookies import NewSession
from identity.browser_sessions.service import rotate
from identity.people.errors import PersonNotFound
from identity.second_factors.errors import FreshProofRequired
from identity.second_factors.queries import held_by
from identity.second_factors.rules import FRESH
from identity.sessions.claims import SEVERAL
from identity.sessions.ends import sign_in_of
from identity.sessions.models import SignIn


def person_of(caller: Principal) -> UUID:
    """The person who calls."""
    if caller.id is None:
        raise PersonNotFound("Your account is no longer there.")
    return caller.id


async def require_fresh(session: AsyncSession, caller: Principal) -> None:
    """FreshProofRequired unless this sign-in was proven lately: by a factor where there is one."""
    held = await held_by(session, person_of(caller))
    sign_in = await _sign_in(session, caller)
    proven = sign_in.factor_proven_at if held.count else sign_in.proven_at
    if proven is None or clock.now() - proven > FRESH:
        raise FreshProofRequired


async def require_fresh_factor(session: AsyncSession, caller: Principal) -> None:
    """FreshProofRequired where there is a factor that was not proven lately. The password is proven beside this."""
    if (await held_by(session, person_of(caller))).count:
        await require_fresh(session, caller)


async def _sign_in(session: AsyncSession, caller: Principal) -> SignIn:
    own = (SignIn.id == sign_in_of(caller)) & (SignIn.person_id == caller.id) & SignIn.ended_at.is_(None)
    sign_in = await session.scalar(select(SignIn).where(own).with_for_update())
    if sign_in is None:
        raise FreshProofRequired
    return sign_in


async def note_proof(session: AsyncSession, caller: Principal, methods: Iterable[str]) -> NewSession | None:
    """Add how the caller has just proven who they are; a cookie is replaced, because it can do more now."""
    sign_in, now = await _sign_in(session, caller), clock.now()
    used = [*sign_in.methods, *(method for method in methods if method not in sign_in.methods)]
    if set(methods) - {"pwd"}:
        sign_in.factor_proven_at = now
        used = [*used, *([] if SEVERAL in used else [SEVERAL])]
    sign_in.methods, sign_in.proven_at = used, now
    return await rotate(session, sign_in.id)
