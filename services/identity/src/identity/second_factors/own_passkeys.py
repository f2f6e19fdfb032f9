"""Adding and removing one's own passkeys."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.principal import Principal
from identity.browser_sessions.cookies import NewSession
from identity.messages.service import addressee
from identity.people.errors import PersonNotFound
from identity.second_factors import challenges, queries
from identity.second_factors.errors import FactorNotFound, FactorThereAlready, PasskeyNotAccepted
from identity.second_factors.models import Passkey
from identity.second_factors.passkeys import check_new, creation_options
from identity.second_factors.proofs import METHODS
from identity.second_factors.rules import CHALLENGE_LIFETIME, PASSKEYS_PER_PERSON
from identity.second_factors.schemas import FactorAdded, NewPasskey, PasskeyChallenge
from identity.second_factors.service import added, removed
from identity.sessions.freshness import person_of, require_fresh
from identity.settings import Settings

ADDITION = "passkey_addition"


async def ask_for_new(session: AsyncSession, settings: Settings, caller: Principal) -> PasskeyChallenge:
    """What the browser needs to make a passkey."""
    await require_fresh(session, caller)
    person_id = person_of(caller)
    to = await addressee(session, person_id)
    if to is None:
        raise PersonNotFound("Your account is no longer there.")
    there = [row.credential_id for row in (await queries.held_by(session, person_id)).passkeys]
    if len(there) >= PASSKEYS_PER_PERSON:
        raise FactorThereAlready(f"There can be {PASSKEYS_PER_PERSON} passkeys. Remove one first.")
    token, nonce = await challenges.ask(session, ADDITION, person_id)
    return PasskeyChallenge(
        challenge=token,
        expires_in_seconds=int(CHALLENGE_LIFETIME.total_seconds()),
        options=creation_options(settings, person_id, to.email, nonce, there),
    )


async def add(
    session: AsyncSession, settings: Settings, caller: Principal, body: NewPasskey
) -> tuple[FactorAdded, NewSession | None]:
    """Make what the browser made a factor; ChallengeNotValid or PasskeyNotAccepted otherwise."""
    await challenges.count_try(session, body.challenge, ADDITION)
    asked = await challenges.find(session, body.challenge)
    if asked.person_id != caller.id:
        raise PasskeyNotAccepted
    made = check_new(settings, asked.nonce, body.credential)
    await session.delete(asked)
    session.add(
        Passkey(
            credential_id=made.credential_id,
            person_id=person_of(caller),
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=body.name[:80],
            created_at=clock.now(),
        )
    )
    try:
        await session.flush()
    except IntegrityError as error:  # the same passkey, already somebody's
        raise PasskeyNotAccepted from error
    return await added(session, settings, caller, "passkey_added", METHODS["passkey"])


async def remove(session: AsyncSession, settings: Settings, caller: Principal, passkey_id: UUID) -> None:
    """Take a passkey of the caller's away, or FactorNotFound or FactorNeeded."""
    own = (Passkey.id == passkey_id) & (Passkey.person_id == person_of(caller))
    if await session.scalar(delete(Passkey).where(own).returning(Passkey.id)) is None:
        raise FactorNotFound
    await require_fresh(session, caller)
    await removed(session, settings, caller, "passkey_removed")
