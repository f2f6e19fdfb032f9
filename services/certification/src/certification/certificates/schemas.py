"""What the API says about certificates."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, StringConstraints, model_serializer

from certification.certificates import codes
from certification.certificates.verification import Status
from certification.endorsements.schemas import SchemeEndorser
from certification.transparency.schemas import InclusionProof

CODE_EXAMPLES = [codes.EXAMPLE]


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f<>]+$"),
]


class CertificateOut(BaseModel):
    """A certificate of the caller's."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    scheme: str
    scheme_version: int
    title: str
    awarded_on: date
    expires_on: date | None = Field(description="The first day on which it no longer stands; null for good")
    code: str = Field(description="Anyone who has it can verify the award at /v1/verify/{code}", examples=CODE_EXAMPLES)
    number: str | None
    status: Status
    status_since_on: date | None
    holder_name: str | None = Field(description="As printed; null until you say it")
    school_name: str | None = Field(None, description="The school that it was awarded to, and that it names")
    shows_name: bool = Field(description="Whether whoever has the code is told the name")
    shares_document: bool = Field(description="Whether whoever has the code may fetch the document")


class HolderName(BaseModel):
    """The name to print, and who may see it. Nobody may unless you say so."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "Ada Example", "shows_name": True}]}
    )

    name: Name
    shows_name: bool = False
    shares_document: bool = False


class Sharing(BaseModel):
    """Who may see what of a certificate that bears a name."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"shows_name": True, "shares_document": False}]}
    )

    shows_name: bool
    shares_document: bool


class RevocationProposal(BaseModel):
    """Why a certificate is to be revoked."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "Two of the courses were never attended."}]}
    )

    reason: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=10, max_length=2000, pattern=r"^[^\x00]+$")
    ]


class RevocationDecision(BaseModel):
    """What a second person says to a proposal."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"outcome": "approved"}]})

    outcome: Literal["approved", "declined"]


class RevocationOut(BaseModel):
    """A proposed or decided revocation."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    certificate_id: UUID
    reason: str
    proposed_by: UUID
    proposed_at: datetime
    outcome: Literal["approved", "declined"] | None
    decided_by: UUID | None
    decided_at: datetime | None


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
    expires_on: date | None = Field(None, description="Only in the record of a certificate that expires")
    school_urn: str | None = Field(None, description="Only in the record of an award to a school")
    school_name: str | None = Field(None, description="Only in the record of an award to a school")

    @model_serializer(mode="wrap")
    def _as_hashed(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without what is not part of what was hashed."""
        return {name: value for name, value in handler(self).items() if value is not None}


class Evidence(BaseModel):
    """What shows the award to whoever does not trust this answer: its record, and the proof that the log has it."""

    model_config = ConfigDict(from_attributes=True)

    record: CertificateRecord
    log: InclusionProof


class Verification(BaseModel):
    """What the public learns from a code: whether the award stands, what it is and when it was made."""

    model_config = ConfigDict(from_attributes=True)

    status: Status
    status_since_on: date | None = Field(description="The day on which it was revoked, was superseded or expired")
    scheme: str
    title: str
    awarded_on: date
    expires_on: date | None = Field(description="The first day on which it no longer stands; null for good")
    code: str = Field(examples=CODE_EXAMPLES)
    number: str | None = Field(examples=["PRIMARY-2026-000017"])
    holder_name: str | None = Field(description="Only when the holder chose to show it; never of a school's award")
    school_name: str | None = Field(None, description="To which school it was awarded; null when to a person")
    replaced_by: str | None = Field(description="The code of the certificate that supersedes this one")
    endorsed_by: list[SchemeEndorser] = Field([], description="Organisations that endorse the scheme today")
    evidence: Evidence | None
