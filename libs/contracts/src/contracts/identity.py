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


class SessionEnded(Event):
    """A sign-in ended before its time: what still speaks for it, token or cookie, is to be refused from now on."""

    subject: ClassVar[str] = "session.ended"
    aggregate: ClassVar[str] = "sign_in"
    key: ClassVar[str] = "sign_in_id"

    sign_in_id: UUID
    person_id: UUID
    reason: str


class TeacherUpdated(Event):
    """A teacher moved to another school or phase, or said so belatedly. Carries the state: the newest counts."""

    subject: ClassVar[str] = "teacher.updated"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    teacher_id: UUID
    school_urn: str
    phase: Phase
    from_on: date
    updated_at: datetime


class TeacherErasureRequested(Event):
    """Somebody asked to be forgotten, and the time to change their mind is over: every service erases and says so."""

    subject: ClassVar[str] = "teacher.erasure_requested"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    teacher_id: UUID
    erasure_id: UUID


class ApiKeyChanged(Event):
    """A partner's API key was created or revoked; caches of it must be dropped."""

    subject: ClassVar[str] = "api_key.changed"
    aggregate: ClassVar[str] = "api_key"
    key: ClassVar[str] = "key_id"

    key_id: UUID
    organisation_id: UUID
    state: Literal["live", "revoked"]
    expires_on: date


class OauthClientChanged(Event):
    """A partner's OAuth client was registered or revoked; tokens of a revoked one are refused."""

    subject: ClassVar[str] = "oauth_client.changed"
    aggregate: ClassVar[str] = "oauth_client"
    key: ClassVar[str] = "client_id"

    client_id: UUID
    organisation_id: UUID
    state: Literal["live", "revoked"]


class IdentityAuditChained(Event):
    """Identity's audit trail has a new head: a service that keeps it would notice if the trail were rewritten."""

    subject: ClassVar[str] = "identity_audit.chained"
    aggregate: ClassVar[str] = "audit"
    key: ClassVar[str] = "service"

    service: str
    number: int
    head: str
    sealed_at: datetime
