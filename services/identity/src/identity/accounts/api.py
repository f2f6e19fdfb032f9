"""Registering with the national centre."""

from typing import Annotated

from chassis.access import PUBLIC, allow
from chassis.db import Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.accounts import service
from identity.accounts.errors import ConfirmationLinkNotValid, PasswordQueueFull
from identity.accounts.passwords import PasswordHashing
from identity.accounts.schemas import Confirmation, Confirmed, Registration, RegistrationAccepted

router = ServiceRouter(prefix="/v1/auth", tags=["accounts"])


@router.post(
    "/register",
    status_code=202,
    response_model=RegistrationAccepted,
    responses=errors(PasswordQueueFull),
)
async def register(
    body: Registration,
    session: Session,
    passwords: PasswordHashing,
    caller: Annotated[Principal, allow(PUBLIC)],
) -> RegistrationAccepted:
    """Register as a teacher: a mail asks to confirm the address."""
    await service.register(session, passwords, caller, body)
    return RegistrationAccepted()


@router.post("/confirm", response_model=Confirmed, responses=errors(ConfirmationLinkNotValid))
async def confirm(body: Confirmation, session: Session, caller: Annotated[Principal, allow(PUBLIC)]) -> Confirmed:
    """Confirm the address with the token from the mail; the account exists from then on."""
    await service.confirm(session, caller, body.token)
    return Confirmed()
