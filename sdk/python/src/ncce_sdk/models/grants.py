"""Bodies and answers of grants. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from ncce_sdk.models.shared import Calculation, PageInfo, PayableStatus, SourceOut
from ncce_sdk.transport import Model


class ApplicationDecision(Model):
    """Funded or declined, with what the applicant is told."""

    feedback: str
    findings_accepted_because: str | None = None
    outcome: Literal["funded", "declined"]


RecipientKind = str


class Recipient(Model):
    """The organisation that receives the grant."""

    id: str
    kind: RecipientKind
    name: str


class ApplicationSubmission(Model):
    """An organisation applies. Answers that the call's card needs have the names of its inputs."""

    answers: dict[str, Any]
    call_id: UUID
    recipient: Recipient


class BoundsInput(Model):
    """From and to, both included, with the place in the source that says so."""

    maximum: Decimal | None = None
    minimum: Decimal | None = None
    says: str
    source: str


class BoundsOutput(Model):
    """From and to, both included, with the place in the source that says so."""

    maximum: str | None = None
    minimum: str | None = None
    says: str
    source: str


class CalculationRequest(Model):
    """Which card to calculate, and with what."""

    card: str
    inputs: dict[str, Any]
    version: int | None = None


class CheckOutput(Model):
    """What an answer has to be, and what is said when it is not."""

    at_least: str | None = None
    at_most: str | None = None
    has_to_be_yes: bool | None = None
    otherwise: str
    question: str


class FundingQuestion(Model):
    """One question of the form."""

    is_required: bool | None = None
    kind: str
    question: str
    title: str


class FundingGrantApplicationsRulesCriterion(Model):
    """What the panel scores, from nought to `at_most` points."""

    at_most: int
    criterion: str
    title: str
    weight: int


class CallTermsOutput(Model):
    """The form, who may have it, and how it is scored."""

    checks: list[CheckOutput] | None = None
    criteria: list[FundingGrantApplicationsRulesCriterion]
    questions: list[FundingQuestion]
    scorers: int | None = None


class CallOut(Model):
    """A call."""

    agreement_reference: str
    agreement_version: str
    budget: str
    card: str
    closes_on: dt.date
    id: UUID
    opens_on: dt.date
    terms: CallTermsOutput
    title: str


class CallList(Model):
    """Calls, the latest first."""

    data: list[CallOut]


class CheckInput(Model):
    """What an answer has to be, and what is said when it is not."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    has_to_be_yes: bool | None = None
    otherwise: str
    question: str


class CallTermsInput(Model):
    """The form, who may have it, and how it is scored."""

    checks: list[CheckInput] | None = None
    criteria: list[FundingGrantApplicationsRulesCriterion]
    questions: list[FundingQuestion]
    scorers: int | None = None


class FundingGrantsSchemasAgreement(Model):
    """The text that the recipient agrees to: where it is, which version, and its digest."""

    reference: str
    sha256: str
    version: str


class CallOpening(Model):
    """A call: its window, what it grants by which card, its form and how it is scored."""

    agreement: FundingGrantsSchemasAgreement
    budget: str
    card: str
    closes_on: dt.date
    opens_on: dt.date
    terms: CallTermsInput
    title: str


class Funder(Model):
    """Who pays a part. A part of an external funder is claimed from them and never leaves our budgets."""

    claimed_from: str | None = None
    funder: str
    is_external: bool | None = None
    title: str


class InputDeclarationInput(Model):
    """One thing that the calculation has to be told."""

    choices: list[str] | None = None
    default: Decimal | None = None
    expected: BoundsInput | None = None
    input: str
    kind: Literal["count", "days", "pence", "choice"]
    limit: BoundsInput | None = None
    title: str


class WorkedExampleInput(Model):
    """Figures of the source that the card must come to before it can be approved."""

    inputs: dict[str, Any]
    source: str
    total_pence: int


class RateBy(Model):
    """A rate for each choice of an input, in pence."""

    input: str
    pence: dict[str, Any]


class RateOf(Model):
    """A rate that the calculation is told, in pence."""

    at_most_pence: int | None = None
    input: str


class TermInput(Model):
    """A factor times the inputs named, or the factor alone."""

    of: list[str] | None = None
    times: Decimal


class When(Model):
    """A line is there only for these choices of an input."""

    among: list[str]
    input: str


class FundingGrantCardsLanguageLineInput(Model):
    """One line of the calculation. A line in kind counts and is valued at nothing."""

    funder: str
    in_kind: bool | None = None
    label: str
    line: str
    payee: (
        Literal["hub", "specialist_school", "participating_school", "sponsored_school", "lead", "alliance", "company"]
        | None
    ) = None
    quantity: list[TermInput]
    rate: int | RateOf | RateBy | None = None
    source: str
    unit: Literal[
        "grant", "day", "half_day", "visit", "session", "school", "participant", "specialist", "claim", "pound"
    ]
    when: When | None = None


class CardInput(Model):
    """One version of a card. It never changes; another version takes over from its own effective date."""

    card: str
    claimable: list[str] | None = None
    conditions: list[str] | None = None
    effective_from: dt.date
    examples: list[WorkedExampleInput]
    funders: list[Funder]
    granted_per: str
    inputs: list[InputDeclarationInput]
    lines: list[FundingGrantCardsLanguageLineInput]
    programme: str
    project_year: str
    source: str
    title: str
    version: int


class InputDeclarationOutput(Model):
    """One thing that the calculation has to be told."""

    choices: list[str] | None = None
    default: str | None = None
    expected: BoundsOutput | None = None
    input: str
    kind: str
    limit: BoundsOutput | None = None
    title: str


class WorkedExampleOutput(Model):
    """Figures of the source that the card must come to before it can be approved."""

    inputs: dict[str, Any]
    source: str
    total_pence: int


class TermOutput(Model):
    """A factor times the inputs named, or the factor alone."""

    of: list[str] | None = None
    times: str


class FundingGrantCardsLanguageLineOutput(Model):
    """One line of the calculation. A line in kind counts and is valued at nothing."""

    funder: str
    in_kind: bool | None = None
    label: str
    line: str
    payee: str | None = None
    quantity: list[TermOutput]
    rate: int | RateOf | RateBy | None = None
    source: str
    unit: str
    when: When | None = None


class CardOutput(Model):
    """One version of a card. It never changes; another version takes over from its own effective date."""

    card: str
    claimable: list[str] | None = None
    conditions: list[str] | None = None
    effective_from: dt.date
    examples: list[WorkedExampleOutput]
    funders: list[Funder]
    granted_per: str
    inputs: list[InputDeclarationOutput]
    lines: list[FundingGrantCardsLanguageLineOutput]
    programme: str
    project_year: str
    source: str
    title: str
    version: int


CardStatus = str


class CardOut(Model):
    """A version of a card: its whole text, its checksum, and who decided it."""

    card: str
    checksum: str
    decided_at: dt.datetime | None
    decided_by: UUID | None
    document: CardOutput
    proposed_by: UUID | None
    reason: str | None
    recorded_at: dt.datetime
    status: CardStatus
    version: int


class CardList(Model):
    """Versions of cards."""

    data: list[CardOut]


class CardProposal(Model):
    """A new version of a card, or a new card. It calculates nothing before another person has approved it."""

    document: CardInput


class Checked(Model):
    """One check with its outcome, in words."""

    is_met: bool
    question: str
    says: str


class ClaimLine(Model):
    """Days at a day rate, or a cost at cost."""

    cost_pence: int | None = None
    days: Decimal | None = None
    evidence: str
    happened_on: dt.date
    rate: str
    what: str


class ClaimLineOut(Model):
    """A line with the rate as it was."""

    amount_pence: int
    evidence: str
    happened_on: dt.date
    number: int
    quantity: str
    rate: str
    rate_pence: int
    what: str


ClaimedStatus = str


DrawdownStatus = str


class DrawdownOut(Model):
    """A request, and whether what was approved has been paid."""

    amount_pence: int
    decided_at: dt.datetime | None
    decided_by: UUID | None
    evidence: list[str]
    grant_id: UUID
    id: UUID
    instalment_id: UUID
    payment: PayableStatus | None
    reason: str | None
    requested_at: dt.datetime
    requested_by: UUID
    status: DrawdownStatus


class DrawdownList(Model):
    """All requests of an award, the first first."""

    data: list[DrawdownOut]


class DrawdownRequest(Model):
    """How much of which instalment, and what shows that its condition is met."""

    amount_pence: int
    evidence: list[str]
    instalment_id: UUID


class FundingAcceptance(Model):
    """A named person agrees for the recipient."""

    agreement_version: str
    name: str
    position: str


class FundingAdjustmentRequest(Model):
    """What the award is to be calculated from now."""

    because: str
    card_version: int | None = None
    findings_accepted_because: str | None = None
    inputs: dict[str, Any]


FundingApplicationStatus = str


class ScoreOut(Model):
    """One person's score or conflict of interest."""

    comment: str | None
    conflict: str | None
    percent: str | None
    points: dict[str, int] | None
    scored_at: dt.datetime
    scorer_id: UUID


class FundingApplicationOut(Model):
    """An application. The applicant is shown the scores once it is decided, and never by whom."""

    answers: dict[str, bool | str]
    call_id: UUID
    checks: list[Checked]
    decided_at: dt.datetime | None
    decided_by: UUID | None
    feedback: str | None
    grant_id: UUID | None
    id: UUID
    moderation: str | None
    percent: str | None
    recipient: Recipient
    requested_pence: int
    scores: list[ScoreOut]
    status: FundingApplicationStatus
    submitted_at: dt.datetime
    submitted_by: UUID


class FundingEnding(Model):
    """Why an award ends, and when what is due back has to be returned."""

    reason: str
    returns_due_on: dt.date


class GrantClaimOut(Model):
    """A claim, and whether what was approved has been paid."""

    amount_pence: int
    claimed_at: dt.datetime
    claimed_by: UUID
    decided_at: dt.datetime | None
    decided_by: UUID | None
    grant_id: UUID
    id: UUID
    lines: list[ClaimLineOut]
    payment: PayableStatus | None
    reason: str | None
    status: ClaimedStatus


class GrantClaimList(Model):
    """All claims on an award, the first first."""

    data: list[GrantClaimOut]


class GrantClaimSubmission(Model):
    """Days and travel on one award."""

    lines: list[ClaimLine]


GrantStatus = str


class HistoryEntry(Model):
    """What happened, who did it, and why."""

    action: str
    actor: UUID | None
    amount_pence: int | None
    happened_at: dt.datetime
    reason: str | None
    status: GrantStatus


class InstalmentOut(Model):
    """An instalment and what was drawn of it."""

    amount_pence: int
    cancelled_pence: int
    condition: str
    drawn_pence: int
    due_on: dt.date
    id: UUID
    number: int
    title: str


SnapshotStatus = str


class SnapshotOut(Model):
    """One calculation of the award, with what it changed."""

    amount_pence: int
    because: str
    calculation: Calculation
    decided_at: dt.datetime | None
    decided_by: UUID | None
    decision_reason: str | None
    difference_pence: int
    ordinal: int
    own_difference_pence: int
    own_pence: int
    requested_at: dt.datetime
    requested_by: UUID
    sha256: str
    status: SnapshotStatus


class GrantOut(Model):
    """An award with every calculation, every funder's part, its instalments and its history."""

    accepted_at: dt.datetime | None
    accepted_by: UUID | None
    accepted_name: str | None
    accepted_position: str | None
    agreement_reference: str
    agreement_sha256: str
    agreement_version: str
    amount_pence: int
    budget: str
    card: str
    card_version: int
    decided_at: dt.datetime | None
    decided_by: UUID | None
    decision_reason: str | None
    drawn_pence: int
    due_back_pence: int
    end_reason: str | None
    ended_at: dt.datetime | None
    ended_by: UUID | None
    findings_accepted_because: str | None
    history: list[HistoryEntry]
    id: UUID
    instalments: list[InstalmentOut]
    lapsed_pence: int
    own_pence: int
    proposed_at: dt.datetime
    proposed_by: UUID
    recipient: Recipient
    reference: str
    returned_pence: int
    snapshots: list[SnapshotOut]
    sources: list[SourceOut]
    spent_pence: int
    status: GrantStatus
    title: str


class Instalment(Model):
    """A part that may be drawn from a day on."""

    amount_pence: int
    condition: str
    due_on: dt.date
    title: str


class GrantProposal(Model):
    """An award to be approved by another person. What it comes to is calculated from the card."""

    agreement: FundingGrantsSchemasAgreement
    budget: str
    card: str
    card_version: int | None = None
    findings_accepted_because: str | None = None
    inputs: dict[str, Any]
    instalments: list[Instalment] | None = None
    recipient: Recipient
    reference: str
    title: str


class GrantSummary(Model):
    """An award, without its papers."""

    accepted_at: dt.datetime | None
    accepted_by: UUID | None
    accepted_name: str | None
    accepted_position: str | None
    agreement_reference: str
    agreement_sha256: str
    agreement_version: str
    amount_pence: int
    budget: str
    card: str
    card_version: int
    decided_at: dt.datetime | None
    decided_by: UUID | None
    decision_reason: str | None
    drawn_pence: int
    due_back_pence: int
    end_reason: str | None
    ended_at: dt.datetime | None
    ended_by: UUID | None
    findings_accepted_because: str | None
    id: UUID
    lapsed_pence: int
    own_pence: int
    proposed_at: dt.datetime
    proposed_by: UUID
    recipient: Recipient
    reference: str
    returned_pence: int
    spent_pence: int
    status: GrantStatus
    title: str


class GroupGrantDetail(Model):
    """The same, with every line of the calculations."""

    awarded: Calculation | None
    awarded_pence: int
    card: str | None
    drawn_pence: int
    expected: Calculation | None
    expected_pence: int
    explanation: list[str]
    grant_id: UUID | None
    grant_status: GrantStatus | None
    group_id: UUID
    hub_id: UUID
    hub_name: str | None
    is_ready_to_complete: bool
    network: str
    owed_pence: int
    project_code: str
    project_year: str
    question: str | None
    question_code: str | None
    recovery: str | None
    status: str
    to_recover_pence: int
    to_return_pence: int


class GroupGrantOut(Model):
    """What a group's hub can expect, has drawn and is owed, with what that was worked out from."""

    awarded_pence: int
    card: str | None
    drawn_pence: int
    expected_pence: int
    grant_id: UUID | None
    grant_status: GrantStatus | None
    group_id: UUID
    hub_id: UUID
    hub_name: str | None
    is_ready_to_complete: bool
    network: str
    owed_pence: int
    project_code: str
    project_year: str
    question: str | None
    question_code: str | None
    recovery: str | None
    status: str
    to_recover_pence: int
    to_return_pence: int


class GroupRecoveryDecision(Model):
    """Whether the grant of a group that was called off is ended, and by when what was not spent has to be
    back.
    """

    outcome: Literal["approved", "declined"]
    reason: str
    returns_due_on: dt.date


class Moderation(Model):
    """The total as the panel settles it."""

    percent: Decimal | None = None
    reason: str


class PageApplicationOut(Model):
    """PageApplicationOut."""

    data: list[FundingApplicationOut]
    page: PageInfo


class PageGrantSummary(Model):
    """PageGrantSummary."""

    data: list[GrantSummary]
    page: PageInfo


class PageGroupGrantOut(Model):
    """PageGroupGrantOut."""

    data: list[GroupGrantOut]
    page: PageInfo


class PanelScore(Model):
    """Points for every criterion, or a conflict of interest, which bars from scoring."""

    comment: str | None = None
    conflict: str | None = None
    points: dict[str, Any] | None = None


class RankedApplication(Model):
    """A place in the ranking."""

    application_id: UUID
    is_within_budget: bool
    percent: str
    place: int
    recipient: Recipient
    requested_pence: int
    status: FundingApplicationStatus


class Ranking(Model):
    """Moderated applications of a call, the best first."""

    available_pence: int
    data: list[RankedApplication]


RateKind = str


class RateOut(Model):
    """A rate from a day on."""

    cap_pence: int | None
    day_pence: int | None
    effective_from: dt.date
    kind: RateKind
    rate: str
    source: str
    title: str


class RateList(Model):
    """Every rate, the latest of each last."""

    data: list[RateOut]


ReturnStatus = str


class ReturnOut(Model):
    """Money due back."""

    amount_pence: int
    due_on: dt.date
    id: UUID
    kind: str
    raised_at: dt.datetime
    raised_by: UUID
    received_at: dt.datetime | None
    received_by: UUID | None
    received_on: dt.date | None
    reference: str | None
    status: ReturnStatus


class SourceStep(Model):
    """A step of claiming another funder's part."""

    reference: str
    status: Literal["claimed", "received"]


class SpendOut(Model):
    """Spending as it was shown."""

    amount_pence: int
    evidence: str
    id: UUID
    item: str
    recorded_at: dt.datetime
    recorded_by: UUID
    spent_on: dt.date


class SpendingInput(Model):
    """One thing that the grant was spent on, and what shows it."""

    amount_pence: int
    evidence: str
    item: str
    spent_on: dt.date


class SpendingOut(Model):
    """What was drawn, what of it is shown as spent, and what goes back."""

    drawn_pence: int
    due_back_pence: int
    returned_pence: int
    returns: list[ReturnOut]
    spending: list[SpendOut]
    spent_pence: int


class FundingGrantSpendingSchemasReceipt(Model):
    """The money came back."""

    received_on: dt.date
    reference: str


class FundingGrantsSchemasWithdrawal(Model):
    """Why a proposal is taken back."""

    reason: str
