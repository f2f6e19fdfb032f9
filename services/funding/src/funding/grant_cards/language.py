"""The language in which a card says what a project pays.

Small, typed and total: a card that loads has an answer for every input within its limits. A line is a quantity times a
rate. A quantity is a sum of terms, each a factor times the inputs it names, so that `3 × schools` and `8 − trial days`
can be said, and nothing can loop, divide or look anything up.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$", max_length=60)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Pence = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]
Number = Annotated[Decimal, Field(max_digits=11, decimal_places=2)]
Choice = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$", max_length=60)]
Given = Annotated[Number | Choice, Field(union_mode="left_to_right")]
"""What an input is told: a number, also when it is written as text, or a choice."""

InputKind = Literal["count", "days", "pence", "choice"]
Payee = Literal["hub", "specialist_school", "participating_school", "sponsored_school", "lead", "alliance", "company"]
Unit = Literal["grant", "day", "half_day", "visit", "session", "school", "participant", "specialist", "claim", "pound"]

LARGEST = {"count": Decimal(10_000), "days": Decimal(10_000), "pence": Decimal(1_000_000_000), "choice": Decimal(0)}
"""What an input may be at most where its card sets no limit."""


class Document(BaseModel):
    """A part of a card: closed, and never changed once it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bounds(Document):
    """From and to, both included, with the place in the source that says so."""

    minimum: Number | None = None
    maximum: Number | None = None
    says: Sentence
    source: Sentence

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.minimum is None and self.maximum is None:
            raise ValueError("bounds need a minimum or a maximum")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("the minimum is over the maximum")
        return self

    def hold(self, value: Decimal) -> bool:
        """Whether a value is within."""
        return (self.minimum is None or value >= self.minimum) and (self.maximum is None or value <= self.maximum)


class InputDeclaration(Document):
    """One thing that the calculation has to be told."""

    input: Slug
    title: Sentence
    kind: InputKind
    choices: tuple[Choice, ...] = Field(default=(), max_length=20)
    default: Given | None = None
    """Taken, and shown, when nothing is said; None: it has to be said."""
    limit: Bounds | None = None
    """Outside of this the calculation is refused."""
    expected: Bounds | None = None
    """Outside of this the calculation is made, with a finding."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"{self.input}: a choice has choices, and nothing else has")
        if self.kind == "choice" and (self.limit or self.expected):
            raise ValueError(f"{self.input}: a choice has no bounds")
        if self.default is not None:
            self._check_default(self.default)
        return self

    def _check_default(self, default: Decimal | str) -> None:
        if self.kind == "choice":
            if default not in self.choices:
                raise ValueError(f"{self.input}: the default is none of the choices")
            return
        if isinstance(default, str) or not self.fits(default):
            raise ValueError(f"{self.input}: the default is outside of the limit")

    def fits(self, value: Decimal) -> bool:
        """Whether a number is of this kind and within the limit."""
        whole = self.kind == "days" or value == value.to_integral_value()
        within = 0 <= value <= LARGEST[self.kind]
        return whole and within and (self.limit is None or self.limit.hold(value))


class Term(Document):
    """A factor times the inputs named, or the factor alone."""

    times: Number
    of: tuple[Slug, ...] = Field(default=(), max_length=3)


class RateOf(Document):
    """A rate that the calculation is told, in pence."""

    input: Slug
    at_most_pence: Pence | None = None
    """A cap: what is over it is not paid."""


class RateBy(Document):
    """A rate for each choice of an input, in pence."""

    input: Slug
    pence: dict[Choice, Pence] = Field(max_length=20)


class When(Document):
    """A line is there only for these choices of an input."""

    input: Slug
    among: tuple[Choice, ...] = Field(min_length=1, max_length=20)


class Line(Document):
    """One line of the calculation. A line in kind counts and is valued at nothing."""

    line: Slug
    label: Sentence
    quantity: tuple[Term, ...] = Field(min_length=1, max_length=10)
    unit: Unit
    rate: Annotated[int, Field(strict=True, ge=-1_000_000_000, le=1_000_000_000)] | RateOf | RateBy = 0
    in_kind: bool = False
    when: When | None = None
    payee: Payee = "hub"
    funder: Slug
    source: Sentence


class Funder(Document):
    """Who pays a part. A part of an external funder is claimed from them and never leaves our budgets."""

    funder: Slug
    title: Sentence
    is_external: bool = False
    claimed_from: Sentence | None = None


class WorkedExample(Document):
    """Figures of the source that the card must come to before it can be approved."""

    inputs: dict[Slug, Given]
    total_pence: int
    source: Sentence


class Card(Document):
    """One version of a card. It never changes; another version takes over from its own effective date."""

    card: Slug
    version: int = Field(ge=1, le=10_000)
    project_year: Annotated[str, StringConstraints(pattern=r"^20\d\d-\d\d$")]
    effective_from: date
    title: Sentence
    programme: Slug
    granted_per: Sentence
    source: Sentence
    funders: tuple[Funder, ...] = Field(min_length=1, max_length=5)
    inputs: tuple[InputDeclaration, ...] = Field(max_length=20)
    lines: tuple[Line, ...] = Field(min_length=1, max_length=30)
    conditions: tuple[Sentence, ...] = Field(default=(), max_length=20)
    """What whoever is granted it agrees to: becomes a part of the award."""
    claimable: tuple[Sentence, ...] = Field(default=(), max_length=10)
    """Costs that are claimed beside the grant."""
    examples: tuple[WorkedExample, ...] = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _total(self) -> Self:
        faults = list(_faults(self))
        if faults:
            raise ValueError("; ".join(faults))
        return self


def _faults(card: Card) -> Iterator[str]:
    inputs = {one.input: one for one in card.inputs}
    if len(inputs) < len(card.inputs) or len({one.line for one in card.lines}) < len(card.lines):
        yield "inputs and lines have names of their own"
    funders = {one.funder for one in card.funders}
    if len(funders) < len(card.funders):
        yield "funders have names of their own"
    for line in card.lines:
        if line.funder not in funders:
            yield f"{line.line}: {line.funder} is not among the funders"
        yield from _faults_of_quantity(line, inputs)
        yield from _faults_of_rate(line, inputs)
        if line.when is not None:
            yield from _faults_of_choice(line, line.when.input, set(line.when.among), inputs, all_of_them=False)


def _faults_of_quantity(line: Line, inputs: dict[str, InputDeclaration]) -> Iterator[str]:
    for name in (name for term in line.quantity for name in term.of):
        if name not in inputs or inputs[name].kind not in ("count", "days"):
            yield f"{line.line}: {name} is no count and no number of days"


def _faults_of_rate(line: Line, inputs: dict[str, InputDeclaration]) -> Iterator[str]:
    rate = line.rate
    if line.in_kind and rate != 0:
        yield f"{line.line}: what is given in kind has no rate"
    if isinstance(rate, RateOf) and (rate.input not in inputs or inputs[rate.input].kind != "pence"):
        yield f"{line.line}: {rate.input} is no amount"
    if isinstance(rate, RateBy):
        yield from _faults_of_choice(line, rate.input, set(rate.pence), inputs, all_of_them=True)


def _faults_of_choice(
    line: Line, name: str, named: set[str], inputs: dict[str, InputDeclaration], *, all_of_them: bool
) -> Iterator[str]:
    choices = set(inputs[name].choices) if name in inputs else set()
    if not named <= choices or (all_of_them and named != choices):
        yield f"{line.line}: these are not the choices of {name}"
