"""Signing in as clients send and read it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from identity.accounts import rules
from identity.accounts.schemas import Email, Token

Password = Annotated[
    str, StringConstraints(min_length=1, max_length=rules.PASSWORD_MAX), AfterValidator(rules.normalised_password)
]


Mode = Annotated[
    Literal["bearer", "cookie"],
    Field(description="`bearer`: the answer holds tokens. `cookie`: for pages in a browser, a session in cookies."),
]


class Credentials(BaseModel):
    """What a person signs in with."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "examples": [
                {"email": "sam.teacher@demo.example.org", "password": "walnut copper lighthouse"},
                {"email": "sam.teacher@demo.example.org", "password": "walnut copper lighthouse", "mode": "cookie"},
            ]
        },
    )

    email: Email
    password: Password
    mode: Mode = "bearer"


class RefreshRequest(BaseModel):
    """The refresh token of the reply before."""

    model_config = ConfigDict(
        extra="forbid", hide_input_in_errors=True, json_schema_extra={"examples": [{"refresh_token": "5f0c…"}]}
    )

    refresh_token: Token = Field(examples=["5f0c…"])


class Tokens(BaseModel):
    """Proof of being signed in: a short-lived token for `Authorization: Bearer …`, and one that fetches the next."""

    status: Literal["signed_in"] = "signed_in"
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  a scheme, not a secret
    expires_in_seconds: int = Field(description="Life of the access token", examples=[300])
    refresh_token: str = Field(description="Works once; keep the one each reply brings")


class SecondFactorWanted(BaseModel):
    """The password is right, and the account has a second factor: send a proof to `/v1/auth/second-factor`."""

    status: Literal["second_factor_required"] = "second_factor_required"
    challenge: str = Field(description="To be sent back with the proof; good for one right answer")
    expires_in_seconds: int = Field(examples=[300])
    methods: list[str] = Field(examples=[["totp", "recovery_code"]])
    passkey_options: dict[str, JsonValue] | None = Field(description="For the browser, where there is a passkey")


class SignInOut(BaseModel):
    """One device, or program, on which somebody stays signed in."""

    id: UUID
    started_at: datetime
    last_used_at: datetime | None = Field(description="When it last fetched tokens; null: not since it began")
    expires_at: datetime = Field(description="It ends then however much it is used")
    is_current: bool = Field(description="Whether this request comes from it")


class SignInsEnded(BaseModel):
    """How many sign-ins ended."""

    ended: int = Field(ge=0)
