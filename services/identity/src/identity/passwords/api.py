"""Forgotten passwords, and passwords that are to change."""

from typing import Annotated

from fastapi import Response

from chassis import clock
from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.accounts.errors import PasswordQueueFull
from identity.accounts.passwords import PasswordHashing
from identity.browser_sessions import cookies
from identity.passwords import service
from identity.passwords.errors import PasswordHoldsAddress, ResetLinkNotValid
from identity.passwords.schemas import PasswordChange, PasswordChanged, Reset, ResetRequest, ResetRequested
from identity.people.errors import PersonNotFound
from identity.second_factors.errors import FreshProofRequired
from identity.sessions.errors import PasswordNotConfirmed, TooManyFailures
from identity.sessions.proof import Proof
from identity.settings import IdentitySettings

router = ServiceRouter(prefix="/v1", tags=["passwords"])
Anyone = Annotated[Principal, allow(PUBLIC)]


@router.post("/auth/password-resets", status_code=202, response_model=ResetRequested)
async def ask_for_reset(body: ResetRequest, session: Session, caller: Anyone) -> ResetRequested:
    """Ask for a mail with a link that sets a new password. The answer is the same for every address."""
    await service.ask_for_reset(session, caller, body.email)
    return ResetRequested()


@router.post(
    "/auth/password-reset",
    response_model=PasswordChanged,
    responses=errors(ResetLinkNotValid, PasswordHoldsAddress, PasswordQueueFull),
)
async def reset_password(
    body: Reset, session: Session, passwords: PasswordHashing, settings: IdentitySettings, caller: Anyone
) -> PasswordChanged:
    """Set a new password with the token from the mail. Every sign-in of the account ends."""
    await service.reset(session, passwords, settings, caller, body)
    return PasswordChanged()


@router.put(
    "/me/password",
    response_model=PasswordChanged,
    responses=errors(
        PersonNotFound,
        PasswordNotConfirmed,
        FreshProofRequired,
        PasswordHoldsAddress,
        TooManyFailures,
        PasswordQueueFull,
    ),
)
async def change_password(
    body: PasswordChange,
    response: Response,
    proof: Proof,
    settings: IdentitySettings,
    caller: Annotated[Principal, allow(SIGNED_IN)],
) -> PasswordChanged:
    """Change the password. Every other sign-in of the account ends, the present one stays."""
    if (new := await service.change(proof, settings, caller, body)) is not None:
        cookies.give(response, new, clock.now())
    return PasswordChanged()
