"""Loads the reference data. Loading again changes nothing; a published version that differs is an error."""

import csv
import importlib.resources
import json
from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.service import Progress, Seed
from funding.areas import service as areas
from funding.areas.service import AreaListing, ListedArea
from funding.budgets import service as budgets
from funding.budgets.schemas import FundingReference
from funding.eligibility import service as eligibility
from funding.eligibility.rules import Rule
from funding.fee_policies import service as fee_policies
from funding.fee_policies.rules import FeePolicy
from funding.grant_cards import service as grant_cards
from funding.grant_cards.language import Card
from funding.grant_claims import service as grant_claims
from funding.grant_claims.schemas import RateOut
from funding.payees.sandbox import load_sandbox_payees
from funding.policies import service as policies
from funding.policies.rules import Policy

_FILES = importlib.resources.files("funding") / "reference"

JSONValue = dict[str, "JSONValue"] | list["JSONValue"] | str | int | bool | None

TYPES_DECIDED_ON = date(2026, 11, 22)
"""When the verdicts in establishment_types.csv were settled; change it with them."""


REFERENCE_EDITION = 1
"""The lists of the reference data are the first edition of each scheme; later ones come from the registry in hubs."""


class PublishedPolicies(BaseModel):
    """The whole of `bursary_policies.json`, criteria written out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    budget: str
    budgets: dict[str, str] = {}
    """Of policies that are paid from another."""
    policies: tuple[Policy, ...]


def read_policies() -> PublishedPolicies:
    """The policies of the reference data, each with its criteria written out in full."""
    return PublishedPolicies.model_validate(_written_out(_json("bursary_policies.json"), "entry", "when"))


def read_rules() -> list[Rule]:
    """The eligibility rules of the reference data, each with its criteria written out in full."""
    written = _written_out(_json("eligibility_rules.json"), "condition")
    assert isinstance(written, list)
    return [Rule.model_validate(rule) for rule in written]


def read_lists() -> Iterator[AreaListing]:
    """The lists of areas of the reference data."""
    rows = list(_csv("area_categories.csv"))
    lists = _json("area_lists.json")
    assert isinstance(lists, list)
    for one in lists:
        assert isinstance(one, dict)
        found = [_area(row) for row in rows if row["scheme"] == one["scheme"]]
        yield AreaListing.model_validate(one | {"areas": tuple(found)})


def read_funding(file: str = "funds.json") -> FundingReference:
    """Funds, budgets and sandbox money of the reference data."""
    return FundingReference.model_validate(_json(file))


def read_fee_policies() -> list[FeePolicy]:
    """The fee policies of the reference data, each with its criteria written out in full."""
    written = _written_out(_json("fee_policies.json"), "when")
    assert isinstance(written, list)
    return [FeePolicy.model_validate(policy) for policy in written]


def read_grant_cards(file: str = "grant_cards.json") -> list[Card]:
    """The grant cards of a file of the reference data."""
    written = _json(file)
    assert isinstance(written, list)
    return [Card.model_validate(card) for card in written]


def read_grant_rates() -> list[RateOut]:
    """Day rates and caps of the reference data."""
    written = _json("grant_rates.json")
    assert isinstance(written, list)
    return [RateOut.model_validate(rate) for rate in written]


async def load_rules(session: AsyncSession, progress: Progress) -> None:
    """Publish the eligibility rules and the verdicts on establishment types."""
    rules = read_rules()
    for position, rule in enumerate(rules):
        await eligibility.publish_rule(session, rule, position)
        progress(position + 1, len(rules))
    types: list[dict[str, str | int | bool | date]] = [
        {
            "code": int(row["code"]),
            "name": row["name"],
            "is_state_funded": row["is_state_funded"] == "yes",
            "is_disputed": row["is_disputed"] == "yes",
            "note": row["note"],
            "decided_on": TYPES_DECIDED_ON,
        }
        for row in _csv("establishment_types.csv")
    ]
    await eligibility.import_types(session, types)


async def load_areas(session: AsyncSession, progress: Progress) -> None:
    """Import the lists of areas and the succession of districts and authorities."""
    lists = list(read_lists())
    for done, listing in enumerate(lists, start=1):
        await areas.hold_version(session, listing, REFERENCE_EDITION)
        progress(done, len(lists))
    successions = [
        row | {"effective_from": date.fromisoformat(row["effective_from"])}
        for file in ("district_successions.csv", "authority_successions.csv")
        for row in _csv(file)
    ]
    await areas.import_successions(session, successions)


async def load_budgets(session: AsyncSession, progress: Progress) -> None:
    """Import the funds and open the budgets, empty."""
    reference = read_funding()
    await budgets.import_funds(session, reference.funds)
    for done, budget in enumerate(reference.budgets, start=1):
        await budgets.open_budget(session, budget)
        progress(done, len(reference.budgets))


async def load_policies(session: AsyncSession, progress: Progress) -> None:
    """Publish the bursary policies."""
    published = read_policies()
    for done, policy in enumerate(published.policies, start=1):
        await policies.publish_version(session, policy, published.budgets.get(policy.policy, published.budget))
        progress(done, len(published.policies))


async def load_fee_policies(session: AsyncSession, progress: Progress) -> None:
    """Publish the fee policies."""
    published = read_fee_policies()
    for done, policy in enumerate(published, start=1):
        await fee_policies.publish_version(session, policy)
        progress(done, len(published))


async def load_grant_cards(session: AsyncSession, progress: Progress) -> None:
    """Publish the grant cards; each has to come to the figures of its source."""
    cards = read_grant_cards()
    for done, card in enumerate(cards, start=1):
        await grant_cards.publish_reference(session, card)
        progress(done, len(cards))
    await grant_claims.import_rates(session, read_grant_rates())


async def load_synthetic_grant_cards(session: AsyncSession, progress: Progress) -> None:
    """Publish the cards of the invented computing network."""
    cards = read_grant_cards("grant_cards_synthetic.json")
    for done, card in enumerate(cards, start=1):
        await grant_cards.publish_reference(session, card)
        progress(done, len(cards))


async def load_sandbox_money(session: AsyncSession, progress: Progress) -> None:
    """Put the sandbox allocations into their budgets."""
    allocations = read_funding().sandbox_allocations
    for done, allocation in enumerate(allocations, start=1):
        await budgets.allocate_sandbox(session, allocation)
        progress(done, len(allocations))


async def load_network_money(session: AsyncSession, progress: Progress) -> None:
    """Open the budgets of the networks' years that come with the platform, with made-up money in each."""
    made_up = read_funding("network_money_synthetic.json")
    await budgets.import_funds(session, made_up.funds)
    for done, budget in enumerate(made_up.budgets, start=1):
        await budgets.open_budget(session, budget)
        progress(done, len(made_up.budgets))
    for allocation in made_up.sandbox_allocations:
        await budgets.allocate_sandbox(session, allocation)


SEEDS = [
    Seed("eligibility-rules", load_rules),
    Seed("areas", load_areas),
    Seed("budgets", load_budgets),
    Seed("policies", load_policies),
    Seed("fee-policies", load_fee_policies),
    Seed("grant-cards", load_grant_cards),
]
DEMO_SEEDS = [
    Seed("sandbox-money", load_sandbox_money),
    Seed("sandbox-network-money", load_network_money),
    Seed("sandbox-payees", load_sandbox_payees),
    Seed("synthetic-grant-cards", load_synthetic_grant_cards),
]


def _written_out(document: JSONValue, *fields: str) -> JSONValue:
    """The document with each criterion named in these fields replaced by its whole text."""
    criteria = _json("criteria.json")
    assert isinstance(criteria, dict)

    def resolve(value: JSONValue, *, inside: bool) -> JSONValue:
        if isinstance(value, str) and inside:
            found = criteria[value]
            assert isinstance(found, dict)
            return {"criterion": value, **found}
        if isinstance(value, list):
            return [resolve(one, inside=inside) for one in value]
        if isinstance(value, dict):
            return {name: resolve(one, inside=inside or name in fields) for name, one in value.items()}
        return value

    return resolve(document, inside=False)


def _area(row: dict[str, str]) -> ListedArea:
    """Areas of a list without categories are on it, and that is all it says."""
    written = row["categories"]
    categories = () if written == "listed" else tuple(int(one) for one in written.split(";"))
    return ListedArea(area_code=row["area_code"], area_name=row["area_name"], categories=categories, basis=row["basis"])


def _json(name: str) -> JSONValue:
    value: JSONValue = json.loads((_FILES / name).read_text(encoding="utf-8"))
    return value


def _csv(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader((_FILES / name).read_text(encoding="utf-8").splitlines())
