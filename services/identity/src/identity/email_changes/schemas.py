"""Changes of address as clients send them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from identity.accounts.schemas import Email, Token
from identity.sessions.schemas import Password


class EmailChangeRequest(BaseModel):
    """The address from now on, and the password, since who holds the address holds the account."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={"examples": [{"email": "sam.new@demo.example.org", "password": "walnut copper lighthouse"}]},
    )

    email: Email
    password: Password


class EmailChangeRequested(BaseModel):
    """The same whether or not the address has an account already: only its owner learns which, by mail."""

    status: Literal["confirmation_sent"] = "confirmation_sent"


class EmailChangeConfirmation(BaseModel):
    """The token from the mail."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"token": "q3Zk…"}]})

    token: Token


class EmailChanged(BaseModel):
    """The account has the address."""

    status: Literal["email_changed", "email_restored"]
