"""Steps of grants as their tests take them."""

import json
from typing import Any

from funding.canonical import canonical
from funding.grant_cards.language import Card
from funding.seeds import read_grant_cards
from funding_facts import Steps

JSON = dict[str, Any]


def the_card(card: str) -> Card:
    """A card of the reference data."""
    return next(one for one in read_grant_cards() if one.card == card)


def a_changed_card(card: str = "19-10", version: int = 2, **changes: Any) -> JSON:
    """The next version of a card as a request has it: in force from the next project year, a hundred pounds more."""
    document: JSON = json.loads(canonical(the_card(card)))
    document |= {"version": version, "project_year": "2020-21", "effective_from": "2020-09-01"}
    document["lines"][0]["rate"] += 100_00
    for example in document["examples"]:
        example["total_pence"] += 100_00 * int(example["inputs"].get("work_groups", 1))
    return document | changes


async def a_draft_card(steps: Steps) -> dict[str, str]:
    """A version that waits for a second person, and the names of it and of an approved card."""
    reply = await steps.post(steps.officer, "/v1/grant-cards", {"document": a_changed_card()})
    assert reply.status_code == 201, reply.text
    return {"card_code": "19-10", "card_version": "2", "approved_card": "19-09"}
