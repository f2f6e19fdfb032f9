"""Bodies and answers of mail. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
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


class MailPreview(Model):
    """A message with invented data."""

    html: str
    subject: str
    template: str
    text: str


class MailRefusal(Model):
    """An address to which nothing can be delivered."""

    address: str
    messages: int
    person_id: UUID | None
    refusal: str
    refused_at: dt.datetime


class MailTemplate(Model):
    """A kind of message."""

    subject: str
    template: str


class MailTemplates(Model):
    """Every kind of message that the platform sends."""

    data: list[MailTemplate]


class MailWishes(Model):
    """All that the caller does not want to be sent; an empty list for everything."""

    unwanted: list[Literal["booking_reminder", "booking_waiting", "space_digest"]]


class PageMailRefusal(Model):
    """PageMailRefusal."""

    data: list[MailRefusal]
    page: PageInfo


class Unsubscription(Model):
    """A kind of mail, by the link that came with one."""

    is_wanted: bool
    kind: str
