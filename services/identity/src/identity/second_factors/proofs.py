"""Whether somebody has what they say: one of their factors, used in the transaction that relies on it."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.sealing import Sealed
from identity.accounts.service import token_digest
from identity.second_factors import rules
from identity.second_factors.models import RecoveryCode, TotpFactor
from identity.second_factors.passkeys import signed_by
from identity.second_factors.schemas import PasskeyProof, RecoveryCodeProof, TotpProof
from identity.sessions.rules import Allowance, factor_allowance
from identity.settings import Settings

METHODS = {"totp": ["otp"], "recovery_code": ["otp"], "passkey": ["pop", "user"]}
"""How RFC 8176 calls what was used; `mfa` is added once there are two."""


def allowance_of(person_id: UUID) -> Allowance:
    """Wrong proofs of one person; whoever gets here knows the password, so that few are free."""
    return factor_allowance(str(person_id), rules.FREE_FAILURES)


async def is_right(
    session: AsyncSession,
    settings: Settings,
    person_id: UUID,
    proof: TotpProof | RecoveryCodeProof | PasskeyProof,
    nonce: bytes | None,
) -> bool:
    """Whether the proof is good; if it is, it is used up by this transaction."""
    if isinstance(proof, TotpProof):
        return await _is_right_code(session, settings, person_id, proof.code)
    if isinstance(proof, RecoveryCodeProof):
        return await _use_recovery_code(session, person_id, proof.code)
    if nonce is None:
        return False
    return await signed_by(session, settings, nonce, proof.credential, person_id=person_id) is not None


async def _is_right_code(session: AsyncSession, settings: Settings, person_id: UUID, code: str) -> bool:
    confirmed = (TotpFactor.person_id == person_id) & TotpFactor.confirmed_at.is_not(None)
    factor = await session.scalar(select(TotpFactor).where(confirmed).with_for_update())
    return factor is not None and accept_code(settings, factor, code)


def accept_code(settings: Settings, factor: TotpFactor, code: str) -> bool:
    """Whether the app shows this code now, to be told once: noted in a factor that is held locked."""
    sealed = Sealed(factor.key_id, factor.secret)
    secret = settings.loaded_factor_keys.open(sealed, factor.person_id)
    step = rules.accepted_step(secret, code, factor.last_step, clock.real())
    if step is None:
        return False
    factor.last_step = step
    return True


async def _use_recovery_code(session: AsyncSession, person_id: UUID, written: str) -> bool:
    digest = token_digest(rules.plain_recovery_code(written))
    own = (RecoveryCode.code_hash == digest) & (RecoveryCode.person_id == person_id)
    return await session.scalar(delete(RecoveryCode).where(own).returning(RecoveryCode.person_id)) is not None
