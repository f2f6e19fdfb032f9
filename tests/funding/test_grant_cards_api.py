"""Cards over the API: calculated by anybody, proposed by one person, approved by another, changed by nobody."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from builders import anonymous, staff
from funding.grant_cards import service
from funding.grant_cards.errors import PublishedCardDiffers
from funding.grant_cards.models import TRANSITIONS
from funding_facts import Steps
from grant_steps import JSON, a_changed_card, the_card
from guards import allowed_steps

DECISION = "/v1/grant-cards/19-10/versions/2/decision"
APPROVED = {"outcome": "approved", "reason": "As the letter says."}


async def ask(steps: Steps, card: str, version: int | None = None, **inputs: object) -> JSON:
    """Calculate as nobody in particular."""
    body = {"card": card, "inputs": inputs} | ({} if version is None else {"version": version})
    reply = await steps.post(anonymous(), "/v1/grant-calculations", body)
    found: JSON = reply.json()
    return found


async def test_anybody_is_told_what_a_card_comes_to_line_by_line(steps: Steps) -> None:
    found = await ask(steps, "19-09", schools=7)
    assert (found["total_pence"], found["version"], len(found["lines"])) == (17_800_00, 1, 5)
    assert found["lines"][1] == {
        "line": "school-visits",
        "label": "Three visits to each school, one each term",
        "quantity": "21",
        "unit": "visit",
        "rate_pence": 350_00,
        "amount_pence": 7_350_00,
        "in_kind": False,
        "payee": "hub",
        "funder": "maths-hubs-core-grant",
        "source": "Maths Hubs network collaborative projects 2019/20, NCP 19-09, J",
    }
    shown = (await steps.get(anonymous(), "/v1/grant-cards/19-09/versions/1")).json()
    assert shown["checksum"] == found["checksum"]


async def test_everything_that_is_wrong_with_the_inputs_is_named_at_once(steps: Steps) -> None:
    found = await ask(steps, "19-08", participants=1, colour="red")
    assert (found["status"], found["code"]) == (422, "calculation-inputs-refused")
    named = {one["pointer"]: one["code"] for one in found["errors"]}
    assert named == {
        "/inputs/colour": "unknown-input",
        "/inputs/participants": "outside-limit",
        "/inputs/facilitation_days": "missing-input",
        "/inputs/lead_day_rate_pence": "missing-input",
        "/inputs/venue_cost_pence": "missing-input",
    }
    assert (await ask(steps, "99-99"))["code"] == "grant-card-not-found"


async def test_a_changed_figure_counts_once_another_person_has_approved_it(steps: Steps) -> None:
    proposed = await steps.post(steps.officer, "/v1/grant-cards", {"document": a_changed_card()})
    assert (proposed.status_code, proposed.json()["status"]) == (201, "draft")
    assert (await ask(steps, "19-10", 2))["code"] == "grant-card-not-found"
    assert (await steps.get(anonymous(), "/v1/grant-cards/19-10/versions/2")).status_code == 404
    assert (await ask(steps, "19-10"))["total_pence"] == 3_500_00
    decided = await steps.post(steps.approver, DECISION, APPROVED)
    assert (decided.status_code, decided.json()["status"]) == (200, "approved")
    assert (await ask(steps, "19-10"))["total_pence"] == 3_600_00
    assert (await ask(steps, "19-10", 1))["total_pence"] == 3_500_00
    listed = (await steps.get(anonymous(), "/v1/grant-cards", project_year="2020-21")).json()["data"]
    assert [(one["card"], one["version"]) for one in listed] == [("19-10", 2)]
    assert (await steps.post(steps.approver, DECISION, APPROVED)).json()["code"] == "card-already-decided"


async def test_who_proposed_a_card_does_not_approve_it(steps: Steps) -> None:
    both = staff("funding_officer", "funding_approver")
    await steps.post(both, "/v1/grant-cards", {"document": a_changed_card()})
    refused = await steps.post(both, DECISION, APPROVED)
    assert (refused.status_code, refused.json()["code"]) == (403, "card-needs-second-person")
    async with steps.funding.session() as session:
        with pytest.raises(DBAPIError, match="second_person"):
            await session.execute(
                text(
                    "UPDATE grant_card_version SET status = 'approved', decided_by = proposed_by, decided_at = now() "
                    "WHERE status = 'draft'"
                )
            )
        await session.rollback()


async def test_a_card_whose_examples_do_not_come_out_is_refused_and_a_number_is_taken_once(steps: Steps) -> None:
    wrong = a_changed_card()
    wrong["examples"][0]["total_pence"] += 1
    refused = await steps.post(steps.officer, "/v1/grant-cards", {"document": wrong})
    assert (refused.status_code, refused.json()["code"]) == (422, "card-examples-differ")
    taken = await steps.post(steps.officer, "/v1/grant-cards", {"document": a_changed_card(version=1)})
    assert (taken.status_code, taken.json()["code"]) == (409, "card-version-taken")


async def test_of_two_drafts_for_one_day_one_is_approved(steps: Steps) -> None:
    for version in (2, 3):
        await steps.post(steps.officer, "/v1/grant-cards", {"document": a_changed_card(version=version)})
    decisions = [f"/v1/grant-cards/19-10/versions/{version}/decision" for version in (2, 3)]
    replies = await asyncio.gather(*(steps.post(steps.approver, path, APPROVED) for path in decisions))
    assert sorted(reply.status_code for reply in replies) == [200, 409]
    assert {reply.json().get("code") for reply in replies} == {None, "card-version-taken"}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE grant_card_version SET document = '{}' WHERE card = '19-09'",
        "UPDATE grant_card_version SET checksum = 'x' WHERE card = '19-09'",
        "UPDATE grant_card_version SET status = 'draft' WHERE card = '19-09'",
        "DELETE FROM grant_card_version WHERE card = '19-09'",
    ],
)
async def test_the_database_lets_nobody_change_a_published_card(steps: Steps, change: str) -> None:
    async with steps.funding.session() as session:
        with pytest.raises(DBAPIError):
            await session.execute(text(change))
        await session.rollback()


async def test_the_database_allows_the_steps_that_the_code_names(steps: Steps) -> None:
    assert await allowed_steps(steps.funding, "grant_card_version") == {f"{a}>{b}" for a, b in TRANSITIONS}


async def test_reference_data_with_other_content_is_refused(steps: Steps) -> None:
    card = the_card("19-10")
    async with steps.funding.session() as session:
        assert await service.publish_reference(session, card) is False
        with pytest.raises(PublishedCardDiffers):
            await service.publish_reference(session, card.model_copy(update={"title": "Another title"}))
