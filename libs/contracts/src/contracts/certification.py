"""Events that certification publishes."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Literal
from uuid import UUID

from contracts.base import AuditChained, AuditWitnessed, ErasureCompleted, Event, ExportPrepared, RecordsViewed

Component = Literal["commitment", "professional_knowledge", "community"]


class CreditsRecorded(Event):
    """Credits were entered in a teacher's log for one component of a scheme."""

    subject: ClassVar[str] = "credits.recorded"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    entry_id: UUID
    teacher_id: UUID
    scheme: str
    scheme_version: int
    component: Component
    activity: str
    credits: Decimal


class ComponentCompleted(Event):
    """A teacher reached the credits that a component needs."""

    subject: ClassVar[str] = "component.completed"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    teacher_id: UUID
    scheme: str
    scheme_version: int
    component: Component


class ComponentReopened(Event):
    """A correction left less in a component than it needs, after it had been completed."""

    subject: ClassVar[str] = "component.reopened"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    teacher_id: UUID
    scheme: str
    scheme_version: int
    component: Component


class DiagnosticCompleted(Event):
    """A teacher answered a diagnostic; the recommended pathway follows from the answers."""

    subject: ClassVar[str] = "diagnostic.completed"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    teacher_id: UUID
    diagnostic: str
    diagnostic_version: int
    pathway: str


class AssessmentOpened(Event):
    """What has to be met before a summative assessment is met: the teacher may sit it. Told once."""

    subject: ClassVar[str] = "assessment.opened"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    teacher_id: UUID
    assessment: str
    title: str
    scheme: str
    opened_at: datetime


class AssessmentPassed(Event):
    """A teacher passed a summative assessment. It is told once: no later attempt changes it."""

    subject: ClassVar[str] = "assessment.passed"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    attempt_id: UUID
    teacher_id: UUID
    assessment: str
    scheme: str
    scheme_version: int
    passed_at: datetime


class CertificateAwarded(Event):
    """A certificate was awarded; its public code answers at `/v1/verify/{code}`."""

    subject: ClassVar[str] = "certificate.awarded"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    certificate_id: UUID
    teacher_id: UUID
    scheme: str
    scheme_version: int
    awarded_at: datetime


class CertificateRevoked(Event):
    """Two people took a certificate back: the teacher does not hold it any more, nor gets it again."""

    subject: ClassVar[str] = "certificate.revoked"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    certificate_id: UUID
    teacher_id: UUID
    scheme: str
    awarded_at: datetime
    revoked_at: datetime


class LogEntryDecided(Event):
    """An entry of the professional development log was accepted or returned, or is not accepted any more."""

    subject: ClassVar[str] = "log_entry.decided"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    entry_id: UUID
    teacher_id: UUID
    activity: str
    title: str
    """The activity's, from the catalogue."""
    submission: int
    """The how-manieth time it was put in."""
    outcome: Literal["accepted", "returned", "reversed"]
    decided_at: datetime


class CharteredStatusDecided(Event):
    """The deciding organisation told its decision on a teacher's chartered status, or a revision of it."""

    subject: ClassVar[str] = "chartered_status.decided"
    aggregate: ClassVar[str] = "teacher"
    key: ClassVar[str] = "teacher_id"

    teacher_id: UUID
    application_id: UUID
    submission_id: UUID
    organisation_id: UUID
    revision: int
    """1, 2, 3, … for one submission; the highest counts."""
    outcome: Literal["granted", "refused", "more_evidence"]
    decided_on: date
    status_from_on: date | None = None
    renew_by_on: date | None = None


class CertificationErasureCompleted(ErasureCompleted):
    """Certification erased what it held about somebody; counts by table, of those as well that stay."""

    subject: ClassVar[str] = "certification_erasure.completed"


class CertificationAuditChained(AuditChained):
    """Certification's audit trail has a new head: a service that keeps it would notice if the trail were rewritten."""

    subject: ClassVar[str] = "certification_audit.chained"


class CertificationAuditWitnessed(AuditWitnessed):
    """What certification holds of another service's audit trail, and what does not agree."""

    subject: ClassVar[str] = "certification_audit.witnessed"


class CertificationRecordsViewed(RecordsViewed):
    """Staff looked at what certification holds about people."""

    subject: ClassVar[str] = "certification_records.viewed"


class CertificationExportPrepared(ExportPrepared):
    """Certification's part of somebody's export is ready."""

    subject: ClassVar[str] = "certification_export.prepared"
