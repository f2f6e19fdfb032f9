"""Forged access tokens, by the hundred, at every service: each is refused and no service hears of the request."""

import base64
import json
from collections.abc import Iterator
from itertools import product
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from builders import a_key
from gateway_harness import Issuer, StartPlatform, raw_exchange

SERVICES = {"identity": "/v1/me", "hubs": "/v1/hubs", "certification": "/v1/schemes", "funding": "/v1/bursaries"}
ALGORITHMS = [
    "none",
    "None",
    "NONE",
    "",
    "HS256",
    "HS384",
    "HS512",
    "RS256",
    "PS256",
    "ES256",
    "ES384",
    "Ed448",
    "eddsa",
]
HEADERS: list[dict[str, Any]] = [
    {"typ": None}, {"typ": "JWT"}, {"typ": "at+JWT "}, {"typ": "ncce-principal+jwt"}, {"typ": 1}, {"kid": None},
    {"kid": ""},
    {"kid": "identity-2"}, {"kid": ["identity-1"]}, {"kid": {"a": 1}}, {"kid": "../identity-1"},
    {"kid": "identity-1\x00"},
    {"kid": "' OR 1=1 --"}, {"crit": ["exp"]}, {"crit": []}, {"b64": False, "crit": ["b64"]},
]  # fmt: skip
CLAIMS: list[dict[str, Any]] = [
    {"iss": None}, {"iss": "ncce-gateway"}, {"iss": "ncce-identity "}, {"iss": ["ncce-identity"]}, {"aud": None},
    {"aud": "NCCE"}, {"aud": ["ncce", "x"]}, {"aud": ""}, {"exp": None}, {"exp": 0}, {"exp": -1},
    {"exp": "9999999999"}, {"exp": True}, {"exp": [9999999999]}, {"iat": None}, {"iat": 9999999999}, {"iat": "0"},
    {"nbf": 9999999999}, {"nbf": "soon"}, {"sub": None}, {"sub": ""}, {"sub": "administrator"}, {"sub": 1},
    {"kind": None}, {"kind": "service"}, {"kind": "anonymous"}, {"kind": "PERSON"}, {"kind": ["person"]},
    {"roles": "administrator"}, {"roles": [{"role": 1}]}, {"roles": {"role": "administrator"}}, {"scopes": "all"},
    {"attributes": {"a": {}}}, {"attributes": []},
]  # fmt: skip


def part(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def signed_otherwise(issuer: Issuer) -> Iterator[str]:
    """Other algorithms, and other keys, with whatever an attacker can know as the secret."""
    _head, claims, signature = issuer.token().split(".")
    for algorithm, forged in product(ALGORITHMS, ["", signature, "AAAA", part("x")]):
        yield f"{part({'alg': algorithm, 'typ': 'at+jwt', 'kid': 'identity-1'})}.{claims}.{forged}"
    public = base64.urlsafe_b64decode(issuer.key["x"] + "==") + b"\0" * 32
    content = jwt.decode(issuer.token(), options={"verify_signature": False})
    for algorithm in ("HS256", "HS384", "HS512"):
        for secret in (public, issuer.key["x"].encode() * 2, json.dumps({"x": issuer.key["x"]}).encode() * 2):
            yield jwt.encode(content, secret, algorithm, headers={"typ": "at+jwt", "kid": "identity-1"})
    headers = {"typ": "at+jwt", "kid": "identity-1"}
    yield jwt.encode(content, ec.generate_private_key(ec.SECP256R1()), "ES256", headers=headers)
    yield jwt.encode(content, rsa.generate_private_key(65537, 2048), "RS256", headers=headers)


def keys_brought_along(issuer: Issuer) -> Iterator[str]:
    attacker = a_key("attacker")
    public = {name: value for name, value in attacker.items() if name != "d"}
    certificate = {"x5c": ["MIIB"]}
    places: list[dict[str, Any]] = [
        {"jwk": public}, {"jku": "http://127.0.0.1:9/keys"}, {"jku": "file:///etc/passwd"},
        {"x5u": "http://127.0.0.1:9/c"},
        certificate, {"x5t": "AAAA"}, {"x5t#S256": "AAAA"}, {},
    ]  # fmt: skip
    for place, kid in product(places, ("attacker", "identity-1", "identity-2", "")):
        yield issuer.token(key=attacker, header={**place, "kid": kid})


def damaged(issuer: Issuer) -> Iterator[str]:
    """A good token with something about its text changed."""
    token = issuer.token()
    head, claims, signature = token.split(".")
    for at in range(0, len(signature) - 2, 2):
        other = "A" if signature[at] != "A" else "B"
        yield f"{head}.{claims}.{signature[:at]}{other}{signature[at + 1 :]}"
    for at in range(0, len(claims) - 2, 3):
        other = "A" if claims[at] != "A" else "B"
        yield f"{head}.{claims[:at]}{other}{claims[at + 1 :]}.{signature}"
    yield from (
        f"{head}.{claims}",
        f"{head}.{claims}.",
        f".{claims}.{signature}",
        f"{head}..{signature}",
        f"{head}.{signature}",
        f"{token}.{signature}",
        f"{token}=",
        f"{token}.",
        f".{token}",
        f"{claims}.{head}.{signature}",
        "..",
        ".",
        "a.b.c",
        f"{head}.{claims}.{signature}{signature}",
        f"{head}.{claims}.{signature[:-4]}",
        f"{token}, {token}",
        f"{token} x",
        token.replace(".", " "),
        token.upper(),
        token.lower(),
        f'"{token}"',
        f"Bearer {token}",
        token[::-1],
        f"{part({'alg': 'EdDSA'})}.{claims}.{signature}",
        f"{head}.{part({})}.{signature}",
        f"{head}.{part([])}.{signature}",
        f"{part([])}.{claims}.{signature}",
        f"{part(None)}.{claims}.{signature}",
        f"{head}.{part('x' * 7000)}.{signature}",
    )


def well_signed(issuer: Issuer, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """A token with identity's own signature that says what identity never says. None leaves a part out."""
    head = {"alg": "EdDSA", "typ": "at+jwt", "kid": "identity-1"} | header
    content = jwt.decode(issuer.token(), options={"verify_signature": False}) | claims
    parts = [{name: value for name, value in one.items() if value is not None} for one in (head, content)]
    text = ".".join(map(part, parts))
    signature = jwt.PyJWK(issuer.key, algorithm="EdDSA").key.sign(text.encode())
    return f"{text}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def forged(issuer: Issuer) -> list[str]:
    """All of them."""
    return [
        *signed_otherwise(issuer),
        *keys_brought_along(issuer),
        *damaged(issuer),
        *(well_signed(issuer, header, {}) for header in HEADERS),
        *(well_signed(issuer, {}, claims) for claims in CLAIMS),
    ]


@pytest.mark.parametrize("service", SERVICES)
async def test_a_forged_token_is_worth_nothing_at_any_service(start_platform: StartPlatform, service: str) -> None:
    platform = await start_platform(failed_authentication_per_minute=1_000_000, log_level="ERROR")
    tokens = list(dict.fromkeys(forged(platform.issuer)))
    assert len(tokens) >= 300
    requests = [
        f"GET {SERVICES[service]} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n" for token in tokens
    ]
    good = f"GET {SERVICES[service]} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {platform.issuer.token()}\r\n"
    replies = await raw_exchange(
        platform.running.port, "".join([*requests, good, "Connection: close\r\n\r\n"]).encode("latin-1")
    )
    statuses = [reply[:3] for reply in replies.split(b"HTTP/1.1 ")[1:]]
    wrong = [token for token, status in zip(tokens, statuses, strict=False) if status != b"401"]
    assert not wrong
    assert statuses[len(tokens) :] == [b"200"]
    assert len(platform.services.seen) == 1
