"""Refusals about choosing a password."""

from chassis.errors import Gone, Unprocessable


class ResetLinkNotValid(Gone):
    """The token is unknown, used, overtaken or expired; which of them is nobody's business."""

    code, title = "reset-link-not-valid", "The link is not valid"

    def __init__(self) -> None:
        super().__init__("The link was used already, or is older than an hour. Ask for another.")


class PasswordHoldsAddress(Unprocessable):
    """Who knows the address would try it first."""

    code, title = "password-holds-address", "The password contains the e-mail address"

    def __init__(self) -> None:
        super().__init__("Choose a password in which your e-mail address does not occur.")
