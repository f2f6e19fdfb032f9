"""Exchanging a client's proof for an access token."""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from identity.api_keys.models import Scope
from identity.api_keys.rules import LAST_USED_RESOLUTION, key_digest
from identity.keys.service import Claims, TokenKeys
from identity.oauth_clients.models import OAuthClient, UsedAssertion
from identity.oauth_clients.rules import ALGORITHMS
from identity.oauth_tokens import assertions
from identity.oauth_tokens.requests import GRANT_TYPE, Proof, Refused, TokenRequest
from identity.oauth_tokens.schemas import ServerMetadata, TokenReply
from identity.organisations.models import Organisation
from identity.sessions.claims import AUDIENCE, ISSUER

TOKEN_PATH = "oauth/token"  # noqa: S105  a path, not a secret


@dataclass(frozen=True)
class TokenDesk:
    """What issuing tokens needs of its process."""

    keys: TokenKeys
    lifetime_seconds: int
    public_url: str
    """With a slash at its end."""

    @property
    def audiences(self) -> tuple[str, ...]:
        """What an assertion for us may name: the issuer, with or without the slash, or the endpoint."""
        return (self.public_url.rstrip("/"), self.public_url, f"{self.public_url}{TOKEN_PATH}")


async def issue_token(session: AsyncSession, desk: TokenDesk, wanted: TokenRequest) -> TokenReply:
    """A token for whoever proved to be a client, or Refused."""
    client = await _prove(session, desk, wanted.proof)
    scopes = frozenset(client.scopes) if wanted.scopes is None else wanted.scopes
    if not scopes or not scopes <= frozenset(client.scopes):
        raise Refused("invalid_scope", f"This client may have: {' '.join(client.scopes)}.")
    await _note_use(session, client)
    limit = select(Organisation.requests_per_minute).where(Organisation.id == client.organisation_id)
    claims = _claims(client, sorted(scopes), desk.lifetime_seconds, await session.scalar(limit))
    return TokenReply(
        access_token=desk.keys.sign(claims), expires_in=desk.lifetime_seconds, scope=" ".join(sorted(scopes))
    )


async def _prove(session: AsyncSession, desk: TokenDesk, proof: Proof) -> OAuthClient:
    try:
        named = assertions.named_client(proof.assertion) if proof.assertion else proof.client_id
        if proof.client_id not in (None, named):
            raise assertions.AssertionInvalid(assertions.BAD)
        client = await _find(session, named)
        if proof.assertion:
            await _check_assertion(session, desk, client, proof.assertion)
        elif not _is_secret_of(client, proof.secret or ""):
            raise assertions.AssertionInvalid(assertions.BAD)
    except assertions.AssertionInvalid as error:
        raise Refused("invalid_client", str(error)) from error
    return client


async def _find(session: AsyncSession, client_id: str | None) -> OAuthClient:
    try:
        found = await session.get(OAuthClient, UUID(client_id or ""))
    except ValueError:
        found = None
    if found is None or found.revoked_at is not None:
        raise assertions.AssertionInvalid(assertions.BAD)
    return found


def _is_secret_of(client: OAuthClient, secret: str) -> bool:
    digest = key_digest(secret)
    is_former_good = client.former_secret_until is not None and clock.now() < client.former_secret_until
    former = client.former_secret_hash if is_former_good else None
    return any(hmac.compare_digest(digest, known) for known in (client.secret_hash, former) if known is not None)


async def _check_assertion(session: AsyncSession, desk: TokenDesk, client: OAuthClient, text: str) -> None:
    now = clock.real()
    keys = client.jwks["keys"] if client.jwks else []
    assertion = assertions.check(text, str(client.id), keys, desk.audiences, now)
    stale = (UsedAssertion.client_id == client.id) & (UsedAssertion.expires_at < now - assertions.LEEWAY)
    await session.execute(delete(UsedAssertion).where(stale))
    used = {
        "client_id": client.id,
        "jti_hash": hashlib.sha256(assertion.jti.encode()).digest(),
        "expires_at": assertion.expires_at,
    }
    first = insert(UsedAssertion).values(used).on_conflict_do_nothing().returning(UsedAssertion.client_id)
    if (await session.execute(first)).scalar_one_or_none() is None:
        raise assertions.AssertionInvalid(assertions.BAD)


async def _note_use(session: AsyncSession, client: OAuthClient) -> None:
    now = clock.now()
    if client.last_used_at is None or now - client.last_used_at >= LAST_USED_RESOLUTION:
        await session.execute(update(OAuthClient).where(OAuthClient.id == client.id).values(last_used_at=now))


def _claims(client: OAuthClient, scopes: list[str], lifetime_seconds: int, organisation_limit: int | None) -> Claims:
    issued = int(clock.real().timestamp())
    limits = {
        "allowed_networks": client.allowed_networks,
        "requests_per_minute": client.requests_per_minute,
        "organisation_requests_per_minute": organisation_limit,
    }
    return {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(client.id),
        "iat": issued,
        "exp": issued + lifetime_seconds,
        "jti": str(new_id()),
        "kind": "partner",
        "organisation_id": str(client.organisation_id),
        "scopes": scopes,
        "attributes": {"environment": client.environment},
        **{name: value for name, value in limits.items() if value},
    }


def describe_server(public_url: str) -> ServerMetadata:
    """Where and how to get a token."""
    issuer = public_url.rstrip("/")
    return ServerMetadata(
        issuer=issuer,
        token_endpoint=f"{issuer}/{TOKEN_PATH}",
        jwks_uri=f"{issuer}/.well-known/jwks.json",
        scopes_supported=sorted(Scope),
        response_types_supported=[],
        grant_types_supported=[GRANT_TYPE],
        token_endpoint_auth_methods_supported=["client_secret_basic", "client_secret_post", "private_key_jwt"],
        token_endpoint_auth_signing_alg_values_supported=[name for names in ALGORITHMS.values() for name in names],
        service_documentation=f"{issuer}/docs",
    )
