"""What makes an access token good, told by the module alone: no gateway runs, and the clock is what the test says."""

import base64
import json
from typing import Any
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from builders import a_key, an_rsa_key
from chassis.principal import Principal, RoleGrant
from gateway.policy.tokens import Verified, key_id, key_table, principal_of, verify
from gateway.problems import InvalidCredential

KEY = a_key("identity-1")
SIGNER = jwt.PyJWK(KEY, algorithm="EdDSA").key
PUBLIC: Ed25519PublicKey = SIGNER.public_key()
PERSON, HUB = UUID(int=1), UUID(int=2)
LONG_AGO, FAR_AHEAD = 1_000_000_000, 4_000_000_000


def a_token(now: int = LONG_AGO, header: dict[str, Any] | None = None, **claims: Any) -> str:
    """A token that is good at this moment for a minute, but for what is said otherwise; None leaves a part out."""
    content = {"iss": "ncce-identity", "aud": "ncce", "sub": str(PERSON), "iat": now, "exp": now + 60}
    content |= {"kind": "person"} | claims
    head = {"typ": "at+jwt", "kid": "identity-1"} | (header or {})
    return jwt.encode(
        {name: value for name, value in content.items() if value is not None},
        SIGNER,
        algorithm="EdDSA",
        headers={name: value for name, value in head.items() if value is not None},
    )


def shown(*keys: dict[str, Any]) -> dict[str, Any]:
    """Keys as identity publishes them."""
    return {"keys": [{name: value for name, value in key.items() if name != "d"} for key in keys]}


def test_the_header_names_the_key() -> None:
    assert key_id(a_token()) == "identity-1"


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "JWT"},
        {"typ": None},
        {"typ": "ncce-principal+jwt"},
        {"kid": None},
        {"crit": ["exp"]},
        {"crit": []},
    ],
)
def test_a_header_that_identity_never_writes_names_no_key(header: dict[str, Any]) -> None:
    with pytest.raises(InvalidCredential):
        key_id(a_token(header=header))


def test_an_extension_that_the_library_knows_is_none_of_ours() -> None:
    header = {"alg": "EdDSA", "typ": "at+jwt", "kid": "identity-1", "b64": True, "crit": ["b64"]}
    head = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
    _, claims, signature = a_token().split(".")
    with pytest.raises(InvalidCredential):
        key_id(f"{head}.{claims}.{signature}")


@pytest.mark.parametrize("token", ["", "a.b.c", "eyJhbGciOiJFZERTQSJ9"])
def test_what_is_no_token_names_no_key(token: str) -> None:
    with pytest.raises(InvalidCredential):
        key_id(token)


def test_another_algorithm_names_no_key() -> None:
    headers = {"typ": "at+jwt", "kid": "identity-1"}
    with pytest.raises(InvalidCredential):
        key_id(jwt.encode({"sub": str(PERSON)}, "s" * 64, algorithm="HS256", headers=headers))


@pytest.mark.parametrize("now", [LONG_AGO, FAR_AHEAD])
def test_a_good_token_says_who_is_calling_and_until_when(now: int) -> None:
    """Two moments, neither of which is that of the machine: the caller's clock decides, and no other."""
    found = verify(a_token(now, nbf=now), PUBLIC, now)
    assert found == Verified(Principal(kind="person", id=PERSON), now + 90)
    assert isinstance(found.expires_at, float)


def test_a_token_may_bound_where_and_how_much_it_is_used() -> None:
    bounds: dict[str, Any] = {
        "allowed_networks": ["10.0.0.0/8"],
        "requests_per_minute": 7,
        "organisation_requests_per_minute": 9,
    }
    found = verify(a_token(**bounds), PUBLIC, LONG_AGO)
    assert (found.networks, found.requests_per_minute, found.organisation_requests_per_minute) == (
        ("10.0.0.0/8",),
        7,
        9,
    )


def test_whoever_says_no_bounds_has_none() -> None:
    without = Verified(Principal(kind="person", id=PERSON), 1.0)
    assert (without.networks, without.requests_per_minute, without.organisation_requests_per_minute) == ((), None, None)


@pytest.mark.parametrize(
    "claims",
    [
        *({name: None} for name in ("exp", "iat", "iss", "aud", "sub", "kind")),
        {"iss": "ncce-gateway"}, {"aud": "somebody-else"}, {"aud": ["ncce"]}, {"aud": ["ncce", "somebody-else"]},
        {"sub": "administrator"}, {"kind": "service"}, {"kind": "anonymous"}, {"roles": "administrator"},
        {"exp": True}, {"exp": "tomorrow"}, {"exp": [FAR_AHEAD]}, {"iat": False}, {"nbf": True}, {"nbf": "today"},
    ],
)  # fmt: skip
def test_a_token_that_says_what_identity_never_says_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(InvalidCredential):
        verify(a_token(**claims), PUBLIC, LONG_AGO)


def test_a_signature_of_another_key_is_refused() -> None:
    with pytest.raises(InvalidCredential):
        verify(a_token(), jwt.PyJWK(a_key("identity-1"), algorithm="EdDSA").key.public_key(), LONG_AGO)


@pytest.mark.parametrize(
    ("claims", "is_good"),
    [
        ({"exp": LONG_AGO - 29}, True),
        ({"exp": LONG_AGO - 29.5}, True),
        ({"exp": LONG_AGO - 30}, False),
        ({"exp": LONG_AGO - 31}, False),
        ({"iat": LONG_AGO + 30}, True),
        ({"iat": LONG_AGO + 31}, False),
        ({"nbf": LONG_AGO + 30}, True),
        ({"nbf": LONG_AGO + 31}, False),
        ({"nbf": LONG_AGO - 9, "iat": LONG_AGO + 31}, False),
        ({"nbf": LONG_AGO, "iat": LONG_AGO - 3600}, True),
    ],
)
def test_half_a_minute_between_two_clocks_is_forgiven_and_no_more(claims: dict[str, Any], is_good: bool) -> None:
    token = a_token(**claims)
    if is_good:
        assert verify(token, PUBLIC, LONG_AGO).principal.id == PERSON
    else:
        with pytest.raises(InvalidCredential):
            verify(token, PUBLIC, LONG_AGO)


def test_claims_speak_for_a_person_or_a_partner_with_all_that_they_say() -> None:
    person = {
        "sub": str(PERSON), "kind": "person", "attributes": {"phase": "primary"},
        "roles": [{"role": "hub_lead", "organisation_id": str(HUB)}],
    }  # fmt: skip
    partner = {"sub": str(PERSON), "kind": "partner", "organisation_id": str(HUB), "scopes": ["events:read"]}
    assert principal_of(person) == Principal(
        kind="person",
        id=PERSON,
        attributes={"phase": "primary"},
        roles=(RoleGrant(role="hub_lead", organisation_id=HUB),),
    )
    assert principal_of(partner) == Principal(
        kind="partner", id=PERSON, organisation_id=HUB, scopes=frozenset({"events:read"})
    )


@pytest.mark.parametrize("claims", [{}, {"kind": "service"}, {"kind": "person", "sub": "x"}])
def test_claims_of_nobody_speak_for_nobody(claims: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"another kind|badly formed"):
        principal_of({"sub": str(PERSON)} | claims)


def test_a_key_set_is_read_by_names_and_other_kinds_are_left_out() -> None:
    nameless = a_key()
    del nameless["kid"]
    table = key_table(shown(KEY, a_key("identity-2"), an_rsa_key("other"), nameless))
    assert list(table) == ["identity-1", "identity-2"]
    assert verify(a_token(), table["identity-1"], LONG_AGO).principal.id == PERSON


@pytest.mark.parametrize("document", [None, [], "keys", {}, {"keys": []}, {"keys": "x"}, {"keys": [{"kty": "x"}]}])
def test_what_is_no_key_set_is_refused(document: object) -> None:
    with pytest.raises(ValueError, match="not a key set"):
        key_table(document)


def test_a_key_set_without_a_key_for_access_tokens_is_refused() -> None:
    with pytest.raises(ValueError, match="no key of the kind"):
        key_table(shown(an_rsa_key("other")))
