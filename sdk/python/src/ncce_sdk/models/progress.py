"""Bodies and answers of progress. Written by `./ncce sdk`; do not edit."""

import datetime as dt

from ncce_sdk.models.shared import EndorsementOut, EntryOut, GateStatus
from ncce_sdk.transport import Model


class RequirementOut(Model):
    """Something the certificate asks for besides credits, and how far it is met: `have` of `need` in its
    measure.
    """

    have: str
    is_met: bool
    measure: str
    need: str
    parts: "list[RequirementOut]"
    title: str


class AssessmentProgress(Model):
    """The summative assessment, where the certificate needs one."""

    assessment: str | None
    attempts: int
    best_percent: str | None
    closed_because: list[str]
    failures: int
    is_open: bool
    is_passed: bool
    opens_at: dt.datetime | None
    opens_when: RequirementOut | None
    pass_percent: str
    status: GateStatus


class BandOut(Model):
    """A band of the latest diagnostic."""

    band: str
    dimension: str


class BecauseOut(Model):
    """Why an activity is recommended, for programs."""

    bands: list[BandOut]
    kind: str
    pathway: str | None
    replaces: str | None
    requirement: str | None


class ComponentOut(Model):
    """One component. `counted` is `recorded` up to `required`; `surplus` is kept and never fills another
    component.
    """

    component: str
    counted: str
    entries: list[EntryOut]
    needed: str
    recorded: str
    required: str
    surplus: str
    title: str


class HintOut(Model):
    """Something that would help next."""

    component: str
    hint: str


class RecommendationOut(Model):
    """An activity that would help next, and why this one."""

    activity: str
    because: BecauseOut
    component: str
    credits: str | None
    reason: str
    title: str


CertificationProgressRulesStatus = str


class SchemeProgress(Model):
    """How far the caller is in one scheme."""

    assessment: AssessmentProgress | None
    award_check: str | None = None
    award_due_at: dt.datetime | None
    awarded_to: str
    components: list[ComponentOut]
    counted: str
    recommendations: list[RecommendationOut]
    required: str
    requirements: list[RequirementOut]
    scheme: str
    scheme_version: int
    status: CertificationProgressRulesStatus
    title: str
    what_next: list[HintOut]
    why_not_complete: list[str]


class Progress(Model):
    """How far the caller is in every scheme they are enrolled in."""

    data: list[SchemeProgress]
    endorsements: list[EndorsementOut]
