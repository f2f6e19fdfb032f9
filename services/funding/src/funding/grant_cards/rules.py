"""Calculates a grant from a card and its inputs: pure, in whole pence, and the same bytes each time."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import prod
from typing import Literal

from funding.canonical import canonical, checksum
from funding.grant_cards.errors import CalculationTooLarge, InputsRefused, WrongInput
from funding.grant_cards.language import Card, Document, Given, InputDeclaration, Line, Payee, RateBy, RateOf, Unit
from funding.policies.amounts import whole_pence

Value = Decimal | str
LARGEST_TOTAL_PENCE = 10**13


class TraceLine(Document):
    """One line of the calculation, with all that it was made from."""

    line: str
    label: str
    quantity: Decimal
    unit: Unit
    rate_pence: int
    amount_pence: int
    in_kind: bool
    payee: Payee
    funder: str
    source: str


class Share(Document):
    """What one funder pays, or one kind of payee receives."""

    of: str
    amount_pence: int


class Finding(Document):
    """Something within the limits that whoever approves should know."""

    code: Literal["outside-expectation"] = "outside-expectation"
    input: str
    detail: str
    source: str


class Calculation(Document):
    """What a card comes to for these inputs. `checksum` is that of the card version's canonical text."""

    card: str
    version: int
    checksum: str
    project_year: str
    inputs: dict[str, Given]
    lines: tuple[TraceLine, ...]
    total_pence: int
    by_funder: tuple[Share, ...]
    by_payee: tuple[Share, ...]
    in_kind_days: Decimal
    findings: tuple[Finding, ...]


def calculate(card: Card, given: Mapping[str, Value]) -> Calculation:
    """The calculation, or InputsRefused naming everything that is wrong with the inputs."""
    inputs = _read_inputs(card, given)
    lines = tuple(_trace(line, inputs) for line in card.lines if _applies(line, inputs))
    total = sum(one.amount_pence for one in lines)
    if not 0 <= total <= LARGEST_TOTAL_PENCE:
        raise CalculationTooLarge(f"Card {card.card} comes to {total} pence for this, which is no grant.")
    return Calculation(
        card=card.card,
        version=card.version,
        checksum=checksum(canonical(card)),
        project_year=card.project_year,
        inputs=inputs,
        lines=lines,
        total_pence=total,
        by_funder=_shares(lines, "funder"),
        by_payee=_shares(lines, "payee"),
        in_kind_days=plain(sum((one.quantity for one in lines if one.in_kind and one.unit == "day"), Decimal(0))),
        findings=tuple(_findings(card, inputs)),
    )


def differing_examples(card: Card) -> list[str]:
    """The worked examples that the card does not come to, in words."""
    return [fault for example in card.examples for fault in _fault_of(card, example.inputs, example.total_pence)]


def plain(number: Decimal) -> Decimal:
    """The number in its one shortest form, so that equal inputs have equal bytes."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _fault_of(card: Card, given: Mapping[str, Value], expected_pence: int) -> Iterator[str]:
    try:
        found = calculate(card, given).total_pence
    except (InputsRefused, CalculationTooLarge) as error:
        yield error.detail
        return
    if found != expected_pence:
        yield f"{dict(given)} comes to {found} pence and should to {expected_pence}"


def _read_inputs(card: Card, given: Mapping[str, Value]) -> dict[str, Value]:
    declared = {one.input: one for one in card.inputs}
    wrong = [
        WrongInput(name, "unknown-input", f"Card {card.card} has no input {name}.")
        for name in sorted(given)
        if name not in declared
    ]
    inputs: dict[str, Value] = {}
    for name, declaration in declared.items():
        value = given.get(name, declaration.default)
        if value is None:
            wrong.append(WrongInput(name, "missing-input", f"It has to be said: {declaration.title}."))
            continue
        fault = _fault_of_input(declaration, value)
        if fault is None:
            inputs[name] = plain(value) if isinstance(value, Decimal) else value
        else:
            wrong.append(fault)
    if wrong:
        raise InputsRefused(card.card, wrong)
    return inputs


def _fault_of_input(declared: InputDeclaration, value: Value) -> WrongInput | None:
    if declared.kind == "choice":
        if value in declared.choices:
            return None
        return WrongInput(declared.input, "not-a-choice", f"One of {', '.join(declared.choices)}.")
    if not isinstance(value, Decimal):
        return WrongInput(declared.input, "wrong-kind", "A number is meant.")
    if declared.fits(value):
        return None
    limit = declared.limit
    if limit is not None and not limit.hold(value):
        return WrongInput(declared.input, "outside-limit", f"{limit.says} ({limit.source})")
    return WrongInput(declared.input, "wrong-kind", f"{value} is no {declared.kind} that can be.")


def _applies(line: Line, inputs: Mapping[str, Value]) -> bool:
    return line.when is None or inputs[line.when.input] in line.when.among


def _trace(line: Line, inputs: Mapping[str, Value]) -> TraceLine:
    quantity = sum((term.times * prod(_number(inputs[name]) for name in term.of) for term in line.quantity), Decimal(0))
    rate = _rate(line, inputs)
    return TraceLine(
        line=line.line,
        label=line.label,
        quantity=plain(quantity),
        unit=line.unit,
        rate_pence=rate,
        amount_pence=0 if line.in_kind else whole_pence(quantity * rate),
        in_kind=line.in_kind,
        payee=line.payee,
        funder=line.funder,
        source=line.source,
    )


def _rate(line: Line, inputs: Mapping[str, Value]) -> int:
    if isinstance(line.rate, RateBy):
        return line.rate.pence[str(inputs[line.rate.input])]
    if isinstance(line.rate, RateOf):
        told = int(_number(inputs[line.rate.input]))
        return told if line.rate.at_most_pence is None else min(told, line.rate.at_most_pence)
    return line.rate


def _number(value: Value) -> Decimal:
    assert isinstance(value, Decimal)
    return value


def _shares(lines: tuple[TraceLine, ...], field: Literal["funder", "payee"]) -> tuple[Share, ...]:
    names = [one.funder if field == "funder" else one.payee for one in lines]
    found = dict.fromkeys(names, 0)
    for name, line in zip(names, lines, strict=True):
        found[name] += line.amount_pence
    return tuple(Share(of=name, amount_pence=amount) for name, amount in sorted(found.items()) if amount)


def _findings(card: Card, inputs: Mapping[str, Value]) -> Iterator[Finding]:
    for declared in card.inputs:
        value = inputs[declared.input]
        if declared.expected is not None and isinstance(value, Decimal) and not declared.expected.hold(value):
            yield Finding(input=declared.input, detail=declared.expected.says, source=declared.expected.source)
