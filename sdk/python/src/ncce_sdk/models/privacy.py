"""Bodies and answers of privacy. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import JsonValue, PageInfo
from ncce_sdk.transport import Model


class ErasureStepOut(Model):
    """What one service did."""

    attempts: int
    completed_at: dt.datetime | None
    erased: dict[str, int]
    kept: dict[str, int]
    service: str


class ErasureCertificate(Model):
    """What was done, for somebody who has no account any more. It names nobody."""

    completed_at: dt.datetime | None
    erasure_id: UUID
    form: Literal["uk.ncce.erasure.v1"] | None = None
    requested_at: dt.datetime
    services: list[ErasureStepOut]
    sha256: str
    status: str


class ErasureConfirmation(Model):
    """The token from the mail."""

    token: str


class ErasureOut(Model):
    """How far an erasure is."""

    cancelled_at: dt.datetime | None
    completed_at: dt.datetime | None
    confirmed_at: dt.datetime | None
    id: UUID
    person_id: UUID
    requested_at: dt.datetime
    runs_at: dt.datetime | None
    status: str
    steps: list[ErasureStepOut]


class Export(Model):
    """Everything that certification holds about you."""

    form: Literal["uk.ncce.certification.export.v1"]
    held: dict[str, list[dict[str, JsonValue]]]
    made_at: dt.datetime
    not_held: dict[str, str]
    teacher_id: UUID


class ExportPartOut(Model):
    """How far one service is."""

    counts: dict[str, int]
    files: int
    made_at: dt.datetime | None
    service: str
    sha256: str | None


class PageErasureOut(Model):
    """PageErasureOut."""

    data: list[ErasureOut]
    page: PageInfo


class PersonExportOut(Model):
    """How far an export is."""

    archive: str
    expires_at: dt.datetime
    id: UUID
    parts: list[ExportPartOut]
    ready_at: dt.datetime | None
    requested_at: dt.datetime
    status: str


class PagePersonExportOut(Model):
    """PagePersonExportOut."""

    data: list[PersonExportOut]
    page: PageInfo


class PersonExport(Model):
    """Everything that one service holds about you."""

    form: str
    held: dict[str, list[dict[str, JsonValue]]]
    made_at: dt.datetime
    person_id: UUID


class RetentionLine(Model):
    """One table, or a part of one: what it is, why it is held and until when."""

    basis: str
    due_now: int | None = None
    keep_days: int | None
    last_found: int | None = None
    last_ran_at: dt.datetime | None = None
    rule: str
    since: str | None
    table: str
    then: str
    until: str
    what: str
    why: str


class RetentionTable(Model):
    """How long one service keeps what it holds about people."""

    about_nobody: dict[str, str]
    data: list[RetentionLine]
    service: str
