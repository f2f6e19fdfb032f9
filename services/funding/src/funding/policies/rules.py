"""What a policy version says about one application: which row applies, the fee, the bursary, and why.

Pure: a decision is a function of the policy document and the stored inputs, and comes out as the same bytes each time.
Rows are read in order. A row whose condition is unknown may or may not apply, so the rows that are possible are it and
those after it up to the first that surely applies. Only when they agree is there an answer.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from funding.eligibility.rules import Outcome
from funding.policies.amounts import Amount, counts_asked, has_choices, work_out
from funding.policies.conditions import (
    DEEPEST,
    Condition,
    CriterionResult,
    Met,
    because,
    depth,
    evaluate,
    facts_asked,
    kleene,
    report,
)
from funding.policies.facts import Document, Fact, absent
from funding.policies.milestones import Milestone, Milestones

Phase = Literal["primary", "secondary", "post_16"]
Programme = Literal["core", "gcse_subject_knowledge"]
Mode = Literal["face_to_face", "live_remote", "online"]


class AppliesTo(Document):
    """The courses a policy is for."""

    phases: tuple[Phase, ...]
    programmes: tuple[Programme, ...]
    modes: tuple[Mode, ...]


class Quota(Document):
    """At most so many live bursaries for each combination of these."""

    per: tuple[Literal["school", "course", "academic_year", "teacher"], ...]
    at_most: int = Field(default=1, ge=1, exclude_if=lambda value: value == 1)
    taken: str


class Row(Document):
    """One line of the published table. Rates are integer pence for each day, unless it is paid part by part."""

    row: str
    when: Condition
    fee_per_day_pence: int = Field(ge=0)
    plus_vat: bool = False
    bursary_per_day_pence: int = Field(ge=0)
    quota: Quota | None = None
    milestones: Milestones | None = Field(default=None, exclude_if=absent)
    """Parts, each paid when it is reached, in place of a rate for each day."""
    amount: Amount | None = Field(default=None, exclude_if=absent)
    """What is paid once, worked out from the days, in place of a rate for each day."""
    reason: str

    @model_validator(mode="after")
    def _pays_in_one_way(self) -> "Row":
        ways = [bool(self.bursary_per_day_pence), self.milestones is not None, self.amount is not None]
        if ways.count(True) > 1:
            raise ValueError(f"{self.row}: pay by the day, by milestones or an amount, and not in two ways")
        if self.amount is not None and (unknown := counts_asked(self.amount) - MEASURES):
            raise ValueError(f"{self.row}: {', '.join(sorted(unknown))} is not measured; {', '.join(MEASURES)} is")
        if self.amount is not None and has_choices(self.amount):
            raise ValueError(f"{self.row}: an amount does not choose; rows do")
        return self


MEASURES = frozenset({"days"})
"""What an amount may count of one booking."""


class Policy(Document):
    """One version of a policy. It never changes; another version takes over from its own effective date."""

    policy: str
    version: int
    effective_from: date
    title: str
    source: str
    applies_to: AppliesTo
    replaces: tuple[str, ...] = Field(default=(), exclude_if=absent)
    """Policies that decide nothing more from the day on which this version takes effect."""
    valid_days: int | None = Field(default=None, ge=1, exclude_if=absent)
    """For how long its decisions hold before they have to be made again; None: as long as their facts do."""
    second_approval_above_pence: int | None = Field(default=None, ge=0, exclude_if=absent)
    """Above this a second approver is needed besides the first."""
    entry: Condition
    """What must hold before any row is looked at."""
    rows: tuple[Row, ...]

    @model_validator(mode="after")
    def _can_be_read(self) -> "Policy":
        names = [row.row for row in self.rows]
        if len(set(names)) != len(names):
            raise ValueError("two rows have the same name")
        for name, condition in (("entry", self.entry), *((row.row, row.when) for row in self.rows)):
            if depth(condition) > DEEPEST:
                raise ValueError(f"{name}: conditions stand {DEEPEST} deep within one another at most")
        return self


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
    teacher_id: UUID | None = Field(default=None, exclude_if=absent)
    milestone: str | None = Field(default=None, exclude_if=absent)
    """The one part that this is about, of a bursary that is paid part by part."""
    course: Course
    facts: dict[str, Fact]
    quotas_taken: dict[str, bool]
    """By row: whether its quota was already held when this was decided."""


class AmountLine(Document):
    """One step of the calculation: days times a rate, in pence. Of a milestone the days are not counted: 1."""

    item: str = Field(examples=["bursary", "fee"])
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
    milestones: tuple[Milestone, ...] = Field(default=(), exclude_if=absent)
    """The parts in which the amount is paid; all at once when there is none."""
    valid_until: date | None = Field(default=None, exclude_if=absent)
    """The last day on which the decision may be relied on; None when nothing in it ends by itself."""


class Verdict(BaseModel):
    """The rows that are possible, before they are put into words."""

    possible: tuple[Row, ...]
    is_settled: bool
    """Whether the last possible row surely applies, so that there is no other."""


def academic_year(day: date) -> str:
    """The academic year of a day, 1 September to 31 August: `2019-20`."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def quota_key(policy: str, row: Row, school_urn: str, course: Course, teacher_id: UUID | None = None) -> str | None:
    """What a live bursary under this row holds a share of; None when the row has no quota."""
    if row.quota is None:
        return None
    parts = {
        "school": school_urn,
        "course": course.course_code,
        "academic_year": academic_year(course.starts_on),
        "teacher": str(teacher_id),
    }
    return "|".join([policy, *(parts[name] for name in row.quota.per)])


def amount(days: Decimal, rate_pence: int) -> int:
    """Days times a daily rate, in whole pence, half a penny upwards."""
    return int((days * rate_pence).quantize(Decimal(1), ROUND_HALF_UP))


def decide(policy: Policy, inputs: Inputs) -> Decision:
    """The decision of a policy version on these inputs."""
    found = _decide(policy, inputs)
    until = _valid_until(policy, inputs)
    return found if until is None else found.model_copy(update={"valid_until": until})


def _valid_until(policy: Policy, inputs: Inputs) -> date | None:
    """The first day on which one of the facts it asked for, or the policy's own term, ends."""
    asked = facts_asked(policy.entry, *(row.when for row in policy.rows))
    ends = [fact.until for name, fact in inputs.facts.items() if name in asked and fact.until is not None]
    if policy.valid_days is not None:
        ends.append(inputs.applied_on + timedelta(days=policy.valid_days))
    return min(ends, default=None)


def _decide(policy: Policy, inputs: Inputs) -> Decision:
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
    no_bursary = verdict.is_settled and not any(_pays(row) for row in verdict.possible)
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


def _parts(row: Row, inputs: Inputs) -> tuple[Milestone, ...]:
    if row.milestones is None:
        return ()
    promised = row.milestones.promised(inputs.applied_on)
    return tuple(part for part in promised if inputs.milestone in (None, part.milestone))


def _pays(row: Row) -> bool:
    return bool(row.bursary_per_day_pence) or row.milestones is not None or row.amount is not None


def _one_row(policy: Policy, inputs: Inputs, row: Row, criteria: tuple[CriterionResult, ...]) -> Decision:
    taken = [other.quota.taken for other in policy.rows if other.quota is not None and _lost_to_quota(other, inputs)]
    parts = _parts(row, inputs)
    paid, fee = _paid(row, inputs.course.days, parts), _fee(row, inputs.course.days)
    bursary = sum(line.amount_pence for line in paid)
    granted = bursary > -fee.amount_pence
    return Decision(
        policy=policy.policy,
        version=policy.version,
        outcome=Outcome.ELIGIBLE if granted else Outcome.INELIGIBLE,
        row=row.row,
        reason=" ".join([*taken, row.reason]),
        amount_pence=bursary + fee.amount_pence if granted else 0,
        fee_pence=-fee.amount_pence,
        trace=(*paid, fee),
        criteria=criteria,
        milestones=parts if granted else (),
    )


def _lost_to_quota(row: Row, inputs: Inputs) -> bool:
    return inputs.quotas_taken.get(row.row, False) and evaluate(row.when, inputs.facts) is Met.MET


def _paid(row: Row, days: Decimal, parts: tuple[Milestone, ...]) -> tuple[AmountLine, ...]:
    """What the school gets before the fee is taken off."""
    if parts:
        return tuple(_once(part.milestone, part.amount_pence) for part in parts)
    if row.amount is not None:
        worked = work_out(row.amount, {"days": days})
        return tuple(_once(line.line, line.amount_pence) for line in worked.trace if line.amount_pence is not None)
    rate = row.bursary_per_day_pence
    return (AmountLine(item="bursary", days=days, rate_pence=rate, amount_pence=amount(days, rate)),)


def _once(item: str, pence: int) -> AmountLine:
    return AmountLine(item=item, days=Decimal(1), rate_pence=pence, amount_pence=pence)


def _fee(row: Row, days: Decimal) -> AmountLine:
    fee = amount(days, row.fee_per_day_pence)
    rate = row.fee_per_day_pence
    return AmountLine(item="fee", days=days, rate_pence=rate, amount_pence=-fee, plus_vat=row.plus_vat)


class HeldQuota(Document):
    """A share of a quota."""

    key: str
    at_most: int


def quota_held(policy: Policy, inputs: Inputs, decision: Decision) -> HeldQuota | None:
    """The quota that the application holds: of its row, or while it is in review of the best row it may come to."""
    if decision.outcome is Outcome.INELIGIBLE:
        return None
    for row in rows_possible(policy, inputs).possible:
        if row.quota is not None and decision.row in (None, row.row):
            key = quota_key(policy.policy, row, inputs.school_urn, inputs.course, inputs.teacher_id)
            return None if key is None else HeldQuota(key=key, at_most=row.quota.at_most)
    return None
