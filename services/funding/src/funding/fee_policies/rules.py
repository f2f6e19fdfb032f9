"""What one participant pays for one run by a version of the fee policy: the row, the cap, the hub's charge, and why.

Pure: a price is a function of the policy document and the stored inputs, and comes out as the same bytes each time.
Rows are read in order. A row whose condition is unknown may or may not apply, so the rows that are possible are it and
those after it up to the first that surely applies. Only when they all come to the same amount is there a price.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import Field, model_validator

from funding.policies.conditions import DEEPEST, Condition, CriterionResult, Met, criteria_of, depth, evaluate, report
from funding.policies.facts import Document, Fact
from funding.policies.rules import Mode, Phase, Programme, amount

HIGHEST_DAY_PENCE = 1_000_000
"""£10,000: more is a slip of the pen."""


class Outcome(StrEnum):
    """Whether the facts settle a price."""

    PRICED = "priced"
    NEEDS_REVIEW = "needs_review"


class FeeRow(Document):
    """One line of the published table: the most that may be charged for a day, in pence."""

    row: str
    when: Condition
    fee_per_day_pence: int = Field(ge=0, le=HIGHEST_DAY_PENCE)
    plus_vat: bool = False
    hub_charge: Literal["charge_pence", "independent_charge_pence"] = "charge_pence"
    """Which line of the run's own price list this row caps."""
    takes_free_place: bool = False
    """Whether whoever is priced by this row holds the school's one free place on the course."""
    reason: str


class FeePolicy(Document):
    """One version of the fee policy. It never changes; another version takes over from its own effective date."""

    version: int = Field(ge=1, le=10_000)
    effective_from: date
    title: str
    source: str
    quote_valid_days: int = Field(gt=0, le=366)
    rows: tuple[FeeRow, ...] = Field(min_length=1, max_length=100)

    @model_validator(mode="after")
    def _can_be_read(self) -> "FeePolicy":
        names = [row.row for row in self.rows]
        if len(set(names)) != len(names):
            raise ValueError("two rows have the same name")
        for row in self.rows:
            if depth(row.when) > DEEPEST:
                raise ValueError(f"{row.row}: conditions stand {DEEPEST} deep within one another at most")
        return self


class PricedRun(Document):
    """What a price needs to know of a run. Days None: the catalogue does not say."""

    course_run_id: UUID
    course_code: str
    phase: Phase
    programme: Programme
    mode: Mode
    days: Decimal | None
    starts_on: date
    charge_pence: int | None
    independent_charge_pence: int | None


class PriceInputs(Document):
    """Everything a price was made from."""

    version: int
    checksum: str
    priced_on: date
    school_urn: str
    run: PricedRun
    facts: dict[str, Fact]


class ExplainedCriterion(CriterionResult):
    """A criterion with the sentence that says how it came out."""

    reason: str


class Price(Document):
    """What one participant pays, or between what it lies, and how it came to that. Amounts are pence for the run."""

    version: int
    outcome: Outcome
    basis: str | None = Field(
        description="Row of the policy that applies; null while several may", examples=["priority"]
    )
    reason: str = Field(examples=["Schools in priority areas pay nothing."])
    days: Decimal | None
    rate_per_day_pence: int | None = Field(description="The most the policy allows for a day")
    cap_pence: int | None = Field(description="The most the policy allows for the run")
    hub_charge_pence: int | None = Field(description="What the hub asks; null when it asks what the policy allows")
    is_capped: bool = Field(description="Whether the hub asks more than the policy allows")
    plus_vat: bool = Field(description="Whether the published charge is without tax")
    amount_pence: int | None = Field(description="Null while the facts do not settle it")
    at_least_pence: int | None
    at_most_pence: int | None = Field(description="Null when the policy has no row that surely applies")
    takes_free_place: bool
    criteria: tuple[ExplainedCriterion, ...]


class _Line(Document):
    """A row with what it comes to for a run; None when the days are not known."""

    row: FeeRow
    cap_pence: int | None
    hub_charge_pence: int | None

    @property
    def amount_pence(self) -> int | None:
        known = [one for one in (self.cap_pence, self.hub_charge_pence) if one is not None]
        return None if self.cap_pence is None and self.hub_charge_pence != 0 else min(known)


def pounds(pence: int) -> str:
    """An amount for people: £70, £17.50."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02}" if rest else f"£{whole:,}"


def price(policy: FeePolicy, inputs: PriceInputs) -> Price:
    """The price by a policy version on these inputs."""
    rows, is_settled = rows_possible(policy, inputs)
    lines = [_line(row, inputs.run) for row in rows]
    criteria = _explained(policy, rows, inputs)
    amounts = {line.amount_pence for line in lines}
    if is_settled and len(amounts) == 1 and None not in amounts:
        return _settled(policy, inputs, lines, criteria)
    return _unsettled(policy, inputs, lines, criteria, is_settled=is_settled)


def rows_possible(policy: FeePolicy, inputs: PriceInputs) -> tuple[tuple[FeeRow, ...], bool]:
    """The rows that may apply, in order, up to the first that surely does, and whether there is such a one."""
    possible: list[FeeRow] = []
    for row in policy.rows:
        outcome = evaluate(row.when, inputs.facts)
        if outcome is not Met.NOT_MET:
            possible.append(row)
        if outcome is Met.MET:
            return tuple(possible), True
    return tuple(possible), False


def _line(row: FeeRow, run: PricedRun) -> _Line:
    cap = 0 if row.fee_per_day_pence == 0 else None
    if run.days is not None:
        cap = amount(run.days, row.fee_per_day_pence)
    asked = {"charge_pence": run.charge_pence, "independent_charge_pence": run.independent_charge_pence}
    return _Line(row=row, cap_pence=cap, hub_charge_pence=asked[row.hub_charge])


def _settled(
    policy: FeePolicy, inputs: PriceInputs, lines: Sequence[_Line], criteria: tuple[ExplainedCriterion, ...]
) -> Price:
    """Of several rows that come to the same, the one that surely applies is named."""
    line = lines[-1]
    is_capped = _asks_more(line)
    return Price(
        version=policy.version,
        outcome=Outcome.PRICED,
        basis=line.row.row,
        reason=_sentences(line, inputs.run),
        days=inputs.run.days,
        rate_per_day_pence=line.row.fee_per_day_pence,
        cap_pence=line.cap_pence,
        hub_charge_pence=line.hub_charge_pence,
        is_capped=is_capped,
        plus_vat=line.row.plus_vat and line.amount_pence != 0,
        amount_pence=line.amount_pence,
        at_least_pence=line.amount_pence,
        at_most_pence=line.amount_pence,
        takes_free_place=any(one.row.takes_free_place for one in lines),
        criteria=criteria,
    )


def _asks_more(line: _Line) -> bool:
    return None not in (line.cap_pence, line.hub_charge_pence) and (line.hub_charge_pence or 0) > (line.cap_pence or 0)


def _sentences(line: _Line, run: PricedRun) -> str:
    said = [line.row.reason]
    cap, asked = line.cap_pence, line.hub_charge_pence
    if cap and run.days is not None:
        tax = ", without VAT" if line.row.plus_vat else ""
        said.append(
            f"{run.days.normalize():f} × {pounds(line.row.fee_per_day_pence)} a day: {pounds(cap)} at most{tax}."
        )
    if asked is not None and _asks_more(line):
        said.append(f"The hub asks {pounds(asked)}; that is capped at {pounds(cap or 0)}.")
    elif asked is not None and asked != cap:
        said.append(f"The hub asks less: {pounds(asked)}.")
    return " ".join(said)


def _unsettled(
    policy: FeePolicy,
    inputs: PriceInputs,
    lines: Sequence[_Line],
    criteria: tuple[ExplainedCriterion, ...],
    *,
    is_settled: bool,
) -> Price:
    amounts = [line.amount_pence for line in lines if line.amount_pence is not None]
    is_bounded = is_settled and len(amounts) == len(lines)
    low, high = (min(amounts), max(amounts)) if is_bounded else (None, None)
    return Price(
        version=policy.version,
        outcome=Outcome.NEEDS_REVIEW,
        basis=None,
        reason=_open_question(policy, inputs, lines, low, high),
        days=inputs.run.days,
        rate_per_day_pence=None,
        cap_pence=None,
        hub_charge_pence=None,
        is_capped=False,
        plus_vat=any(line.row.plus_vat for line in lines),
        amount_pence=None,
        at_least_pence=low,
        at_most_pence=high,
        takes_free_place=any(line.row.takes_free_place for line in lines),
        criteria=criteria,
    )


def _open_question(
    policy: FeePolicy, inputs: PriceInputs, lines: Sequence[_Line], low: int | None, high: int | None
) -> str:
    if not lines:
        return f"A person has to look at this: no published charge covers it ({policy.source})."
    missing = [
        test.unknown
        for line in lines
        if evaluate(line.row.when, inputs.facts) is Met.UNKNOWN
        for test in criteria_of(line.row.when)
        if test.judge(inputs.facts) is Met.UNKNOWN
    ]
    if inputs.run.days is None:
        missing.append("The catalogue does not say how many days the course takes.")
    said = [*dict.fromkeys(missing)]
    if low is not None and high is not None:
        said.append(f"You pay {pounds(low)} or {pounds(high)}; {pounds(high)} at most.")
    return " ".join(["The price is not settled.", *said])


def _explained(policy: FeePolicy, possible: Sequence[FeeRow], inputs: PriceInputs) -> tuple[ExplainedCriterion, ...]:
    """Every criterion of the rows that were read: all up to the last that is possible."""
    last = possible[-1] if possible else policy.rows[-1]
    read = policy.rows[: policy.rows.index(last) + 1]
    found: dict[str, ExplainedCriterion] = {}
    for row in read:
        tests = {test.criterion: test for test in criteria_of(row.when)}
        for result in report(row.when, inputs.facts):
            test = tests[result.criterion]
            said = {Met.MET: f"{test.title}.", Met.NOT_MET: test.not_met, Met.UNKNOWN: test.unknown}[result.outcome]
            found[result.criterion] = ExplainedCriterion.model_validate({**result.model_dump(), "reason": said})
    return tuple(found.values())
