"""Bodies and answers of changes. Written by `./ncce sdk`; do not edit."""

import datetime as dt

from ncce_sdk.models.shared import JsonValue
from ncce_sdk.transport import Model


class ChangeOut(Model):
    """How one thing stands since it last changed."""

    changed_at: dt.datetime
    data: dict[str, JsonValue] | None
    id: str
    operation: str
    resource: str


class Feed(Model):
    """Where to go on."""

    has_more: bool
    next_cursor: str


class ChangePage(Model):
    """A part of the change feed, oldest change first."""

    data: list[ChangeOut]
    page: Feed
