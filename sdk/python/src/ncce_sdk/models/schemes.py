"""Bodies and answers of schemes. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import ActivityKind, DraftStatus, PageInfo
from ncce_sdk.transport import Model

Action = str


class ActivityCreditsInput(Model):
    """Credits of one activity that differ from what its rule would give, and why."""

    activity: str
    credits: Decimal
    reason: str


class ActivityCreditsOutput(Model):
    """Credits of one activity that differ from what its rule would give, and why."""

    activity: str
    credits: str
    reason: str


class SelectionInput(Model):
    """Some of the activities there are: those to which everything said here applies. Nothing said selects all."""

    activities: list[str] | None = None
    kinds: list[ActivityKind] | None = None
    modes: list[Literal["face_to_face", "live_remote", "online", "community", "diagnostic", "assessment"]] | None = None
    programmes: list[str] | None = None
    providers: list[str] | None = None
    published_credits: Decimal | None = None


class AtLeastInput(Model):
    """So many credits, hours or activities of a selection."""

    amount: Decimal
    measure: Literal["credits", "hours", "activities"]
    needs: Literal["at_least"]
    of: SelectionInput | None = None
    title: str


class CertificateHeld(Model):
    """The certificate of another scheme."""

    needs: Literal["certificate"]
    scheme: str
    title: str


class AnyOfInput(Model):
    """One of several conditions, whichever."""

    needs: Literal["any_of"]
    of: "list[AtLeastInput | CertificateHeld | AllOfInput | AnyOfInput]"
    title: str


class AllOfInput(Model):
    """Every one of several conditions."""

    needs: Literal["all_of"]
    of: "list[AtLeastInput | CertificateHeld | AllOfInput | AnyOfInput]"
    title: str


class SelectionOutput(Model):
    """Some of the activities there are: those to which everything said here applies. Nothing said selects all."""

    activities: list[str] | None = None
    kinds: list[ActivityKind] | None = None
    modes: list[str] | None = None
    programmes: list[str] | None = None
    providers: list[str] | None = None
    published_credits: str | None = None


class AtLeastOutput(Model):
    """So many credits, hours or activities of a selection."""

    amount: str
    measure: str
    needs: Literal["at_least"]
    of: SelectionOutput | None = None
    title: str


class AnyOfOutput(Model):
    """One of several conditions, whichever."""

    needs: Literal["any_of"]
    of: "list[AtLeastOutput | CertificateHeld | AllOfOutput | AnyOfOutput]"
    title: str


class AllOfOutput(Model):
    """Every one of several conditions."""

    needs: Literal["all_of"]
    of: "list[AtLeastOutput | CertificateHeld | AllOfOutput | AnyOfOutput]"
    title: str


class AssessmentRuleInput(Model):
    """How the summative assessment is passed, and when it may be taken."""

    opens_when: AtLeastInput | CertificateHeld | AllOfInput | AnyOfInput | None = None
    pass_percent: Decimal | None = None


class AssessmentRuleOutput(Model):
    """How the summative assessment is passed, and when it may be taken."""

    opens_when: AtLeastOutput | CertificateHeld | AllOfOutput | AnyOfOutput | None = None
    pass_percent: str | None = None


class CaseActivityInput(Model):
    """Something done. A kind that the catalogue has no activities for needs no code."""

    activity: str | None = None
    hours: Decimal | None = None
    kind: ActivityKind


class ExpectationInput(Model):
    """What has to come of a case; what is not said does not matter."""

    assessment_is_open: bool | None = None
    credits: dict[str, Decimal] | None = None
    is_complete: bool


class CaseInput(Model):
    """One case."""

    assessment_passed: bool | None = None
    certificates: list[str] | None = None
    done: list[CaseActivityInput] | None = None
    expect: ExpectationInput
    name: str


class CaseActivityOutput(Model):
    """Something done. A kind that the catalogue has no activities for needs no code."""

    activity: str | None = None
    hours: str | None = None
    kind: ActivityKind


class ExpectationOutput(Model):
    """What has to come of a case; what is not said does not matter."""

    assessment_is_open: bool | None = None
    credits: dict[str, str] | None = None
    is_complete: bool


class CaseOutput(Model):
    """One case."""

    assessment_passed: bool | None = None
    certificates: list[str] | None = None
    done: list[CaseActivityOutput] | None = None
    expect: ExpectationOutput
    name: str


class ComponentRuleInput(Model):
    """One component and the credits that complete it; what is recorded beyond the cap is surplus."""

    cap: Decimal | None = None
    component: Literal["commitment", "professional_knowledge", "community"]
    credits_required: Decimal
    title: str


class ComponentRuleOutput(Model):
    """One component and the credits that complete it; what is recorded beyond the cap is surplus."""

    cap: str | None = None
    component: str
    credits_required: str
    title: str


class Counts(Model):
    """People by outcome, as far as it is done."""

    stays_complete: int | None = None
    stays_incomplete: int | None = None
    would_complete: int | None = None
    would_lose: int | None = None


class CreditRuleInput(Model):
    """What one kind of activity earns: a fixed sum, credits per hour, or what the catalogue says of the
    activity.
    """

    at_most: Decimal | None = None
    basis: Literal["fixed", "per_hour", "catalogue"]
    component: Literal["commitment", "professional_knowledge", "community"]
    credits: Decimal | None = None
    eligible: SelectionInput | None = None
    kind: ActivityKind
    source: str


class CreditRuleOutput(Model):
    """What one kind of activity earns: a fixed sum, credits per hour, or what the catalogue says of the
    activity.
    """

    at_most: str | None = None
    basis: str
    component: str
    credits: str | None = None
    eligible: SelectionOutput | None = None
    kind: ActivityKind
    source: str


class SchemeRulesInput(Model):
    """Everything that decides about credits and completion under one version of a scheme. The certificate is
    earned when every component has its credits, every requirement is met and, where one is required, the
    assessment is passed.
    """

    activity_credits: list[ActivityCreditsInput] | None = None
    assessment: AssessmentRuleInput | None = None
    assessment_required: bool
    awarded_to: Literal["person", "school"] | None = None
    checked_percent: Decimal | None = None
    components: list[ComponentRuleInput]
    credits: list[CreditRuleInput]
    pending_days: int | None = None
    prerequisites: list[str] | None = None
    requirements: list[AtLeastInput | CertificateHeld | AllOfInput | AnyOfInput] | None = None
    valid_for_months: int | None = None


class DraftContent(Model):
    """Rules, from when on they are to apply, where they come from, and cases that they have to pass."""

    cases: list[CaseInput] | None = None
    effective_from: dt.date
    effective_to: dt.date | None = None
    rules: SchemeRulesInput
    source: str
    standing: Literal["in_force", "on_record"] | None = None


class SchemeRulesOutput(Model):
    """Everything that decides about credits and completion under one version of a scheme. The certificate is
    earned when every component has its credits, every requirement is met and, where one is required, the
    assessment is passed.
    """

    activity_credits: list[ActivityCreditsOutput] | None = None
    assessment: AssessmentRuleOutput | None = None
    assessment_required: bool
    awarded_to: str | None = None
    checked_percent: str | None = None
    components: list[ComponentRuleOutput]
    credits: list[CreditRuleOutput]
    pending_days: int | None = None
    prerequisites: list[str] | None = None
    requirements: list[AtLeastOutput | CertificateHeld | AllOfOutput | AnyOfOutput] | None = None
    valid_for_months: int | None = None


class DraftOut(Model):
    """A draft."""

    author_id: UUID
    cases: list[CaseOutput]
    created_at: dt.datetime
    decided_at: dt.datetime | None
    decided_by: UUID | None
    effective_from: dt.date
    effective_to: dt.date | None
    id: UUID
    published_at: dt.datetime | None
    published_version: int | None
    reason: str | None
    revision: int
    rules: SchemeRulesOutput
    scheme: str
    source: str
    standing: str
    status: DraftStatus
    tested_at: dt.datetime | None


class DraftRequest(Model):
    """A proposal for a scheme."""

    cases: list[CaseInput] | None = None
    effective_from: dt.date
    effective_to: dt.date | None = None
    rules: SchemeRulesInput
    scheme: str
    source: str
    standing: Literal["in_force", "on_record"] | None = None


CertificationReevaluationsSchemasOutcome = str


class FindingOut(Model):
    """What was found about one person."""

    from_version: int
    is_awarded: bool
    missing: str
    outcome: CertificationReevaluationsSchemasOutcome
    teacher_id: UUID
    was_moved: bool


class PageDraftOut(Model):
    """PageDraftOut."""

    data: list[DraftOut]
    page: PageInfo


class PageFindingOut(Model):
    """PageFindingOut."""

    data: list[FindingOut]
    page: PageInfo


ReEvaluationStatus = str


class ReEvaluationOut(Model):
    """A re-evaluation and how far it is."""

    action: Action
    counts: Counts
    done: int
    draft_id: UUID | None
    finished_at: dt.datetime | None
    id: UUID
    moved: int
    requested_at: dt.datetime
    requested_by: UUID
    scheme: str
    started_at: dt.datetime | None
    status: ReEvaluationStatus
    total: int
    version: int | None


class PageReEvaluationOut(Model):
    """PageReEvaluationOut."""

    data: list[ReEvaluationOut]
    page: PageInfo


class ReEvaluationRequest(Model):
    """Whom to look at, under which rules, and what to do with it."""

    action: Action
    draft_id: UUID | None = None
    scheme: str
    version: int | None = None


class SchemeVersionOut(Model):
    """One version of a scheme's rules."""

    effective_from: dt.date
    effective_to: dt.date | None
    rules: SchemeRulesOutput
    source: str
    standing: str
    version: int


class SchemeOut(Model):
    """A certificate scheme with all its versions, oldest first."""

    enrols_on_registration: bool
    phases: list[str]
    slug: str
    summary: str
    title: str
    versions: list[SchemeVersionOut]


class SchemeList(Model):
    """All schemes."""

    data: list[SchemeOut]


class SchemeVersionDetail(Model):
    """One version with the cases that it passed before it was published."""

    cases: list[CaseOutput]
    effective_from: dt.date
    effective_to: dt.date | None
    rules: SchemeRulesOutput
    scheme: str
    source: str
    standing: str
    version: int
