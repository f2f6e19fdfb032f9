"""Events that identity publishes."""

from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from contracts.base import AuditChained, AuditWitnessed, Event

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
    left_on: date | None = None
    """The last day there, when they teach nowhere now: `school_urn` is then where they were last."""


class TeacherErasureRequested(Event):
    """Somebody asked to be forgotten, and the time to change their mind is over: every service erases and says so."""

    subject: ClassVar[str] = "teacher.erasure_requested"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    teacher_id: UUID
    erasure_id: UUID
    merged_ids: tuple[UUID, ...] = ()
    """Ids that go by this one, and are forgotten with it."""


class TeacherMerged(Event):
    """Two accounts are one person's: what is held about `merged_id` is held about `kept_id` from now on.

    Told a second time when no token of the merged account can be good any more. News of `merged_id` that comes later
    are about the same person.
    """

    subject: ClassVar[str] = "teacher.merged"
    aggregate: ClassVar[str] = "person_merge"
    key: ClassVar[str] = "merge_id"

    merge_id: UUID
    kept_id: UUID
    merged_id: UUID
    merged_at: datetime


class TeacherSeparated(Event):
    """They were not one person's after all: each gets back what was theirs. What was made since stays with the kept."""

    subject: ClassVar[str] = "teacher.separated"
    aggregate: ClassVar[str] = "person_merge"
    key: ClassVar[str] = "merge_id"

    merge_id: UUID
    kept_id: UUID
    merged_id: UUID
    merged_at: datetime
    separated_at: datetime


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


class IdentityAuditChained(AuditChained):
    """Identity's audit trail has a new head: a service that keeps it would notice if the trail were rewritten."""

    subject: ClassVar[str] = "identity_audit.chained"


class IdentityAuditWitnessed(AuditWitnessed):
    """What identity holds of another service's audit trail, and what does not agree."""

    subject: ClassVar[str] = "identity_audit.witnessed"


class PersonExportRequested(Event):
    """Somebody asked for everything held about them: every service makes its part ready and says so."""

    subject: ClassVar[str] = "person_export.requested"
    aggregate: ClassVar[str] = "person_export"
    key: ClassVar[str] = "export_id"

    export_id: UUID
    person_id: UUID
    expires_at: datetime


class SandboxResetRequested(Event):
    """In a sandbox, and nowhere else: what an organisation tried out goes, and what it began with is laid out again."""

    subject: ClassVar[str] = "sandbox.reset_requested"
    aggregate: ClassVar[str] = "sandbox"
    key: ClassVar[str] = "organisation_id"

    organisation_id: UUID
    key_id: UUID | None
    """The credential that asked: what it did under an `Idempotency-Key` is forgotten."""
    requested_at: datetime
