"""Bodies and answers of audit. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.models.shared import JsonValue, PageInfo
from ncce_sdk.transport import Model


class AuditEntry(Model):
    """Somebody did something."""

    action: str
    caller_id: UUID | None
    caller_kind: str
    details: dict[str, JsonValue]
    organisation_id: UUID | None
    position: int
    recorded_at: dt.datetime
    request_id: str | None
    subject: str


class AuditFinding(Model):
    """Something that is not as it was written."""

    number: int | None
    position: int | None
    what: str


class AuditVerification(Model):
    """What a check of the whole chain found."""

    findings: list[AuditFinding]
    head: str
    number: int


class PageAuditEntry(Model):
    """PageAuditEntry."""

    data: list[AuditEntry]
    page: PageInfo


class WitnessedHead(Model):
    """A head of another service's chain, as it was heard of here."""

    head: str
    number: int


class WitnessedHeads(Model):
    """What is held here of another service's chain, to compare with what that service says."""

    data: list[WitnessedHead]
