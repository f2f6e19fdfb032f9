"""Managing API keys, and recognising one for the gateway."""

from typing import Annotated, Any
from uuid import UUID

from chassis.access import SERVICE, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.api_keys import service
from identity.api_keys.errors import ApiKeyNotFound, ApiKeyNotValid, OrganisationNotFound, TooManyApiKeys
from identity.api_keys.schemas import ApiKeyOut, AuthenticatedKey, CreatedApiKey, NewApiKey, PresentedKey

router = ServiceRouter(prefix="/v1/api-keys", tags=["api-keys"])
internal_router = ServiceRouter(prefix="/internal/api-keys", tags=["internal"])

Manager = Annotated[Principal, allow(role("administrator", "partner_admin"))]


# Not idempotent by key on purpose: a stored reply would be a stored secret. A lost reply is answered by revoking.
@router.post(
    "",
    status_code=201,
    response_model=CreatedApiKey,
    responses=errors(OrganisationNotFound, TooManyApiKeys),
)
async def create_api_key(body: NewApiKey, session: Session, caller: Manager) -> CreatedApiKey:
    """Make an API key for an organisation; the reply is the only place that shows it."""
    return await service.create_key(session, caller, body)


@router.get("", response_model=Page[ApiKeyOut])
async def list_api_keys(reader: Reader, page: PageRequest, caller: Manager) -> dict[str, Any]:
    """List the API keys of the organisations you manage, revoked ones included."""
    rows = await service.list_keys(reader, caller, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.delete("/{key_id}", status_code=204, responses=errors(ApiKeyNotFound))
async def revoke_api_key(key_id: UUID, session: Session, caller: Manager) -> None:
    """Revoke an API key at once and for ever."""
    await service.revoke_key(session, caller, key_id)


@internal_router.post(
    "/authenticate",
    response_model=AuthenticatedKey,
    responses=errors(ApiKeyNotValid),
)
async def authenticate_api_key(
    body: PresentedKey, session: Session, _caller: Annotated[Principal, allow(SERVICE)]
) -> AuthenticatedKey:
    """Recognise an API key that a caller of the gateway presented."""
    return await service.authenticate(session, body.key)
