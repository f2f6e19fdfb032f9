"""Refusals about changes of address."""

from chassis.errors import Gone


class EmailChangeLinkNotValid(Gone):
    """The token is unknown, used, overtaken or expired, or the address has another account by now."""

    code, title = "email-change-link-not-valid", "The link is not valid"

    def __init__(self) -> None:
        super().__init__("The link was used already, is too old, or the address belongs to another account by now.")
