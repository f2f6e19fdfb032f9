"""Bodies and answers of badges. Written by `./ncce sdk`; do not edit."""

from typing import Literal

from ncce_sdk.transport import Model


class BadgeIssuer(Model):
    """The profile of the issuer, by Open Badges 3.0."""

    id: str
    name: str
    type: list[str]
    url: str


class BadgeKey(Model):
    """A public RSA key as a JSON Web Key."""

    alg: Literal["RS256"]
    e: str
    kid: str
    kty: Literal["RSA"]
    n: str
    use: Literal["sig"]


class BadgeKeySet(Model):
    """The keys that sign badges: the first signs now, the others did before."""

    keys: list[BadgeKey]
