"""Applications for STEM hub grants: checked with reasons, scored by two, moderated, ranked, decided by another."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from builders import a_school_lead, staff
from funding.grant_applications.models import TRANSITIONS
from funding.grant_applications.rules import CallTerms, check_all, faults_of_answers, mean, percent
from funding_facts import Steps
from grant_steps import APPROVED, BUDGET, CALL, Grants, Panel
from guards import allowed_steps

TERMS = CallTerms.model_validate(CALL["terms"])
FUNDED = {"outcome": "funded", "feedback": "A strong plan."}


@pytest.fixture
async def panel(steps: Steps) -> Panel:
    """An open call of set-up grants, and a budget of £100,000."""
    return await Panel.begin(await Grants.begin(steps, pence=100_000_00))


async def code_of(panel: Panel, caller: Any, path: str, body: dict[str, Any]) -> str:
    """The code of a refusal."""
    reply = await panel.post(caller, path, body)
    assert not reply.is_success, reply.text
    return str(reply.json()["code"])


def test_scores_are_weighted_and_rounded_once() -> None:
    assert percent(TERMS, {"reach": 5, "plan": 5}) == Decimal(100)
    assert percent(TERMS, {"reach": 4, "plan": 3}) == Decimal(72)
    assert mean([Decimal("72.00"), Decimal("84.01")]) == Decimal("78.01")
    assert mean([]) is None


def test_answers_are_held_against_the_form() -> None:
    answers: dict[str, bool | Decimal | str] = {
        "requested_pence": Decimal(1),
        "schools": "ten",
        "meets": True,
        "colour": "red",
    }
    assert set(faults_of_answers(TERMS, answers)) == {"schools", "plan", "colour"}
    checks = check_all(TERMS, {"schools": Decimal(1), "meets": False})
    assert [(one.question, one.is_met) for one in checks] == [("schools", False), ("meets", False)]


@pytest.mark.parametrize(
    "change", [{"criteria": []}, {"scorers": 1}, {"checks": [{"question": "plan", "at_least": 1, "otherwise": "No."}]}]
)
def test_terms_that_do_not_hang_together_do_not_load(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CallTerms.model_validate(CALL["terms"] | change)


async def test_an_application_goes_from_the_form_to_an_award(panel: Panel) -> None:
    application = await panel.moderated()
    assert (application["status"], application["percent"]) == ("moderated", "78.00")
    assert application["requested_pence"] == 48_000_00
    decided = await panel.post(panel.grants.steps.approver, f"/{application['id']}/decision", FUNDED)
    assert (decided.status_code, decided.json()["status"]) == (200, "funded")
    grant = await panel.grants.read({"id": decided.json()["grant_id"]})
    assert (grant["status"], grant["amount_pence"], grant["card"]) == ("proposed", 48_000_00, "stem-hub-set-up")
    path = f"/{grant['id']}/approval"
    assert await panel.grants.refused(panel.grants.steps.approver, path, APPROVED) == "grant-needs-second-person"
    await panel.grants.post(staff("funding_approver"), path, APPROVED)
    assert (await panel.grants.steps.balances(BUDGET))["reserved"] == 48_000_00
    seen = (await panel.grants.steps.get(panel.grants.lead, f"/v1/grant-applications/{application['id']}")).json()
    assert (seen["feedback"], seen["scores"], seen["percent"]) == ("A strong plan.", [], "78.00")


async def test_what_makes_it_ineligible_is_said_and_it_may_be_made_again(panel: Panel) -> None:
    refused = await panel.applied(schools="1", meets=False)
    assert refused["status"] == "ineligible"
    assert [one["says"] for one in refused["checks"] if not one["is_met"]] == [
        "A hub is a group of schools.",
        "A hub is an alliance that meets regularly.",
    ]
    assert (await panel.applied())["status"] == "submitted"
    assert await code_of(panel, panel.grants.lead, "", panel.application()) == "grant-applied-already"


async def test_a_conflict_of_interest_bars_from_every_later_step(panel: Panel) -> None:
    application = await panel.applied()
    biased = staff("moderator", "funding_officer", "funding_approver")
    path = f"/{application['id']}/scores"
    assert (await panel.post(biased, path, {"conflict": "I work there."})).status_code == 201
    points = {"points": {"reach": 5, "plan": 5}}
    assert await code_of(panel, biased, path, points) == "grant-scored-already"
    for person in panel.people:
        await panel.post(person, path, points)
    settle = f"/{application['id']}/moderation"
    other = "grant-application-needs-another-person"
    assert await code_of(panel, biased, settle, {"reason": "Fine."}) == other
    await panel.post(panel.grants.steps.officer, settle, {"reason": "Fine.", "percent": "90.5"})
    assert await code_of(panel, biased, f"/{application['id']}/decision", FUNDED) == other


async def test_two_have_to_score_and_points_are_those_of_the_criteria(panel: Panel) -> None:
    application = await panel.applied()
    path = f"/{application['id']}/scores"
    for points in ({"reach": 6, "plan": 1}, {"reach": 1}, {"reach": 1, "plan": 1, "colour": 1}):
        assert await code_of(panel, panel.people[0], path, {"points": points}) == "grant-points-refused"
    await panel.post(panel.people[0], path, {"points": {"reach": 1, "plan": 1}})
    officer = panel.grants.steps.officer
    assert await code_of(panel, officer, f"/{application['id']}/moderation", {"reason": "x"}) == "grant-too-few-scores"
    early = await code_of(panel, panel.grants.steps.approver, f"/{application['id']}/decision", FUNDED)
    assert early == "grant-application-not-in-state"


async def test_the_ranking_says_how_far_the_budget_reaches(panel: Panel) -> None:
    first = await panel.moderated()
    for number, urn in enumerate(("900001", "900003")):
        told = panel.application(requested_pence="5000000")
        told |= {"recipient": {"kind": "school", "id": urn, "name": "A school"}}
        caller = a_school_lead(urn)
        made = (await panel.post(caller, "", told)).json()
        for person in panel.people:
            points = {"reach": 5 - number, "plan": 5 - number}
            await panel.post(person, f"/{made['id']}/scores", {"points": points})
        await panel.post(panel.grants.steps.officer, f"/{made['id']}/moderation", {"reason": "Alike."})
    path = f"/v1/grant-calls/{panel.call['id']}/ranking"
    ranked = (await panel.grants.steps.get(panel.grants.steps.auditor, path)).json()
    assert [(one["percent"], one["is_within_budget"]) for one in ranked["data"]] == [
        ("100.00", True),
        ("80.00", True),
        ("78.00", False),
    ]
    assert ranked["data"][2]["application_id"] == first["id"]


async def test_a_form_that_is_wrong_loses_nothing_and_is_told_field_by_field(panel: Panel) -> None:
    reply = await panel.post(panel.grants.lead, "", panel.application(colour="red", schools=True))
    assert (reply.status_code, reply.json()["code"]) == (422, "grant-answers-refused")
    assert [one["pointer"] for one in reply.json()["errors"]] == ["/answers/colour", "/answers/schools"]
    stranger = staff("hub_lead", organisation_id=None)
    assert await code_of(panel, stranger, "", panel.application()) == "not-your-organisation"
    closed = await Panel.begin(panel.grants, closes_on="2020-02-01")
    assert await code_of(closed, panel.grants.lead, "", closed.application()) == "grant-call-not-open"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE grant_application SET status = 'funded'",
        "UPDATE grant_application SET status = 'declined', decided_by = moderated_by",
        "UPDATE grant_application SET answers = '{}'",
        "UPDATE grant_score SET percent = 100",
        "UPDATE grant_call SET terms = '{}'",
    ],
)
async def test_the_database_refuses_what_no_step_does(panel: Panel, change: str) -> None:
    await panel.moderated()
    async with panel.grants.steps.funding.session() as session:
        with pytest.raises(DBAPIError):
            await session.execute(text(change))
        await session.rollback()


async def test_the_database_allows_the_steps_that_the_code_names(steps: Steps) -> None:
    assert await allowed_steps(steps.funding, "grant_application") == {f"{a}>{b}" for a, b in TRANSITIONS}
