"""People as staff find and see them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from identity.accounts.schemas import Email, Urn
from identity.employments.schemas import EmploymentOut
from identity.people.models import Phase, Role
from identity.teacher_numbers.schemas import TeacherNumberOut, Trn


class TeacherSearch(BaseModel):
    """Whom to look for: all that is given has to fit. In a body, so that no address bar or log keeps a name."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={"examples": [{"family_name": "Teacher", "school_urn": "900001"}]},
    )

    trn: Trn | None = None
    email: Email | None = None
    given_name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=100)] | None = None
    family_name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=100)] | None = None
    school_urn: Urn | None = None

    @model_validator(mode="after")
    def _asks_for_somebody(self) -> "TeacherSearch":
        if not any((self.trn, self.email, self.family_name)):
            raise PydanticCustomError("too-wide", "Give a number, an address or a family name.")
        return self


class FoundTeacher(BaseModel):
    """Somebody who fits, as far as it takes to tell people apart."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    given_name: str
    family_name: str
    school_urn: str | None
    phase: Phase | None


class FoundTeachers(BaseModel):
    """Who fits, at most fifty."""

    data: list[FoundTeacher]


class RoleHeld(BaseModel):
    """A role, with who granted it."""

    model_config = ConfigDict(from_attributes=True)

    role: Role
    organisation_id: UUID | None = Field(description="Null: everywhere")
    from_on: date
    to_on: date | None = Field(description="The last day, included")
    granted_by: UUID | None = Field(description="Null: the platform's seed")


class TeacherRecord(BaseModel):
    """What identity holds about a person, but for what signs them in."""

    id: UUID
    given_name: str
    family_name: str
    email: str
    phase: Phase | None
    registered_at: datetime
    trn: TeacherNumberOut | None
    employments: list[EmploymentOut]
    roles: list[RoleHeld] = Field(description="Ended ones included")


class DataView(BaseModel):
    """Somebody of the staff saw a person's data."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "viewed_at": "2026-11-22T09:30:00Z",
                    "viewer_id": "0193a5c6-5c1e-7a6b-9a57-3f4a0f0c9a11",
                    "viewer_kind": "person",
                    "service": "hubs",
                    "what": "get_register",
                    "request_id": "01932f6e-3c5f-7a2b-8d63-0c9f1f1e2a47",
                }
            ]
        },
    )

    viewed_at: datetime
    viewer_id: UUID | None
    viewer_kind: str
    service: str
    what: str = Field(description="The operation that showed it; at identity also `record` and `search`")
    request_id: str | None
