"""Bodies and answers of chartered status. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from ncce_sdk.models.shared import ActivityKind, PageInfo
from ncce_sdk.transport import Model


class ActivitiesNeed(Model):
    """Different activities on record."""

    count: int
    kind: Literal["activities"]
    kinds: list[ActivityKind]
    need: str
    title: str


ApplicationStatus = str


class ConsentOut(Model):
    """A consent, word for word."""

    given_at: dt.datetime
    revoked_at: dt.datetime | None
    statement: str
    used_at: dt.datetime | None


class DecisionOut(Model):
    """A decision of the deciding organisation. A later revision replaces it; none is taken away."""

    decided_on: dt.date
    outcome: str
    reason: str
    recorded_at: dt.datetime
    reference: str
    renew_by_on: dt.date | None
    revision: int
    status_from_on: dt.date | None


class SentOut(Model):
    """What was sent, when, and who fetched it how often."""

    decisions: list[DecisionOut]
    fetches: int
    id: UUID
    sent_at: dt.datetime
    sha256: str


class NeedOut(Model):
    """How far a need is met."""

    asked: int
    have: int
    is_met: bool
    kind: str
    need: str
    title: str


class StageOut(Model):
    """How far a stage is."""

    is_met: bool
    needs: list[NeedOut]
    stage: str
    title: str


class StatementOut(Model):
    """Something the teacher wrote."""

    need: str
    submitted_at: dt.datetime
    text: str


class ApplicationOut(Model):
    """An application with its stages, consents, what was sent and what was decided."""

    began_at: dt.datetime
    consents: list[ConsentOut]
    id: UUID
    pathway: str
    stages: list[StageOut]
    statements: list[StatementOut]
    status: ApplicationStatus
    submissions: list[SentOut]
    title: str
    version: int
    withdrawn_at: dt.datetime | None


class ApplicationList(Model):
    """The caller's applications."""

    data: list[ApplicationOut]


class ApplicationRequest(Model):
    """A pathway to begin."""

    pathway: str


class BundleOut(Model):
    """The evidence as it was signed. The signature covers `bundle` byte for byte, by a key of
    /v1/transparency/keys.
    """

    bundle: str
    content: dict[str, Any]
    key_id: str
    sha256: str
    signature: str
    submission_id: UUID


class CertificatesNeed(Model):
    """Certificates that are held: neither revoked nor expired."""

    count: int
    kind: Literal["certificates"]
    need: str
    schemes: list[str]
    title: str


class EndorsementsNeed(Model):
    """Endorsements that stand, each of another organisation."""

    kind: Literal["endorsements"]
    need: str
    organisations: int
    title: str


class StatementNeed(Model):
    """Something that the teacher writes."""

    kind: Literal["statement"]
    least_characters: int
    need: str
    title: str


class YearsNeed(Model):
    """Whole years since the first activity on record."""

    kind: Literal["years"]
    need: str
    title: str
    years: int


class Stage(Model):
    """One stage: met when all its needs are."""

    needs: list[CertificatesNeed | EndorsementsNeed | YearsNeed | ActivitiesNeed | StatementNeed]
    stage: str
    title: str


class CharteredPathwayOut(Model):
    """A pathway to chartered status, and who decides at its end."""

    consent: str
    effective_from: dt.date
    organisation_id: UUID
    slug: str
    source: str
    stages: list[Stage]
    title: str
    version: int


class CharteredPathwayList(Model):
    """The pathways in force."""

    data: list[CharteredPathwayOut]


class ConsentRequest(Model):
    """A teacher's word that the evidence may be sent, once."""

    agrees: Literal[True]


class DecisionRequest(Model):
    """What the organisation decided. One that differs from the latest is a further revision; the same again is
    none.
    """

    decided_on: dt.date
    outcome: Literal["granted", "refused", "more_evidence"]
    reason: str
    reference: str
    renew_by_on: dt.date | None = None
    status_from_on: dt.date | None = None


class CertificationCharteredSubmissionsSchemasSubmissionOut(Model):
    """Evidence that was sent to the caller's organisation. It names nobody: the bundle does."""

    decisions: list[DecisionOut]
    id: UUID
    is_withdrawn: bool
    pathway: str
    sent_at: dt.datetime
    sha256: str
    version: int


class PageSubmissionOut(Model):
    """PageSubmissionOut."""

    data: list[CertificationCharteredSubmissionsSchemasSubmissionOut]
    page: PageInfo


class StatementRequest(Model):
    """Something written for a need of the pathway."""

    need: str
    text: str


class WithdrawalRequest(Model):
    """Why an application is withdrawn."""

    reason: str
