"""Organisations of groups on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chassis.wire import Day

OrganisationName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


class OrganisationJoins(BaseModel):
    """An organisation that joins a group."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "organisation_id": "01920000-0000-7000-8000-00000000000a",
                    "name": "Moorland teacher training partnership",
                }
            ]
        },
    )

    organisation_id: UUID
    name: OrganisationName
    joined_on: Day | None = Field(default=None, description="Today when left out")


class GroupOrganisationOut(BaseModel):
    """An organisation of a group."""

    id: UUID
    organisation_id: UUID
    name: str
    joined_on: date
    left_on: date | None
    participants: int = Field(description="People who are in the group for it")


class GroupOrganisationsOut(BaseModel):
    """Organisations that are and were in a group, in the order in which they joined."""

    data: list[GroupOrganisationOut]
