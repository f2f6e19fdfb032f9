"""Registering OAuth clients, changing what they prove themselves with, and revoking them."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.paging import PageOf
from chassis.principal import Principal
from contracts.identity import OauthClientChanged
from identity.api_keys.rules import key_digest
from identity.api_keys.service import lock_organisation, managed_by
from identity.oauth_clients import rules
from identity.oauth_clients.errors import ClientHasNoSecret, OAuthClientNotFound, TooManyOAuthClients
from identity.oauth_clients.models import Authentication, OAuthClient
from identity.oauth_clients.schemas import CreatedOAuthClient, KeySet, NewOAuthClient, OAuthClientOut


async def create_client(session: AsyncSession, caller: Principal, wanted: NewOAuthClient) -> CreatedOAuthClient:
    """Register a client; a secret is told this once."""
    await lock_organisation(session, caller, wanted.organisation_id)
    await _refuse_too_many(session, wanted)
    secret = rules.make_secret() if wanted.authentication is Authentication.SECRET else None
    client = OAuthClient(
        id=new_id(),
        organisation_id=wanted.organisation_id,
        environment=wanted.environment.value,
        name=wanted.name,
        scopes=sorted(wanted.scopes),
        authentication=wanted.authentication.value,
        secret_hash=key_digest(secret) if secret else None,
        jwks=wanted.jwks.stored() if wanted.jwks else None,
        allowed_networks=list(wanted.allowed_networks),
        requests_per_minute=wanted.requests_per_minute,
        created_at=clock.now(),
        created_by=caller.id,
    )
    session.add(client)
    await _announce(session, caller, client, "oauth_client.created")
    return _shown_once(client, secret)


async def _refuse_too_many(session: AsyncSession, wanted: NewOAuthClient) -> None:
    query = select(func.count()).where(
        OAuthClient.organisation_id == wanted.organisation_id,
        OAuthClient.environment == wanted.environment.value,
        OAuthClient.revoked_at.is_(None),
    )
    if (await session.execute(query)).scalar_one() >= rules.CLIENTS_PER_ORGANISATION:
        raise TooManyOAuthClients(rules.CLIENTS_PER_ORGANISATION)


def _shown_once(client: OAuthClient, secret: str | None) -> CreatedOAuthClient:
    return CreatedOAuthClient(client_secret=secret, **OAuthClientOut.model_validate(client).model_dump())


async def list_clients(session: AsyncSession, caller: Principal, page: PageOf) -> Sequence[Row[tuple[object, ...]]]:
    """One page of the clients the caller manages, oldest first, with one row more when there are more."""
    columns = OAuthClient.__table__.c
    query = select(OAuthClient.__table__).where(managed_by(caller, columns.organisation_id))
    if (after := page.after_as(UUID)) is not None:
        query = query.where(columns.id > after[0])
    return (await session.execute(query.order_by(columns.id).limit(page.limit + 1))).all()


async def rotate_secret(
    session: AsyncSession, caller: Principal, client_id: UUID, overlap_days: int
) -> CreatedOAuthClient:
    """Give a client another secret; the one before works on for the overlap, one that is older does not."""
    client = await _hold(session, caller, client_id)
    if client.authentication != Authentication.SECRET:
        raise ClientHasNoSecret(client.authentication)
    secret = rules.make_secret()
    client.former_secret_hash = client.secret_hash if overlap_days else None
    client.former_secret_until = clock.now() + timedelta(days=overlap_days) if overlap_days else None
    client.secret_hash = key_digest(secret)
    await audit.record(session, caller, "oauth_client.secret_rotated", f"oauth_client:{client.id}")
    await session.flush()
    return _shown_once(client, secret)


async def replace_keys(session: AsyncSession, caller: Principal, client_id: UUID, keys: KeySet) -> OAuthClient:
    """From now on the client proves itself with these keys and no others."""
    client = await _hold(session, caller, client_id)
    if client.authentication != Authentication.KEY:
        raise ClientHasNoSecret(client.authentication)
    client.jwks = keys.stored()
    kids: dict[str, audit.JSON] = {"kids": [key["kid"] for key in client.jwks["keys"]]}
    await audit.record(session, caller, "oauth_client.keys_replaced", f"oauth_client:{client.id}", kids)
    return client


async def revoke_client(session: AsyncSession, caller: Principal, client_id: UUID) -> None:
    """A revoked client gets no token any more; gateways refuse those it has. Revoking it again changes nothing."""
    client = await _hold(session, caller, client_id, working=False)
    if client.revoked_at is None:
        client.revoked_at = clock.now()
        await _announce(session, caller, client, "oauth_client.revoked")


async def _hold(session: AsyncSession, caller: Principal, client_id: UUID, *, working: bool = True) -> OAuthClient:
    query = select(OAuthClient).where(
        OAuthClient.id == client_id, managed_by(caller, OAuthClient.__table__.c.organisation_id)
    )
    client = await session.scalar(query.with_for_update())
    if client is None or (working and client.revoked_at is not None):
        raise OAuthClientNotFound
    return client


async def _announce(session: AsyncSession, caller: Principal, client: OAuthClient, action: str) -> None:
    details: dict[str, audit.JSON] = {"organisation_id": str(client.organisation_id), "scopes": list(client.scopes)}
    await audit.record(session, caller, action, f"oauth_client:{client.id}", details)
    changed = OauthClientChanged(
        client_id=client.id,
        organisation_id=client.organisation_id,
        state="live" if client.revoked_at is None else "revoked",
    )
    await publish(session, changed)
