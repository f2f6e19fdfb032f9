"""Bodies and answers of audit. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.models.shared import JsonValue, PageInfo
from ncce_sdk.transport import Model


class AuditClearance(Model):
    """How disputed links came about, as an auditor says."""

    cleared_at: dt.datetime
    cleared_by: UUID
    first_number: int
    id: UUID
    last_number: int
    reason: str | None
    said_in: str


class AuditDispute(Model):
    """A link of which a service and a holder of its heads do not say the same."""

    cleared: AuditClearance | None
    found_at: dt.datetime
    holder: str
    number: int
    service: str
    what: str


class AuditDisputes(Model):
    """Everything that did not agree, the newest first. Nothing is ever taken off."""

    data: list[AuditDispute]


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


class AuditExplanation(Model):
    """How disputed links came about. Both numbers are included; the first is that of a dispute."""

    first_number: int
    last_number: int
    of: str
    reason: str


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


class SignedHead(Model):
    """The newest head of a chain, signed. Keep it: the chain must always have this link."""

    head: str
    key_id: str | None = None
    number: int
    public_key: str | None = None
    sealed_at: dt.datetime
    service: str
    signature: str | None = None


class NewestHead(Model):
    """The newest head, once there is one."""

    head: SignedHead | None


class PageAuditEntry(Model):
    """PageAuditEntry."""

    data: list[AuditEntry]
    page: PageInfo


class WitnessedHead(Model):
    """A head of another service's chain, as it was heard of here."""

    head: str
    key_id: str | None
    number: int
    public_key: str | None
    sealed_at: dt.datetime
    signature: str | None


class WitnessedHeads(Model):
    """What is held here of another service's chain, to compare with what that service says."""

    data: list[WitnessedHead]
