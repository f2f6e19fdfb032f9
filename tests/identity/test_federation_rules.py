"""Providers as data, and what guards a sign-in at one."""

import json
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from pydantic import ValidationError

from builders import an_rsa_key
from harness import settings_for
from identity.app import SERVICE
from identity.federation.discovery import Description
from identity.federation.errors import FederatedSignInRefused
from identity.federation.flows import Flow, authorization_url, check_return, client_authentication
from identity.federation.providers import UnusableProviders, known_providers, load_providers
from identity.federation.service import suggestion

ISSUER = "https://login.example.org/"
DESCRIPTION = Description(
    issuer=ISSUER,
    authorization_endpoint=f"{ISSUER}authorize",
    token_endpoint=f"{ISSUER}token",
    jwks_uri=f"{ISSUER}keys",
    authorization_response_iss_parameter_supported=True,
)
OWN = {"issuer": ISSUER, "client_id": "ncce", "client_secret": "not to be told"}


def test_every_provider_that_is_known_loads_with_what_a_platform_adds() -> None:
    key = json.dumps(an_rsa_key("one-login"))
    given = {name: {**OWN, "client_key": key} for name in known_providers()}
    loaded = load_providers(json.dumps(given))
    assert set(loaded) == {"stem-learning", "one-login", "dfe-sign-in"}
    assert loaded["one-login"].parameters == {"vtr": ["Cl.Cm"]}
    assert loaded["one-login"].accepted == {"vot": ("Cl.Cm",)}
    assert loaded["one-login"].client_authentication == "private_key_jwt"
    assert loaded["stem-learning"].claims["email"] == "userEmail"


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("stem-learning", {}),
        ("stem-learning", {**OWN, "issuer": "http://login.example.org/"}),
        ("stem-learning", {**OWN, "scopes": ["profile"]}),
        ("stem-learning", {**OWN, "client_secret": None}),
        ("stem-learning", {**OWN, "surprise": 1}),
        ("one-login", OWN),
        ("elsewhere", {**OWN, "title": "Elsewhere", "id_token_algorithms": ["none"]}),
        ("elsewhere", {**OWN, "title": "Elsewhere", "id_token_algorithms": ["HS256"]}),
    ],
)
def test_identity_does_not_start_with_providers_that_cannot_work_and_tells_no_secret(
    name: str, own: dict[str, object]
) -> None:
    with pytest.raises((UnusableProviders, ValidationError)) as refused:
        settings_for(SERVICE, "postgresql://nowhere", maildir="mail", providers=json.dumps({name: own}))
    assert OWN["client_secret"] not in str(refused.value)


def test_what_guards_a_sign_in_differs_and_is_not_in_the_address() -> None:
    provider, flow = load_providers(json.dumps({"stem-learning": OWN}))["stem-learning"], Flow("f" * 64)
    url = authorization_url(provider, DESCRIPTION, flow, "https://ncce.example.org/sign-in/return")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert asked["redirect_uri"] == "https://ncce.example.org/sign-in/return"
    assert (asked["scope"], asked["response_type"]) == ("openid profile email", "code")
    assert asked["code_challenge_method"] == "S256"
    assert len({flow.state, flow.nonce, flow.verifier, flow.challenge, Flow("g" * 64).state}) == 5
    assert not {flow.token, flow.verifier, OWN["client_secret"]} & set(asked.values())


@pytest.mark.parametrize("issuer", [None, "https://evil.example.org/", ISSUER.rstrip("/")])
def test_an_answer_of_another_provider_is_refused(issuer: str | None) -> None:
    flow = Flow("f" * 64)
    check_return(DESCRIPTION, flow, flow.state, ISSUER)
    with pytest.raises(FederatedSignInRefused):
        check_return(DESCRIPTION, flow, flow.state, issuer)
    with pytest.raises(FederatedSignInRefused):
        check_return(DESCRIPTION, flow, Flow("g" * 64).state, ISSUER)


def test_a_provider_that_wants_a_signed_statement_gets_one_for_two_minutes() -> None:
    key = an_rsa_key("ours")
    own = {**OWN, "client_key": json.dumps(key)}
    headers, form = client_authentication(load_providers(json.dumps({"one-login": own}))["one-login"], DESCRIPTION)
    signed = form["client_assertion"]
    claims = jwt.decode(signed, jwt.PyJWK(key).key.public_key(), ["RS256"], audience=DESCRIPTION.token_endpoint)
    assert headers == {}
    assert (claims["iss"], claims["sub"], claims["exp"] - claims["iat"]) == ("ncce", "ncce", 120)
    assert jwt.get_unverified_header(signed)["kid"] == "ours"


def test_what_a_provider_says_of_somebody_is_taken_for_what_it_is() -> None:
    provider = load_providers(json.dumps({"stem-learning": OWN}))["stem-learning"]
    told = suggestion(provider, {"given_name": "Ada", "family_name": ["no", "name"], "userEmail": "a" * 300})
    assert told.model_dump() == {"given_name": "Ada", "family_name": None, "email": None}
