"""Who a request speaks for, and every way of pretending to be somebody else."""

import base64
import hashlib
import hmac
import json
from time import time
from typing import Any
from uuid import UUID

import aiohttp
import jwt
import pytest

from builders import a_key, a_teacher
from chassis.ids import new_id
from chassis.principal import sign_principal
from gateway_harness import Issuer, Platform, StartPlatform, raw_exchange, service_principal

API_KEY = "ncce_test_0123456789_" + "s" * 43 + "_0a1b2c3d"


def bearer(token: str) -> dict[str, str]:
    """The header that shows a token."""
    return {"Authorization": f"Bearer {token}"}


async def answer(platform: Platform, client: aiohttp.ClientSession, headers: dict[str, str]) -> tuple[int, str]:
    """Status and problem code of a public read with these headers."""
    async with client.get(platform.url + "/v1/hubs", headers=headers) as reply:
        body = await reply.json()
        if reply.status == 401:
            assert reply.headers["WWW-Authenticate"].startswith("Bearer")
        return reply.status, body.get("code", "")


async def test_a_token_becomes_a_principal_signed_for_the_service(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    hub_id, person_id = new_id(), new_id()
    token = platform.issuer.token(
        sub=str(person_id),
        roles=[{"role": "hub_lead", "organisation_id": str(hub_id)}],
        attributes={"phase": "primary"},
    )
    async with client.get(platform.url + "/v1/hubs", headers=bearer(token)) as reply:
        assert reply.headers["Cache-Control"] == "no-store"
    principal = platform.last_seen.principal("hubs")
    assert (principal.kind, principal.id, principal.attributes) == ("person", person_id, {"phase": "primary"})
    assert principal.organisations("hub_lead") == {hub_id}
    assert platform.last_seen.all("authorization") == [], "credentials end at the gateway"


async def test_nobody_is_anonymous(platform: Platform, client: aiohttp.ClientSession) -> None:
    assert await answer(platform, client, {}) == (200, "")
    assert platform.last_seen.principal().kind == "anonymous"


async def test_a_statement_is_reused_for_a_while_and_only_for_its_service(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    headers = bearer(platform.issuer.token())
    statements = []
    for path, later in [("/v1/hubs", 0), ("/v1/hubs", 29), ("/v1/claims", 0), ("/v1/hubs", 2)]:
        platform.clock.advance(later)
        async with client.get(platform.url + path, headers=headers) as reply:
            assert reply.status == 200
        statements.append(platform.last_seen.all("x-ncce-principal")[0])
    assert statements[0] == statements[1]
    assert len({statements[1], statements[2]}) == 2
    assert jwt.decode(statements[2], options={"verify_signature": False})["aud"] == "funding"


async def test_only_sign_in_learns_where_a_caller_calls_from(platform: Platform, client: aiohttp.ClientSession) -> None:
    headers = bearer(platform.issuer.token(attributes={"client_address": "192.0.2.1"}))
    async with client.post(platform.url + "/v1/auth/login", headers=headers) as reply:
        assert reply.status == 200
    assert platform.last_seen.principal("identity").attributes == {"client_address": "127.0.0.1"}
    async with client.post(platform.url + "/v1/auth/login") as reply:
        assert reply.status == 200
    assert platform.last_seen.principal("identity").attributes == {"client_address": "127.0.0.1"}
    async with client.get(platform.url + "/v1/organisations") as reply:
        assert reply.status == 200
    assert platform.last_seen.principal("identity").attributes == {}


def _segment(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def _unsigned(issuer: Issuer, algorithm: str) -> str:
    return (
        _segment({"alg": algorithm, "typ": "at+jwt", "kid": issuer.key["kid"]})
        + "."
        + issuer.token().split(".")[1]
        + "."
    )


def _hmac_with_public_key(issuer: Issuer, form: str) -> str:
    """The classic confusion: the public key, which everybody has, used as a shared secret."""
    raw = base64.urlsafe_b64decode(issuer.key["x"] + "==")
    secrets = {"raw": raw, "b64": issuer.key["x"].encode(), "jwk": json.dumps({"x": issuer.key["x"]}).encode()}
    signed = _segment({"alg": "HS256", "typ": "at+jwt", "kid": issuer.key["kid"]}) + "." + issuer.token().split(".")[1]
    digest = hmac.digest(secrets[form], signed.encode(), hashlib.sha256)
    return signed + "." + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _with_other_claims(issuer: Issuer) -> str:
    head, _, signature = issuer.token().split(".")
    return ".".join([head, issuer.token(roles=[{"role": "administrator"}]).split(".")[1], signature])


ATTACKER = a_key("attacker")
PUBLIC_ATTACKER = {name: value for name, value in ATTACKER.items() if name != "d"}


def after(seconds: int) -> int:
    """A time so far from now; not from when this file was read, which in a whole suite is minutes ago."""
    return int(time()) + seconds


WRONG: dict[str, Any] = {
    "another key under a known name": lambda issuer: issuer.token(key=a_key("identity-1")),
    "unknown key name": lambda issuer: issuer.token(key=ATTACKER),
    "no key name": lambda issuer: issuer.token(header={"kid": None}),
    "key name as a path": lambda issuer: issuer.token(header={"kid": "../../dev/null"}),
    "key carried along": lambda issuer: issuer.token(key=ATTACKER, header={"jwk": PUBLIC_ATTACKER}),
    "key carried along under a known name": lambda issuer: issuer.token(
        key=ATTACKER, header={"jwk": PUBLIC_ATTACKER, "kid": "identity-1"}
    ),
    "key at an address": lambda issuer: issuer.token(key=ATTACKER, header={"jku": "http://127.0.0.1:9/jwks.json"}),
    "certificate at an address": lambda issuer: issuer.token(key=ATTACKER, header={"x5u": "http://127.0.0.1:9/c"}),
    "critical extension": lambda issuer: issuer.token(header={"crit": ["x"], "x": 1}),
    "algorithm none": lambda issuer: _unsigned(issuer, "none"),
    "algorithm None": lambda issuer: _unsigned(issuer, "None"),
    "algorithm empty": lambda issuer: _unsigned(issuer, ""),
    "HS256 with the raw public key": lambda issuer: _hmac_with_public_key(issuer, "raw"),
    "HS256 with the encoded public key": lambda issuer: _hmac_with_public_key(issuer, "b64"),
    "HS256 with the public JWK": lambda issuer: _hmac_with_public_key(issuer, "jwk"),
    "signature of other claims": _with_other_claims,
    "no signature": lambda issuer: issuer.token().rpartition(".")[0] + ".",
    "type JWT": lambda issuer: issuer.token(header={"typ": "JWT"}),
    "no type": lambda issuer: issuer.token(header={"typ": None}),
    "a principal of ours as a token": lambda issuer: issuer.token(header={"typ": "ncce-principal+jwt"}),
    "another issuer": lambda issuer: issuer.token(iss="ncce-gateway"),
    "no issuer": lambda issuer: issuer.token(iss=None),
    "another audience": lambda issuer: issuer.token(aud="someone-else"),
    "ours among other audiences": lambda issuer: issuer.token(aud=["ncce", "someone-else"]),
    "no audience": lambda issuer: issuer.token(aud=None),
    "expired": lambda issuer: issuer.token(iat=after(-600), exp=after(-60)),
    "no expiry": lambda issuer: issuer.token(exp=None),
    "expiry in words": lambda issuer: issuer.token(exp="tomorrow"),
    "expiry true": lambda issuer: issuer.token(exp=True),
    "not yet valid": lambda issuer: issuer.token(nbf=after(120)),
    "from the future": lambda issuer: issuer.token(iat=after(120)),
    "no subject": lambda issuer: issuer.token(sub=None),
    "subject that is no id": lambda issuer: issuer.token(sub="administrator"),
    "kind service": lambda issuer: issuer.token(kind="service"),
    "kind anonymous": lambda issuer: issuer.token(kind="anonymous"),
    "no kind": lambda issuer: issuer.token(kind=None),
    "roles of another shape": lambda issuer: issuer.token(roles="administrator"),
    "too long": lambda issuer: issuer.token(padding="x" * 9000),
    "not a token": lambda issuer: "rubbish",
    "empty": lambda issuer: "",
    "two tokens in one": lambda issuer: f"{issuer.token()} {issuer.token()}",
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_token_is_refused_even_where_none_is_needed(
    platform: Platform, client: aiohttp.ClientSession, name: str
) -> None:
    assert await answer(platform, client, bearer(WRONG[name](platform.issuer))) == (401, "invalid-credential")
    assert platform.services.seen == []


async def test_thirty_seconds_of_clock_difference_are_forgiven(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    now = int(platform.clock())
    claims: list[dict[str, Any]] = [{"exp": now - 25}, {"nbf": now + 25}, {"iat": now + 25}]
    for wrong in claims:
        assert await answer(platform, client, bearer(platform.issuer.token(**wrong))) == (200, "")


async def test_a_remembered_token_ends_with_its_time(platform: Platform, client: aiohttp.ClientSession) -> None:
    headers = bearer(platform.issuer.token(exp=int(platform.clock()) + 20))
    assert await answer(platform, client, headers) == (200, "")
    platform.clock.advance(55)
    assert await answer(platform, client, headers) == (401, "invalid-credential")


async def test_keys_are_fetched_once_and_again_when_a_token_names_a_new_one(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    for _ in range(3):
        assert await answer(platform, client, bearer(platform.issuer.token())) == (200, "")
    assert platform.services.jwks_fetches == 1
    successor = a_key("identity-2")
    platform.services.published_keys.append(successor)
    platform.clock.advance(11)
    assert await answer(platform, client, bearer(platform.issuer.token(key=successor))) == (200, "")
    assert platform.services.jwks_fetches == 2


async def test_invented_key_names_do_not_make_the_gateway_ask_each_time(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    for number in range(10):
        token = platform.issuer.token(header={"kid": f"invented-{number}"})
        assert await answer(platform, client, bearer(token)) == (401, "invalid-credential")
    assert platform.services.jwks_fetches == 1


async def test_a_retired_key_stops_being_accepted(platform: Platform, client: aiohttp.ClientSession) -> None:
    assert await answer(platform, client, bearer(platform.issuer.token())) == (200, "")
    platform.services.published_keys = [a_key("identity-2")]
    platform.clock.advance(301)
    now = int(platform.clock())
    token = platform.issuer.token(iat=now, exp=now + 300)
    assert await answer(platform, client, bearer(token)) == (401, "invalid-credential")


async def test_while_identity_is_down_nobody_new_is_let_in_and_nobody_is_called_a_liar(
    start_platform: StartPlatform, client: aiohttp.ClientSession
) -> None:
    platform = await start_platform(identity_url="http://127.0.0.1:1")
    assert await answer(platform, client, bearer(platform.issuer.token())) == (503, "credential-unverifiable")
    assert await answer(platform, client, {"X-Api-Key": API_KEY}) == (503, "credential-unverifiable")
    assert await answer(platform, client, {}) == (200, "")
    async with client.get(platform.url + "/health/ready") as reply:
        assert reply.status == 503


def _grant() -> dict[str, Any]:
    return {
        "key_id": str(new_id()),
        "organisation_id": str(new_id()),
        "scopes": ["completions:write"],
        "expires_at": None,
    }


@pytest.mark.parametrize("headers", [{"X-Api-Key": API_KEY}, bearer(API_KEY)], ids=["x-api-key", "bearer"])
async def test_an_api_key_becomes_a_partner(
    platform: Platform, client: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    grant = platform.services.api_keys[API_KEY] = _grant()
    assert await answer(platform, client, headers) == (200, "")
    principal = platform.last_seen.principal()
    assert (principal.kind, principal.id) == ("partner", UUID(grant["key_id"]))
    assert principal.organisation_id == UUID(grant["organisation_id"])
    assert principal.scopes == {"completions:write"}
    assert platform.last_seen.all("x-api-key") == []
    (asked,) = platform.services.key_lookups
    assert service_principal(asked.all("x-ncce-principal")[0]).kind == "service"


async def test_a_revoked_api_key_is_refused_after_five_seconds(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    platform.services.api_keys[API_KEY] = _grant()
    for _ in range(3):
        assert await answer(platform, client, {"X-Api-Key": API_KEY}) == (200, "")
    assert len(platform.services.key_lookups) == 1
    platform.services.api_keys.clear()
    platform.clock.advance(5)
    assert await answer(platform, client, {"X-Api-Key": API_KEY}) == (401, "invalid-credential")


async def test_a_new_api_key_is_accepted_within_five_seconds_of_a_refusal(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    for _ in range(3):
        assert await answer(platform, client, {"X-Api-Key": API_KEY}) == (401, "invalid-credential")
    assert len(platform.services.key_lookups) == 1
    platform.services.api_keys[API_KEY] = _grant()
    platform.clock.advance(5)
    assert await answer(platform, client, {"X-Api-Key": API_KEY}) == (200, "")


async def test_a_refusal_that_is_about_the_gateway_is_not_blamed_on_the_key(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    platform.services.api_keys[API_KEY] = {"code": "unauthenticated"}
    assert await answer(platform, client, {"X-Api-Key": API_KEY}) == (503, "credential-unverifiable")


@pytest.mark.parametrize("value", ["", "ncce_live_short", API_KEY + "\x80", "x" * 9000, "ncce_prod_" + "a" * 60])
async def test_what_cannot_be_an_api_key_is_not_looked_up(platform: Platform, value: str) -> None:
    payload = (
        b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Api-Key: " + value.encode("latin-1") + b"\r\n\r\n"
    )
    reply = await raw_exchange(platform.running.port, payload)
    assert reply.startswith(b"HTTP/1.1 401")
    assert platform.services.key_lookups == []


@pytest.mark.parametrize(
    "names",
    [("Authorization", "X-Api-Key"), ("Authorization", "Authorization"), ("X-Api-Key", "x-api-key"),
     ("authorization", "AUTHORIZATION")],
)  # fmt: skip
async def test_two_credentials_are_one_too_many(platform: Platform, names: tuple[str, str]) -> None:
    platform.services.api_keys[API_KEY] = _grant()
    lines = [f"{name}: {API_KEY if 'key' in name.lower() else 'Bearer ' + platform.issuer.token()}" for name in names]
    request = "\r\n".join(["GET /v1/hubs HTTP/1.1", "Host: x", "Connection: close", *lines, "", ""])
    reply = await raw_exchange(platform.running.port, request.encode())
    assert reply.startswith(b"HTTP/1.1 401")
    assert b"two-credentials" in reply
    assert platform.services.seen == []


async def test_another_scheme_is_not_taken_for_no_credential(platform: Platform, client: aiohttp.ClientSession) -> None:
    basic = {"Authorization": "Basic " + base64.b64encode(b"a:b").decode()}
    assert await answer(platform, client, basic) == (401, "invalid-credential")


FORGED = sign_principal(a_teacher(), jwt.PyJWK(a_key("gateway"), algorithm="EdDSA"), "hubs")
ADMINISTRATOR = "0190aaaa-0000-7000-8000-00000000dead"
SPOOFS = [
    f"{name}: {value}"
    for value in (FORGED, ADMINISTRATOR)
    for name in (
        "X-NCCE-Principal", "x-ncce-principal", "X-Ncce-Principal", "X-NCCE-PRINCIPAL", "X_NCCE_Principal",
        "x-ncce_principal", "X-NCCE-Roles", "X-NCCE-", "X-User", "X-User-Id", "x_user_id", "X-USER-ROLES", "X-Userinfo",
        "X-Internal", "X-Internal-Token", "x_internal_user", "X-Forwarded-For", "x_forwarded_for", "X-FORWARDED-USER",
        "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded", "FORWARDED", "X-Real-IP",
        "x_real_ip", "X-Request-Deadline", "X-Auth-User", "X-Remote-User", "X-Principal", "True-Client-IP",
    )
]  # fmt: skip
MULTIPLE = [
    f"X-NCCE-Principal: {FORGED}\r\nX-NCCE-Principal: {FORGED}",
    f"Connection: close, X-NCCE-Principal\r\nX-NCCE-Principal: {FORGED}",
    "Connection: close, X-Request-Id, traceparent, X-Forwarded-For",
    f"X-Forwarded-For: {ADMINISTRATOR}\r\nx-forwarded-for: 192.0.2.1\r\nX_Forwarded_For: 192.0.2.2",
]


@pytest.mark.parametrize("lines", SPOOFS + MULTIPLE)
async def test_headers_never_change_who_is_calling(platform: Platform, lines: str) -> None:
    request = f"GET /v1/hubs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{lines}\r\n\r\n"
    await raw_exchange(platform.running.port, request.encode())
    seen = platform.last_seen
    assert seen.principal().kind == "anonymous"
    assert seen.all("x-forwarded-for") == ["127.0.0.1"]
    assert len(seen.all("x-request-deadline")) == 1
    said = [value for _, value in seen.headers]
    assert not [value for value in said if FORGED in value or ADMINISTRATOR in value]
    assert not [name for name, _ in seen.headers if "_" in name]
