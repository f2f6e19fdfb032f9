"""Bodies and answers of mail. Written by `./ncce sdk`; do not edit."""

from typing import Literal

from ncce_sdk.transport import Model


class OptionalMail(Model):
    """A kind of mail that one may do without."""

    is_wanted: bool
    kind: str
    title: str


class MailPreferences(Model):
    """What the caller is sent. Mail about a place or a course that is not as it was is always sent."""

    optional: list[OptionalMail]
    unwanted: list[str]


class MailWishes(Model):
    """All that the caller does not want to be sent; an empty list for everything."""

    unwanted: list[Literal["booking_reminder", "booking_waiting"]]


class Unsubscription(Model):
    """A kind of mail, by the link that came with one."""

    is_wanted: bool
    kind: str
