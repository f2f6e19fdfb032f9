"""A strict OpenID provider: it believes signed requests only, and says itself, signed, when somebody signs out.

It does what GOV.UK One Login documents: request objects (RFC 9101), `private_key_jwt`, PKCE, `vtr` answered by `vot`,
ES256, and back-channel logout. What it is sent wrongly it refuses with the reason, so that a test can read it.
"""

import asyncio
import base64
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import httpx
import jwt
import uvicorn
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from builders import an_rsa_key
from gateway_harness import run

JSON = dict[str, Any]
EVENT = "http://schemas.openid.net/event/backchannel-logout"
CLIENT = "ncce-at-one-login"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
OUTER = {"response_type", "client_id", "scope", "request"}
INNER = {"iss", "aud", "exp", "iat", "redirect_uri", "state", "nonce", "code_challenge", "code_challenge_method", "vtr"}


class Wrong(Exception):
    """Something that this provider does not accept."""


def an_ec_key(kid: str) -> JSON:
    """A private key on P-256 as a JWK."""
    key: JSON = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1())))
    return {**key, "kid": kid, "alg": "ES256", "use": "sig"}


def public(key: JSON) -> JSON:
    """What may be published of a private JWK."""
    return {name: value for name, value in key.items() if name not in {"d", "p", "q", "dp", "dq", "qi"}}


@dataclass
class SigningProvider:
    """The provider: its keys, the client's public key, and what it has seen."""

    issuer: str = ""
    key: JSON = field(default_factory=lambda: an_ec_key("one-login-1"))
    client_key: JSON = field(default_factory=lambda: an_rsa_key("ncce-1"))
    subject: str = "urn:fdc:gov.uk:2022:ada"
    vot: str = "Cl.Cm"
    names_sessions: bool = True
    session: str = field(default_factory=lambda: str(uuid4()))
    codes: dict[str, JSON] = field(default_factory=dict)
    assertions: set[str] = field(default_factory=set)

    def setting(self, **changes: object) -> str:
        """The setting with One Login here."""
        own = {"issuer": self.issuer, "client_id": CLIENT, "client_key": json.dumps(self.client_key), **changes}
        return json.dumps({"one-login": own})

    def told(self, token: str, audience: str) -> JSON:
        """What the client signed, or Wrong."""
        try:
            return jwt.decode(
                token, jwt.PyJWK(public(self.client_key)).key, algorithms=["RS256"], audience=audience,
                issuer=CLIENT, options={"require": ["iss", "aud", "exp", "iat", "jti"]},
            )  # fmt: skip
        except jwt.PyJWTError as error:
            raise Wrong(str(error)) from error

    def authorize(self, query: JSON) -> str:
        """Where the browser goes on to, or Wrong."""
        if set(query) != OUTER or jwt.get_unverified_header(query["request"])["typ"] != "oauth-authz-req+jwt":
            raise Wrong(f"parameters outside of the request object: {sorted(set(query) - OUTER)}")
        asked = self.told(query["request"], f"{self.issuer}/authorize")
        if not set(asked) >= INNER or any(asked[one] != query[one] for one in ("response_type", "client_id", "scope")):
            raise Wrong(f"the request object says something else or lacks {sorted(INNER - set(asked))}")
        if asked["vtr"] != ["Cl.Cm"] or asked["code_challenge_method"] != "S256":
            raise Wrong("vtr, PKCE")
        code = uuid4().hex
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, form: JSON) -> JSON:
        """Tokens for a code, or Wrong."""
        claims = self.told(form["client_assertion"], f"{self.issuer}/token")
        is_new = claims["jti"] not in self.assertions
        self.assertions.add(claims["jti"])
        if form["client_assertion_type"] != ASSERTION or claims["sub"] != CLIENT or not is_new:
            raise Wrong("the client does not prove that it is the one")
        asked = self.codes.pop(form["code"])
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            raise Wrong("PKCE")
        said = {"aud": CLIENT, "sub": self.subject, "nonce": asked["nonce"], "vot": self.vot}
        session = {"sid": self.session} if self.names_sessions else {}
        id_token = self.sign({**said, **session, "iat": int(time()), "exp": int(time()) + 120})
        return {"access_token": "an access token", "token_type": "Bearer", "id_token": id_token}

    def sign(self, claims: JSON, key: JSON | None = None, **header: str) -> str:
        """A token of this provider's, or of whoever's key is given. A claim of None is left out."""
        signer = key or self.key
        said = {name: one for name, one in {"iss": self.issuer, **claims}.items() if one is not None}
        private = jwt.PyJWK(signer).key
        return jwt.encode(said, private, algorithm="ES256", headers={"kid": signer["kid"], **header})

    def logout_token(self, key: JSON | None = None, typ: str = "logout+jwt", **claims: Any) -> str:
        """The word that somebody signed out. Every part can be made wrong."""
        now = int(time())
        said = {"aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 120, "jti": str(uuid4())}
        return self.sign({**said, "events": {EVENT: {}}, **claims}, key, typ=typ)

    async def sign_in(self, authorization_url: str) -> JSON:
        """What the browser comes back with from there."""
        async with httpx.AsyncClient() as client:
            answer = await client.get(authorization_url)
        assert answer.status_code == 302, answer.text
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def _app(provider: SigningProvider) -> FastAPI:
    app = FastAPI(openapi_url=None)

    @app.get("/.well-known/openid-configuration")
    async def describe() -> JSON:
        names = ("authorize", "token", "userinfo", "jwks")
        keys = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
        endpoints = {key: f"{provider.issuer}/{name}" for key, name in zip(keys, names, strict=True)}
        return {"issuer": provider.issuer, **endpoints, "backchannel_logout_supported": True}

    @app.get("/jwks")
    async def jwks() -> JSON:
        return {"keys": [public(provider.key)]}

    @app.get("/authorize")
    async def authorize(request: Request) -> Response:
        return RedirectResponse(provider.authorize(dict(request.query_params)), 302)

    @app.post("/token")
    async def token(request: Request) -> JSON:
        form = parse_qs((await request.body()).decode())
        return provider.exchange({name: values[0] for name, values in form.items()})

    @app.get("/userinfo")
    async def userinfo(request: Request) -> JSON:
        assert request.headers["Authorization"] == "Bearer an access token"
        return {"sub": provider.subject, "email": "ada@example.org", "email_verified": True}

    @app.exception_handler(Wrong)
    async def refuse(_request: Request, wrong: Wrong) -> Response:
        return JSONResponse({"error": "invalid_request", "error_description": str(wrong)}, 400)

    return app


@asynccontextmanager
async def signing_provider() -> AsyncIterator[SigningProvider]:
    """The provider, on loopback, in this loop."""
    provider = SigningProvider()
    running = run(uvicorn.Config(_app(provider), lifespan="off", log_config=None))
    provider.issuer = running.url
    try:
        yield provider
    finally:
        await asyncio.shield(running.stop())
