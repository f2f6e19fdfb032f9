"""Refusals about erasures."""

from chassis.errors import Conflict, Gone, NotFound


class ErasureNotFound(NotFound):
    """There is no such erasure, or it is not the caller's."""

    code, title = "erasure-not-found", "No such erasure"


class RolesStillHeld(Conflict):
    """Whoever acts for the programme hands that over before they are forgotten."""

    code, title = "roles-still-held", "You still hold a role"


class ErasureLinkNotValid(Gone):
    """The token is unknown, used, too old or another person's."""

    code, title = "erasure-link-not-valid", "The link is not valid"

    def __init__(self) -> None:
        super().__init__("It was used already, is too old, or is not for this account. Ask again.")


class ErasureUnderWay(Conflict):
    """What has begun cannot be stopped: parts of it are done."""

    code, title = "erasure-under-way", "It has begun and cannot be stopped"
