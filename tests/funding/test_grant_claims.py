"""Claims of days and travel on an award: at the rates of the source, within caps and the award."""

import asyncio
from typing import Any

import pytest

from builders import anonymous
from funding.grant_claims.models import TRANSITIONS
from funding.seeds import read_grant_rates
from funding_facts import Steps
from grant_steps import APPROVED, BUDGET, ENDING, Grants, a_day
from guards import allowed_steps


@pytest.fixture
async def grants(steps: Steps) -> Grants:
    """A budget with £200,000 and the people."""
    return await Grants.begin(steps)


def travel(pence: int) -> dict[str, Any]:
    """A line of travel at cost."""
    line = a_day("school-visit-travel", cost_pence=pence)
    return {name: value for name, value in line.items() if name != "days"}


def test_the_rates_are_those_of_the_source() -> None:
    told = {one.rate: one.day_pence or one.cap_pence for one in read_grant_rates()}
    assert told == {
        "contact-day": 350_00,  # 19-09, J
        "non-contact-day": 200_00,  # 19-09, J
        "co-ordination-day": 400_00,  # 19-06, J
        "lead-day": 350_00,  # 19-06, J
        "school-visit-travel": 150_00,  # 19-09, J: for an award
        "workshop-travel": None,  # 19-01, J: no cap named
    }


async def test_days_and_travel_are_claimed_approved_and_owed_once(grants: Grants) -> None:
    grant = await grants.accepted()
    lines = [a_day(days="1.5"), a_day("non-contact-day"), travel(42_50)]
    claim = await grants.post(grants.lead, f"/{grant['id']}/claims", {"lines": lines})
    assert [one["amount_pence"] for one in claim["lines"]] == [525_00, 200_00, 42_50]
    assert (claim["amount_pence"], claim["payment"]) == (767_50, None)
    path = f"/v1/grants/{grant['id']}/claims/{claim['id']}/decision"
    replies = await asyncio.gather(*(grants.steps.post(grants.steps.officer, path, APPROVED) for _ in range(4)))
    assert sorted(one.status_code for one in replies) == [200, 409, 409, 409]
    [payable] = (await grants.steps.get(grants.steps.auditor, "/v1/payables")).json()["data"]
    assert (payable["source"], payable["amount_pence"]) == (f"grant_claim:{claim['id']}", 767_50)
    found = await grants.read(grant)
    assert (found["drawn_pence"], found["instalments"][0]["drawn_pence"]) == (767_50, 767_50)
    assert (await grants.steps.balances(BUDGET))["payable"] == 767_50
    [listed] = (await grants.steps.get(grants.lead, f"/v1/grants/{grant['id']}/claims")).json()["data"]
    assert (listed["status"], listed["payment"]) == ("approved", "ready")


async def test_no_more_travel_than_the_cap_and_no_more_than_the_award(grants: Grants) -> None:
    grant = await grants.accepted(card="19-21", inputs={"participants": "15"})
    path = f"/{grant['id']}/claims"
    await grants.post(grants.lead, path, {"lines": [travel(100_00)]})
    assert await grants.refused(grants.lead, path, {"lines": [travel(50_01)]}) == "grant-claim-above-cap"
    await grants.post(grants.lead, path, {"lines": [travel(50_00)]})
    assert await grants.refused(grants.lead, path, {"lines": [a_day(days="6")]}) == "grant-claim-above-cap"
    await grants.post(grants.lead, path, {"lines": [a_day(days="5")]})
    body = {"instalment_id": grant["instalments"][0]["id"], "amount_pence": 200_01, "evidence": ["Register"]}
    assert await grants.refused(grants.lead, f"/{grant['id']}/drawdowns", body) == "grant-drawn-above-instalment"
    assert await grants.refused(grants.steps.officer, f"/{grant['id']}/completion", ENDING) == "grant-not-in-state"


@pytest.mark.parametrize(
    "line",
    [
        a_day("no-such-rate"),
        a_day(happened_on="2019-08-31"),
        a_day(happened_on="2099-01-01"),
        a_day("school-visit-travel"),
        a_day(cost_pence=1),
        {name: value for name, value in a_day().items() if name != "days"},
    ],
)
async def test_a_line_that_cannot_be_claimed_is_named(grants: Grants, line: dict[str, Any]) -> None:
    grant = await grants.accepted()
    body = {"lines": [a_day(), line]}
    reply = await grants.steps.post(grants.lead, f"/v1/grants/{grant['id']}/claims", body)
    assert (reply.status_code, reply.json()["code"], reply.json()["line"]) == (422, "grant-claim-line-refused", 2)


async def test_who_claims_does_not_approve_and_anybody_reads_the_rates(grants: Grants) -> None:
    grant = await grants.accepted()
    claim = await grants.post(grants.steps.officer, f"/{grant['id']}/claims", {"lines": [a_day()]})
    path = f"/{grant['id']}/claims/{claim['id']}/decision"
    assert await grants.refused(grants.steps.officer, path, APPROVED) == "grant-needs-second-person"
    assert len((await grants.steps.get(anonymous(), "/v1/grant-rates")).json()["data"]) == len(read_grant_rates())
    assert await allowed_steps(grants.steps.funding, "grant_claim") == {f"{a}>{b}" for a, b in TRANSITIONS}
