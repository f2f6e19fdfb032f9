"""One sign-in at a provider: what is sent there, and whether what comes back belongs to it.

State, nonce and the secret of PKCE follow from the flow's token, which the browser that began holds and nobody else:
nothing that could finish a sign-in is stored here or in the address that the browser is sent to.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import jwt
from pydantic import JsonValue

from chassis import clock
from chassis.ids import new_id
from identity.federation.discovery import Description, Directory, ask
from identity.federation.errors import FederatedSignInRefused, ProviderUnavailable
from identity.federation.providers import Provider, key_of

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
STATEMENT_SECONDS = 120
LEEWAY_SECONDS = 30
SESSION_LENGTH = 255


@dataclass(frozen=True)
class Flow:
    """What guards one sign-in."""

    token: str

    @property
    def state(self) -> str:
        """Comes back in the address."""
        return self._derived("state")

    @property
    def nonce(self) -> str:
        """Comes back in the token."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """Shown only when the code is exchanged (RFC 7636)."""
        return self._derived("verifier")

    @property
    def challenge(self) -> str:
        """Of the verifier, which it does not tell."""
        return _base64url(hashlib.sha256(self.verifier.encode()).digest())

    def _derived(self, what: str) -> str:
        return _base64url(hmac.digest(self.token.encode(), what.encode(), "sha256"))


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def authorization_url(provider: Provider, description: Description, flow: Flow, redirect_url: str) -> str:
    """Where the browser goes."""
    asked: dict[str, JsonValue] = {
        **provider.parameters,
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_url,
        "scope": " ".join(provider.scopes),
        "state": flow.state,
        "nonce": flow.nonce,
        "code_challenge": flow.challenge,
        "code_challenge_method": "S256",
    }
    if provider.request_object == "signed":
        signed = _request_object(provider, description, asked)
        asked = {name: asked[name] for name in ("response_type", "client_id", "scope")} | {"request": signed}
    joint = "&" if "?" in description.authorization_endpoint else "?"
    written = {name: one if isinstance(one, str) else json.dumps(one) for name, one in asked.items()}
    return description.authorization_endpoint + joint + urlencode(written, quote_via=quote)


def _request_object(provider: Provider, description: Description, asked: dict[str, JsonValue]) -> str:
    """What is asked, signed (RFC 9101)."""
    is_issuer = provider.request_audience == "issuer"
    audience = description.issuer if is_issuer else description.authorization_endpoint
    return _signed(provider, {**asked, "iss": provider.client_id, "aud": audience}, "oauth-authz-req+jwt")


def _signed(provider: Provider, claims: dict[str, JsonValue], kind: str = "JWT") -> str:
    """A statement of ours for the next two minutes, by the key that the provider knows."""
    now, key = int(clock.real().timestamp()), jwt.PyJWK(key_of(provider))
    times = {"iat": now, "exp": now + STATEMENT_SECONDS, "jti": str(new_id())}
    headers = {"typ": kind, **({"kid": key.key_id} if key.key_id else {})}
    return jwt.encode({**claims, **times}, key.key, algorithm=key.algorithm_name, headers=headers)


def check_return(description: Description, flow: Flow, state: str, issuer: str | None) -> None:
    """FederatedSignInRefused unless the answer is to this flow and from this provider (RFC 9207)."""
    is_named = issuer is not None or description.authorization_response_iss_parameter_supported
    if not hmac.compare_digest(state.encode(), flow.state.encode()) or (is_named and issuer != description.issuer):
        raise FederatedSignInRefused


async def exchange(
    directory: Directory, provider: Provider, flow: Flow, code: str, redirect_url: str
) -> dict[str, Any]:
    """Who signed in there: the claims of the provider's token, or FederatedSignInRefused or ProviderUnavailable."""
    description = await directory.describe(provider)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_url,
        "code_verifier": flow.verifier,
    }
    headers, proof = client_authentication(provider, description)
    answer = await ask("POST", description.token_endpoint, form={**form, **proof}, headers=headers)
    claims = await _claims(directory, provider, flow, answer.get("id_token"))
    if provider.claims_from == "userinfo" and description.userinfo_endpoint:
        bearer = {"Authorization": f"Bearer {answer.get('access_token')}"}
        told = await ask("GET", description.userinfo_endpoint, headers=bearer)
        if told.get("sub") != claims["sub"]:
            raise FederatedSignInRefused
        claims = {**told, **claims}
    return claims


def client_authentication(provider: Provider, description: Description) -> tuple[dict[str, str], dict[str, str]]:
    """Headers and fields that prove to the provider who we are."""
    secret = provider.client_secret.get_secret_value() if provider.client_secret else ""
    if provider.client_authentication == "client_secret_basic":
        pair = f"{quote(provider.client_id, safe='')}:{quote(secret, safe='')}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}, {}
    if provider.client_authentication == "client_secret_post":
        return {}, {"client_id": provider.client_id, "client_secret": secret}
    us = provider.client_id
    signed = _signed(provider, {"iss": us, "sub": us, "aud": description.token_endpoint})
    return {}, {"client_assertion_type": ASSERTION, "client_assertion": signed}


async def _claims(directory: Directory, provider: Provider, flow: Flow, id_token: JsonValue) -> dict[str, Any]:
    if not isinstance(id_token, str):
        raise ProviderUnavailable
    try:
        key = await directory.key(provider, jwt.get_unverified_header(id_token).get("kid"))
        claims: dict[str, Any] = jwt.decode(
            id_token,
            key.key,
            algorithms=list(provider.id_token_algorithms),
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise FederatedSignInRefused from error
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims["nonce"] != flow.nonce or (several and claims.get("azp") != provider.client_id):
        raise FederatedSignInRefused
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise FederatedSignInRefused
    if any(claims.get(name) not in values for name, values in provider.accepted.items()):
        raise FederatedSignInRefused
    return claims


def named_session(claims: Mapping[str, Any]) -> str | None:
    """The session at the provider that a token is of, where it names one."""
    session = claims.get("sid")
    return session if isinstance(session, str) and 0 < len(session) <= SESSION_LENGTH else None
