"""Adding and removing one's own second factors."""

import pyotp
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import clock
from chassis.principal import Principal
from identity.accounts.service import token_digest
from identity.browser_sessions.cookies import NewSession
from identity.people.queries import roles_held
from identity.second_factors import queries, rules
from identity.second_factors.errors import FactorNeeded, FactorNotFound, FactorThereAlready, ProofRefused
from identity.second_factors.models import RecoveryCode, TotpFactor
from identity.second_factors.news import tell
from identity.second_factors.passkeys import SITE_NAME
from identity.second_factors.proofs import METHODS, accept_code
from identity.second_factors.schemas import AppOut, AppSetUp, FactorAdded, PasskeyOut, RecoveryCodes, SecondFactors
from identity.sessions.claims import needs_factor
from identity.sessions.freshness import note_proof, person_of, require_fresh
from identity.settings import Settings


async def describe(reader: AsyncConnection, settings: Settings, caller: Principal) -> SecondFactors:
    """What the caller has."""
    person_id = person_of(caller)
    held = await queries.held_by(reader, person_id)
    roles = await roles_held(reader, person_id, clock.today())
    return SecondFactors(
        is_required=needs_factor(settings, (row.role for row in roles)),
        totp=AppOut(added_at=held.app_added_at) if held.app_added_at else None,
        passkeys=[
            PasskeyOut(id=row.id, name=row.name, added_at=row.created_at, last_used_at=row.last_used_at)
            for row in held.passkeys
        ],
        recovery_codes_left=held.recovery_codes_left,
    )


async def set_up_app(session: AsyncSession, settings: Settings, caller: Principal) -> AppSetUp:
    """A secret for an authenticator app. Asking again before a code is confirmed replaces it."""
    await require_fresh(session, caller)
    person_id = person_of(caller)
    secret = pyotp.random_base32()
    sealed = settings.loaded_factor_keys.seal(secret, person_id)
    values = {"secret": sealed.content, "key_id": sealed.key_id, "created_at": clock.now()}
    noting = insert(TotpFactor).values(person_id=person_id, last_step=0, **values)
    replacing = noting.on_conflict_do_update(
        index_elements=["person_id"], set_=values, where=TotpFactor.confirmed_at.is_(None)
    )
    if await session.scalar(replacing.returning(TotpFactor.person_id)) is None:
        raise FactorThereAlready("Remove your authenticator app first.")
    # No name of the person: the app may be on a device that others see.
    return AppSetUp(secret=secret, otpauth_uri=pyotp.TOTP(secret).provisioning_uri(issuer_name=SITE_NAME))


async def confirm_app(
    session: AsyncSession, settings: Settings, caller: Principal, code: str
) -> tuple[FactorAdded, NewSession | None]:
    """Make the app a factor with a code that it shows, or ProofRefused."""
    waiting = (TotpFactor.person_id == person_of(caller)) & TotpFactor.confirmed_at.is_(None)
    factor = await session.scalar(select(TotpFactor).where(waiting).with_for_update())
    if factor is None:
        raise FactorNotFound
    if not accept_code(settings, factor, code):
        raise ProofRefused
    factor.confirmed_at = clock.now()
    return await added(session, settings, caller, "app_added", METHODS["totp"])


async def added(
    session: AsyncSession, settings: Settings, caller: Principal, what: str, methods: list[str]
) -> tuple[FactorAdded, NewSession | None]:
    """What follows from any new factor: codes with the first, news by mail, a sign-in that counts as proven."""
    held = await queries.held_by(session, person_of(caller))
    codes = None if held.recovery_codes_left else await _make_codes(session, caller)
    await tell(session, settings, caller, person_of(caller), what)
    return FactorAdded(recovery_codes=codes), await note_proof(session, caller, methods)


async def _make_codes(session: AsyncSession, caller: Principal) -> list[str]:
    codes, now, person_id = rules.new_recovery_codes(), clock.now(), person_of(caller)
    await session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    digests = [token_digest(rules.plain_recovery_code(code)) for code in codes]
    session.add_all(RecoveryCode(code_hash=one, person_id=person_id, created_at=now) for one in digests)
    return codes


async def make_recovery_codes(session: AsyncSession, settings: Settings, caller: Principal) -> RecoveryCodes:
    """Ten new codes; those before work no more. FactorNotFound where there is no factor to recover from."""
    await require_fresh(session, caller)
    if (await queries.held_by(session, person_of(caller))).count == 0:
        raise FactorNotFound
    codes = await _make_codes(session, caller)
    await tell(session, settings, caller, person_of(caller), "recovery_codes_made")
    return RecoveryCodes(recovery_codes=codes)


async def remove_app(session: AsyncSession, settings: Settings, caller: Principal) -> None:
    """Take the app away, or FactorNotFound or FactorNeeded."""
    await require_fresh(session, caller)
    own = (TotpFactor.person_id == person_of(caller)) & TotpFactor.confirmed_at.is_not(None)
    if await session.scalar(delete(TotpFactor).where(own).returning(TotpFactor.person_id)) is None:
        raise FactorNotFound
    await removed(session, settings, caller, "app_removed")


async def removed(session: AsyncSession, settings: Settings, caller: Principal, what: str) -> None:
    """What follows from a factor that is gone: with the last one go the codes, unless a role needs one."""
    person_id = person_of(caller)
    if (await queries.held_by(session, person_id)).count == 0:
        roles = await roles_held(session, person_id, clock.today())
        if needs_factor(settings, (row.role for row in roles)):
            raise FactorNeeded
        await session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    await tell(session, settings, caller, person_id, what)
