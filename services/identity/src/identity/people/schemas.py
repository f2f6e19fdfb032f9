"""People as they see themselves."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from identity.people.models import Phase, Role
from identity.teacher_numbers.schemas import TeacherNumberOut


class SchoolOut(BaseModel):
    """Where a teacher teaches now."""

    urn: str = Field(examples=["900001"])
    since: date


class RoleOut(BaseModel):
    """A role held today."""

    role: Role
    organisation_id: UUID | None = Field(description="Null: everywhere")
    since: date
    until: date | None = Field(description="The last day, included; null while no end is set")


class OrganisationRef(BaseModel):
    """The organisation at which somebody works for the programme."""

    id: UUID
    name: str | None = Field(description="Null for a hub, whose name the hubs service knows")


class Me(BaseModel):
    """The signed-in person."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "0193a5c6-5c1e-7a6b-9a57-3f4a0f0c9a11",
                    "email": "sam.teacher@demo.example.org",
                    "given_name": "Sam",
                    "family_name": "Teacher",
                    "phase": "primary",
                    "trn": {"trn": "0123456", "standing": "self_declared", "stated_at": "2026-11-22T09:40:00Z"},
                    "school": {"urn": "900001", "since": "2026-11-22"},
                    "roles": [
                        {
                            "role": "partner_admin",
                            "organisation_id": "f2b6a5b0-5a07-5d4e-9a86-8f6fd1f4d1c3",
                            "since": "2026-09-01",
                            "until": "2027-08-31",
                        }
                    ],
                    "organisation": {"id": "f2b6a5b0-5a07-5d4e-9a86-8f6fd1f4d1c3", "name": "STEM Learning"},
                    "registered_at": "2026-11-22T09:30:00Z",
                }
            ]
        }
    )

    id: UUID
    email: str
    given_name: str
    family_name: str
    phase: Phase | None
    trn: TeacherNumberOut | None
    school: SchoolOut | None
    roles: list[RoleOut]
    organisation: OrganisationRef | None
    registered_at: datetime
