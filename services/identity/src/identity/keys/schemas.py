"""Public keys as others read them (RFC 7517, RFC 8037)."""

from typing import Literal

from pydantic import BaseModel, Field


class PublicKey(BaseModel):
    """One Ed25519 key that verifies access tokens."""

    kid: str = Field(examples=["2026-11"])
    kty: Literal["OKP"] = "OKP"
    crv: Literal["Ed25519"] = "Ed25519"
    use: Literal["sig"] = "sig"
    alg: Literal["EdDSA"] = "EdDSA"
    x: str = Field(description="The public point, base64url")


class PublicKeys(BaseModel):
    """A JSON Web Key Set."""

    keys: list[PublicKey]
