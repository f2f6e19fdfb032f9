"""Changing the address that somebody signs in with."""

from typing import Annotated

from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.accounts.errors import PasswordQueueFull
from identity.accounts.passwords import PasswordHashing
from identity.email_changes import service
from identity.email_changes.errors import EmailChangeLinkNotValid
from identity.email_changes.schemas import (
    EmailChangeConfirmation,
    EmailChanged,
    EmailChangeRequest,
    EmailChangeRequested,
)
from identity.people.errors import PersonNotFound
from identity.second_factors.errors import FreshProofRequired
from identity.sessions.errors import PasswordNotConfirmed, TooManyFailures
from identity.sessions.proof import Proof
from identity.settings import IdentitySettings

router = ServiceRouter(prefix="/v1", tags=["accounts"])


@router.post(
    "/me/email-changes",
    status_code=202,
    response_model=EmailChangeRequested,
    responses=errors(PersonNotFound, PasswordNotConfirmed, FreshProofRequired, TooManyFailures, PasswordQueueFull),
)
async def ask_for_another_address(
    body: EmailChangeRequest,
    proof: Proof,
    settings: IdentitySettings,
    caller: Annotated[Principal, allow(SIGNED_IN)],
) -> EmailChangeRequested:
    """Ask for another address: a mail to it asks to confirm."""
    await service.ask(proof, settings, caller, body)
    return EmailChangeRequested()


@router.post("/auth/email-changes", response_model=EmailChanged, responses=errors(EmailChangeLinkNotValid))
async def confirm_another_address(
    body: EmailChangeConfirmation,
    session: Session,
    passwords: PasswordHashing,
    settings: IdentitySettings,
    caller: Annotated[Principal, allow(PUBLIC)],
) -> EmailChanged:
    """Take on the new address, or the old one again, with the token from the mail to it."""
    return await service.confirm(session, passwords, settings, caller, body.token)
