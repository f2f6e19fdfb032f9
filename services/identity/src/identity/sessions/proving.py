"""Proving again that one is there, by factor or by password."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.principal import Principal
from identity.browser_sessions.cookies import NewSession
from identity.second_factors import challenges, proofs
from identity.second_factors.errors import FactorNotFound, ProofRefused
from identity.second_factors.news import tell_of_used_recovery_code
from identity.second_factors.passkeys import request_options
from identity.second_factors.queries import held_by
from identity.second_factors.rules import CHALLENGE_LIFETIME, FRESH
from identity.second_factors.schemas import (
    PasskeyChallenge,
    PasskeyProof,
    PasswordProof,
    ProofRequest,
    Proven,
    RecoveryCodeProof,
)
from identity.sessions import throttle
from identity.sessions.freshness import note_proof, person_of
from identity.sessions.proof import Prover
from identity.settings import Settings

STEP_UP = "step_up"


async def ask_own_passkeys(session: AsyncSession, settings: Settings, caller: Principal) -> PasskeyChallenge:
    """A question to the caller's passkeys, to prove again that they are there; FactorNotFound where there is none."""
    theirs = [row.credential_id for row in (await held_by(session, person_of(caller))).passkeys]
    if not theirs:
        raise FactorNotFound
    token, nonce = await challenges.ask(session, STEP_UP, person_of(caller))
    return PasskeyChallenge(
        challenge=token,
        expires_in_seconds=int(CHALLENGE_LIFETIME.total_seconds()),
        options=request_options(settings, nonce, theirs),
    )


async def prove_again(
    prover: Prover, settings: Settings, caller: Principal, body: ProofRequest
) -> tuple[Proven, NewSession | None]:
    """Note a proof by factor, or by password of somebody without one; ProofRefused and its like otherwise."""
    if isinstance(body.proof, PasswordProof):
        return await _by_password(prover, caller, body.proof)
    person_id = person_of(caller)
    async with prover.database.transaction() as session:
        await throttle.count_try(session, proofs.allowance_of(person_id))
        if isinstance(body.proof, PasskeyProof):
            await challenges.count_try(session, body.challenge or "", STEP_UP)
    async with prover.database.transaction() as session:
        if await proofs.is_right(session, settings, person_id, body.proof, await _nonce(session, person_id, body)):
            await throttle.forget_failures(session, proofs.allowance_of(person_id))
            if isinstance(body.proof, RecoveryCodeProof):
                await tell_of_used_recovery_code(session, settings, caller, person_id)
            await audit.record(session, caller, "proof.given", f"person:{person_id}", {"by": body.proof.method})
            return _proven(), await note_proof(session, caller, proofs.METHODS[body.proof.method])
        await audit.record(session, caller, "proof.refused", f"person:{person_id}", {"by": body.proof.method})
    raise ProofRefused


async def _nonce(session: AsyncSession, person_id: UUID, body: ProofRequest) -> bytes | None:
    if not isinstance(body.proof, PasskeyProof):
        return None
    asked = await challenges.find(session, body.challenge or "")
    await session.delete(asked)
    return asked.nonce if asked.person_id == person_id else None


async def _by_password(prover: Prover, caller: Principal, proof: PasswordProof) -> tuple[Proven, NewSession | None]:
    await prover.check_password(caller, proof.password)
    async with prover.database.transaction() as session:
        if (await held_by(session, person_of(caller))).count:
            raise ProofRefused
        await audit.record(session, caller, "proof.given", f"person:{caller.id}", {"by": "password"})
        return _proven(), await note_proof(session, caller, ["pwd"])


def _proven() -> Proven:
    return Proven(until=clock.now() + FRESH)
