"""Choosing a password anew, as clients send it."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from identity.accounts import rules
from identity.accounts.schemas import Email, Token
from identity.sessions.schemas import Password


def _acceptable(password: str) -> str:
    return rules.acceptable_password(password, None)


NewPassword = Annotated[
    str,
    AfterValidator(_acceptable),
    Field(description=f"{rules.PASSWORD_MIN} to {rules.PASSWORD_MAX} characters of any kind, not a common password"),
    WithJsonSchema({"type": "string", "minLength": rules.PASSWORD_MIN, "maxLength": rules.PASSWORD_MAX}),
]


class ResetRequest(BaseModel):
    """Whose password is forgotten."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"email": "sam.teacher@demo.example.org"}]}
    )

    email: Email


class ResetRequested(BaseModel):
    """The same whether or not the address has an account: only who reads its mail learns which."""

    status: Literal["mail_sent"] = "mail_sent"


class Reset(BaseModel):
    """The token from the mail, and the password from now on."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={"examples": [{"token": "q3Zk…", "new_password": "marble orchard telegram"}]},
    )

    token: Token
    new_password: NewPassword


class PasswordChange(BaseModel):
    """The password until now and the one from now on."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "examples": [{"password": "walnut copper lighthouse", "new_password": "marble orchard telegram"}]
        },
    )

    password: Password
    new_password: NewPassword


class PasswordChanged(BaseModel):
    """The password is changed. Every other sign-in of the account has ended."""

    status: Literal["password_changed"] = "password_changed"
