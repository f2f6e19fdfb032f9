"""Refusals about schemes."""

from chassis.errors import NotFound


class SchemeNotFound(NotFound):
    """No scheme of that name, or none in force."""

    code, title = "scheme-not-found", "No such scheme"

    def __init__(self, scheme: str) -> None:
        super().__init__(f"There is no scheme {scheme!r} in force. GET /v1/schemes lists them.")


class SchemeVersionNotFound(NotFound):
    """The scheme has no version of that number."""

    code, title = "scheme-version-not-found", "No such version of the scheme"

    def __init__(self, scheme: str, version: int) -> None:
        super().__init__(f"The scheme {scheme!r} has no version {version}. GET /v1/schemes lists them.")
