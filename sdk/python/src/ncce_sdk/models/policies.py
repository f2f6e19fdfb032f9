"""Bodies and answers of policies. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import (
    DraftStatus,
    FeeRowOutput,
    FundingAllOfOutput,
    FundingAnyOfOutput,
    FundingEligibilityRulesOutcome,
    FundingFeePoliciesRulesOutcome,
    FundingPoliciesConditionsCriterion,
    InheritedOutput,
    Matrix,
    MilestoneOutput,
    PageInfo,
    SomeOfOutput,
)
from ncce_sdk.transport import Model


class AppliesTo(Model):
    """The courses a policy is for."""

    modes: list[str]
    phases: list[str]
    programmes: list[str]


class ComparisonInput(Model):
    """What values of one fact pass: those that are listed, numbers between bounds, or days between days."""

    at_least: int | None = None
    below: int | None = None
    fact: str
    on_or_after: dt.date | None = None
    on_or_before: dt.date | None = None
    one_of: list[bool | int | str] | None = None


class InheritedInput(Model):
    """A criterion that a school meets when any school of its trusts does."""

    any_school_of_trust: ComparisonInput
    criterion: str
    not_met: str
    title: str
    unknown: str


class SomeOfInput(Model):
    """Met when at least so many parts are met."""

    number: int
    of: "list[FundingAllOfInput | FundingAnyOfInput | SomeOfInput | Matrix | InheritedInput | FundingPoliciesConditionsCriterion]"


class FundingAnyOfInput(Model):
    """Met when at least one part is met; `any` of nothing is not met."""

    any: "list[FundingAllOfInput | FundingAnyOfInput | SomeOfInput | Matrix | InheritedInput | FundingPoliciesConditionsCriterion]"


class FundingAllOfInput(Model):
    """Met when all parts are met; `all` of nothing is met."""

    all: "list[FundingAllOfInput | FundingAnyOfInput | SomeOfInput | Matrix | InheritedInput | FundingPoliciesConditionsCriterion]"


class Count(Model):
    """A measure by name, such as `schools`."""

    count: str


class NumberInput(Model):
    """A number that the policy states."""

    number: Decimal


class TimesInput(Model):
    """A product of quantities."""

    times: "list[NumberInput | Count | PlusInput | MinusInput | TimesInput | LimitedInput]"


class PlusInput(Model):
    """A sum of quantities."""

    plus: "list[NumberInput | Count | PlusInput | MinusInput | TimesInput | LimitedInput]"


class MinusInput(Model):
    """The first quantity less all others."""

    minus: "list[NumberInput | Count | PlusInput | MinusInput | TimesInput | LimitedInput]"


class LimitedInput(Model):
    """A quantity kept between bounds."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    limited: "NumberInput | Count | PlusInput | MinusInput | TimesInput | LimitedInput"


class FundingPoliciesAmountsLineInput(Model):
    """A rate times a quantity. In kind: days that somebody gives and nobody pays for."""

    is_in_kind: bool | None = None
    line: str
    of: NumberInput | Count | PlusInput | MinusInput | TimesInput | LimitedInput | None = None
    payer: str | None = None
    pence: int
    title: str


class SumInput(Model):
    """Amounts together."""

    sum: "list[FundingPoliciesAmountsLineInput | SumInput | CappedInput | NettedInput | ChosenInput]"


class NettedInput(Model):
    """An amount less another, and never less than nothing: a bursary from which the fee is taken."""

    less: "FundingPoliciesAmountsLineInput | SumInput | CappedInput | NettedInput | ChosenInput"
    netted: "FundingPoliciesAmountsLineInput | SumInput | CappedInput | NettedInput | ChosenInput"


class ChoiceInput(Model):
    """One way an amount may go."""

    then: "FundingPoliciesAmountsLineInput | SumInput | CappedInput | NettedInput | ChosenInput"
    when: (
        FundingAllOfInput
        | FundingAnyOfInput
        | SomeOfInput
        | Matrix
        | InheritedInput
        | FundingPoliciesConditionsCriterion
    )


class ChosenInput(Model):
    """The amount of the first choice whose condition holds; nothing when none does."""

    choices: list[ChoiceInput]


class CappedInput(Model):
    """An amount with a ceiling; a line takes off what is above it."""

    at_most_pence: int
    capped: "FundingPoliciesAmountsLineInput | SumInput | CappedInput | NettedInput | ChosenInput"


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


class Clawback(Model):
    """Whether parts that were paid can be asked back when the programme is given up, and in which words."""

    on_withdrawal: str
    reason: str


class FundingPolicyDraftsSchemasComparison(Model):
    """One kind of school under the version in force and under the draft."""

    amount_after_pence: int
    amount_before_pence: int
    examples: list[str]
    outcome_after: str
    outcome_before: str
    schools: int


class DraftPreview(Model):
    """Who gains and who loses: every open school, a teacher of its first course of a day, before and after."""

    compared_with: int | None
    gain: int
    kinds: list[FundingPolicyDraftsSchemasComparison]
    lose: int
    on: dt.date
    schools: int
    stay: int
    unsettled: int


class Expected(Model):
    """What the policy has to say."""

    amount_pence: int | None = None
    fee_pence: int | None = None
    outcome: FundingEligibilityRulesOutcome
    row: str | None = None


class FeeExpected(Model):
    """What the policy has to say. Without a row and an amount: that a fact is missing."""

    amount_pence: int | None = None
    outcome: FundingFeePoliciesRulesOutcome
    row: str | None = None


class FeeCaseInput(Model):
    """A teacher of a school with these facts on such a course; a fact that is not named is unknown."""

    charge_pence: int | None = None
    days: Decimal | None = None
    expect: FeeExpected
    facts: dict[str, bool | int | str] | None = None
    independent_charge_pence: int | None = None
    mode: Literal["face_to_face", "live_remote", "online"] | None = None
    name: str
    phase: Literal["primary", "secondary", "post_16"] | None = None
    programme: Literal["core", "gcse_subject_knowledge"] | None = None


class FeeCaseOutput(Model):
    """A teacher of a school with these facts on such a course; a fact that is not named is unknown."""

    charge_pence: int | None = None
    days: str | None = None
    expect: FeeExpected
    facts: dict[str, bool | int | str] | None = None
    independent_charge_pence: int | None = None
    mode: str | None = None
    name: str
    phase: str | None = None
    programme: str | None = None


class FeeComparison(Model):
    """One kind of place under the version in force and under the draft. Null: no row, or no amount, is
    settled.
    """

    amount_after_pence: int | None
    amount_before_pence: int | None
    basis_after: str | None
    basis_before: str | None
    examples: list[str]
    places: int


class FeeRowInput(Model):
    """One line of the published table: the most that may be charged for a day, in pence."""

    fee_per_day_pence: int
    hub_charge: Literal["charge_pence", "independent_charge_pence"] | None = None
    plus_vat: bool | None = None
    reason: str
    row: str
    takes_free_place: bool | None = None
    when: (
        FundingAllOfInput
        | FundingAnyOfInput
        | SomeOfInput
        | Matrix
        | InheritedInput
        | FundingPoliciesConditionsCriterion
    )


class FeePolicyInput(Model):
    """One version of the fee policy. It never changes; another version takes over from its own effective date."""

    effective_from: dt.date
    quote_valid_days: int
    rows: list[FeeRowInput]
    source: str
    title: str
    version: int


class FeeDraftContent(Model):
    """A version of the fee policy, and cases that it has to pass: at least one for each row."""

    cases: list[FeeCaseInput]
    policy: FeePolicyInput


class FeePolicyOutput(Model):
    """One version of the fee policy. It never changes; another version takes over from its own effective date."""

    effective_from: dt.date
    quote_valid_days: int
    rows: list[FeeRowOutput]
    source: str
    title: str
    version: int


class FeeDraftOut(Model):
    """A draft of the fee policy."""

    author_id: UUID
    cases: list[FeeCaseOutput]
    checksum: str
    created_at: dt.datetime
    decided_at: dt.datetime | None
    decided_by: UUID | None
    id: UUID
    policy: FeePolicyOutput
    published_at: dt.datetime | None
    published_version: int | None
    reason: str | None
    revision: int
    status: DraftStatus


class FeeDraftPreview(Model):
    """Who would pay more and who less: places booked in the last year, and quotes that no booking followed.
    Each is priced twice, by what is known today, as if it were booked on the draft's first day.
    """

    bookings: int
    compared_with: int | None
    difference_pence: int
    kinds: list[FeeComparison]
    less: int
    more: int
    newly_settled: int
    on: dt.date
    quotes: int
    same: int
    unsettled: int


class FundingCaseInput(Model):
    """A teacher of a school with these facts; a fact that is not named is unknown."""

    days: Decimal | None = None
    expect: Expected
    facts: dict[str, bool | int | str] | None = None
    name: str
    quotas_taken: list[str] | None = None


class FundingCaseOutput(Model):
    """A teacher of a school with these facts; a fact that is not named is unknown."""

    days: str | None = None
    expect: Expected
    facts: dict[str, bool | int | str] | None = None
    name: str
    quotas_taken: list[str] | None = None


class FundingCaseResult(Model):
    """How a case came out."""

    differences: list[str]
    is_passed: bool
    name: str


class MilestoneInput(Model):
    """One part: so much when this is reached; of courses the `course`-th of those that are long enough counts."""

    amount_pence: int
    by: dt.date | None = None
    course: int | None = None
    earned_by: Literal["course_completed", "programme_completed"]
    is_beside_cap: bool | None = None
    least_days: Decimal | None = None
    milestone: str
    title: str
    uses: list[str] | None = None


class MilestonesInput(Model):
    """The parts of a bursary, and the most that they come to, bonuses aside."""

    at_most_pence: int
    clawback: Clawback
    parts: list[MilestoneInput]


class Quota(Model):
    """At most so many live bursaries for each combination of these."""

    at_most: int | None = None
    per: list[str]
    taken: str


class RowInput(Model):
    """One line of the published table. Rates are integer pence for each day, unless it is paid part by part."""

    amount: FundingPoliciesAmountsLineInput | SumInput | CappedInput | NettedInput | ChosenInput | None = None
    bursary_per_day_pence: int
    fee_per_day_pence: int
    milestones: MilestonesInput | None = None
    plus_vat: bool | None = None
    quota: Quota | None = None
    reason: str
    row: str
    when: (
        FundingAllOfInput
        | FundingAnyOfInput
        | SomeOfInput
        | Matrix
        | InheritedInput
        | FundingPoliciesConditionsCriterion
    )


class PolicyInput(Model):
    """One version of a policy. It never changes; another version takes over from its own effective date."""

    applies_to: AppliesTo
    effective_from: dt.date
    entry: (
        FundingAllOfInput
        | FundingAnyOfInput
        | SomeOfInput
        | Matrix
        | InheritedInput
        | FundingPoliciesConditionsCriterion
    )
    policy: str
    replaces: list[str] | None = None
    rows: list[RowInput]
    second_approval_above_pence: int | None = None
    source: str
    title: str
    valid_days: int | None = None
    version: int


class FundingDraftContent(Model):
    """A version of a policy, the budget it is paid from, and cases that it has to pass: at least one for each
    row.
    """

    budget: str
    cases: list[FundingCaseInput]
    policy: PolicyInput


class MilestonesOutput(Model):
    """The parts of a bursary, and the most that they come to, bonuses aside."""

    at_most_pence: int
    clawback: Clawback
    parts: list[MilestoneOutput]


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


class FundingPageDraftOut(Model):
    """FundingPageDraftOut."""

    data: list[FundingDraftOut]
    page: PageInfo


class FundingPolicyOut(Model):
    """One version of a policy, with the days it is in force and the checksum of its whole text."""

    applies_to: AppliesTo
    checksum: str
    effective_from: dt.date
    effective_to: dt.date | None
    policy: str
    rows: list[RowOutput]
    source: str
    title: str
    version: int


class FundingPolicyList(Model):
    """Versions, the policies by name and each one's oldest first."""

    data: list[FundingPolicyOut]


class FundingTrialReport(Model):
    """What a test found. The draft is tested when every case passed and there is nothing to complain of."""

    cases: list[FundingCaseResult]
    complaints: list[str]
    status: DraftStatus


class PageFeeDraftOut(Model):
    """PageFeeDraftOut."""

    data: list[FeeDraftOut]
    page: PageInfo
