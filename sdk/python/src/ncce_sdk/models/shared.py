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


class CaseResult(Model):
    """Whether a case came out as it has to."""

    differences: list[str]
    is_passed: bool
    name: str


HubsStanding = str


class CriterionReason(Model):
    """One test of a decision: what became of it, from what, and in words."""

    as_of: dt.date | None
    criterion: str
    is_met: bool | None
    may_be_declared: bool
    source: str
    standing: HubsStanding
    title: str
    value: list[bool | int | str] | None
    words: str


Eligibility = str


class CriteriaDecision(Model):
    """What a rule says of one applicant."""

    outcome: Eligibility
    reasons: list[CriterionReason]
    rests_on_declarations: bool
    words: str


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


class Declaration(Model):
    """What the applicant says of one criterion: its title is true of it (or, of a question, the answer is
    yes).
    """

    answer: bool
    criterion: str
    evidence: str | None = None


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


class PageInfo(Model):
    """Where the next page starts."""

    has_more: bool
    next_cursor: str | None


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


Standing = str


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


FundingEligibilityRulesOutcome = str


FundingFeePoliciesRulesOutcome = str


class HubsFacetingChoice(Model):
    """One value a filter can have, and how many a search with it would find."""

    count: int
    value: str
