"""Bodies and answers of passwords. Written by `./ncce sdk`; do not edit."""

from typing import Literal

from ncce_sdk.transport import Model


class PasswordChange(Model):
    """The password until now and the one from now on."""

    new_password: str
    password: str


class PasswordChanged(Model):
    """The password is changed. Every other sign-in of the account has ended."""

    status: Literal["password_changed"] | None = None


class Reset(Model):
    """The token from the mail, and the password from now on."""

    new_password: str
    token: str


class ResetRequest(Model):
    """Whose password is forgotten."""

    email: str


class ResetRequested(Model):
    """The same whether or not the address has an account: only who reads its mail learns which."""

    status: Literal["mail_sent"] | None = None
