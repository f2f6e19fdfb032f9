"""Cases: what a version of the fee policy has to charge. They are stored with it, and have to pass."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import Field, TypeAdapter

from funding.canonical import canonical, checksum
from funding.fee_policies.rules import FeePolicy, Outcome, PricedRun, PriceInputs, price
from funding.policies.conditions import facts_asked
from funding.policies.facts import Document, Fact, Scalar
from funding.policies.rules import Mode, Phase, Programme

OF_COURSE = "course."
"""Facts that follow from the case's own phase, programme and mode."""
NO_RUN = UUID(int=0)


class FeeExpected(Document):
    """What the policy has to say. Without a row and an amount: that a fact is missing."""

    outcome: Outcome
    row: str | None = None
    amount_pence: int | None = None


class FeeCase(Document):
    """A teacher of a school with these facts on such a course; a fact that is not named is unknown."""

    name: str = Field(min_length=3, max_length=200)
    phase: Phase = "primary"
    programme: Programme = "core"
    mode: Mode = "face_to_face"
    days: Decimal | None = Field(default=Decimal(1), ge=0, le=1000)
    charge_pence: int | None = Field(default=None, ge=0, description="What the hub asks, if anything of its own")
    independent_charge_pence: int | None = Field(default=None, ge=0)
    facts: dict[str, Scalar] = Field(default_factory=dict)
    expect: FeeExpected

    def run(self, policy: FeePolicy) -> list[str]:
        """How it comes out otherwise than it has to; nothing when it passes."""
        said = price(policy, self._inputs(policy))
        found = FeeExpected(outcome=said.outcome, row=said.basis, amount_pence=said.amount_pence)
        return [
            f"{name} is {got}, not {wanted}"
            for name, wanted in self.expect.model_dump(mode="json").items()
            if (got := found.model_dump(mode="json")[name]) != wanted
        ]

    def _inputs(self, policy: FeePolicy) -> PriceInputs:
        of_course = {f"{OF_COURSE}{name}": getattr(self, name) for name in ("phase", "programme", "mode")}
        facts = {name: Fact(possible=(value,), source="a case") for name, value in (self.facts | of_course).items()}
        return PriceInputs(
            version=policy.version,
            checksum=checksum(canonical(policy)),
            priced_on=policy.effective_from,
            school_urn="000000",
            run=self._run(policy.effective_from),
            facts=facts,
        )

    def _run(self, starts_on: date) -> PricedRun:
        known = self.model_dump(include=set(PricedRun.model_fields))
        return PricedRun(**known, course_run_id=NO_RUN, course_code="CASE", starts_on=starts_on)


CASES: TypeAdapter[tuple[FeeCase, ...]] = TypeAdapter(tuple[FeeCase, ...])


def complaints(policy: FeePolicy, cases: tuple[FeeCase, ...]) -> list[str]:
    """What is wrong with the cases whatever comes of them."""
    asked = {fact for fact in asked_by(policy) if not fact.startswith(OF_COURSE)}
    found = [
        f"{case.name}: the policy does not ask for {', '.join(sorted(extra))}"
        for case in cases
        if (extra := case.facts.keys() - asked)
    ]
    shown = {case.expect.row for case in cases}
    missing = [row.row for row in policy.rows if row.row not in shown]
    if missing:
        found.append(f"No case comes to {', '.join(missing)}: each row needs one.")
    return found


def asked_by(policy: FeePolicy) -> frozenset[str]:
    """The facts that a policy asks for."""
    return facts_asked(*(row.when for row in policy.rows))
