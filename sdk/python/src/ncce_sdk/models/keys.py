"""Bodies and answers of keys. Written by `./ncce sdk`; do not edit."""

from typing import Literal

from ncce_sdk.transport import Model


class PublicKey(Model):
    """One Ed25519 key that verifies access tokens."""

    alg: Literal["EdDSA"] | None = None
    crv: Literal["Ed25519"] | None = None
    kid: str
    kty: Literal["OKP"] | None = None
    use: Literal["sig"] | None = None
    x: str


class PublicKeys(Model):
    """A JSON Web Key Set."""

    keys: list[PublicKey]
