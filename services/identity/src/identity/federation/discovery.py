"""What providers say of themselves: their endpoints and keys, fetched when needed and kept for an hour."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx
import jwt
from pydantic import BaseModel, JsonValue, TypeAdapter, ValidationError

from identity.federation.errors import FederatedSignInRefused, ProviderUnavailable
from identity.federation.providers import Provider, is_safe

KEPT_SECONDS = 3600.0
UNKNOWN_KEY_PAUSE_SECONDS = 10.0
"""A token that names an unknown key has the keys fetched anew, but not more often than this."""
ANSWER_BYTES = 256 * 1024
DOCUMENT = TypeAdapter(dict[str, JsonValue])


class Description(BaseModel):
    """What of a provider's description (OpenID Connect Discovery 1.0) is used."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    authorization_response_iss_parameter_supported: bool = False


@dataclass
class _Kept:
    description: Description
    keys: jwt.PyJWKSet
    fetched_at: float


async def ask(
    method: str, url: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, JsonValue]:
    """One question to a provider: five seconds, no redirect, a quarter of a MiB, and the answer is an object.

    ProviderUnavailable otherwise; FederatedSignInRefused where the provider finds fault with what it was asked.
    """
    if not is_safe(url):
        raise ProviderUnavailable
    try:
        async with (
            httpx.AsyncClient(timeout=5.0, follow_redirects=False, trust_env=False) as client,
            client.stream(method, url, data=form, headers=headers) as answer,
        ):
            body = b""
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > ANSWER_BYTES:
                    raise ProviderUnavailable
            if answer.is_client_error:
                raise FederatedSignInRefused
            if not answer.is_success:
                raise ProviderUnavailable
            return DOCUMENT.validate_json(body)
    except (httpx.HTTPError, ValidationError) as error:
        raise ProviderUnavailable from error


@dataclass
class Directory:
    """Descriptions and keys of the providers of one process."""

    clock: Callable[[], float] = time.monotonic
    _kept: dict[str, _Kept] = field(default_factory=dict)

    async def describe(self, provider: Provider) -> Description:
        """The provider's endpoints."""
        return (await self._find(provider)).description

    async def key(self, provider: Provider, kid: str | None) -> jwt.PyJWK:
        """The key that a token names, or jwt.InvalidKeyError."""
        kept = await self._find(provider)
        found = _named(kept.keys, kid)
        if found is None and self.clock() - kept.fetched_at >= UNKNOWN_KEY_PAUSE_SECONDS:
            kept = await self._fetch(provider)
            found = _named(kept.keys, kid)
        if found is None:
            raise jwt.InvalidKeyError("the provider publishes no such key")
        return found

    async def _find(self, provider: Provider) -> _Kept:
        kept = self._kept.get(provider.issuer)
        if kept is not None and self.clock() - kept.fetched_at < KEPT_SECONDS:
            return kept
        return await self._fetch(provider)

    async def _fetch(self, provider: Provider) -> _Kept:
        address = provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
        try:
            description = Description.model_validate(await ask("GET", address))
            if description.issuer != provider.issuer:
                raise ProviderUnavailable
            keys = jwt.PyJWKSet.from_dict(dict(await ask("GET", description.jwks_uri)))
        except (FederatedSignInRefused, ValidationError, jwt.PyJWTError, AttributeError) as error:
            raise ProviderUnavailable from error
        self._kept[provider.issuer] = _Kept(description, keys, self.clock())
        return self._kept[provider.issuer]


def _named(keys: jwt.PyJWKSet, kid: str | None) -> jwt.PyJWK | None:
    if kid is None:
        return keys.keys[0] if len(keys.keys) == 1 else None
    return next((key for key in keys.keys if key.key_id == kid), None)
