"""Bodies and answers of federated sign in. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.transport import Model


class FederatedIdentityOut(Model):
    """An account elsewhere with which the caller signs in."""

    id: UUID
    last_used_at: dt.datetime | None
    linked_at: dt.datetime
    provider: str


class FederatedIdentities(Model):
    """All of them: one a provider at most."""

    data: list[FederatedIdentityOut]


class FlowBegun(Model):
    """Send the browser to `authorization_url`, and keep `flow` in it until it comes back."""

    authorization_url: str
    expires_in_seconds: int
    flow: str


class FlowReturn(Model):
    """What the provider gave the browser in the address it came back to."""

    code: str
    flow: str
    iss: str | None = None
    mode: Literal["bearer", "cookie"] | None = None
    oauth_state: str


class Suggestion(Model):
    """What the provider says of the person. Not proven: for filling in a form."""

    email: str | None
    family_name: str | None
    given_name: str | None


class LinkWanted(Model):
    """The account elsewhere is proven and linked to nobody here. The same whether or not somebody here has its
    address: sign in, or register, then send `link` to `/v1/me/federated-identities`.
    """

    expires_in_seconds: int
    link: str
    status: Literal["link_required"] | None = None
    suggestion: Suggestion


class LoggedOut(Model):
    """What began with that account here has ended. The same whether or not anything had."""

    status: Literal["logged_out"] | None = None


class NewLink(Model):
    """An account elsewhere that is to be linked to the caller's."""

    link: str


class ProviderOut(Model):
    """An organisation whose accounts are accepted here."""

    name: str
    title: str


class Providers(Model):
    """The organisations whose accounts are accepted here."""

    data: list[ProviderOut]
