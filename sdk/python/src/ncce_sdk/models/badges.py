"""Bodies and answers of badges. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.transport import Model


class BadgeIssuer(Model):
    """The profile of the issuer, by Open Badges 3.0."""

    id: str
    name: str
    type: list[str]
    url: str


class BadgeKey(Model):
    """A public RSA key as a JSON Web Key."""

    alg: str
    e: str
    kid: str
    kty: str
    n: str
    use: str


class BadgeKeySet(Model):
    """The keys that sign badges: the first signs now, the others did before."""

    keys: list[BadgeKey]
