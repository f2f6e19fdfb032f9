"""Refusals about mail."""

from chassis.errors import NotFound


class MailTemplateNotFound(NotFound):
    """There is no such kind of message."""

    code, title = "mail-template-not-found", "No such kind of message"
