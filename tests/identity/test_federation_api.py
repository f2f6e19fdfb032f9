"""Signing in with an account of another organisation, at a real OpenID provider."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from factor_steps import Factors
from harness import ServiceHarness
from identity.app import SERVICE
from identity.people.models import Role
from identity_steps import CHEAP_HASHES, IdentitySteps
from openid_provider import openid_provider, set_up, sign_in_there

StartService = Callable[..., Awaitable[ServiceHarness]]
JSON = dict[str, Any]


@pytest.fixture(scope="module")
async def issuer() -> AsyncIterator[str]:
    """The provider of this module."""
    async with openid_provider() as address:
        yield address


@pytest.fixture
async def identity(start_service: StartService, tmp_path: Path, issuer: str) -> IdentitySteps:
    """Identity that accepts accounts of the provider."""
    providers = set_up(issuer)
    harness = await start_service(SERVICE, maildir=tmp_path, providers=providers, **CHEAP_HASHES)
    return IdentitySteps(harness, tmp_path)


async def _begin(identity: IdentitySteps) -> JSON:
    begun = await identity.post("/v1/auth/providers/stem-learning/flows", {})
    assert begun.status_code == 201, begun.text
    flow: JSON = begun.json()
    return flow


async def _return(identity: IdentitySteps, flow: str, query: JSON, **more: object) -> httpx.Response:
    body = {"flow": flow, "oauth_state": query["state"], "code": query["code"], **more}
    return await identity.post("/v1/auth/providers/return", body)


async def _sign_in(identity: IdentitySteps, **more: object) -> JSON:
    begun = await _begin(identity)
    answer = await _return(identity, begun["flow"], await sign_in_there(begun["authorization_url"]), **more)
    assert answer.status_code == 200, answer.text
    told: JSON = answer.json()
    return told


async def test_an_account_elsewhere_is_linked_by_whoever_signs_in_here_and_signs_in_from_then_on(
    identity: IdentitySteps,
) -> None:
    sam = await Factors(identity).sign_up()
    asked = await _sign_in(identity)
    assert asked["status"] == "link_required", "the address that the provider names decides nothing"
    assert asked["suggestion"] == {"given_name": "Ada", "family_name": "Elsewhere", "email": sam.email}
    linked = await sam.call("POST", "/federated-identities", {"link": asked["link"]})
    assert (linked.status_code, linked.json()["provider"]) == (201, "stem-learning")
    assert "another organisation's account was set up" in (await sam.mailed())[-1]

    sam.take(await _sign_in(identity))
    assert sam.caller.attributes["amr"] == "fed"
    assert (await sam.call("GET", "")).json()["email"] == sam.email
    assert (await _sign_in(identity, mode="cookie"))["status"] == "session_started"

    [one] = (await sam.call("GET", "/federated-identities")).json()["data"]
    assert one["last_used_at"] is not None
    assert (await sam.call("DELETE", f"/federated-identities/{one['id']}")).status_code == 204
    assert (await sam.call("DELETE", f"/federated-identities/{one['id']}")).status_code == 404
    assert (await _sign_in(identity))["status"] == "link_required"


async def test_whether_somebody_here_has_the_address_is_not_told(identity: IdentitySteps) -> None:
    unknown = await _sign_in(identity)
    await identity.sign_up()
    known = await _sign_in(identity)
    secret = ("link",)
    assert {name: one for name, one in known.items() if name not in secret} == {
        name: one for name, one in unknown.items() if name not in secret
    }


async def test_an_account_elsewhere_belongs_to_one_person_and_a_link_works_once(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    other = await Factors(identity, "another@example.org").sign_up()
    links = [(await _sign_in(identity))["link"] for _ in range(3)]
    assert (await sam.call("POST", "/federated-identities", {"link": links[0]})).status_code == 201
    answers = [
        await other.call("POST", "/federated-identities", {"link": links[0]}),
        await other.call("POST", "/federated-identities", {"link": links[1]}),
        await sam.call("POST", "/federated-identities", {"link": links[2]}),
    ]
    assert [answer.json()["code"] for answer in answers] == [
        "identity-link-not-valid",
        *["identity-linked-already"] * 2,
    ]


async def test_linking_needs_a_recent_proof(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    link = (await _sign_in(identity))["link"]
    await sam.grow_old()
    refused = await sam.call("POST", "/federated-identities", {"link": link})
    assert refused.json()["code"] == "fresh-proof-required"
    await sam.prove_again()
    assert (await sam.call("POST", "/federated-identities", {"link": link})).status_code == 201


async def test_staff_and_whoever_has_a_factor_are_asked_for_it_here(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    await sam.call("POST", "/federated-identities", {"link": (await _sign_in(identity))["link"]})
    assert sam.caller.id is not None
    await sam.grant(sam.caller.id, Role.AUDITOR)
    sam.take(await _sign_in(identity))
    assert (sam.caller.is_limited, sam.caller.roles) == (True, ())
    await sam.add_app()
    asked = await _sign_in(identity)
    assert asked["status"] == "second_factor_required"
    assert (await sam.prove(asked["challenge"], method="totp", code=await sam.code())).status_code == 200
    assert sam.caller.attributes["amr"] == "fed otp mfa"


async def test_what_comes_back_finishes_the_flow_that_began_and_once(identity: IdentitySteps) -> None:
    mine, theirs = await _begin(identity), await _begin(identity)
    query = await sign_in_there(mine["authorization_url"])
    crossed = await _return(identity, theirs["flow"], query)
    assert (crossed.status_code, crossed.json()["code"]) == (401, "federated-sign-in-refused")
    assert (await _return(identity, mine["flow"], query)).status_code == 200
    assert (await _return(identity, mine["flow"], query)).status_code == 401
    late = await _begin(identity)
    await identity.query("UPDATE federated_flow SET expires_at = now()")
    assert (await _return(identity, late["flow"], await sign_in_there(late["authorization_url"]))).status_code == 401
    held = await identity.query("SELECT federated_link::text AS held FROM federated_link")
    assert "@" not in " ".join(row.held for row in held)


async def test_a_sign_in_begun_with_the_old_client_secret_ends_with_the_new_one(
    identity: IdentitySteps, issuer: str
) -> None:
    begun = await _begin(identity)
    query, state = await sign_in_there(begun["authorization_url"]), identity.harness.app.state
    renewed = SecretStr(set_up(issuer, client_secret="another secret of the sandbox"))
    state.settings = identity.harness.settings.model_copy(update={"providers": renewed})
    assert (await _return(identity, begun["flow"], query)).status_code == 200


async def test_a_code_of_another_sign_in_is_not_taken_for_ours(identity: IdentitySteps) -> None:
    """The attacker's code in the victim's flow: the provider's token names another nonce."""
    mine, theirs = await _begin(identity), await _begin(identity)
    stolen = (await sign_in_there(theirs["authorization_url"]))["code"]
    state = (await sign_in_there(mine["authorization_url"]))["state"]
    refused = await _return(identity, mine["flow"], {"state": state, "code": stolen})
    assert (refused.status_code, refused.json()["code"]) == (401, "federated-sign-in-refused")
    assert await identity.query("SELECT 1 FROM federated_link") == []


async def test_a_provider_that_is_not_itself_or_not_there_is_named_unavailable(
    start_service: StartService, tmp_path: Path, issuer: str
) -> None:
    for address in (f"{issuer}/", "http://127.0.0.1:9"):
        harness = await start_service(SERVICE, maildir=tmp_path, providers=set_up(address), **CHEAP_HASHES)
        steps = IdentitySteps(harness, tmp_path)
        refused = await steps.post("/v1/auth/providers/stem-learning/flows", {})
        assert (refused.status_code, refused.json()["code"]) == (503, "provider-unavailable")
    unknown = await steps.post("/v1/auth/providers/nobody/flows", {})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "provider-not-found")
    listed = (await steps.call("GET", "/v1/auth/providers")).json()
    assert listed == {"data": [{"name": "stem-learning", "title": "STEM Learning"}]}
