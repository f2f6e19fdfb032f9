"""Refusals about accounts elsewhere."""

from chassis.errors import BadRequest, Conflict, Gone, NotFound, Unauthenticated, Unavailable


class ProviderNotFound(NotFound):
    """Nobody of this name is set up as a provider."""

    code, title = "provider-not-found", "There is no such provider"

    def __init__(self) -> None:
        super().__init__("Choose one of those that /v1/auth/providers lists.")


class ProviderUnavailable(Unavailable):
    """The provider did not answer, or not as OpenID Connect has it."""

    code, title = "provider-unavailable", "The other organisation cannot be reached"

    def __init__(self) -> None:
        super().__init__("Try again in a moment, or sign in with your password.", retry_after_seconds=5)


class FederatedSignInRefused(Unauthenticated):
    """What came back from the provider does not belong to this sign-in, or proves nobody."""

    code, title = "federated-sign-in-refused", "The sign-in with the other organisation did not work"

    def __init__(self) -> None:
        super().__init__("Begin again.")


class LinkNotValid(Gone):
    """The link token is unknown, used or too old."""

    code, title = "identity-link-not-valid", "This account can no longer be linked"

    def __init__(self) -> None:
        super().__init__("Sign in with the other organisation once more, then link within an hour.")


class LinkedElsewhere(Conflict):
    """The account elsewhere belongs to another account here, or this account has one of that provider."""

    code, title = "identity-linked-already", "Linked already"

    def __init__(self) -> None:
        super().__init__("Take the present link away first. It may be on another account of yours.")


class FederatedIdentityNotFound(NotFound):
    """No such account elsewhere is linked to the caller's."""

    code, title = "federated-identity-not-found", "There is no such link"

    def __init__(self) -> None:
        super().__init__("It was taken away, or never was one of yours.")


class LogoutTokenRefused(BadRequest):
    """What was sent as a logout token is not one of this provider, for us, of now, or was carried out before."""

    code, title = "logout-token-refused", "The logout token is not valid"

    def __init__(self) -> None:
        super().__init__("It must be signed by the provider for this client, be new, and name a subject or a session.")
