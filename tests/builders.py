"""Callers and keys for tests."""

import base64
import json
import os
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm, RSAAlgorithm

from chassis.ids import new_id
from chassis.principal import Principal, RoleGrant


def a_key(kid: str = "test") -> dict[str, str]:
    """A private Ed25519 key as a JSON Web Key."""
    return {**OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate(), as_dict=True), "kid": kid, "alg": "EdDSA", "use": "sig"}


def an_rsa_key(kid: str = "test") -> dict[str, str]:
    """A private RSA key as a JSON Web Key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return {**RSAAlgorithm.to_jwk(key, as_dict=True), "kid": kid, "alg": "RS256", "use": "sig"}


def a_sealing_key(kid: str = "test") -> dict[str, str]:
    """A symmetric key as a JSON Web Key."""
    return {"kty": "oct", "kid": kid, "k": base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()}


def key_set(*keys: dict[str, str], private: bool = False) -> str:
    """A JSON Web Key Set, public unless said otherwise."""
    shown = [key if private else {name: value for name, value in key.items() if name != "d"} for key in keys]
    return json.dumps({"keys": shown})


GATEWAY_KEY = a_key("gateway")
GATEWAY_SIGNER = jwt.PyJWK(GATEWAY_KEY, algorithm="EdDSA")


def a_fresh_key() -> dict[str, str]:
    """The header of a request that is meant once, and not as a repeat of another."""
    return {"Idempotency-Key": str(new_id())}


def anonymous() -> Principal:
    """Nobody in particular."""
    return Principal(kind="anonymous")


def a_teacher(school_urn: str = "900001", phase: str = "primary", person_id: UUID | None = None) -> Principal:
    """A teacher at a school."""
    return Principal(kind="person", id=person_id or new_id(), attributes={"school_urn": school_urn, "phase": phase})


def a_school_lead(school_urn: str, person_id: UUID | None = None) -> Principal:
    """A teacher who speaks for the school."""
    teacher = a_teacher(school_urn, "secondary", person_id)
    return teacher.model_copy(update={"roles": (RoleGrant(role="school_lead"),)})


def staff(*roles: str, organisation_id: UUID | None = None, person_id: UUID | None = None) -> Principal:
    """A person with roles, at an organisation or everywhere."""
    grants = tuple(RoleGrant(role=role, organisation_id=organisation_id) for role in roles)
    return Principal(kind="person", id=person_id or new_id(), roles=grants)


def partner(*scopes: str, organisation_id: UUID | None = None) -> Principal:
    """A partner organisation, calling with an API key."""
    return Principal(kind="partner", id=new_id(), organisation_id=organisation_id or new_id(), scopes=frozenset(scopes))


def the_gateway() -> Principal:
    """The gateway itself."""
    return Principal(kind="service", id=new_id())
