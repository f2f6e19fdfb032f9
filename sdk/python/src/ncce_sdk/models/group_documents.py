"""Bodies and answers of group documents. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.transport import Model


class GroupDocumentOut(Model):
    """A document of a group."""

    group_id: UUID
    id: UUID
    left_out: list[str]
    media_type: str
    name: str | None
    person_id: UUID | None
    purged_at: dt.datetime | None
    scan_status: str
    sha256: str
    size_bytes: int
    uploaded_at: dt.datetime


class GroupDocumentList(Model):
    """The documents of a group."""

    data: list[GroupDocumentOut]
