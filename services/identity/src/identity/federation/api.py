"""Signing in with an account of another organisation."""

from typing import Annotated, cast
from uuid import UUID

from fastapi import Depends, Request, Response

from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.browser_sessions.cookies import NewSession
from identity.browser_sessions.schemas import SessionStarted
from identity.federation import service
from identity.federation.discovery import Directory
from identity.federation.errors import (
    FederatedIdentityNotFound,
    FederatedSignInRefused,
    LinkedElsewhere,
    LinkNotValid,
    LogoutTokenRefused,
    ProviderNotFound,
    ProviderUnavailable,
)
from identity.federation.logouts import read_form
from identity.federation.models import FederatedIdentity
from identity.federation.schemas import (
    FederatedIdentities,
    FederatedIdentityOut,
    FlowBegun,
    FlowReturn,
    LinkWanted,
    LoggedOut,
    NewLink,
    ProviderOut,
    Providers,
)
from identity.federation.service import Federation
from identity.second_factors.errors import FreshProofRequired
from identity.sessions.api import Desk, given
from identity.sessions.schemas import SecondFactorWanted, Tokens
from identity.settings import IdentitySettings

router = ServiceRouter(prefix="/v1/auth/providers", tags=["federated sign-in"])
own_router = ServiceRouter(prefix="/v1/me/federated-identities", tags=["federated sign-in"])
Anyone = Annotated[Principal, allow(PUBLIC)]
Owner = Annotated[Principal, allow(SIGNED_IN)]
LOGOUT_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {"logout_token": {"type": "string", "description": "Signed by the provider"}},
                    "required": ["logout_token"],
                },
                "example": {"logout_token": "eyJhbGciOiJFUzI1NiIsInR5cCI6ImxvZ291dCtqd3QifQ…"},
            }
        },
    }
}


async def _federation(request: Request, desk: Desk) -> Federation:
    state = request.app.state
    if not hasattr(state, "providers"):
        state.providers = Directory()
    return Federation(desk, cast(Directory, state.providers))


Elsewhere = Annotated[Federation, Depends(_federation)]


@router.get("", response_model=Providers)
async def list_sign_in_providers(settings: IdentitySettings, _caller: Anyone) -> Providers:
    """The organisations whose accounts are accepted here."""
    found = service.providers_of(settings)
    return Providers(data=[ProviderOut(name=name, title=one.title) for name, one in found.items()])


@router.post(
    "/{provider}/flows",
    status_code=201,
    response_model=FlowBegun,
    responses=errors(ProviderNotFound, ProviderUnavailable),
)
async def begin_federated_sign_in(provider: str, elsewhere: Elsewhere, _caller: Anyone) -> FlowBegun:
    """Begin: the answer says where to send the browser."""
    return await service.begin(elsewhere, provider)


@router.post(
    "/return",
    response_model=Tokens | SessionStarted | SecondFactorWanted | LinkWanted,
    responses=errors(FederatedSignInRefused, ProviderNotFound, ProviderUnavailable),
)
async def finish_federated_sign_in(
    body: FlowReturn, elsewhere: Elsewhere, response: Response, caller: Anyone
) -> Tokens | SessionStarted | SecondFactorWanted | LinkWanted:
    """Finish with what the provider returned: signed in where the account is linked, asked to link it where not."""
    outcome = await service.finish(elsewhere, caller, body)
    return given(response, outcome) if isinstance(outcome, Tokens | NewSession) else outcome


@router.post(
    "/{provider}/logout",
    response_model=LoggedOut,
    responses=errors(LogoutTokenRefused, ProviderNotFound, ProviderUnavailable),
    openapi_extra=LOGOUT_FORM,
)
async def end_federated_sign_ins(
    provider: str, request: Request, response: Response, session: Session, elsewhere: Elsewhere, caller: Anyone
) -> LoggedOut:
    """For providers: end what began with an account of theirs (OpenID Connect Back-Channel Logout 1.0)."""
    response.headers["Cache-Control"] = "no-store"
    token = read_form(request.headers.get("Content-Type", ""), await request.body())
    await service.log_out(elsewhere, session, caller, provider, token)
    return LoggedOut()


@own_router.get("", response_model=FederatedIdentities)
async def list_federated_identities(reader: Reader, caller: Owner) -> FederatedIdentities:
    """The accounts elsewhere with which the caller signs in."""
    return await service.list_own(reader, caller)


@own_router.post(
    "",
    status_code=201,
    response_model=FederatedIdentityOut,
    responses=errors(LinkNotValid, LinkedElsewhere, FreshProofRequired),
)
async def link_federated_identity(
    body: NewLink, session: Session, settings: IdentitySettings, caller: Owner
) -> FederatedIdentity:
    """Link an account elsewhere, after signing in here."""
    return await service.link(session, settings, caller, body)


@own_router.delete("/{identity_id}", status_code=204, responses=errors(FederatedIdentityNotFound, FreshProofRequired))
async def unlink_federated_identity(
    identity_id: UUID, session: Session, settings: IdentitySettings, caller: Owner
) -> None:
    """Take a link away. The password stays as the way in."""
    await service.unlink(session, settings, caller, identity_id)
