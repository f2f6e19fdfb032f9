"""What the API says about certificates."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

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


class Verification(BaseModel):
    """What the public learns from a code: that the award is genuine, what it is and when it was made."""

    model_config = ConfigDict(from_attributes=True)

    status: Literal["valid"] = "valid"
    scheme: str
    title: str
    awarded_on: date
    code: str = Field(examples=CODE_EXAMPLES)
