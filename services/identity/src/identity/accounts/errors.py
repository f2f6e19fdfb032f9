"""Refusals about accounts."""

from chassis.errors import Gone, Unavailable


class ConfirmationLinkNotValid(Gone):
    """The token is unknown, used or expired; which of them is nobody's business."""

    code, title = "confirmation-link-not-valid", "The confirmation link is not valid"

    def __init__(self) -> None:
        super().__init__("The link was used already, or is older than 24 hours. Sign in, or register again.")


class PasswordQueueFull(Unavailable):
    """More passwords are waiting to be hashed than the machine should promise to hash."""

    code, title = "password-queue-full", "Too many sign-ins at once"

    def __init__(self) -> None:
        super().__init__("Many people are signing in just now. Try again in a moment.", retry_after_seconds=1)
