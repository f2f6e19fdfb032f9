"""One's own second factors, and proving again that one is there."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from chassis import clock
from chassis.access import ENROLLING, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.accounts.errors import PasswordQueueFull
from identity.browser_sessions import cookies
from identity.browser_sessions.cookies import NewSession
from identity.people.errors import PersonNotFound
from identity.second_factors import own_passkeys, service
from identity.second_factors.errors import (
    ChallengeNotValid,
    FactorNeeded,
    FactorNotFound,
    FactorThereAlready,
    FreshProofRequired,
    PasskeyNotAccepted,
    ProofRefused,
)
from identity.second_factors.schemas import (
    AppSetUp,
    CodeConfirmation,
    FactorAdded,
    NewPasskey,
    PasskeyChallenge,
    ProofRequest,
    Proven,
    RecoveryCodes,
    SecondFactors,
)
from identity.sessions import proving
from identity.sessions.errors import PasswordNotConfirmed, TooManyFailures
from identity.sessions.proof import Proof
from identity.settings import IdentitySettings

router = ServiceRouter(prefix="/v1/me", tags=["second factors"])
Owner = Annotated[Principal, allow(ENROLLING)]


def _keep_private(response: Response, new: NewSession | None = None) -> None:
    response.headers["Cache-Control"] = "no-store"
    if new is not None:
        cookies.give(response, new, clock.now())


@router.get("/second-factors", response_model=SecondFactors)
async def list_second_factors(reader: Reader, settings: IdentitySettings, caller: Owner) -> SecondFactors:
    """What the caller has beside a password, and whether they need it."""
    return await service.describe(reader, settings, caller)


@router.post(
    "/proofs",
    response_model=Proven,
    responses=errors(
        ProofRefused,
        ChallengeNotValid,
        PasswordNotConfirmed,
        TooManyFailures,
        PasswordQueueFull,
        FreshProofRequired,
        PersonNotFound,
    ),
)
async def prove_again(
    body: ProofRequest, response: Response, proof: Proof, settings: IdentitySettings, caller: Owner
) -> Proven:
    """Prove that it is you, for what being signed in is not enough for: by factor, or by password without one."""
    proven, new = await proving.prove_again(proof, settings, caller, body)
    _keep_private(response, new)
    return proven


@router.post("/proofs/challenges", response_model=PasskeyChallenge, responses=errors(FactorNotFound))
async def ask_own_passkeys(session: Session, settings: IdentitySettings, caller: Owner) -> PasskeyChallenge:
    """Ask for what the browser needs to prove it with a passkey."""
    return await proving.ask_own_passkeys(session, settings, caller)


@router.post(
    "/second-factors/totp",
    status_code=201,
    response_model=AppSetUp,
    responses=errors(FactorThereAlready, FreshProofRequired),
)
async def set_up_app(response: Response, session: Session, settings: IdentitySettings, caller: Owner) -> AppSetUp:
    """Begin with an authenticator app: the answer is the only place that shows its secret."""
    _keep_private(response)
    return await service.set_up_app(session, settings, caller)


@router.post(
    "/second-factors/totp/confirmation",
    response_model=FactorAdded,
    responses=errors(FactorNotFound, ProofRefused, FreshProofRequired),
)
async def confirm_app(
    body: CodeConfirmation, response: Response, session: Session, settings: IdentitySettings, caller: Owner
) -> FactorAdded:
    """Show that the app has the secret, with a code; it is a second factor from then on."""
    told, new = await service.confirm_app(session, settings, caller, body.code)
    _keep_private(response, new)
    return told


@router.delete(
    "/second-factors/totp", status_code=204, responses=errors(FactorNotFound, FactorNeeded, FreshProofRequired)
)
async def remove_app(session: Session, settings: IdentitySettings, caller: Owner) -> None:
    """Take the authenticator app away."""
    await service.remove_app(session, settings, caller)


@router.post(
    "/second-factors/passkeys/challenges",
    response_model=PasskeyChallenge,
    responses=errors(FactorThereAlready, FreshProofRequired, PersonNotFound),
)
async def ask_for_passkey(session: Session, settings: IdentitySettings, caller: Owner) -> PasskeyChallenge:
    """Ask for what the browser needs to make a passkey."""
    return await own_passkeys.ask_for_new(session, settings, caller)


@router.post(
    "/second-factors/passkeys",
    status_code=201,
    response_model=FactorAdded,
    responses=errors(ChallengeNotValid, PasskeyNotAccepted, FreshProofRequired),
)
async def add_passkey(
    body: NewPasskey, response: Response, session: Session, settings: IdentitySettings, caller: Owner
) -> FactorAdded:
    """Add the passkey that the browser made."""
    told, new = await own_passkeys.add(session, settings, caller, body)
    _keep_private(response, new)
    return told


@router.delete(
    "/second-factors/passkeys/{passkey_id}",
    status_code=204,
    responses=errors(FactorNotFound, FactorNeeded, FreshProofRequired),
)
async def remove_passkey(passkey_id: UUID, session: Session, settings: IdentitySettings, caller: Owner) -> None:
    """Take a passkey away."""
    await own_passkeys.remove(session, settings, caller, passkey_id)


@router.post(
    "/second-factors/recovery-codes",
    status_code=201,
    response_model=RecoveryCodes,
    responses=errors(FactorNotFound, FreshProofRequired),
)
async def make_recovery_codes(
    response: Response, session: Session, settings: IdentitySettings, caller: Owner
) -> RecoveryCodes:
    """Make ten new recovery codes; those before work no more."""
    _keep_private(response)
    return await service.make_recovery_codes(session, settings, caller)
