"""What a policy version says about one application: which row applies, the fee, the bursary, and why.

Pure: a decision is a function of the policy document and the stored inputs, and comes out as the same bytes each time.
Rows are read in order. A row whose condition is unknown may or may not apply, so the rows that are possible are it and
those after it up to the first that surely applies. Only when they agree is there an answer.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from pydantic import BaseModel, Field

from funding.eligibility.rules import Outcome
from funding.policies.conditions import Condition, CriterionResult, Met, because, evaluate, kleene, report
from funding.policies.facts import Document, Fact

Phase = Literal["primary", "secondary", "post_16"]
Programme = Literal["core", "gcse_subject_knowledge"]
Mode = Literal["face_to_face", "live_remote", "online"]


class AppliesTo(Document):
    """The courses a policy is for."""

    phases: tuple[Phase, ...]
    programmes: tuple[Programme, ...]
    modes: tuple[Mode, ...]


class Quota(Document):
    """At most one live bursary for each combination of these."""

    per: tuple[Literal["school", "course", "academic_year"], ...]
    taken: str


class Row(Document):
    """One line of the published table. Amounts are integer pence for each day."""

    row: str
    when: Condition
    fee_per_day_pence: int = Field(ge=0)
    plus_vat: bool = False
    bursary_per_day_pence: int = Field(ge=0)
    quota: Quota | None = None
    reason: str


class Policy(Document):
    """One version of a policy. It never changes; another version takes over from its own effective date."""

    policy: str
    version: int
    effective_from: date
    title: str
    source: str
    applies_to: AppliesTo
    entry: Condition
    """What must hold before any row is looked at."""
    rows: tuple[Row, ...]


class Course(Document):
    """What a decision needs to know of the booked course."""

    course_code: str
    phase: Phase
    programme: Programme
    mode: Mode
    days: Decimal
    starts_on: date


class Inputs(Document):
    """Everything a decision was made from."""

    policy: str
    version: int
    checksum: str
    applied_on: date
    school_urn: str
    course: Course
    facts: dict[str, Fact]
    quotas_taken: dict[str, bool]
    """By row: whether its quota was already held when this was decided."""


class AmountLine(Document):
    """One step of the calculation: days times a rate, in pence."""

    item: Literal["bursary", "fee"]
    days: Decimal
    rate_pence: int
    amount_pence: int
    plus_vat: bool = False


class Decision(Document):
    """What the policy says, and how it came to it. `fee_pence` is None while more than one fee is possible."""

    policy: str
    version: int
    outcome: Outcome
    row: str | None
    reason: str
    amount_pence: int = Field(ge=0)
    """What the school receives: the bursary less the fee."""
    fee_pence: int | None
    trace: tuple[AmountLine, ...]
    criteria: tuple[CriterionResult, ...]


class Verdict(BaseModel):
    """The rows that are possible, before they are put into words."""

    possible: tuple[Row, ...]
    is_settled: bool
    """Whether the last possible row surely applies, so that there is no other."""


def academic_year(day: date) -> str:
    """The academic year of a day, 1 September to 31 August: `2019-20`."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def quota_key(policy: str, row: Row, school_urn: str, course: Course) -> str | None:
    """What a live bursary under this row holds alone; None when the row has no quota."""
    if row.quota is None:
        return None
    parts = {"school": school_urn, "course": course.course_code, "academic_year": academic_year(course.starts_on)}
    return "|".join([policy, *(parts[name] for name in row.quota.per)])


def amount(days: Decimal, rate_pence: int) -> int:
    """Days times a daily rate, in whole pence, half a penny upwards."""
    return int((days * rate_pence).quantize(Decimal(1), ROUND_HALF_UP))


def decide(policy: Policy, inputs: Inputs) -> Decision:
    """The decision of a policy version on these inputs."""
    criteria = _criteria(policy, inputs)
    entry = evaluate(policy.entry, inputs.facts)
    if entry is not Met.MET:
        reason = " ".join(because(policy.entry, inputs.facts))
        return _without_row(policy, entry, reason, criteria)
    verdict = rows_possible(policy, inputs)
    if not verdict.possible:
        reason = f"No published day rate covers this: {policy.source}."
        return _without_row(policy, Met.UNKNOWN, reason, criteria)
    if len(verdict.possible) > 1 or not verdict.is_settled:
        return _several_rows(policy, inputs, verdict, criteria)
    return _one_row(policy, inputs, verdict.possible[0], criteria)


def rows_possible(policy: Policy, inputs: Inputs) -> Verdict:
    """The rows that may apply, in order, up to the first that surely does."""
    possible: list[Row] = []
    for row in policy.rows:
        outcome = _row_outcome(row, inputs)
        if outcome is Met.NOT_MET:
            continue
        possible.append(row)
        if outcome is Met.MET:
            return Verdict(possible=tuple(possible), is_settled=True)
    return Verdict(possible=tuple(possible), is_settled=False)


def _row_outcome(row: Row, inputs: Inputs) -> Met:
    free = Met.NOT_MET if inputs.quotas_taken.get(row.row, False) else Met.MET
    return kleene("all", [evaluate(row.when, inputs.facts), free])


def _criteria(policy: Policy, inputs: Inputs) -> tuple[CriterionResult, ...]:
    found = {one.criterion: one for one in report(policy.entry, inputs.facts)}
    for row in policy.rows:
        found |= {one.criterion: one for one in report(row.when, inputs.facts)}
        if row.quota is not None:
            taken = inputs.quotas_taken.get(row.row, False)
            found[f"quota-of-{row.row}"] = CriterionResult(
                criterion=f"quota-of-{row.row}",
                title=f"No live bursary is held for the same {', '.join(row.quota.per).replace('_', ' ')}",
                fact="quota.is_free",
                value=not taken,
                source="funding's own bursaries",
                as_of=inputs.applied_on,
                outcome=Met.NOT_MET if taken else Met.MET,
            )
    return tuple(found.values())


def _without_row(policy: Policy, entry: Met, reason: str, criteria: tuple[CriterionResult, ...]) -> Decision:
    refused = entry is Met.NOT_MET
    return Decision(
        policy=policy.policy,
        version=policy.version,
        outcome=Outcome.INELIGIBLE if refused else Outcome.NEEDS_REVIEW,
        row=None,
        reason=reason if refused else f"This needs a person to look at it. {reason}",
        amount_pence=0,
        fee_pence=None,
        trace=(),
        criteria=criteria,
    )


def _several_rows(policy: Policy, inputs: Inputs, verdict: Verdict, criteria: tuple[CriterionResult, ...]) -> Decision:
    fees = {amount(inputs.course.days, row.fee_per_day_pence) for row in verdict.possible}
    no_bursary = verdict.is_settled and not any(row.bursary_per_day_pence for row in verdict.possible)
    unknown = [sentence for row in verdict.possible for sentence in because(row.when, inputs.facts)]
    reason = " ".join(dict.fromkeys(unknown))
    return Decision(
        policy=policy.policy,
        version=policy.version,
        outcome=Outcome.INELIGIBLE if no_bursary else Outcome.NEEDS_REVIEW,
        row=None,
        reason=(
            f"There is no bursary for this course in any case; the fee is not settled. {reason}"
            if no_bursary
            else f"This needs a person to look at it. {reason}"
        ),
        amount_pence=0,
        fee_pence=fees.pop() if verdict.is_settled and len(fees) == 1 else None,
        trace=(),
        criteria=criteria,
    )


def _one_row(policy: Policy, inputs: Inputs, row: Row, criteria: tuple[CriterionResult, ...]) -> Decision:
    trace = _trace(row, inputs.course.days)
    bursary, fee = trace[0].amount_pence, -trace[1].amount_pence
    taken = [other.quota.taken for other in policy.rows if other.quota is not None and _lost_to_quota(other, inputs)]
    granted = bursary > fee
    return Decision(
        policy=policy.policy,
        version=policy.version,
        outcome=Outcome.ELIGIBLE if granted else Outcome.INELIGIBLE,
        row=row.row,
        reason=" ".join([*taken, row.reason]),
        amount_pence=bursary - fee if granted else 0,
        fee_pence=fee,
        trace=trace,
        criteria=criteria,
    )


def _lost_to_quota(row: Row, inputs: Inputs) -> bool:
    return inputs.quotas_taken.get(row.row, False) and evaluate(row.when, inputs.facts) is Met.MET


def _trace(row: Row, days: Decimal) -> tuple[AmountLine, AmountLine]:
    bursary = amount(days, row.bursary_per_day_pence)
    fee = amount(days, row.fee_per_day_pence)
    return (
        AmountLine(item="bursary", days=days, rate_pence=row.bursary_per_day_pence, amount_pence=bursary),
        AmountLine(item="fee", days=days, rate_pence=row.fee_per_day_pence, amount_pence=-fee, plus_vat=row.plus_vat),
    )


def quota_held(policy: Policy, inputs: Inputs, decision: Decision) -> str | None:
    """The quota that the application holds: of its row, or while it is in review of the best row it may come to."""
    if decision.outcome is Outcome.INELIGIBLE:
        return None
    for row in rows_possible(policy, inputs).possible:
        if row.quota is not None and decision.row in (None, row.row):
            return quota_key(policy.policy, row, inputs.school_urn, inputs.course)
    return None
