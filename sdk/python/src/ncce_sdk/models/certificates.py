"""Bodies and answers of certificates. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from ncce_sdk.models.shared import EntryOut, InclusionProof, PageInfo
from ncce_sdk.transport import Model


class AccreditationOut(Model):
    """What a project accredited you as."""

    accreditation: str
    network: str
    participation_id: UUID
    project_code: str
    project_year: str
    recorded_on: dt.date


class AccreditationList(Model):
    """Your accreditations, the newest first."""

    data: list[AccreditationOut]


class AwardCheckInFull(Model):
    """The same with everything in the ledger that the certificate rests on."""

    closed_at: dt.datetime | None
    decided_by: UUID | None
    entries: list[EntryOut]
    id: UUID
    opened_at: dt.datetime
    outcome: str | None
    reason: str | None
    recommendation: str | None
    recommended_at: dt.datetime | None
    recommended_by: UUID | None
    scheme: str
    teacher_id: UUID


class AwardCheckOut(Model):
    """An earned certificate that was drawn for a check, and what was said and decided."""

    closed_at: dt.datetime | None
    decided_by: UUID | None
    id: UUID
    opened_at: dt.datetime
    outcome: str | None
    reason: str | None
    recommendation: str | None
    recommended_at: dt.datetime | None
    recommended_by: UUID | None
    scheme: str
    teacher_id: UUID


class AwardDecision(Model):
    """What a second person says to a recommendation. Declined, the check waits for another."""

    outcome: Literal["approved", "declined"]


class AwardRecommendation(Model):
    """What to do about an earned certificate, and why."""

    outcome: Literal["award", "withhold"]
    reason: str


class CertificateOut(Model):
    """A certificate of the caller's."""

    awarded_on: dt.date
    code: str
    expires_on: dt.date | None
    holder_name: str | None
    id: UUID
    number: str | None
    scheme: str
    scheme_version: int
    school_name: str | None = None
    shares_document: bool
    shows_name: bool
    status: str
    status_since_on: dt.date | None
    title: str


class CertificateList(Model):
    """The caller's certificates."""

    data: list[CertificateOut]


CertificateRecord = dict[str, Any]


class Evidence(Model):
    """What shows the award to whoever does not trust this answer: its record, and the proof that the log has
    it.
    """

    log: InclusionProof
    record: CertificateRecord


class HolderName(Model):
    """The name to print, and who may see it. Nobody may unless you say so."""

    name: str
    shares_document: bool | None = None
    shows_name: bool | None = None


class PageAwardCheckOut(Model):
    """PageAwardCheckOut."""

    data: list[AwardCheckOut]
    page: PageInfo


class ReviewOut(Model):
    """A certificate in question: what took its ground away, and what was said and decided."""

    certificate_id: UUID
    closed_at: dt.datetime | None
    completion_id: UUID | None
    contribution_id: UUID | None
    decided_by: UUID | None
    id: UUID
    log_entry_id: UUID | None
    opened_at: dt.datetime
    outcome: str | None
    re_evaluation_id: UUID | None
    reason: str | None
    recommendation: str | None
    recommended_at: dt.datetime | None
    recommended_by: UUID | None
    revocation_id: UUID | None


class PageReviewOut(Model):
    """PageReviewOut."""

    data: list[ReviewOut]
    page: PageInfo


class RevocationOut(Model):
    """A proposed or decided revocation."""

    certificate_id: UUID
    decided_at: dt.datetime | None
    decided_by: UUID | None
    id: UUID
    outcome: str | None
    proposed_at: dt.datetime
    proposed_by: UUID
    reason: str


class PageRevocationOut(Model):
    """PageRevocationOut."""

    data: list[RevocationOut]
    page: PageInfo


class ReviewDecision(Model):
    """What a second person says to a recommendation. Declined, the review waits for another."""

    outcome: Literal["approved", "declined"]


class RevocationDecision(Model):
    """What a second person says to a proposal."""

    outcome: Literal["approved", "declined"]


class RevocationProposal(Model):
    """Why a certificate is to be revoked."""

    reason: str


class SchemeEndorser(Model):
    """An organisation that endorses a certificate scheme."""

    organisation: str | None
    organisation_id: UUID
    since_at: dt.datetime


class Sharing(Model):
    """Who may see what of a certificate that bears a name."""

    shares_document: bool
    shows_name: bool


class Verification(Model):
    """What the public learns from a code: whether the award stands, what it is and when it was made."""

    awarded_on: dt.date
    code: str
    endorsed_by: list[SchemeEndorser] | None = None
    evidence: Evidence | None
    expires_on: dt.date | None
    holder_name: str | None
    number: str | None
    replaced_by: str | None
    scheme: str
    school_name: str | None = None
    status: str
    status_since_on: dt.date | None
    title: str


class CertificationCertificateReviewsSchemasRecommendation(Model):
    """What to do about a certificate in question, and why. To revoke is a proposal of revocation at the same
    time.
    """

    outcome: Literal["keep", "revoke"]
    reason: str
