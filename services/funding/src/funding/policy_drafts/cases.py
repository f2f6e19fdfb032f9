"""Cases: what a policy has to say to somebody. They are stored with it, and it is not published unless all pass."""

from decimal import Decimal

from pydantic import Field, TypeAdapter

from funding.canonical import canonical, checksum
from funding.eligibility.rules import Outcome
from funding.policies.conditions import facts_asked
from funding.policies.facts import Document, Fact, Scalar
from funding.policies.rules import Course, Inputs, Policy, decide


class Expected(Document):
    """What the policy has to say."""

    outcome: Outcome
    row: str | None = None
    amount_pence: int = 0
    fee_pence: int | None = None


class Case(Document):
    """A teacher of a school with these facts; a fact that is not named is unknown."""

    name: str = Field(min_length=3, max_length=200)
    days: Decimal = Field(default=Decimal(1), ge=0, le=1000)
    facts: dict[str, Scalar] = Field(default_factory=dict)
    quotas_taken: tuple[str, ...] = ()
    """Rows whose quota is taken."""
    expect: Expected

    def run(self, policy: Policy) -> list[str]:
        """How it comes out otherwise than it has to; nothing when it passes."""
        said = decide(policy, self._inputs(policy))
        found = Expected(outcome=said.outcome, row=said.row, amount_pence=said.amount_pence, fee_pence=said.fee_pence)
        return [
            f"{name} is {got}, not {wanted}"
            for name, wanted in self.expect.model_dump(mode="json").items()
            if (got := found.model_dump(mode="json")[name]) != wanted
        ]

    def _inputs(self, policy: Policy) -> Inputs:
        applies = policy.applies_to
        return Inputs(
            policy=policy.policy,
            version=policy.version,
            checksum=checksum(canonical(policy)),
            applied_on=policy.effective_from,
            school_urn="000000",
            course=Course(
                course_code="CASE",
                phase=next(iter(applies.phases), "secondary"),
                programme=next(iter(applies.programmes), "core"),
                mode=next(iter(applies.modes), "face_to_face"),
                days=self.days,
                starts_on=policy.effective_from,
            ),
            facts={name: Fact(possible=(value,), source="a case") for name, value in self.facts.items()},
            quotas_taken={row.row: row.row in self.quotas_taken for row in policy.rows if row.quota is not None},
        )


CASES: TypeAdapter[tuple[Case, ...]] = TypeAdapter(tuple[Case, ...])


def complaints(policy: Policy, cases: tuple[Case, ...]) -> list[str]:
    """What is wrong with the cases whatever comes of them."""
    asked = facts_asked(policy.entry, *(row.when for row in policy.rows))
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
