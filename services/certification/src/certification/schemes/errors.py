"""Refusals about schemes."""

from chassis.errors import NotFound


class SchemeNotFound(NotFound):
    """No scheme of that name, or none in force."""

    code, title = "scheme-not-found", "No such scheme"

    def __init__(self, scheme: str) -> None:
        super().__init__(f"There is no scheme {scheme!r} in force. GET /v1/schemes lists them.")
