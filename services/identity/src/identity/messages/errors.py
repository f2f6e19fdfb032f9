"""Refusals about what people are sent."""

from chassis.errors import NotFound


class UnsubscriptionNotFound(NotFound):
    """No mail was sent with this link."""

    code, title = "unsubscription-not-found", "No such link"
