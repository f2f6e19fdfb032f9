"""Managing OAuth clients."""

from typing import Annotated
from uuid import UUID

from chassis.access import allow, role
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.api_keys.errors import OrganisationNotFound
from identity.oauth_clients import service
from identity.oauth_clients.errors import ClientHasNoSecret, OAuthClientNotFound, TooManyOAuthClients
from identity.oauth_clients.models import OAuthClient
from identity.oauth_clients.schemas import (
    CreatedOAuthClient,
    KeySet,
    NewOAuthClient,
    OAuthClientOut,
    SecretRotation,
)
from identity.tenancy import TenantSession

router = ServiceRouter(prefix="/v1/oauth-clients", tags=["oauth"])

Manager = Annotated[Principal, allow(role("administrator", "partner_admin"))]


# As with API keys: a stored reply would be a stored secret.
@router.post(
    "",
    status_code=201,
    response_model=CreatedOAuthClient,
    responses=errors(OrganisationNotFound, TooManyOAuthClients),
)
async def create_oauth_client(body: NewOAuthClient, session: TenantSession, caller: Manager) -> CreatedOAuthClient:
    """Register a program of an organisation; a secret is shown in this reply only."""
    return await service.create_client(session, caller, body)


@router.get("", response_model=Page[OAuthClientOut])
async def list_oauth_clients(session: TenantSession, page: PageRequest, caller: Manager) -> dict[str, object]:
    """List the OAuth clients of the organisations you manage, revoked ones included."""
    rows = await service.list_clients(session, caller, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.post(
    "/{client_id}/secret-rotation",
    status_code=201,
    response_model=CreatedOAuthClient,
    responses=errors(OAuthClientNotFound, ClientHasNoSecret),
)
async def rotate_oauth_secret(
    client_id: UUID, body: SecretRotation, session: TenantSession, caller: Manager
) -> CreatedOAuthClient:
    """Give a client another secret; the one before works on for as long as the overlap lasts."""
    return await service.rotate_secret(session, caller, client_id, body.overlap_days)


@router.put(
    "/{client_id}/jwks", response_model=OAuthClientOut, responses=errors(OAuthClientNotFound, ClientHasNoSecret)
)
async def replace_oauth_keys(client_id: UUID, body: KeySet, session: TenantSession, caller: Manager) -> OAuthClient:
    """Replace the public keys with which a client proves itself; two at a time let it change without a gap."""
    return await service.replace_keys(session, caller, client_id, body)


@router.delete("/{client_id}", status_code=204, responses=errors(OAuthClientNotFound))
async def revoke_oauth_client(client_id: UUID, session: TenantSession, caller: Manager) -> None:
    """Revoke an OAuth client at once and for ever, with the tokens it has."""
    await service.revoke_client(session, caller, client_id)
