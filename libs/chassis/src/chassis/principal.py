"""Who is calling: a short-lived statement signed by the gateway, the only one a service believes.

The gateway authenticates a caller once and passes on a signed principal for one audience (the service's name). A
request without it, or with one that any other key signed, is refused, so that reaching a service's port gains nothing.
"""

from collections import OrderedDict
from time import time
from typing import Literal
from uuid import UUID

import jwt
from pydantic import BaseModel, ConfigDict, ValidationError

from chassis.refusals import Unauthenticated

HEADER = "X-NCCE-Principal"
ISSUER = "ncce-gateway"
TOKEN_TYPE = "ncce-principal+jwt"  # noqa: S105  a media type, not a secret
LIMITED_TO = "limited_to"
"""The attribute of somebody who may do one thing only."""
LEEWAY_SECONDS = 5
ENVIRONMENT, TEST = "environment", "test"
"""The attribute that says what a partner's credential is for, and what it says of one for trying things out."""
CACHE_SIZE = 4096


class RoleGrant(BaseModel):
    """A role, held at an organisation or everywhere (`None`)."""

    model_config = ConfigDict(frozen=True)

    role: str
    organisation_id: UUID | None = None


class Principal(BaseModel):
    """The caller of a request."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["anonymous", "person", "partner", "service"]
    id: UUID | None = None
    organisation_id: UUID | None = None
    roles: tuple[RoleGrant, ...] = ()
    scopes: frozenset[str] = frozenset()
    attributes: dict[str, str] = {}

    @property
    def is_limited(self) -> bool:
        """Whether identity limits them to setting up a second factor."""
        return self.kind == "person" and LIMITED_TO in self.attributes

    def has_role(self, *roles: str) -> bool:
        """Whether one of the roles is held anywhere."""
        return any(grant.role in roles for grant in self.roles)

    def organisations(self, *roles: str) -> frozenset[UUID]:
        """The organisations at which one of the roles is held."""
        return frozenset(grant.organisation_id for grant in self.roles if grant.role in roles and grant.organisation_id)


def sign_principal(principal: Principal, key: jwt.PyJWK, audience: str, lifetime_seconds: int = 60) -> str:
    """A principal as the header's value, for one service."""
    issued = int(time())
    claims = principal.model_dump(mode="json", exclude_defaults=True) | {
        "kind": principal.kind,
        "iss": ISSUER,
        "aud": audience,
        "iat": issued,
        "exp": issued + lifetime_seconds,
    }
    return jwt.encode(claims, key.key, algorithm="EdDSA", headers={"kid": key.key_id, "typ": TOKEN_TYPE})


class PrincipalVerifier:
    """Checks principals for one audience, and remembers those it has checked until they expire."""

    def __init__(self, keys: str, audience: str, *, takes_tests: bool = True) -> None:
        self._keys = {key.key_id: key for key in jwt.PyJWKSet.from_json(keys).keys}
        self._audience = audience
        self._takes_tests = takes_tests
        self._seen: OrderedDict[str, tuple[float, Principal]] = OrderedDict()

    def verify(self, token: str | None) -> Principal:
        """The principal, or Unauthenticated when it is missing, forged, expired or meant for another service."""
        if not token:
            raise Unauthenticated("This service answers through the gateway only.")
        found = self._seen.get(token)
        if found is None:
            found = self._check(token)
            self._remember(token, found)
        if found[0] + LEEWAY_SECONDS < time():
            self._seen.pop(token, None)
            raise Unauthenticated("The gateway's statement about the caller has expired.")
        return found[1]

    def _check(self, token: str) -> tuple[float, Principal]:
        try:
            header = jwt.get_unverified_header(token)
            key = self._keys[header["kid"]]
            if header.get("typ") != TOKEN_TYPE:
                raise jwt.InvalidTokenError("another kind of token")
            claims = jwt.decode(
                token,
                key.key,
                algorithms=["EdDSA"],
                audience=self._audience,
                issuer=ISSUER,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iat", "aud", "iss"]},
            )
            principal = Principal.model_validate(claims)
        except (jwt.PyJWTError, KeyError, ValidationError) as error:
            raise Unauthenticated("The statement about the caller is not the gateway's.") from error
        if principal.attributes.get(ENVIRONMENT) == TEST and not self._takes_tests:
            raise Unauthenticated("What is only tried out does not belong on the live platform.")
        return float(claims["exp"]), principal

    def _remember(self, token: str, found: tuple[float, Principal]) -> None:
        self._seen[token] = found
        while len(self._seen) > CACHE_SIZE:
            self._seen.popitem(last=False)
