"""Bodies and answers of shared. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from ncce_sdk.transport import Model

ActivityKind = str


class AmountLine(Model):
    """One step of the calculation: days times a rate, in pence. Of a milestone the days are not counted: 1."""

    amount_pence: int
    days: str
    item: str
    plus_vat: bool | None = None
    rate_pence: int


class AppliesTo(Model):
    """The courses a policy is for."""

    modes: list[str]
    phases: list[str]
    programmes: list[str]


class ApprovalDecision(Model):
    """What a second person decides, and why."""

    outcome: Literal["approved", "declined"]
    reason: str


Because = str


class Share(Model):
    """What one funder pays, or one kind of payee receives."""

    amount_pence: int
    of: str


class TraceLine(Model):
    """One line of the calculation, with all that it was made from."""

    amount_pence: int
    funder: str
    in_kind: bool
    label: str
    line: str
    payee: str
    quantity: str
    rate_pence: int
    source: str
    unit: str


class FundingGrantCardsRulesFinding(Model):
    """Something within the limits that whoever approves should know."""

    code: Literal["outside-expectation"] | None = None
    detail: str
    input: str
    source: str


class Calculation(Model):
    """What a card comes to for these inputs. `checksum` is that of the card version's canonical text."""

    by_funder: list[Share]
    by_payee: list[Share]
    card: str
    checksum: str
    findings: list[FundingGrantCardsRulesFinding]
    in_kind_days: str
    inputs: dict[str, str]
    lines: list[TraceLine]
    project_year: str
    total_pence: int
    version: int


class FundingPoliciesConditionsComparison(Model):
    """What values of one fact pass: those that are listed, numbers between bounds, or days between days."""

    at_least: int | None = None
    below: int | None = None
    fact: str
    on_or_after: dt.date | None = None
    on_or_before: dt.date | None = None
    one_of: list[bool | int | str] | None = None


class InheritedOutput(Model):
    """A criterion that a school meets when any school of its trusts does."""

    any_school_of_trust: FundingPoliciesConditionsComparison
    criterion: str
    not_met: str
    title: str
    unknown: str


class FundingBand(Model):
    """A line of a matrix: numbers of the first fact, and what the second may be; anything when nothing is
    listed.
    """

    at_least: int | None = None
    below: int | None = None
    with_one_of: list[bool | int | str] | None = None


class Matrix(Model):
    """A criterion on two facts together: met in the bands, read for every combination that is possible."""

    across: str
    bands: list[FundingBand]
    bands_of: str
    criterion: str
    not_met: str
    title: str
    unknown: str


class FundingPoliciesConditionsCriterion(Model):
    """One criterion: a fact compared with the values that meet it, and what to say when it is not met or
    unknown.
    """

    at_least: int | None = None
    below: int | None = None
    criterion: str
    fact: str
    not_met: str
    on_or_after: dt.date | None = None
    on_or_before: dt.date | None = None
    one_of: list[bool | int | str] | None = None
    title: str
    unknown: str


class SomeOfOutput(Model):
    """Met when at least so many parts are met."""

    number: int
    of: "list[FundingAllOfOutput | FundingAnyOfOutput | SomeOfOutput | Matrix | InheritedOutput | FundingPoliciesConditionsCriterion]"


class FundingAnyOfOutput(Model):
    """Met when at least one part is met; `any` of nothing is not met."""

    any: "list[FundingAllOfOutput | FundingAnyOfOutput | SomeOfOutput | Matrix | InheritedOutput | FundingPoliciesConditionsCriterion]"


class FundingAllOfOutput(Model):
    """Met when all parts are met; `all` of nothing is met."""

    all: "list[FundingAllOfOutput | FundingAnyOfOutput | SomeOfOutput | Matrix | InheritedOutput | FundingPoliciesConditionsCriterion]"


class Count(Model):
    """A measure by name, such as `schools`."""

    count: str


class NumberOutput(Model):
    """A number that the policy states."""

    number: str


class TimesOutput(Model):
    """A product of quantities."""

    times: "list[NumberOutput | Count | PlusOutput | MinusOutput | TimesOutput | LimitedOutput]"


class PlusOutput(Model):
    """A sum of quantities."""

    plus: "list[NumberOutput | Count | PlusOutput | MinusOutput | TimesOutput | LimitedOutput]"


class MinusOutput(Model):
    """The first quantity less all others."""

    minus: "list[NumberOutput | Count | PlusOutput | MinusOutput | TimesOutput | LimitedOutput]"


class LimitedOutput(Model):
    """A quantity kept between bounds."""

    at_least: str | None = None
    at_most: str | None = None
    limited: "NumberOutput | Count | PlusOutput | MinusOutput | TimesOutput | LimitedOutput"


class FundingPoliciesAmountsLineOutput(Model):
    """A rate times a quantity. In kind: days that somebody gives and nobody pays for."""

    is_in_kind: bool | None = None
    line: str
    of: NumberOutput | Count | PlusOutput | MinusOutput | TimesOutput | LimitedOutput | None = None
    payer: str | None = None
    pence: int
    title: str


class SumOutput(Model):
    """Amounts together."""

    sum: "list[FundingPoliciesAmountsLineOutput | SumOutput | CappedOutput | NettedOutput | ChosenOutput]"


class NettedOutput(Model):
    """An amount less another, and never less than nothing: a bursary from which the fee is taken."""

    less: "FundingPoliciesAmountsLineOutput | SumOutput | CappedOutput | NettedOutput | ChosenOutput"
    netted: "FundingPoliciesAmountsLineOutput | SumOutput | CappedOutput | NettedOutput | ChosenOutput"


class ChoiceOutput(Model):
    """One way an amount may go."""

    then: "FundingPoliciesAmountsLineOutput | SumOutput | CappedOutput | NettedOutput | ChosenOutput"
    when: (
        FundingAllOfOutput
        | FundingAnyOfOutput
        | SomeOfOutput
        | Matrix
        | InheritedOutput
        | FundingPoliciesConditionsCriterion
    )


class ChosenOutput(Model):
    """The amount of the first choice whose condition holds; nothing when none does."""

    choices: list[ChoiceOutput]


class CappedOutput(Model):
    """An amount with a ceiling; a line takes off what is above it."""

    at_most_pence: int
    capped: "FundingPoliciesAmountsLineOutput | SumOutput | CappedOutput | NettedOutput | ChosenOutput"


class CaseResult(Model):
    """Whether a case came out as it has to."""

    differences: list[str]
    is_passed: bool
    name: str


class Choice(Model):
    """One value a filter can have, and how many a search with it would find."""

    count: int
    value: str


class Clawback(Model):
    """Whether parts that were paid can be asked back when the programme is given up, and in which words."""

    on_withdrawal: str
    reason: str


Met = str


class CriterionResult(Model):
    """One criterion of a decision: the fact used, where it comes from, and what became of it."""

    as_of: dt.date | None
    criterion: str
    fact: str
    outcome: Met
    source: str
    title: str
    value: bool | int | str | list[bool | int | str] | None


class DraftDecision(Model):
    """A second person's word."""

    outcome: Literal["approved", "declined"]
    reason: str


DraftStatus = str


class Duplicate(Model):
    """Another entry that may be the same activity. It is a hint; a person decides."""

    because: Because
    entry_id: UUID


class EndorsementOut(Model):
    """An endorsement."""

    given_at: dt.datetime
    id: UUID
    organisation: str | None
    organisation_id: UUID
    statement: str
    subject: str
    title: str
    withdrawal_reason: str | None
    withdrawn_at: dt.datetime | None


class EntryOut(Model):
    """One entry of the credit ledger."""

    activity: str
    credits: str
    hours: str
    id: UUID
    occurred_on: dt.date
    recorded_at: dt.datetime
    source: str


Environment = str


FundingEligibilityRulesOutcome = str


class Expected(Model):
    """What the policy has to say."""

    amount_pence: int | None = None
    fee_pence: int | None = None
    outcome: FundingEligibilityRulesOutcome
    row: str | None = None


class FeeRowOutput(Model):
    """One line of the published table: the most that may be charged for a day, in pence."""

    fee_per_day_pence: int
    hub_charge: str | None = None
    plus_vat: bool | None = None
    reason: str
    row: str
    takes_free_place: bool | None = None
    when: (
        FundingAllOfOutput
        | FundingAnyOfOutput
        | SomeOfOutput
        | Matrix
        | InheritedOutput
        | FundingPoliciesConditionsCriterion
    )


class FundingCaseOutput(Model):
    """A teacher of a school with these facts; a fact that is not named is unknown."""

    days: str | None = None
    expect: Expected
    facts: dict[str, bool | int | str] | None = None
    name: str
    quotas_taken: list[str] | None = None


class MilestoneOutput(Model):
    """One part: so much when this is reached; of courses the `course`-th of those that are long enough counts."""

    amount_pence: int
    by: dt.date | None = None
    course: int | None = None
    earned_by: str
    is_beside_cap: bool | None = None
    least_days: str | None = None
    milestone: str
    title: str
    uses: list[str] | None = None


class MilestonesOutput(Model):
    """The parts of a bursary, and the most that they come to, bonuses aside."""

    at_most_pence: int
    clawback: Clawback
    parts: list[MilestoneOutput]


class Quota(Model):
    """At most so many live bursaries for each combination of these."""

    at_most: int | None = None
    per: list[str]
    taken: str


class RowOutput(Model):
    """One line of the published table. Rates are integer pence for each day, unless it is paid part by part."""

    amount: FundingPoliciesAmountsLineOutput | SumOutput | CappedOutput | NettedOutput | ChosenOutput | None = None
    bursary_per_day_pence: int
    fee_per_day_pence: int
    milestones: MilestonesOutput | None = None
    plus_vat: bool | None = None
    quota: Quota | None = None
    reason: str
    row: str
    when: (
        FundingAllOfOutput
        | FundingAnyOfOutput
        | SomeOfOutput
        | Matrix
        | InheritedOutput
        | FundingPoliciesConditionsCriterion
    )


class PolicyOutput(Model):
    """One version of a policy. It never changes; another version takes over from its own effective date."""

    applies_to: AppliesTo
    effective_from: dt.date
    entry: (
        FundingAllOfOutput
        | FundingAnyOfOutput
        | SomeOfOutput
        | Matrix
        | InheritedOutput
        | FundingPoliciesConditionsCriterion
    )
    policy: str
    replaces: list[str] | None = None
    rows: list[RowOutput]
    second_approval_above_pence: int | None = None
    source: str
    title: str
    valid_days: int | None = None
    version: int


class FundingDraftOut(Model):
    """A draft."""

    author_id: UUID
    budget: str
    cases: list[FundingCaseOutput]
    checksum: str
    created_at: dt.datetime
    decided_at: dt.datetime | None
    decided_by: UUID | None
    id: UUID
    policy: PolicyOutput
    published_at: dt.datetime | None
    published_version: int | None
    reason: str | None
    revision: int
    status: DraftStatus


ReviewStatus = str


class FundingReviewOut(Model):
    """One fact that somebody has to find out. An approved override of it, or news of it, settles the task."""

    due_on: dt.date
    fact: str
    id: UUID
    is_overdue: bool
    opened_at: dt.datetime
    owner_id: UUID | None
    question: str
    school_urn: str
    settled_at: dt.datetime | None
    status: ReviewStatus
    teacher_id: UUID | None
    waiting: list[str]


GateStatus = str


class TreeHead(Model):
    """The signed root of the log as it was at one size."""

    key_id: str
    root_hash: str
    signature: str
    signed_at: dt.datetime
    tree_size: int


class InclusionProof(Model):
    """That an entry is in the log: an audit path by RFC 6962 from its leaf to the root of the head."""

    entry: str
    head: TreeHead
    path: list[str]
    position: int


JsonValue = Any


class Limits(Model):
    """How an assessment is sat. What passes it, and what has to be met first, is in the rules of the scheme."""

    attempts_at_once: int | None = None
    expired_counts_as: str | None = None
    expires_after_minutes: int | None = None
    late_results: str | None = None
    questions: int | None = None
    statistics_from: int | None = None
    time_limit_minutes: int | None = None
    wait_hours: int | None = None


class PageInfo(Model):
    """Where the next page starts."""

    has_more: bool
    next_cursor: str | None


class PageDraftOut(Model):
    """PageDraftOut."""

    data: list[FundingDraftOut]
    page: PageInfo


class PageReviewOut(Model):
    """PageReviewOut."""

    data: list[FundingReviewOut]
    page: PageInfo


PartyKind = str


class PasskeyChallenge(Model):
    """A question to a passkey."""

    challenge: str
    expires_in_seconds: int
    options: dict[str, JsonValue]


class PasskeyProof(Model):
    """A passkey's signature."""

    credential: dict[str, JsonValue]
    method: Literal["passkey"]


PayableStatus = str


PayeeKind = str


PaymentStatus = str


Phase = str


ReasonCode = str


class RecoveryCodeProof(Model):
    """One of the ten codes on paper; it is used up by this."""

    code: str
    method: Literal["recovery_code"]


Role = str


Scope = str


class SecondFactorWanted(Model):
    """The password is right, and the account has a second factor: send a proof to `/v1/auth/second-factor`."""

    challenge: str
    expires_in_seconds: int
    methods: list[str]
    passkey_options: dict[str, JsonValue] | None
    status: Literal["second_factor_required"] | None = None


class SessionStarted(Model):
    """Signed in by cookie. The session itself is in a cookie that no script can read."""

    csrf_token: str
    expires_at: dt.datetime
    idle_seconds: int
    status: Literal["session_started"] | None = None


SourceStatus = str


class SourceOut(Model):
    """A funder's part. Those of one funder add up over the snapshots."""

    amount_pence: int
    changed_at: dt.datetime | None
    changed_by: UUID | None
    claimed_from: str | None
    funder: str
    is_external: bool
    ordinal: int
    reference: str | None
    status: SourceStatus
    title: str


class Tokens(Model):
    """Proof of being signed in: a short-lived token for `Authorization: Bearer …`, and one that fetches the
    next.
    """

    access_token: str
    expires_in_seconds: int
    refresh_token: str
    status: Literal["signed_in"] | None = None
    token_type: Literal["Bearer"] | None = None


class TotpProof(Model):
    """A code from an authenticator app."""

    code: str
    method: Literal["totp"]


class TrialReport(Model):
    """What a test found. The draft is tested when every case passed and there is nothing to complain of."""

    cases: list[CaseResult]
    complaints: list[str]
    status: DraftStatus


CertificationLogEntriesSchemasStatus = str


class CertificationLogEntriesSchemasLogEntryOut(Model):
    """An entry of the professional development log."""

    activity: str
    decided_at: dt.datetime | None
    description: str
    due_at: dt.datetime | None = None
    duplicates: list[Duplicate] | None = None
    evidence_count: int | None = None
    hours: str | None = None
    id: UUID
    is_sampled: bool | None = None
    occurred_on: dt.date
    reason: str | None
    reason_code: ReasonCode | None = None
    status: CertificationLogEntriesSchemasStatus
    submission: int | None = None
    submitted_at: dt.datetime
    teacher_id: UUID
    version: int | None = None


FundingFeePoliciesRulesOutcome = str
