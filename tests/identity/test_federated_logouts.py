"""Accounts of a strict provider: signed requests, signed clients, and sign-ins that end when they end there."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from pydantic import SecretStr

from builders import an_rsa_key, anonymous
from contracts.identity import SessionEnded
from factor_steps import Factors
from harness import ServiceHarness
from identity.app import SERVICE
from identity.federation.providers import UnusableProviders, load_providers
from identity_steps import CHEAP_HASHES, IdentitySteps
from signing_provider import CLIENT, EVENT, SigningProvider, an_ec_key, signing_provider

StartService = Callable[..., Awaitable[ServiceHarness]]
JSON = dict[str, Any]
FLOWS, RETURN, LOGOUT = (f"/v1/auth/providers/{one}" for one in ("one-login/flows", "return", "one-login/logout"))


@pytest.fixture
async def provider() -> AsyncIterator[SigningProvider]:
    async with signing_provider() as running:
        yield running


@pytest.fixture
async def identity(start_service: StartService, tmp_path: Path, provider: SigningProvider) -> IdentitySteps:
    """Identity that accepts accounts of the provider."""
    harness = await start_service(SERVICE, maildir=tmp_path, providers=provider.setting(), **CHEAP_HASHES)
    return IdentitySteps(harness, tmp_path)


async def _sign_in(identity: IdentitySteps, provider: SigningProvider, **more: object) -> httpx.Response:
    begun = (await identity.post(FLOWS, {})).json()
    query = await provider.sign_in(begun["authorization_url"])
    body = {"flow": begun["flow"], "oauth_state": query["state"], "code": query["code"], **more}
    return await identity.post(RETURN, body)


async def _linked(identity: IdentitySteps, provider: SigningProvider) -> Factors:
    """Somebody who signs in with an account there."""
    sam = await Factors(identity).sign_up()
    asked = (await _sign_in(identity, provider)).json()
    linked = await sam.call("POST", "/federated-identities", {"link": asked["link"]})
    assert linked.status_code == 201, linked.text
    return sam


async def _tell(identity: IdentitySteps, token: str, kind: str = "application/x-www-form-urlencoded") -> httpx.Response:
    client = await identity.harness.client(anonymous())
    return await client.post(LOGOUT, content=f"logout_token={token}", headers={"Content-Type": kind})


async def _open_ones(identity: IdentitySteps) -> int:
    rows = await identity.query("SELECT id FROM sign_in WHERE ended_at IS NULL AND elsewhere_account IS NOT NULL")
    return len(rows)


async def test_a_strict_provider_lets_somebody_in_and_signs_them_out_of_everything_that_began_there(
    identity: IdentitySteps, provider: SigningProvider
) -> None:
    sam = await _linked(identity, provider)
    tokens = (await _sign_in(identity, provider)).json()
    sam.take(tokens)
    assert sam.caller.attributes["amr"] == "fed"
    assert (await _sign_in(identity, provider, mode="cookie")).json()["status"] == "session_started"
    own = await identity.query("SELECT id FROM sign_in WHERE ended_at IS NULL")
    assert (len(own), await _open_ones(identity)) == (3, 2)

    token = provider.logout_token()
    told = await _tell(identity, token)
    assert (told.status_code, told.json(), told.headers["Cache-Control"]) == (200, {"status": "logged_out"}, "no-store")
    assert await _open_ones(identity) == 0
    still = await identity.query("SELECT id FROM sign_in WHERE ended_at IS NULL")
    assert len(still) == 1, "what began with the password goes on"
    ended = await identity.harness.published(SessionEnded)
    assert {one.reason for one in ended} == {"logged_out_there"}
    gone = {row.id for row in own} - {row.id for row in still}
    assert {one.sign_in_id for one in ended} == gone
    assert {UUID(one) for one in told.headers["x-ncce-ended"].split(",")} == gone, "the gateway knows with the answer"
    refreshed = await identity.post("/v1/auth/refresh", {"refresh_token": tokens["refresh_token"]})
    assert refreshed.json()["code"] == "refresh-token-refused"

    again = await _tell(identity, token)
    assert (again.status_code, again.json()["code"]) == (400, "logout-token-refused")
    assert (await _tell(identity, provider.logout_token())).status_code == 200, "nothing is left to end"
    assert len(await identity.harness.published(SessionEnded)) == 2
    held = await identity.query(
        "SELECT s::text AS row FROM sign_in s UNION SELECT u::text FROM federated_used_logout u"
    )
    assert provider.subject not in " ".join(one.row for one in held)


async def test_a_session_that_is_named_ends_alone(identity: IdentitySteps, provider: SigningProvider) -> None:
    await _linked(identity, provider)
    first = provider.session
    await _sign_in(identity, provider)
    provider.session = str(uuid4())
    await _sign_in(identity, provider)
    assert (await _tell(identity, provider.logout_token(sub=None, sid="of somebody else"))).status_code == 200
    assert await _open_ones(identity) == 2
    assert (await _tell(identity, provider.logout_token(sub=None, sid=first))).status_code == 200
    assert await _open_ones(identity) == 1
    assert (await _tell(identity, provider.logout_token(sub="somebody else", sid=provider.session))).status_code == 200
    assert await _open_ones(identity) == 1
    provider.names_sessions = False
    await _sign_in(identity, provider)
    assert (await _tell(identity, provider.logout_token(sid=provider.session))).status_code == 200
    assert await _open_ones(identity) == 0, "a sign-in of which no session is known counts as this one"


async def test_of_two_at_once_with_one_token_one_counts(identity: IdentitySteps, provider: SigningProvider) -> None:
    await _linked(identity, provider)
    await _sign_in(identity, provider)
    token = provider.logout_token()
    answers = await asyncio.gather(*(_tell(identity, token) for _ in range(5)))
    assert sorted(one.status_code for one in answers) == [200, 400, 400, 400, 400]


async def test_a_second_step_that_waits_ends_too_and_older_claims_open_nothing(
    identity: IdentitySteps, provider: SigningProvider
) -> None:
    sam = await _linked(identity, provider)
    await sam.add_app()
    asked = (await _sign_in(identity, provider)).json()
    assert (await _tell(identity, provider.logout_token())).status_code == 200
    late = await sam.prove(asked["challenge"], method="totp", code=await sam.code())
    assert (late.status_code, late.json()["code"]) == (401, "challenge-not-valid")
    await identity.query("UPDATE federated_identity SET logged_out_at = now() + interval '1 minute'")
    refused = await _sign_in(identity, provider)
    assert (refused.status_code, refused.json()["code"]) == (401, "federated-sign-in-refused")


async def test_what_is_no_logout_token_of_this_provider_for_us_and_of_now_ends_nothing(
    identity: IdentitySteps, provider: SigningProvider
) -> None:
    await _linked(identity, provider)
    await _sign_in(identity, provider)
    now, other = int(time()), an_ec_key(provider.key["kid"])
    good = provider.logout_token()
    wrong = {
        "another's key": provider.logout_token(key=other),
        "a key nobody published": provider.logout_token(key=an_ec_key("unknown")),
        "no signature": good.rpartition(".")[0] + ".",
        "another issuer": provider.logout_token(iss="https://evil.example.org"),
        "another client": provider.logout_token(aud="somebody-else"),
        "no audience": provider.logout_token(aud=None),
        "no moment": provider.logout_token(iat=None),
        "an old one": provider.logout_token(iat=now - 700),
        "of the future": provider.logout_token(iat=now + 300),
        "over": provider.logout_token(exp=now - 60),
        "without an end": provider.logout_token(exp=None),
        "no number": provider.logout_token(jti=None),
        "an empty number": provider.logout_token(jti=""),
        "no event": provider.logout_token(events=None),
        "another event": provider.logout_token(events={"https://example.org/event": {}}),
        "events as a list": provider.logout_token(events=[EVENT]),
        "an event that is none": provider.logout_token(events={EVENT: None}),
        "nobody": provider.logout_token(sub=None),
        "a subject that is no text": provider.logout_token(sub=7),
        "an ID token": provider.logout_token(nonce="n"),
        "an access token": provider.logout_token(typ="at+jwt"),
        "nothing": "",
        "noise": "a.b.c",
        "two": good + "&logout_token=" + good,
    }
    for name, token in wrong.items():
        refused = await _tell(identity, token)
        assert (refused.status_code, refused.json()["code"]) == (400, "logout-token-refused"), name
    assert (await _tell(identity, good, kind="application/json")).status_code == 400
    assert await _open_ones(identity) == 1
    assert await identity.harness.published(SessionEnded) == []
    assert (await _tell(identity, good)).status_code == 200


async def test_a_provider_that_looked_less_closely_than_was_asked_opens_nothing(
    identity: IdentitySteps, provider: SigningProvider
) -> None:
    provider.vot = "Cl"
    refused = await _sign_in(identity, provider)
    assert (refused.status_code, refused.json()["code"]) == (401, "federated-sign-in-refused")


async def test_a_request_object_says_it_all_and_the_address_tells_no_more(
    identity: IdentitySteps, provider: SigningProvider
) -> None:
    begun = (await identity.post(FLOWS, {})).json()
    query = {name: values[0] for name, values in parse_qs(urlsplit(begun["authorization_url"]).query).items()}
    assert set(query) == {"response_type", "client_id", "scope", "request"}
    told = provider.told(query["request"], f"{provider.issuer}/authorize")
    assert (told["iss"], told["client_id"], told["vtr"]) == (CLIENT, CLIENT, ["Cl.Cm"])
    assert told["exp"] - told["iat"] == 120
    state = identity.harness.app.state
    providers = SecretStr(provider.setting(request_audience="issuer"))
    state.settings = state.settings.model_copy(update={"providers": providers})
    begun = (await identity.post(FLOWS, {})).json()
    async with httpx.AsyncClient() as client:
        assert (await client.get(begun["authorization_url"])).status_code == 400, "the provider checks to whom"


def test_a_provider_that_wants_signed_requests_needs_our_key() -> None:
    own = {"issuer": "https://login.example.org", "client_id": "ncce", "client_secret": "s", "title": "Elsewhere"}
    with pytest.raises(UnusableProviders):
        load_providers(json.dumps({"elsewhere": {**own, "request_object": "signed"}}))
    key = json.dumps(an_rsa_key("ours"))
    loaded = load_providers(json.dumps({"elsewhere": {**own, "request_object": "signed", "client_key": key}}))
    assert loaded["elsewhere"].request_audience == "issuer"
