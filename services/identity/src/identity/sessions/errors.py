"""Refusals about signing in."""

from chassis.errors import Forbidden, NotFound, TooManyRequests, Unauthenticated


class SignInRefused(Unauthenticated):
    """Address and password do not belong together; the answer does not say which of them is wrong."""

    code, title = "sign-in-refused", "E-mail address or password is wrong"

    def __init__(self) -> None:
        super().__init__("Check both. If you registered just now, confirm your e-mail address first.")


class RefreshTokenRefused(Unauthenticated):
    """The refresh token is unknown, expired, used or of a sign-in that has ended."""

    code, title = "refresh-token-refused", "The refresh token is not valid"

    def __init__(self) -> None:
        super().__init__("Sign in again.")


class TooManyFailures(TooManyRequests):
    """Too many wrong passwords lately. It delays, and never locks anybody out for longer than a minute."""

    code, title = "too-many-failures", "Too many failed sign-ins"

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__("Wait a moment before the next try.", retry_after_seconds=retry_after_seconds)


class PasswordNotConfirmed(Forbidden):
    """Being signed in is not enough for this: a computer left open must not be enough to take an account over."""

    code, title = "password-not-confirmed", "The password is wrong"

    def __init__(self) -> None:
        super().__init__("Give the password you sign in with now.")


class SignInNotFound(NotFound):
    """No such sign-in of the caller's is open."""

    code, title = "sign-in-not-found", "There is no such sign-in"
