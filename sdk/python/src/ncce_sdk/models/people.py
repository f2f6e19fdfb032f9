"""Bodies and answers of people. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo, Phase, Role, Standing
from ncce_sdk.transport import Model


class ConfirmedTrn(Model):
    """A number as staff found it, and by what."""

    reason: str
    standing: Literal["matched", "verified"]
    trn: str


class DataView(Model):
    """Somebody of the staff saw a person's data."""

    request_id: str | None
    service: str
    viewed_at: dt.datetime
    viewer_id: UUID | None
    viewer_kind: str
    what: str


class EmploymentOut(Model):
    """One employment."""

    from_on: dt.date
    id: UUID
    school_urn: str
    to_on: dt.date | None


class Employments(Model):
    """Where somebody teaches and taught, the newest first."""

    data: list[EmploymentOut]


class FoundTeacher(Model):
    """Somebody who fits, as far as it takes to tell people apart."""

    family_name: str
    given_name: str
    id: UUID
    phase: Phase | None
    school_urn: str | None


class FoundTeachers(Model):
    """Who fits, at most fifty."""

    data: list[FoundTeacher]


class Leaving(Model):
    """That somebody teaches nowhere from now on."""

    to_on: dt.date


class OrganisationRef(Model):
    """The organisation at which somebody works for the programme."""

    id: UUID
    name: str | None


class RoleOut(Model):
    """A role held today."""

    organisation_id: UUID | None
    role: Role
    since: dt.date
    until: dt.date | None


class SchoolOut(Model):
    """Where a teacher teaches now."""

    since: dt.date
    urn: str


class TeacherNumberOut(Model):
    """A number and how sure the platform is of it."""

    standing: Standing
    stated_at: dt.datetime
    trn: str


class Me(Model):
    """The signed-in person."""

    email: str
    family_name: str
    given_name: str
    id: UUID
    organisation: OrganisationRef | None
    phase: Phase | None
    registered_at: dt.datetime
    roles: list[RoleOut]
    school: SchoolOut | None
    trn: TeacherNumberOut | None


class Move(Model):
    """Where somebody teaches from a day on."""

    from_on: dt.date
    phase: Phase
    school_urn: str


class OwnTrn(Model):
    """The number that somebody says is theirs."""

    trn: str


class PageDataView(Model):
    """PageDataView."""

    data: list[DataView]
    page: PageInfo


class RoleHeld(Model):
    """A role, with who granted it."""

    from_on: dt.date
    granted_by: UUID | None
    organisation_id: UUID | None
    role: Role
    to_on: dt.date | None


class TeacherRecord(Model):
    """What identity holds about a person, but for what signs them in."""

    email: str
    employments: list[EmploymentOut]
    family_name: str
    given_name: str
    id: UUID
    phase: Phase | None
    registered_at: dt.datetime
    roles: list[RoleHeld]
    trn: TeacherNumberOut | None


class TeacherSearch(Model):
    """Whom to look for: all that is given has to fit. In a body, so that no address bar or log keeps a name."""

    email: str | None = None
    family_name: str | None = None
    given_name: str | None = None
    school_urn: str | None = None
    trn: str | None = None
