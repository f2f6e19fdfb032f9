"""Events that identity publishes."""

from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from contracts.base import Event

Phase = Literal["primary", "secondary", "post_16"]


class TeacherRegistered(Event):
    """A teacher confirmed the e-mail address of a new account: the professional development log may open."""

    subject: ClassVar[str] = "teacher.registered"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    teacher_id: UUID
    school_urn: str
    phase: Phase
    registered_at: datetime


class ApiKeyChanged(Event):
    """A partner's API key was created or revoked; caches of it must be dropped."""

    subject: ClassVar[str] = "api_key.changed"
    aggregate: ClassVar[str] = "api_key"
    key: ClassVar[str] = "key_id"

    key_id: UUID
    organisation_id: UUID
    state: Literal["live", "revoked"]
    expires_on: date
