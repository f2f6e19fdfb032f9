"""The money half of the rule language: an amount is an expression over named measures, worked out line by line.

Total like conditions: it always ends and never raises. A measure that is not known, or a choice that the facts do not
settle, makes an amount unknown, and the lines say which. Pence are whole, half a penny rounds upwards, once a line.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from funding.policies.conditions import Condition, Met, evaluate
from funding.policies.facts import Document, Fact, absent

PROGRAMME = "programme"
"""Who pays a line unless it says otherwise."""

Measures = Mapping[str, Decimal]
"""How many schools, teachers, days, … there are; what is not in it is not known."""


class Number(Document):
    """A number that the policy states."""

    number: Decimal


class Count(Document):
    """A measure by name, such as `schools`."""

    count: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")


class Plus(Document):
    """A sum of quantities."""

    plus: tuple["Quantity", ...]


class Minus(Document):
    """The first quantity less all others."""

    minus: tuple["Quantity", ...] = Field(min_length=2)


class Times(Document):
    """A product of quantities."""

    times: tuple["Quantity", ...]


class Limited(Document):
    """A quantity kept between bounds."""

    limited: "Quantity"
    at_least: Decimal | None = None
    at_most: Decimal | None = None


Quantity = Number | Count | Plus | Minus | Times | Limited


class Line(Document):
    """A rate times a quantity. In kind: days that somebody gives and nobody pays for."""

    line: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")
    title: str
    pence: int
    of: Quantity = Number(number=Decimal(1))
    payer: str = Field(default=PROGRAMME, exclude_if=lambda value: value == PROGRAMME)
    is_in_kind: bool = Field(default=False, exclude_if=absent)


class Sum(Document):
    """Amounts together."""

    sum: tuple["Amount", ...]


class Capped(Document):
    """An amount with a ceiling; a line takes off what is above it."""

    capped: "Amount"
    at_most_pence: int = Field(ge=0)


class Netted(Document):
    """An amount less another, and never less than nothing: a bursary from which the fee is taken."""

    netted: "Amount"
    less: "Amount"


class Choice(Document):
    """One way an amount may go."""

    when: Condition
    then: "Amount"


class Chosen(Document):
    """The amount of the first choice whose condition holds; nothing when none does."""

    choices: tuple[Choice, ...]


def _kind(value: object) -> str | None:
    names = value if isinstance(value, Mapping) else vars(value) if isinstance(value, Document) else {}
    return next((form for form in ("line", "sum", "capped", "netted", "choices") if form in names), None)


Amount = Annotated[
    Annotated[Line, Tag("line")]
    | Annotated[Sum, Tag("sum")]
    | Annotated[Capped, Tag("capped")]
    | Annotated[Netted, Tag("netted")]
    | Annotated[Chosen, Tag("choices")],
    Discriminator(
        _kind,
        custom_error_type="not_an_amount",
        custom_error_message="An amount has one of: line, sum, capped, netted, choices",
    ),
]
for _model in (Plus, Minus, Times, Limited, Sum, Capped, Netted, Choice, Chosen):
    _model.model_rebuild()


class TraceLine(Document):
    """One line of a calculation. Quantity and amount None: not known."""

    line: str
    title: str
    quantity: Decimal | None
    rate_pence: int | None
    amount_pence: int | None
    payer: str = PROGRAMME
    is_in_kind: bool = False


class Worked(Document):
    """An amount worked out, or None when something is not known, with every line."""

    amount_pence: int | None
    trace: tuple[TraceLine, ...]

    def of_payer(self, payer: str) -> int | None:
        """What one funder pays of it; None when a line of theirs is not known."""
        theirs = [one.amount_pence for one in self.trace if one.payer == payer]
        return _total(theirs)


def whole_pence(exact: Decimal) -> int:
    """Pence without a fraction, half a penny upwards."""
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def measured(quantity: Quantity, measures: Measures) -> Decimal | None:
    """A quantity; None when a measure it needs is not known."""
    if isinstance(quantity, Number):
        return quantity.number
    if isinstance(quantity, Count):
        return measures.get(quantity.count)
    if isinstance(quantity, Limited):
        found = measured(quantity.limited, measures)
        return None if found is None else _limited(found, quantity)
    parts = [measured(part, measures) for part in _parts(quantity)]
    known = [part for part in parts if part is not None]
    return _joined(quantity, known) if len(known) == len(parts) else None


def work_out(amount: Amount, measures: Measures, facts: Mapping[str, Fact] | None = None) -> Worked:
    """The amount for these measures and facts, with its lines."""
    held = facts or {}
    if isinstance(amount, Line):
        return _line(amount, measures)
    if isinstance(amount, Sum):
        parts = [work_out(part, measures, held) for part in amount.sum]
        trace = tuple(line for part in parts for line in part.trace)
        return Worked(amount_pence=_total([part.amount_pence for part in parts]), trace=trace)
    if isinstance(amount, Capped):
        return _capped(work_out(amount.capped, measures, held), amount.at_most_pence)
    if isinstance(amount, Netted):
        return _netted(work_out(amount.netted, measures, held), work_out(amount.less, measures, held))
    return _chosen(amount, measures, held)


def counts_asked(amount: Amount) -> frozenset[str]:
    """The measures an amount needs."""
    return frozenset(count for line in lines_of(amount) for count in _counts(line.of))


def lines_of(amount: Amount) -> Iterator[Line]:
    """Every line an amount may have."""
    if isinstance(amount, Line):
        yield amount
        return
    for part in _within(amount):
        yield from lines_of(part)


def has_choices(amount: Amount) -> bool:
    """Whether facts decide which way the amount goes."""
    if isinstance(amount, Line):
        return False
    return isinstance(amount, Chosen) or any(has_choices(part) for part in _within(amount))


def _within(amount: Sum | Capped | Netted | Chosen) -> tuple[Amount, ...]:
    if isinstance(amount, Chosen):
        return tuple(choice.then for choice in amount.choices)
    if isinstance(amount, Capped):
        return (amount.capped,)
    return amount.sum if isinstance(amount, Sum) else (amount.netted, amount.less)


def _line(line: Line, measures: Measures) -> Worked:
    quantity = measured(line.of, measures)
    pence = 0 if line.is_in_kind else None if quantity is None else whole_pence(quantity * line.pence)
    shown = TraceLine(
        line=line.line,
        title=line.title,
        quantity=quantity,
        rate_pence=line.pence,
        amount_pence=pence,
        payer=line.payer,
        is_in_kind=line.is_in_kind,
    )
    return Worked(amount_pence=pence, trace=(shown,))


def _capped(worked: Worked, at_most_pence: int) -> Worked:
    if worked.amount_pence is None or worked.amount_pence <= at_most_pence:
        return worked
    over = worked.amount_pence - at_most_pence
    return Worked(
        amount_pence=at_most_pence, trace=(*worked.trace, _adjustment("cap", "Above the most that is paid", -over))
    )


def _netted(gross: Worked, less: Worked) -> Worked:
    taken = tuple(
        one.model_copy(update={"amount_pence": None if one.amount_pence is None else -one.amount_pence})
        for one in less.trace
    )
    total = _total([gross.amount_pence, None if less.amount_pence is None else -less.amount_pence])
    trace = (*gross.trace, *taken)
    if total is None or total >= 0:
        return Worked(amount_pence=total, trace=trace)
    return Worked(amount_pence=0, trace=(*trace, _adjustment("not-below-nothing", "Nothing is owed back", -total)))


def _chosen(amount: Chosen, measures: Measures, facts: Mapping[str, Fact]) -> Worked:
    """Of choices that are possible the amount is known when they come to the same."""
    possible: list[Worked] = []
    for choice in amount.choices:
        outcome = evaluate(choice.when, facts)
        if outcome is Met.NOT_MET:
            continue
        possible.append(work_out(choice.then, measures, facts))
        if outcome is Met.MET:
            break
    else:
        possible.append(Worked(amount_pence=0, trace=()))
    if len({one.amount_pence for one in possible}) == 1:
        return possible[-1]
    return Worked(amount_pence=None, trace=(_adjustment("choice", "The facts do not settle which of them", None),))


def _adjustment(line: str, title: str, pence: int | None) -> TraceLine:
    return TraceLine(line=line, title=title, quantity=None, rate_pence=None, amount_pence=pence)


def _total(parts: Sequence[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _parts(quantity: Plus | Minus | Times) -> tuple[Quantity, ...]:
    if isinstance(quantity, Plus):
        return quantity.plus
    return quantity.minus if isinstance(quantity, Minus) else quantity.times


def _joined(quantity: Plus | Minus | Times, parts: Sequence[Decimal]) -> Decimal:
    if isinstance(quantity, Plus):
        return sum(parts, Decimal(0))
    if isinstance(quantity, Minus):
        return parts[0] - sum(parts[1:], Decimal(0))
    product = Decimal(1)
    for part in parts:
        product *= part
    return product


def _limited(found: Decimal, limits: Limited) -> Decimal:
    floored = found if limits.at_least is None else max(found, limits.at_least)
    return floored if limits.at_most is None else min(floored, limits.at_most)


def _counts(quantity: Quantity) -> Iterator[str]:
    if isinstance(quantity, Count):
        yield quantity.count
    elif isinstance(quantity, Limited):
        yield from _counts(quantity.limited)
    elif not isinstance(quantity, Number):
        for part in _parts(quantity):
            yield from _counts(part)
