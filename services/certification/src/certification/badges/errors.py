"""Refusals about badges."""

from chassis.errors import NotFound


class BadgeKeyNotFound(NotFound):
    """No badge was signed with this key."""

    code, title = "badge-key-not-found", "No such key"

    def __init__(self) -> None:
        super().__init__("There is no key with this id. GET /v1/badges/keys lists them.")


class StatusListNotFound(NotFound):
    """No certificate is in a list of this number."""

    code, title = "status-list-not-found", "No such status list"

    def __init__(self) -> None:
        super().__init__("There is no list with this number. A badge names its own under credentialStatus.")
