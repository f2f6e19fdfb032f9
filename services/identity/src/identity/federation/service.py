"""Signing in with an account elsewhere, and linking it.

Whose account it is, issuer and subject say and nothing else. An address that the provider names decides nothing: who
has an account here proves that by signing in, then links.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.principal import Principal
from identity.accounts.service import token_digest
from identity.federation import logouts, schemas
from identity.federation.discovery import Directory
from identity.federation.errors import (
    FederatedIdentityNotFound,
    FederatedSignInRefused,
    LinkedElsewhere,
    LinkNotValid,
    ProviderNotFound,
)
from identity.federation.flows import Flow, authorization_url, check_return, exchange, named_session
from identity.federation.models import FederatedFlow, FederatedIdentity, FederatedLink
from identity.federation.providers import Provider, load_providers
from identity.second_factors.news import tell
from identity.sessions.elsewhere import Elsewhere, account_at, session_at
from identity.sessions.freshness import person_of, require_fresh
from identity.sessions.opening import Opened, SignInDesk, admit
from identity.sessions.schemas import SecondFactorWanted
from identity.settings import Settings

TOKEN_BYTES = 32
FLOW_LIFETIME, LINK_LIFETIME = timedelta(minutes=10), timedelta(hours=1)
CALLBACK = "sign-in/return"
SUGGESTION_LENGTH = 254


@dataclass(frozen=True)
class Federation:
    """What signing in with accounts elsewhere needs of its process."""

    desk: SignInDesk
    directory: Directory

    @property
    def redirect_url(self) -> str:
        """The one page that browsers come back to, as it is registered with every provider."""
        settings = self.desk.settings
        return settings.federation_redirect_url or f"{settings.public_url}{CALLBACK}"

    def provider(self, name: str) -> Provider:
        """A provider by name, or ProviderNotFound."""
        found = providers_of(self.desk.settings).get(name)
        if found is None:
            raise ProviderNotFound
        return found


def providers_of(settings: Settings) -> Mapping[str, Provider]:
    """The providers of this platform."""
    return load_providers(settings.providers.get_secret_value())


async def begin(federation: Federation, name: str) -> schemas.FlowBegun:
    """Begin a sign-in at a provider; ProviderNotFound or ProviderUnavailable."""
    provider = federation.provider(name)
    description = await federation.directory.describe(provider)
    flow = Flow(secrets.token_hex(TOKEN_BYTES))
    now = clock.now()
    async with federation.desk.database.transaction() as session:
        await session.execute(delete(FederatedFlow).where(FederatedFlow.expires_at <= now))
        kept = FederatedFlow(token_hash=token_digest(flow.token), provider=name, expires_at=now + FLOW_LIFETIME)
        session.add(kept)
    return schemas.FlowBegun(
        authorization_url=authorization_url(provider, description, flow, federation.redirect_url),
        flow=flow.token,
        expires_in_seconds=int(FLOW_LIFETIME.total_seconds()),
    )


async def finish(
    federation: Federation, caller: Principal, body: schemas.FlowReturn
) -> Opened | SecondFactorWanted | schemas.LinkWanted:
    """Signed in with what the provider returned, or asked to link. Works once, whatever becomes of it."""
    async with federation.desk.database.transaction() as session:
        name = await _use_flow(session, body.flow)
    if name is None:
        raise FederatedSignInRefused
    provider, flow = federation.provider(name), Flow(body.flow)
    check_return(await federation.directory.describe(provider), flow, body.oauth_state, body.iss)
    claims = await exchange(federation.directory, provider, flow, body.code, federation.redirect_url)
    async with federation.desk.database.transaction() as session:
        person_id = await _owner(session, provider.issuer, claims)
        if person_id is None:
            return await _ask_to_link(session, name, provider, claims)
        await audit.record(session, caller, "sign_in.federated", f"person:{person_id}", {"provider": name})
        issuer, there = provider.issuer, named_session(claims)
        began = Elsewhere(account_at(issuer, claims["sub"]), session_at(issuer, there))
        return await admit(session, federation.desk, person_id, body.mode, ["fed"], began)


async def log_out(federation: Federation, session: AsyncSession, caller: Principal, name: str, token: str) -> int:
    """End what began with the account or session that a provider's token names; how many sign-ins.

    ProviderNotFound, ProviderUnavailable or LogoutTokenRefused.
    """
    provider = federation.provider(name)
    told = await logouts.check(federation.directory, provider, token)
    return await logouts.carry_out(session, caller, provider, told)


async def _use_flow(session: AsyncSession, token: str) -> str | None:
    row = FederatedFlow
    own = (row.token_hash == token_digest(token)) & (row.expires_at > clock.now())
    return await session.scalar(delete(row).where(own).returning(row.provider))


async def _owner(session: AsyncSession, issuer: str, claims: Mapping[str, Any]) -> UUID | None:
    """Whose account it is; FederatedSignInRefused where they signed out of it there after these claims were made."""
    theirs = (FederatedIdentity.issuer == issuer) & (FederatedIdentity.subject == claims["sub"])
    found = await session.scalar(select(FederatedIdentity).where(theirs).with_for_update())
    if found is None:
        return None
    if found.logged_out_at is not None and claims["iat"] < int(found.logged_out_at.timestamp()):
        raise FederatedSignInRefused
    found.last_used_at = clock.now()
    return found.person_id


async def _ask_to_link(
    session: AsyncSession, name: str, provider: Provider, claims: Mapping[str, Any]
) -> schemas.LinkWanted:
    token, now = secrets.token_hex(TOKEN_BYTES), clock.now()
    await session.execute(delete(FederatedLink).where(FederatedLink.expires_at <= now))
    session.add(
        FederatedLink(
            token_hash=token_digest(token),
            provider=name,
            issuer=provider.issuer,
            subject=claims["sub"],
            expires_at=now + LINK_LIFETIME,
        )
    )
    return schemas.LinkWanted(
        link=token, expires_in_seconds=int(LINK_LIFETIME.total_seconds()), suggestion=suggestion(provider, claims)
    )


def suggestion(provider: Provider, claims: Mapping[str, Any]) -> schemas.Suggestion:
    """What the provider's map makes of its claims; nothing of what is no text of a sane length."""
    told: dict[str, object] = {ours: claims.get(theirs) for ours, theirs in provider.claims.items()}
    sane = {name: one for name, one in told.items() if isinstance(one, str) and 0 < len(one) <= SUGGESTION_LENGTH}
    return schemas.Suggestion(
        given_name=sane.get("given_name"), family_name=sane.get("family_name"), email=sane.get("email")
    )


async def link(
    session: AsyncSession, settings: Settings, caller: Principal, body: schemas.NewLink
) -> FederatedIdentity:
    """Link the account that a token stands for to the caller's; LinkNotValid or LinkedElsewhere."""
    await require_fresh(session, caller)
    row, person_id, now = FederatedLink, person_of(caller), clock.now()
    used = delete(row).where((row.token_hash == token_digest(body.link)) & (row.expires_at > now)).returning(row)
    proven = await session.scalar(used)
    if proven is None:
        raise LinkNotValid
    there = select(FederatedIdentity.id).where(
        FederatedIdentity.person_id == person_id, FederatedIdentity.provider == proven.provider
    )
    values = {"person_id": person_id, "provider": proven.provider, "issuer": proven.issuer, "subject": proven.subject}
    adding = insert(FederatedIdentity).values(**values, linked_at=now).on_conflict_do_nothing()
    if await session.scalar(there) is not None:
        raise LinkedElsewhere
    added: FederatedIdentity | None = await session.scalar(adding.returning(FederatedIdentity))
    if added is None:
        raise LinkedElsewhere
    await tell(session, settings, caller, person_id, "sign_in_linked")
    return added


async def list_own(reader: AsyncConnection, caller: Principal) -> schemas.FederatedIdentities:
    """The caller's accounts elsewhere."""
    table = FederatedIdentity.__table__
    query = select(table).where(table.c.person_id == caller.id).order_by(table.c.provider)
    rows = (await reader.execute(query)).all()
    return schemas.FederatedIdentities(data=[schemas.FederatedIdentityOut.model_validate(row) for row in rows])


async def unlink(session: AsyncSession, settings: Settings, caller: Principal, identity_id: UUID) -> None:
    """Take a link of the caller's away, or FederatedIdentityNotFound. The password stays as the way in."""
    own = (FederatedIdentity.id == identity_id) & (FederatedIdentity.person_id == person_of(caller))
    if await session.scalar(delete(FederatedIdentity).where(own).returning(FederatedIdentity.id)) is None:
        raise FederatedIdentityNotFound
    await require_fresh(session, caller)
    await tell(session, settings, caller, person_of(caller), "sign_in_unlinked")
