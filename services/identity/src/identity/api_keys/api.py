"""Managing API keys, and recognising one for the gateway."""

from typing import Annotated
from uuid import UUID

from chassis.access import PUBLIC, SERVICE, allow, role
from chassis.db import Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.api_keys import recognition, service
from identity.api_keys.errors import ApiKeyNotFound, ApiKeyNotValid, OrganisationNotFound, TooManyApiKeys
from identity.api_keys.schemas import (
    ApiKeyOut,
    AuthenticatedKey,
    CreatedApiKey,
    LeakReport,
    LeakReportOut,
    NewApiKey,
    PresentedKey,
    RequestLimit,
    Rotation,
)
from identity.tenancy import TenantSession

router = ServiceRouter(prefix="/v1/api-keys", tags=["api-keys"])
limits_router = ServiceRouter(prefix="/v1/organisations", tags=["api-keys"])
internal_router = ServiceRouter(prefix="/internal/api-keys", tags=["internal"])

Manager = Annotated[Principal, allow(role("administrator", "partner_admin"))]


# Not idempotent by key on purpose: a stored reply would be a stored secret. A lost reply is answered by revoking.
@router.post(
    "",
    status_code=201,
    response_model=CreatedApiKey,
    responses=errors(OrganisationNotFound, TooManyApiKeys),
)
async def create_api_key(body: NewApiKey, session: TenantSession, caller: Manager) -> CreatedApiKey:
    """Make an API key for an organisation; the reply is the only place that shows it."""
    return await service.create_key(session, caller, body)


@router.get("", response_model=Page[ApiKeyOut])
async def list_api_keys(session: TenantSession, page: PageRequest, caller: Manager) -> dict[str, object]:
    """List the API keys of the organisations you manage, revoked ones included."""
    rows = await service.list_keys(session, caller, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.delete("/{key_id}", status_code=204, responses=errors(ApiKeyNotFound))
async def revoke_api_key(key_id: UUID, session: TenantSession, caller: Manager) -> None:
    """Revoke an API key at once and for ever."""
    await service.revoke_key(session, caller, key_id)


# The successor is shown once, so its reply is not stored either; a lost one is answered by rotating again.
@router.post(
    "/{key_id}/rotation",
    status_code=201,
    response_model=CreatedApiKey,
    responses=errors(ApiKeyNotFound, TooManyApiKeys),
)
async def rotate_api_key(key_id: UUID, body: Rotation, session: TenantSession, caller: Manager) -> CreatedApiKey:
    """Replace an API key by one that is alike; both work for as long as the overlap lasts."""
    return await service.rotate_key(session, caller, key_id, body.overlap_days)


@router.post("/leak-reports", response_model=LeakReportOut)
async def report_leaked_api_key(
    body: LeakReport, session: Session, caller: Annotated[Principal, allow(PUBLIC)]
) -> LeakReportOut:
    """Report a key found where others can read it: it is revoked at once and its owner told."""
    return await recognition.report_leak(session, caller, body)


@limits_router.get(
    "/{organisation_id}/request-limit", response_model=RequestLimit, responses=errors(OrganisationNotFound)
)
async def show_request_limit(organisation_id: UUID, session: TenantSession, caller: Manager) -> RequestLimit:
    """What all credentials of an organisation may ask together."""
    limit = await service.read_request_limit(session, caller, organisation_id)
    return RequestLimit(requests_per_minute=limit)


@limits_router.put(
    "/{organisation_id}/request-limit", response_model=RequestLimit, responses=errors(OrganisationNotFound)
)
async def limit_requests(
    organisation_id: UUID,
    body: RequestLimit,
    session: Session,
    caller: Annotated[Principal, allow(role("administrator"))],
) -> RequestLimit:
    """Limit what all credentials of an organisation may ask together."""
    await service.set_request_limit(session, caller, organisation_id, body.requests_per_minute)
    return body


@internal_router.post(
    "/authenticate",
    response_model=AuthenticatedKey,
    responses=errors(ApiKeyNotValid),
)
async def authenticate_api_key(
    body: PresentedKey, session: Session, _caller: Annotated[Principal, allow(SERVICE)]
) -> AuthenticatedKey:
    """Recognise an API key that a caller of the gateway presented."""
    return await recognition.authenticate(session, body.key)
