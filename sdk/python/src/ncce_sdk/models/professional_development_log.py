"""Bodies and answers of professional development log. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from ncce_sdk.models.shared import CertificationLogEntriesSchemasLogEntryOut, Duplicate, PageInfo, ReasonCode
from ncce_sdk.transport import Model


class EventOut(Model):
    """A step in an entry's life."""

    actor: str
    happened_at: dt.datetime
    kind: str
    number: int
    reason_code: ReasonCode | None
    submission: int


class EvidenceAdded(Model):
    """A file that was added, with entries that have the same one."""

    duplicates: list[Duplicate]
    entry_id: UUID
    id: UUID
    left_out: list[str]
    media_type: str
    name: str | None
    purged_at: dt.datetime | None
    scan_status: str
    sha256: str
    size_bytes: int
    uploaded_at: dt.datetime


class EvidenceOut(Model):
    """A file with an entry."""

    entry_id: UUID
    id: UUID
    left_out: list[str]
    media_type: str
    name: str | None
    purged_at: dt.datetime | None
    scan_status: str
    sha256: str
    size_bytes: int
    uploaded_at: dt.datetime


class EvidenceList(Model):
    """The files of an entry."""

    data: list[EvidenceOut]


class CertificationLogEntriesSchemasSubmissionOut(Model):
    """What was put in, each time, and what was decided on it."""

    activity: str
    decided_at: dt.datetime | None
    description: str
    hours: str | None
    number: int
    occurred_on: dt.date
    outcome: str | None
    reason: str | None
    reason_code: ReasonCode | None
    submitted_at: dt.datetime


class History(Model):
    """Everything that happened to an entry. What an earlier release did with it may be missing."""

    entry_id: UUID
    events: list[EventOut]
    submissions: list[CertificationLogEntriesSchemasSubmissionOut]


class LogEntryChange(Model):
    """An activity as its author tells it."""

    activity: str
    description: str
    hours: Decimal | None = None
    occurred_on: dt.date


class LogEntryDraft(Model):
    """An activity to record."""

    activity: str
    as_draft: bool | None = None
    description: str
    hours: Decimal | None = None
    occurred_on: dt.date


class ChassisPagingPageLogEntryOut1(Model):
    """ChassisPagingPageLogEntryOut1."""

    data: list[CertificationLogEntriesSchemasLogEntryOut]
    page: PageInfo
