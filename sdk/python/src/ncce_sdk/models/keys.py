"""Bodies and answers of keys. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.transport import Model


class PublicKey(Model):
    """One Ed25519 key that verifies access tokens."""

    alg: str | None = None
    crv: str | None = None
    kid: str
    kty: str | None = None
    use: str | None = None
    x: str


class PublicKeys(Model):
    """A JSON Web Key Set."""

    keys: list[PublicKey]
