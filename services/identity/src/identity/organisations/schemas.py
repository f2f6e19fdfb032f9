"""Organisations as callers see them."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from identity.organisations.models import OrganisationKind


class OrganisationOut(BaseModel):
    """A party to the programme."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    slug: str = Field(examples=["stem-learning"])
    name: str = Field(examples=["STEM Learning"])
    kind: OrganisationKind
    responsibilities: list[str] = Field(examples=[["Lead partner: reporting and communications"]])
