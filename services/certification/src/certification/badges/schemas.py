"""What the API says about badges."""

from typing import Literal

from pydantic import BaseModel, Field


class BadgeKey(BaseModel):
    """A public RSA key as a JSON Web Key."""

    kty: Literal["RSA"]
    alg: Literal["RS256"]
    use: Literal["sig"]
    kid: str
    n: str
    e: str


class BadgeKeySet(BaseModel):
    """The keys that sign badges: the first signs now, the others did before."""

    keys: list[BadgeKey]


class BadgeIssuer(BaseModel):
    """The profile of the issuer, by Open Badges 3.0."""

    id: str
    type: list[str]
    name: str
    url: str = Field(description="The platform's public address")
