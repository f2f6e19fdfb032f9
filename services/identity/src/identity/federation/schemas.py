"""Accounts elsewhere as clients send and read them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from identity.accounts.schemas import Token
from identity.sessions.schemas import Mode

Returned = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]


class ProviderOut(BaseModel):
    """An organisation whose accounts are accepted here."""

    name: str = Field(examples=["stem-learning"])
    title: str = Field(examples=["STEM Learning"])


class Providers(BaseModel):
    """The organisations whose accounts are accepted here."""

    data: list[ProviderOut]


class FlowBegun(BaseModel):
    """Send the browser to `authorization_url`, and keep `flow` in it until it comes back."""

    authorization_url: str
    flow: str = Field(description="Belongs to this browser: keep it where no other page reads it")
    expires_in_seconds: int = Field(examples=[600])


class FlowReturn(BaseModel):
    """What the provider gave the browser in the address it came back to."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={"examples": [{"flow": "9c1d…", "oauth_state": "kQ2f…", "code": "SplxlOBeZQQYbYS6WxSbIA"}]},
    )

    flow: Token
    oauth_state: Annotated[Returned, Field(description="What came back as `state`")]
    code: Returned
    iss: Returned | None = None
    mode: Mode = "bearer"


class LoggedOut(BaseModel):
    """What began with that account here has ended. The same whether or not anything had."""

    status: Literal["logged_out"] = "logged_out"


class Suggestion(BaseModel):
    """What the provider says of the person. Not proven: for filling in a form."""

    given_name: str | None
    family_name: str | None
    email: str | None


class LinkWanted(BaseModel):
    """The account elsewhere is proven and linked to nobody here.

    The same whether or not somebody here has its address: sign in, or register, then send `link` to
    `/v1/me/federated-identities`.
    """

    status: Literal["link_required"] = "link_required"
    link: str
    expires_in_seconds: int = Field(examples=[3600])
    suggestion: Suggestion


class NewLink(BaseModel):
    """An account elsewhere that is to be linked to the caller's."""

    model_config = ConfigDict(
        extra="forbid", hide_input_in_errors=True, json_schema_extra={"examples": [{"link": "77fe…"}]}
    )

    link: Token


class FederatedIdentityOut(BaseModel):
    """An account elsewhere with which the caller signs in."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    provider: str
    linked_at: datetime
    last_used_at: datetime | None


class FederatedIdentities(BaseModel):
    """All of them: one a provider at most."""

    data: list[FederatedIdentityOut]
