"""Questions that wait for a proof. Each is answered once, and wrongly five times at most."""

import secrets
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from identity.accounts.service import token_digest
from identity.second_factors.errors import ChallengeNotValid
from identity.second_factors.models import ProofChallenge
from identity.second_factors.rules import CHALLENGE_LIFETIME, TRIES_PER_CHALLENGE
from identity.sessions.elsewhere import Elsewhere

TOKEN_BYTES = 32


async def ask(
    session: AsyncSession,
    purpose: str,
    person_id: UUID | None,
    methods: list[str] | None = None,
    elsewhere: Elsewhere | None = None,
) -> tuple[str, bytes]:
    """Ask: the token that names the question, and what a passkey has to sign. Those never answered go."""
    token, nonce, now = secrets.token_hex(TOKEN_BYTES), secrets.token_bytes(TOKEN_BYTES), clock.now()
    await session.execute(delete(ProofChallenge).where(ProofChallenge.expires_at <= now))
    session.add(
        ProofChallenge(
            token_hash=token_digest(token),
            purpose=purpose,
            person_id=person_id,
            nonce=nonce,
            methods=methods or [],
            expires_at=now + CHALLENGE_LIFETIME,
            elsewhere_account=elsewhere.account if elsewhere else None,
            elsewhere_session=elsewhere.session if elsewhere else None,
        )
    )
    return token, nonce


async def count_try(session: AsyncSession, token: str, purpose: str) -> None:
    """Count one more answer before it is looked at, or ChallengeNotValid."""
    row = ProofChallenge
    good = (row.token_hash == token_digest(token)) & (row.purpose == purpose) & (row.expires_at > clock.now())
    counting = update(row).where(good & (row.tries < TRIES_PER_CHALLENGE)).values(tries=row.tries + 1)
    if await session.scalar(counting.returning(row.tries)) is None:
        raise ChallengeNotValid


async def find(session: AsyncSession, token: str) -> ProofChallenge:
    """The question, held until the transaction ends, or ChallengeNotValid when somebody else has just answered it."""
    query = select(ProofChallenge).where(ProofChallenge.token_hash == token_digest(token)).with_for_update()
    found = await session.scalar(query)
    if found is None:
        raise ChallengeNotValid
    return found
