"""Secrets shared with providers: what verifies their messages and signs the links that lead to them."""

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import jwt
from standardwebhooks import Webhook, WebhookVerificationError

PREFIX = "whsec_"
LEAST_BYTES = 32
TOKEN_BYTES = 32


class UnusableSecrets(ValueError):
    """Not an object of lists of `whsec_…` secrets of 32 bytes or more."""


@dataclass(frozen=True)
class ProviderSecrets:
    """By provider its secrets: the first signs, all verify, so that two overlap while one replaces the other."""

    by_provider: Mapping[str, tuple[str, ...]]

    @classmethod
    def load(cls, text: str) -> "ProviderSecrets":
        """From `{"provider": ["whsec_…", …]}`; UnusableSecrets."""
        try:
            found = json.loads(text or "{}")
        except ValueError:
            # Without a cause: the message must not carry what it failed to read.
            raise UnusableSecrets("provider secrets are no JSON") from None
        if not isinstance(found, dict) or not all(_is_list_of_secrets(one) for one in found.values()):
            raise UnusableSecrets(f"each provider has a list of {PREFIX}… secrets of at least {LEAST_BYTES} bytes")
        return cls({str(slug): tuple(one) for slug, one in found.items()})

    def of(self, provider: str) -> tuple[str, ...]:
        """A provider's secrets; none when it is not set up."""
        return self.by_provider.get(provider, ())


def _is_list_of_secrets(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_secret(one) for one in value)


def _is_secret(value: object) -> bool:
    try:
        return isinstance(value, str) and value.startswith(PREFIX) and len(_key(value)) >= LEAST_BYTES
    except binascii.Error:
        return False


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(PREFIX) + "==")


def is_genuine(provider_secrets: tuple[str, ...], headers: Mapping[str, str], body: bytes) -> bool:
    """Whether one of the secrets signed this body within the last five minutes (Standard Webhooks)."""
    return any(_verifies(secret, headers, body) for secret in provider_secrets)


def _verifies(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    try:
        Webhook(secret).verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, ValueError):
        # Also what the package does not foresee: a header without a comma, a body that is no UTF-8.
        return False
    return True


def new_token() -> str:
    """What names an attempt to a provider; it says nothing of who sits it."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> bytes:
    """What is stored of a token. 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).digest()


def signed_token(secret: str, claims: Mapping[str, str | int], until: datetime) -> str:
    """A token that the provider can check: that it is ours, for them, and still good."""
    return jwt.encode({**claims, "exp": until}, _key(secret), algorithm="HS256")
