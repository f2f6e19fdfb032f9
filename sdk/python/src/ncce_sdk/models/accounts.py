"""Bodies and answers of accounts. Written by `./ncce sdk`; do not edit."""

from typing import Literal

from ncce_sdk.models.shared import Phase
from ncce_sdk.transport import Model


class Acceptance(Model):
    """The token from the mail; name and password where the address has no account yet."""

    family_name: str | None = None
    given_name: str | None = None
    password: str | None = None
    token: str


class Accepted(Model):
    """The role is held from now on: it is in the next access token."""

    has_new_account: bool
    status: Literal["accepted"] | None = None


class Confirmation(Model):
    """The token from the mail."""

    token: str


class Confirmed(Model):
    """The address is proven and the account exists."""

    status: Literal["confirmed"] | None = None


class EmailChangeConfirmation(Model):
    """The token from the mail."""

    token: str


class EmailChangeRequest(Model):
    """The address from now on, and the password, since who holds the address holds the account."""

    email: str
    password: str


class EmailChangeRequested(Model):
    """The same whether or not the address has an account already: only its owner learns which, by mail."""

    status: Literal["confirmation_sent"] | None = None


class EmailChanged(Model):
    """The account has the address."""

    status: str


class Registration(Model):
    """What a teacher enters to register."""

    email: str
    family_name: str
    given_name: str
    password: str
    phase: Phase
    school_urn: str


class RegistrationAccepted(Model):
    """The same whether or not the address has an account: only its owner learns which, by mail."""

    status: Literal["confirmation_sent"] | None = None
