"""What an audit trail's routes take and answer."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

MOST = 2**53 - 1


class AuditEntry(BaseModel):
    """Somebody did something."""

    model_config = ConfigDict(from_attributes=True)

    position: int
    recorded_at: datetime
    caller_kind: str = Field(description="`person`, `partner`, `service`, `anonymous`, or `platform`")
    caller_id: UUID | None
    organisation_id: UUID | None
    action: str
    subject: str = Field(examples=["person:0193a5c6-5c1e-7a6b-9a57-3f4a0f0c9a11"])
    details: dict[str, JsonValue]
    request_id: str | None


class AuditFinding(BaseModel):
    """Something that is not as it was written."""

    model_config = ConfigDict(from_attributes=True)

    number: int | None = Field(description="The link at which it shows")
    position: int | None
    what: str


class WitnessedHead(BaseModel):
    """A head of another service's chain, as it was heard of here."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    head: str
    key_id: str | None
    public_key: str | None = Field(description="As a JSON Web Key has it in `x`; the first that was heard is kept")
    signature: str | None = Field(description="Ed25519, hexadecimal")
    sealed_at: datetime


class SignedHead(BaseModel):
    """The newest head of a chain, signed. Keep it: the chain must always have this link."""

    service: str
    number: int
    head: str
    sealed_at: datetime
    key_id: str | None = None
    public_key: str | None = Field(None, description="As a JSON Web Key has it in `x`")
    signature: str | None = Field(
        None,
        description="Ed25519 over canonical JSON of form (uk.ncce.audit-head.v1), head, number, sealed_at and service",
    )


class NewestHead(BaseModel):
    """The newest head, once there is one."""

    head: SignedHead | None


class AuditClearance(BaseModel):
    """How disputed links came about, as an auditor says."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    first_number: int
    last_number: int
    reason: str | None = Field(description="Null where it was heard from another service: the words are at `said_in`")
    cleared_by: UUID
    cleared_at: datetime
    said_in: str = Field(description="The service at which it was said")


class AuditExplanation(BaseModel):
    """How disputed links came about. Both numbers are included; the first is that of a dispute."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "of": "funding",
                    "first_number": 104,
                    "last_number": 120,
                    "reason": "Funding was restored from the copy of 22 November, 12:00, after its disk failed.",
                }
            ]
        },
    )

    of: str = Field(max_length=40, description="Whose trail; of its own a service takes no explanation")
    first_number: int = Field(ge=1, le=MOST)
    last_number: int = Field(ge=1, le=MOST)
    reason: str = Field(min_length=10, max_length=2_000)

    @model_validator(mode="after")
    def in_order(self) -> Self:
        """The last is not before the first."""
        if self.last_number < self.first_number:
            raise ValueError("last_number is before first_number")
        return self


class AuditDispute(BaseModel):
    """A link of which a service and a holder of its heads do not say the same."""

    model_config = ConfigDict(from_attributes=True)

    service: str = Field(description="Whose trail")
    number: int
    holder: str
    what: str
    found_at: datetime
    cleared: AuditClearance | None = Field(description="What an auditor said of it; null while nobody has")


class AuditDisputes(BaseModel):
    """Everything that did not agree, the newest first. Nothing is ever taken off."""

    data: list[AuditDispute]


class AuditVerification(BaseModel):
    """What a check of the whole chain found."""

    number: int = Field(description="How many entries are chained")
    head: str
    findings: list[AuditFinding]


class WitnessedHeads(BaseModel):
    """What is held here of another service's chain, to compare with what that service says."""

    data: list[WitnessedHead]
