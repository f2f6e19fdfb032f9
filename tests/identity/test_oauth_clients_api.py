"""OAuth clients and the tokens they get."""

import base64
from datetime import timedelta
from typing import Any

import jwt
import pytest

from builders import a_key, a_teacher, an_rsa_key, anonymous, partner, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.identity import OauthClientChanged
from gateway.policy.tokens import key_table, verify
from identity.organisations.seed import organisation_id
from identity_steps import IdentitySteps
from oauth_steps import ADMINISTRATOR, ENDPOINT, STEM, OAuthSteps, another_key, assertion, public

BCS = organisation_id("bcs")
KEY = a_key("2026-11")


@pytest.fixture
async def oauth(identity: IdentitySteps) -> OAuthSteps:
    """Identity with the organisations."""
    await identity.harness.seed("organisations")
    return OAuthSteps(identity)


async def _as_the_gateway_reads(oauth: OAuthSteps, token: str) -> Principal:
    published = (await oauth.identity.call("GET", "/.well-known/jwks.json")).json()
    key = key_table(published)[jwt.get_unverified_header(token)["kid"]]
    return verify(token, key, clock.now().timestamp()).principal


async def test_a_secret_is_exchanged_for_a_token_that_the_gateway_believes(oauth: OAuthSteps) -> None:
    client = await oauth.register(environment="test")
    answer = await oauth.ask_with(client)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    reply = answer.json()
    assert (reply["token_type"], reply["expires_in"], reply["scope"]) == ("Bearer", 300, "courses:read hubs:read")
    principal = await _as_the_gateway_reads(oauth, reply["access_token"])
    assert (principal.kind, str(principal.id), principal.organisation_id) == ("partner", client["id"], STEM)
    assert principal.scopes == {"courses:read", "hubs:read"}
    assert principal.attributes == {"environment": "test"}


async def test_a_client_shows_its_secret_in_the_header_too(oauth: OAuthSteps) -> None:
    client = await oauth.register()
    basic = base64.b64encode(f"{client['id']}:{client['client_secret']}".encode()).decode()
    assert (await oauth.ask({}, Authorization=f"Basic {basic}")).status_code == 200
    for wrong in (f"Bearer {basic}", "Basic", "Basic !!!", f"Basic {basic[:-8]}", "Basic bm9jb2xvbg=="):
        refused = await oauth.ask({}, Authorization=wrong)
        assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client"), wrong
        assert refused.headers["WWW-Authenticate"].startswith("Basic")
    both = await oauth.ask({"client_secret": client["client_secret"]}, Authorization=f"Basic {basic}")
    assert (both.status_code, both.json()["error"]) == (400, "invalid_request")


async def test_a_token_has_no_more_scopes_than_were_asked_for(oauth: OAuthSteps) -> None:
    client = await oauth.register()
    assert (await oauth.ask_with(client, scope="hubs:read")).json()["scope"] == "hubs:read"
    for scope in ("completions:write", "hubs:read everything"):
        refused = await oauth.ask_with(client, scope=scope)
        assert (refused.status_code, refused.json()["error"]) == (400, "invalid_scope")


async def test_limits_of_client_and_organisation_travel_in_the_token(oauth: OAuthSteps) -> None:
    limit = f"/v1/organisations/{STEM}/request-limit"
    await oauth.identity.call("PUT", limit, {"requests_per_minute": 900}, caller=ADMINISTRATOR)
    client = await oauth.register(allowed_networks=["192.0.2.0/24"], requests_per_minute=60)
    token = (await oauth.ask_with(client)).json()["access_token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["allowed_networks"] == ["192.0.2.0/24"]
    assert (claims["requests_per_minute"], claims["organisation_requests_per_minute"]) == (60, 900)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "invalid_request"),
        ({"client_secret": "ncce_secret_wrong"}, "invalid_client"),
        ({"client_id": str(new_id())}, "invalid_client"),
        ({"client_id": "nobody"}, "invalid_client"),
        ({"client_id": ""}, "invalid_client"),
        ({"client_secret": ""}, "invalid_client"),
    ],
)
async def test_what_is_no_proof_is_refused_in_the_words_of_oauth(
    oauth: OAuthSteps, fields: dict[str, str], error: str
) -> None:
    refused = await oauth.ask_with(await oauth.register(), **fields)
    assert refused.json()["error"] == error
    assert refused.status_code == (401 if error == "invalid_client" else 400)
    assert refused.headers["Content-Type"] == "application/json"


async def test_a_request_is_a_form_with_each_field_once(oauth: OAuthSteps) -> None:
    client = await oauth.identity.harness.client(anonymous())
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for content, headers in (
        (b'{"grant_type": "client_credentials"}', {"Content-Type": "application/json"}),
        (b"grant_type=client_credentials", {}),
        (b"client_secret=a&client_secret=b", form),
        (b"\xff\xfe", form),
        (b"a=" + b"b" * 20_000, form),
        (b"&".join(b"f%d=1" % number for number in range(30)), form),
    ):
        refused = await client.post("/oauth/token", content=content, headers=headers)
        assert (refused.status_code, refused.json()["error"]) == (400, "invalid_request"), content[:40]


@pytest.mark.parametrize(("key", "algorithm"), [(KEY, "EdDSA"), (an_rsa_key("2026-11"), "PS256")], ids=["ed", "rsa"])
async def test_a_client_proves_itself_with_its_key_once_for_each_assertion(
    oauth: OAuthSteps, key: dict[str, str], algorithm: str
) -> None:
    client = await oauth.register_key(key)
    assert client["client_secret"] is None
    shown = assertion(client["id"], key, algorithm=algorithm)
    assert (await oauth.ask_by(shown)).status_code == 200
    again = await oauth.ask_by(shown)
    assert (again.status_code, again.json()["error"]) == (401, "invalid_client")
    for audience in ("http://127.0.0.1:8080", "http://127.0.0.1:8080/"):
        fresh = assertion(client["id"], key, algorithm=algorithm, aud=audience)
        assert (await oauth.ask_by(fresh, client_id=client["id"])).status_code == 200


NOW = int(clock.now().timestamp())
LIES: list[dict[str, Any]] = [
    {"aud": "https://elsewhere.example.org/oauth/token"},
    {"aud": [ENDPOINT, "https://elsewhere.example.org"]},
    {"aud": None},
    {"iss": "somebody else"},
    {"jti": None},
    {"jti": ""},
    {"jti": 7},
    {"jti": "x" * 201},
    {"exp": NOW - 60},
    {"exp": NOW + 3600},
    {"exp": None},
    {"exp": "tomorrow"},
    {"exp": True},
    {"exp": 10**30},
    {"iat": NOW + 3600},
    {"nbf": NOW + 3600},
    {"kid": "another"},
    {"sub": str(new_id())},
]


async def test_an_assertion_that_is_not_exactly_right_proves_nothing(oauth: OAuthSteps) -> None:
    client = await oauth.register_key(KEY)
    signed = [assertion(client["id"], KEY, **lie) for lie in LIES]
    head, body, signature = assertion(client["id"], KEY).split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    forged = [
        assertion(client["id"], another_key()),
        f"{none}.{body}.",
        f"{head}.{body}.{signature[:-6]}AAAAAA",
        jwt.encode({"sub": client["id"]}, public(KEY)["x"].ljust(32, "="), algorithm="HS256"),
        "not.a.token",
        "x",
    ]
    for shown in (*signed, *forged):
        refused = await oauth.ask_by(shown)
        assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
    bare = await oauth.ask({"client_assertion": assertion(client["id"], KEY)})
    assert bare.json()["error"] == "invalid_request"
    assert await oauth.identity.query("SELECT 1 FROM oauth_used_assertion") == []


async def test_used_assertions_are_forgotten_when_they_would_have_expired(oauth: OAuthSteps) -> None:
    client = await oauth.register_key(KEY)
    assert (await oauth.ask_by(assertion(client["id"], KEY))).status_code == 200
    await oauth.identity.query("UPDATE oauth_used_assertion SET expires_at = expires_at - interval '1 hour'")
    assert (await oauth.ask_by(assertion(client["id"], KEY))).status_code == 200
    assert len(await oauth.identity.query("SELECT 1 FROM oauth_used_assertion")) == 1


async def test_both_secrets_work_while_one_is_rotated(oauth: OAuthSteps) -> None:
    client = await oauth.register()
    path = f"/v1/oauth-clients/{client['id']}/secret-rotation"
    new = (await oauth.identity.post(path, {"overlap_days": 2}, caller=ADMINISTRATOR)).json()
    assert [(await oauth.ask_with(shown)).status_code for shown in (client, new)] == [200, 200]
    await oauth.identity.query(
        "UPDATE oauth_client SET former_secret_until = :at", at=clock.now() - timedelta(seconds=1)
    )
    assert [(await oauth.ask_with(shown)).status_code for shown in (client, new)] == [401, 200]
    last = (await oauth.identity.post(path, {"overlap_days": 0}, caller=ADMINISTRATOR)).json()
    assert [(await oauth.ask_with(shown)).status_code for shown in (new, last)] == [401, 200]


async def test_keys_are_replaced_without_a_gap(oauth: OAuthSteps) -> None:
    client, other = await oauth.register_key(KEY), a_key("2027-01")
    path = f"/v1/oauth-clients/{client['id']}/jwks"
    both = {"keys": [public(KEY), public(other)]}
    assert (await oauth.identity.call("PUT", path, both, caller=ADMINISTRATOR)).status_code == 200
    for key in (KEY, other):
        assert (await oauth.ask_by(assertion(client["id"], key))).status_code == 200
    await oauth.identity.call("PUT", path, {"keys": [public(other)]}, caller=ADMINISTRATOR)
    assert (await oauth.ask_by(assertion(client["id"], KEY))).status_code == 401
    secret = f"/v1/oauth-clients/{client['id']}/secret-rotation"
    assert (await oauth.identity.post(secret, {}, caller=ADMINISTRATOR)).json()["code"] == "oauth-client-otherwise"


@pytest.mark.parametrize(
    "keys",
    [
        [],
        [KEY],
        [public(KEY), public(KEY)],
        [{name: value for name, value in public(KEY).items() if name != "kid"}],
        [{"kty": "oct", "kid": "a", "k": "c2VjcmV0"}],
        [{"kty": "OKP", "crv": "Ed25519", "kid": "a", "x": "short"}],
        [{"kty": "EC", "crv": "P-384", "kid": "a", "x": "AA", "y": "AA"}],
    ],
    ids=["none", "private", "twice", "nameless", "symmetric", "broken", "another curve"],
)
async def test_only_public_keys_that_can_be_used_are_registered(oauth: OAuthSteps, keys: list[dict[str, str]]) -> None:
    wanted = {"organisation_id": str(STEM), "name": "Platform", "scopes": ["hubs:read"]}
    body = {**wanted, "authentication": "private_key_jwt", "jwks": {"keys": keys}}
    refused = await oauth.identity.post("/v1/oauth-clients", body, caller=ADMINISTRATOR)
    assert refused.status_code == 422
    assert KEY["d"] not in refused.text


async def test_keys_go_with_one_way_and_not_with_the_other(oauth: OAuthSteps) -> None:
    wanted = {"organisation_id": str(STEM), "name": "Platform", "scopes": ["hubs:read"]}
    for more in ({"authentication": "private_key_jwt"}, {"jwks": {"keys": [public(KEY)]}}):
        refused = await oauth.identity.post("/v1/oauth-clients", {**wanted, **more}, caller=ADMINISTRATOR)
        assert refused.status_code == 422


async def test_a_revoked_client_gets_no_token_and_it_is_told(oauth: OAuthSteps) -> None:
    client = await oauth.register()
    for _ in range(2):
        gone = await oauth.identity.call("DELETE", f"/v1/oauth-clients/{client['id']}", caller=ADMINISTRATOR)
        assert gone.status_code == 204
    assert (await oauth.ask_with(client)).json()["error"] == "invalid_client"
    told = await oauth.identity.harness.published(OauthClientChanged)
    assert [(str(event.client_id), event.state) for event in told] == [
        (client["id"], "live"),
        (client["id"], "revoked"),
    ]
    path = f"/v1/oauth-clients/{client['id']}/secret-rotation"
    assert (await oauth.identity.post(path, {}, caller=ADMINISTRATOR)).status_code == 404


async def test_an_organisation_has_ten_clients(oauth: OAuthSteps) -> None:
    for _ in range(10):
        await oauth.register()
    wanted = {"organisation_id": str(STEM), "name": "Platform", "scopes": ["hubs:read"]}
    refused = await oauth.identity.post("/v1/oauth-clients", wanted, caller=ADMINISTRATOR)
    assert refused.json()["code"] == "too-many-oauth-clients"
    await oauth.register(organisation_id=str(BCS))


async def test_no_secret_is_kept_or_listed(oauth: OAuthSteps) -> None:
    client = await oauth.register()
    listed = await oauth.identity.call("GET", "/v1/oauth-clients", caller=ADMINISTRATOR)
    [held] = await oauth.identity.query("SELECT oauth_client::text AS row FROM oauth_client")
    assert client["client_secret"] not in listed.text + held.row


@pytest.mark.parametrize("caller", [a_teacher(), staff("auditor"), partner("hubs:read"), anonymous()])
async def test_others_register_no_clients(oauth: OAuthSteps, caller: Principal) -> None:
    listed = await oauth.identity.call("GET", "/v1/oauth-clients", caller=caller)
    assert listed.status_code == (401 if caller.kind == "anonymous" else 403)


async def test_programs_find_out_how_to_get_a_token(oauth: OAuthSteps) -> None:
    told = (await oauth.identity.call("GET", "/.well-known/oauth-authorization-server")).json()
    assert (told["issuer"], told["token_endpoint"]) == ("http://127.0.0.1:8080", ENDPOINT)
    assert "private_key_jwt" in told["token_endpoint_auth_methods_supported"]
    assert told["response_types_supported"] == []
