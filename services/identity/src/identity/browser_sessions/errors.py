"""Refusals about browser sessions."""

from chassis.errors import Conflict, Unauthenticated


class SessionNotValid(Unauthenticated):
    """The cookie is unknown, was not used for too long, was replaced, or is of a sign-in that has ended."""

    code, title = "session-not-valid", "The session is over"

    def __init__(self) -> None:
        super().__init__("Sign in again.")


class NotInABrowser(Conflict):
    """The caller holds tokens, and asked for what only sessions by cookie have."""

    code, title = "not-signed-in-by-cookie", "You are not signed in by cookie"

    def __init__(self) -> None:
        super().__init__("Use /v1/auth/refresh and /v1/auth/logout with the refresh token.")
