"""What the API says about certificates."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from certification.certificates.verification import Status
from certification.transparency.schemas import InclusionProof

CODE_EXAMPLES = ["7K3QX-D0RZM-4HWT9-VB2CN"]


class CertificateOut(BaseModel):
    """A certificate of the caller's."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    scheme: str
    scheme_version: int
    title: str
    awarded_on: date
    code: str = Field(description="Anyone who has it can verify the award at /v1/verify/{code}", examples=CODE_EXAMPLES)


class CertificateList(BaseModel):
    """The caller's certificates."""

    data: list[CertificateOut]


class CertificateRecord(BaseModel):
    """What the log holds the hash of: the SHA-256 of this object as JSON with sorted keys and no spaces."""

    statement: str
    certificate_id: UUID
    number: str
    scheme: str
    scheme_version: int
    title: str
    code: str
    awarded_at: str = Field(json_schema_extra={"format": "date-time"}, description="As hashed, letter by letter")
    awarded_on: date


class Evidence(BaseModel):
    """What shows the award to whoever does not trust this answer: its record, and the proof that the log has it."""

    model_config = ConfigDict(from_attributes=True)

    record: CertificateRecord
    log: InclusionProof


class Verification(BaseModel):
    """What the public learns from a code: whether the award stands, what it is and when it was made."""

    model_config = ConfigDict(from_attributes=True)

    status: Status
    status_since_on: date | None = Field(description="The day on which it was revoked or superseded")
    scheme: str
    title: str
    awarded_on: date
    code: str = Field(examples=CODE_EXAMPLES)
    number: str | None = Field(examples=["PRIMARY-2026-000017"])
    holder_name: str | None = Field(description="Only when the holder chose to show it")
    replaced_by: str | None = Field(description="The code of the certificate that supersedes this one")
    evidence: Evidence | None
