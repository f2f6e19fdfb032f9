"""What a partner's program does to get an access token."""

import json
from typing import Any
from urllib.parse import urlencode

import httpx
import jwt

from builders import a_key, anonymous, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from identity.oauth_tokens.requests import ASSERTION_TYPE, FORM
from identity.organisations.seed import organisation_id
from identity_steps import IdentitySteps

STEM = organisation_id("stem-learning")
ADMINISTRATOR = staff("administrator")
ENDPOINT = "http://127.0.0.1:8080/oauth/token"
JSON = dict[str, Any]


def public(key: dict[str, str]) -> dict[str, str]:
    """The public half of a key."""
    return {name: value for name, value in key.items() if name in ("kty", "crv", "x", "y", "n", "e", "kid")}


class OAuthSteps:
    """A partner's clients, and the requests of its programs."""

    def __init__(self, identity: IdentitySteps) -> None:
        self.identity = identity

    async def register(self, caller: Principal = ADMINISTRATOR, **changes: object) -> JSON:
        """A client of STEM Learning, with a secret unless said otherwise."""
        wanted = {"organisation_id": str(STEM), "name": "Platform", "scopes": ["hubs:read", "courses:read"], **changes}
        made = await self.identity.post("/v1/oauth-clients", wanted, caller=caller)
        assert made.status_code == 201, made.text
        answer: JSON = made.json()
        return answer

    async def register_key(self, *keys: dict[str, str]) -> JSON:
        """A client that proves itself with keys."""
        jwks = {"keys": [public(key) for key in keys]}
        return await self.register(authentication="private_key_jwt", jwks=jwks)

    async def ask(self, fields: JSON, **headers: str) -> httpx.Response:
        """One request for a token, as a form."""
        client = await self.identity.harness.client(anonymous())
        body = urlencode({"grant_type": "client_credentials", **fields})
        return await client.post("/oauth/token", content=body, headers={"Content-Type": FORM, **headers})

    async def ask_with(self, client: JSON, **fields: str) -> httpx.Response:
        """One request with a client's secret in the form."""
        return await self.ask({"client_id": client["id"], "client_secret": client["client_secret"], **fields})

    async def ask_by(self, assertion: str, **fields: str) -> httpx.Response:
        """One request with an assertion."""
        return await self.ask({"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion, **fields})


def assertion(client_id: str, key: dict[str, str], *, algorithm: str = "EdDSA", **changes: object) -> str:
    """A statement by which a client proves itself; a claim of None is left out."""
    now = int(clock.now().timestamp())
    usual: JSON = {
        "iss": client_id,
        "sub": client_id,
        "aud": ENDPOINT,
        "iat": now,
        "exp": now + 60,
        "jti": str(new_id()),
    }
    header = {"kid": changes.pop("kid", key.get("kid"))}
    claims = {name: value for name, value in {**usual, **changes}.items() if value is not None}
    signer = jwt.PyJWK.from_json(json.dumps(key), algorithm=algorithm).key
    return jwt.encode(claims, signer, algorithm=algorithm, headers=header)


def another_key() -> dict[str, str]:
    """A key that nobody registered."""
    return a_key("2026-11")
