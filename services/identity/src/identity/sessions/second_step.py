"""Signing in by what somebody has: the second step after a password, or a passkey alone.

Like the rest of signing in, these open their transactions themselves: a wrong proof is refused *and* counted.
"""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.principal import Principal
from identity.second_factors import challenges, proofs
from identity.second_factors.errors import ProofRefused
from identity.second_factors.models import ProofChallenge
from identity.second_factors.news import tell_of_used_recovery_code
from identity.second_factors.passkeys import request_options, signed_by
from identity.second_factors.rules import CHALLENGE_LIFETIME
from identity.second_factors.schemas import PasskeyChallenge, PasskeySignIn, RecoveryCodeProof, SecondFactorRequest
from identity.sessions import throttle
from identity.sessions.claims import SEVERAL
from identity.sessions.elsewhere import Elsewhere
from identity.sessions.opening import SECOND_STEP, Opened, SignInDesk, open_sign_in

PASSKEY_SIGN_IN = "passkey_sign_in"


async def finish(desk: SignInDesk, caller: Principal, body: SecondFactorRequest) -> Opened:
    """Signed in with the right proof; ChallengeNotValid, TooManyFailures or ProofRefused otherwise."""
    async with desk.database.transaction() as session:
        await challenges.count_try(session, body.challenge, SECOND_STEP)
        asked = await challenges.find(session, body.challenge)
        await throttle.count_try(session, proofs.allowance_of(_person(asked)))
    async with desk.database.transaction() as session:
        asked = await challenges.find(session, body.challenge)
        person_id = _person(asked)
        if await proofs.is_right(session, desk.settings, person_id, body.proof, asked.nonce):
            await _settle(session, desk, caller, asked, body)
            methods = [*asked.methods, *proofs.METHODS[body.proof.method], SEVERAL]
            return await open_sign_in(session, desk, person_id, body.mode, methods, _began_elsewhere(asked))
        await audit.record(session, caller, "sign_in.failed", f"person:{person_id}", {"because": "wrong_factor"})
    raise ProofRefused


def _began_elsewhere(asked: ProofChallenge) -> Elsewhere | None:
    return Elsewhere(asked.elsewhere_account, asked.elsewhere_session) if asked.elsewhere_account else None


def _person(asked: ProofChallenge) -> UUID:
    assert asked.person_id is not None  # a second step follows a first one, which said who it is
    return asked.person_id


async def _settle(
    session: AsyncSession, desk: SignInDesk, caller: Principal, asked: ProofChallenge, body: SecondFactorRequest
) -> None:
    person_id = _person(asked)
    await session.delete(asked)
    await throttle.forget_failures(session, proofs.allowance_of(person_id))
    if isinstance(body.proof, RecoveryCodeProof):
        await tell_of_used_recovery_code(session, desk.settings, caller, person_id)
    await audit.record(session, caller, "sign_in.succeeded", f"person:{person_id}", {"by": body.proof.method})


async def ask_any_passkey(session: AsyncSession, desk: SignInDesk) -> PasskeyChallenge:
    """A question that any passkey of this site may answer."""
    token, nonce = await challenges.ask(session, PASSKEY_SIGN_IN, None)
    return PasskeyChallenge(
        challenge=token,
        expires_in_seconds=int(CHALLENGE_LIFETIME.total_seconds()),
        options=request_options(desk.settings, nonce, None),
    )


async def sign_in_with_passkey(desk: SignInDesk, caller: Principal, body: PasskeySignIn) -> Opened:
    """Signed in by a passkey that verified its holder: two factors in one. ChallengeNotValid or ProofRefused."""
    async with desk.database.transaction() as session:
        await challenges.count_try(session, body.challenge, PASSKEY_SIGN_IN)
    async with desk.database.transaction() as session:
        asked = await challenges.find(session, body.challenge)
        passkey = await signed_by(session, desk.settings, asked.nonce, body.credential, person_id=None)
        if passkey is None:
            raise ProofRefused
        await session.delete(asked)
        await audit.record(session, caller, "sign_in.succeeded", f"person:{passkey.person_id}", {"by": "passkey"})
        methods = [*proofs.METHODS["passkey"], SEVERAL]
        return await open_sign_in(session, desk, passkey.person_id, body.mode, methods)
