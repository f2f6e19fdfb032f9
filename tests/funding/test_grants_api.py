"""Awards over the API: from the calculation to the last penny returned, each step by the person whose it is."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from builders import a_school_lead, staff
from chassis.ids import new_id
from contracts.funding import DrawdownApproved, GrantAdjusted, GrantAwarded, GrantEnded
from funding.grant_drawdowns.models import TRANSITIONS as DRAWDOWN_STEPS
from funding.grant_spending.models import TRANSITIONS as RETURN_STEPS
from funding.grants.models import SNAPSHOT_TRANSITIONS, SOURCE_TRANSITIONS, TRANSITIONS
from funding.payables.models import TRANSITIONS as PAYABLE_STEPS
from funding_facts import Steps
from grant_steps import APPROVED, BUDGET, ENDING, HUB, Grants
from guards import allowed_steps

SEVEN, SIX = 17_800_00, 15_750_00


@pytest.fixture
async def grants(steps: Steps) -> Grants:
    """A budget with £200,000 and the people."""
    return await Grants.begin(steps)


async def held(grants: Grants) -> tuple[int, int, int]:
    """What the budget has reserved, owes and has paid."""
    found = await grants.steps.balances(BUDGET)
    return found["reserved"], found["payable"], found["paid"]


def halves(pence: int) -> list[dict[str, Any]]:
    """Two instalments that may be drawn today."""
    told = {"due_on": "2026-01-01", "condition": "Registers are in."}
    return [told | {"title": f"Half {one}", "amount_pence": pence // 2} for one in (1, 2)]


async def test_an_award_goes_from_its_calculation_to_completion_and_the_ledger_balances(grants: Grants) -> None:
    proposed = await grants.propose(instalments=halves(SEVEN))
    assert (proposed["status"], proposed["amount_pence"], await held(grants)) == ("proposed", SEVEN, (0, 0, 0))
    [snapshot] = proposed["snapshots"]
    assert snapshot["calculation"]["lines"][0]["amount_pence"] == 6 * 350_00
    awarded = await grants.post(grants.steps.approver, f"/{proposed['id']}/approval", APPROVED)
    assert (awarded["status"], await held(grants)) == ("awarded", (SEVEN, 0, 0))
    agreed = {"agreement_version": "2026-1", "name": "Ada Example", "position": "Hub lead"}
    accepted = await grants.post(grants.lead, f"/{proposed['id']}/acceptance", agreed)
    assert (accepted["accepted_name"], accepted["accepted_by"]) == ("Ada Example", str(grants.lead.id))
    drawn = await grants.draw(accepted, SEVEN // 2)
    assert (drawn["status"], drawn["payment"]) == ("approved", "ready")
    assert await held(grants) == (SEVEN // 2, SEVEN // 2, 0)
    await grants.pay()
    await grants.spend(accepted, 5_000_00)
    ended = await grants.post(grants.steps.officer, f"/{proposed['id']}/completion", ENDING)
    unspent = SEVEN // 2 - 5_000_00
    assert (ended["status"], ended["due_back_pence"], ended["own_pence"]) == ("completed", unspent, SEVEN)
    assert await held(grants) == (0, 0, SEVEN // 2)
    spending = (await grants.steps.get(grants.lead, f"/v1/grants/{proposed['id']}/spending")).json()
    [due] = spending["returns"]
    assert (due["kind"], due["amount_pence"], due["status"]) == ("underspend", unspent, "due")
    receipt = {"reference": "Bank receipt 1", "received_on": "2026-11-22"}
    path = f"/{proposed['id']}/returns/{due['id']}/receipt"
    back = await grants.post(grants.steps.payment_officer, path, receipt)
    assert (back["returned_pence"], await held(grants)) == (unspent, (0, 0, 5_000_00))
    assert await grants.refused(grants.steps.payment_officer, path, receipt) == "grant-return-received"
    actions = [one["action"] for one in (await grants.read(proposed))["history"]]
    assert actions[:3] == ["proposed", "approved", "accepted"]
    assert actions[-1] == "return_received"
    [told] = await grants.steps.funding.published(GrantAwarded)
    assert (told.amount_pence, told.recipient_id, told.card) == (SEVEN, str(HUB), "19-09")
    assert [one.amount_pence for one in await grants.steps.funding.published(DrawdownApproved)] == [SEVEN // 2]
    assert [one.outcome for one in await grants.steps.funding.published(GrantEnded)] == ["completed"]


async def test_a_smaller_group_makes_another_calculation_with_its_difference(grants: Grants) -> None:
    grant = await grants.accepted(instalments=halves(SEVEN))
    adjusted = await grants.adjust(grant, schools=6)
    assert (adjusted["amount_pence"], adjusted["own_pence"]) == (SIX, SIX)
    assert [(one["ordinal"], one["difference_pence"]) for one in adjusted["snapshots"]] == [(1, SEVEN), (2, -2_050_00)]
    assert adjusted["snapshots"][0] == grant["snapshots"][0]
    assert [one["cancelled_pence"] for one in adjusted["instalments"]] == [0, 2_050_00]
    assert await held(grants) == (SIX, 0, 0)
    larger = await grants.adjust(grant, schools=8)
    assert (larger["amount_pence"], larger["instalments"][-1]["amount_pence"]) == (19_850_00, 4_100_00)
    assert sum(one["amount_pence"] for one in larger["sources"]) == 19_850_00
    assert await held(grants) == (19_850_00, 0, 0)
    differences = [one.difference_pence for one in await grants.steps.funding.published(GrantAdjusted)]
    assert differences == [-2_050_00, 4_100_00]


async def test_what_was_drawn_above_a_smaller_award_is_due_back(grants: Grants) -> None:
    grant = await grants.accepted()
    await grants.draw(grant, SEVEN)
    adjusted = await grants.adjust(grant, schools=6)
    assert (adjusted["due_back_pence"], adjusted["own_pence"], await held(grants)) == (2_050_00, SIX, (0, SEVEN, 0))
    [due] = (await grants.steps.get(grants.lead, f"/v1/grants/{grant['id']}/spending")).json()["returns"]
    path, receipt = f"/{grant['id']}/returns/{due['id']}/receipt", {"reference": "1", "received_on": "2026-11-22"}
    assert await grants.refused(grants.steps.payment_officer, path, receipt) == "grant-return-not-paid-yet"
    await grants.pay()
    await grants.post(grants.steps.payment_officer, path, receipt)
    assert await held(grants) == (0, 0, SIX)


async def test_another_funders_half_is_claimed_there_and_never_leaves_our_budget(grants: Grants) -> None:
    grant = await grants.accepted(card="19-21", inputs={"participants": "15"})
    assert (grant["amount_pence"], grant["own_pence"], await held(grants)) == (4_200_00, 2_100_00, (2_100_00, 0, 0))
    parts = {one["funder"]: (one["amount_pence"], one["status"]) for one in grant["sources"]}
    assert parts == {"amsp": (2_100_00, "to_be_claimed"), "maths-hubs-core-grant": (2_100_00, "ours")}
    path = f"/{grant['id']}/sources/1/amsp/steps"
    received = {"status": "received", "reference": "MEI remittance 7"}
    assert await grants.refused(grants.lead, path, received) == "grant-source-not-in-state"
    await grants.post(grants.lead, path, {"status": "claimed", "reference": "MEI claim 7"})
    told = await grants.post(grants.lead, path, received)
    assert [(one["status"], one["reference"]) for one in told["sources"] if one["is_external"]] == [
        ("received", "MEI remittance 7")
    ]
    own = f"/{grant['id']}/sources/1/maths-hubs-core-grant/steps"
    assert await grants.refused(grants.lead, own, received) == "grant-source-not-found"


async def test_what_the_network_fund_pays_is_an_award_of_its_own(grants: Grants) -> None:
    release = await grants.propose(card="19-06", inputs={"participants": "2"}, reference="sle-2020")
    days = {"participants": "0", "coordination_days": "3", "cohort_lead_days": "2"}
    network = await grants.award(card="19-06", inputs=days, reference="sle-2020 network fund")
    assert (release["own_pence"], network["own_pence"]) == (1_600_00, 1_900_00)
    wanted = {"inputs": {"participants": "1"}, "because": "A specialist joined."}
    path = f"/{network['id']}/adjustments"
    assert await grants.refused(grants.steps.officer, path, wanted) == "grant-of-several-funders"
    fewer = await grants.post(
        grants.steps.officer, path, {"inputs": days | {"cohort_lead_days": "1"}, "because": "Fewer."}
    )
    assert fewer["snapshots"][-1]["own_difference_pence"] == -350_00


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"inputs": {"schools": "8"}}, "findings-not-accepted"),
        ({"inputs": {}}, "calculation-inputs-refused"),
        ({"card": "19-01", "inputs": {"specialists": "1"}}, "nothing-to-grant"),
        ({"instalments": halves(SIX)}, "instalments-do-not-add-up"),
        ({"budget": "nothing"}, "budget-not-found"),
        ({"card": "19-06", "inputs": {"participants": "2", "cohort_lead_days": "3"}}, "grant-of-several-funders"),
        ({"card": "99-99"}, "grant-card-not-found"),
    ],
)
async def test_a_proposal_that_does_not_hold_is_refused_by_name(
    grants: Grants, changes: dict[str, Any], code: str
) -> None:
    assert await grants.refused(grants.steps.officer, "", grants.proposal(**changes)) == code


async def test_the_same_thing_is_awarded_once_to_one_recipient(grants: Grants) -> None:
    first = await grants.propose()
    assert await grants.refused(grants.steps.officer, "", grants.proposal()) == "grant-exists"
    await grants.post(grants.steps.officer, f"/{first['id']}/withdrawal", {"reason": "A slip."})
    assert (await grants.propose())["status"] == "proposed"


async def test_nobody_takes_two_steps_that_need_different_people(grants: Grants) -> None:
    both = staff("funding_officer", "funding_approver", "hub_lead", "payment_officer", organisation_id=HUB)
    mine = await grants.post(both, "", grants.proposal())
    assert await grants.refused(both, f"/{mine['id']}/approval", APPROVED) == "grant-needs-second-person"
    await grants.post(grants.steps.approver, f"/{mine['id']}/approval", APPROVED)
    assert await grants.refused(both, f"/{mine['id']}/termination", ENDING) == "grant-needs-second-person"
    agreed = {"agreement_version": "2026-1", "name": "Ada Example", "position": "Hub lead"}
    grant = await grants.post(both, f"/{mine['id']}/acceptance", agreed)
    body = {"instalment_id": grant["instalments"][0]["id"], "amount_pence": 1, "evidence": ["Register"]}
    asked = await grants.post(both, f"/{mine['id']}/drawdowns", body)
    path = f"/{mine['id']}/drawdowns/{asked['id']}/decision"
    assert await grants.refused(both, path, APPROVED) == "grant-needs-second-person"
    changed = {"inputs": {"schools": "6"}, "because": "One left."}
    await grants.post(both, f"/{mine['id']}/adjustments", changed)
    assert await grants.refused(both, f"/{mine['id']}/adjustments", changed) == "grant-adjustment-open"
    path = f"/{mine['id']}/adjustments/2/decision"
    assert await grants.refused(both, path, APPROVED) == "grant-needs-second-person"
    assert await grants.refused(grants.steps.officer, f"/{mine['id']}/completion", ENDING) == "grant-not-in-state"


async def test_an_empty_budget_awards_nothing(steps: Steps) -> None:
    grants = await Grants.begin(steps, pence=SEVEN)
    await grants.award()
    second = await grants.propose(reference="group-2")
    assert await grants.refused(steps.approver, f"/{second['id']}/approval", APPROVED) == "budget-exhausted"
    assert (await grants.read(second))["status"] == "proposed"


async def test_of_many_requests_at_once_no_more_is_drawn_than_was_awarded(grants: Grants) -> None:
    grant = await grants.accepted()
    body = {"instalment_id": grant["instalments"][0]["id"], "amount_pence": SEVEN // 3, "evidence": ["Register"]}
    asking = (grants.steps.post(grants.lead, f"/v1/grants/{grant['id']}/drawdowns", body) for _ in range(6))
    replies = await asyncio.gather(*asking)
    assert sorted(one.status_code for one in replies) == [201] * 3 + [409] * 3
    assert {one.json()["code"] for one in replies if one.status_code == 409} == {"grant-drawn-above-instalment"}
    paths = [f"/v1/grants/{grant['id']}/drawdowns/{one.json()['id']}/decision" for one in replies if one.is_success]
    deciding = (grants.steps.post(by, path, APPROVED) for path in paths for by in (grants.steps.officer,) * 2)
    assert sorted(one.status_code for one in await asyncio.gather(*deciding)) == [200] * 3 + [409] * 3
    assert (await grants.read(grant))["drawn_pence"] == 3 * (SEVEN // 3)
    listed = (await grants.steps.get(grants.steps.auditor, "/v1/payables", budget=BUDGET, status="ready")).json()
    assert [one["amount_pence"] for one in listed["data"]] == [SEVEN // 3] * 3


async def test_an_instalment_waits_for_its_day_and_a_request_for_its_decision(grants: Grants) -> None:
    later = [{"title": "Later", "due_on": "2099-01-01", "amount_pence": SEVEN, "condition": "The end."}]
    grant = await grants.accepted(instalments=later)
    body = {"instalment_id": grant["instalments"][0]["id"], "amount_pence": 1, "evidence": ["Register"]}
    assert await grants.refused(grants.lead, f"/{grant['id']}/drawdowns", body) == "grant-drawn-too-early"
    body["instalment_id"] = str(new_id())
    assert await grants.refused(grants.lead, f"/{grant['id']}/drawdowns", body) == "grant-instalment-not-found"
    second = await grants.accepted(reference="group-2")
    await grants.ask_to_draw(second, 1)
    assert await grants.refused(grants.steps.officer, f"/{second['id']}/completion", ENDING) == "grant-not-in-state"


async def test_a_recipient_sees_and_acts_on_its_own_awards_only(grants: Grants) -> None:
    grant = await grants.award()
    school = {"kind": "school", "id": "900001", "name": "A school"}
    theirs = await grants.award(card="19-03", inputs={"specialists": "1", "year_of_cohort": "1"}, recipient=school)
    another, head = staff("hub_lead", organisation_id=new_id()), a_school_lead("900001")
    for caller, ids in ((grants.lead, [grant["id"]]), (head, [theirs["id"]]), (another, [])):
        listed = (await grants.steps.get(caller, "/v1/grants")).json()["data"]
        assert [one["id"] for one in listed] == ids
    agreed = {"agreement_version": "2026-1", "name": "Ada Example", "position": "Head"}
    assert await grants.refused(another, f"/{grant['id']}/acceptance", agreed) == "grant-not-found"
    assert await grants.refused(head, f"/{grant['id']}/acceptance", agreed) == "grant-not-found"
    wrong = agreed | {"agreement_version": "2025-9"}
    assert await grants.refused(head, f"/{theirs['id']}/acceptance", wrong) == "another-agreement"
    assert (await grants.post(head, f"/{theirs['id']}/acceptance", agreed))["status"] == "accepted"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE grant_award SET status = 'completed'",
        "UPDATE grant_award SET proposed_by = decided_by",
        "UPDATE grant_award SET drawn_pence = own_pence + 1",
        "UPDATE grant_award SET returned_pence = 1",
        "UPDATE grant_award SET recipient_id = 'another'",
        "UPDATE grant_snapshot SET amount_pence = 1",
        "UPDATE grant_snapshot SET status = 'proposed'",
        "UPDATE grant_instalment SET amount_pence = amount_pence + 1",
        "UPDATE grant_instalment SET drawn_pence = amount_pence + 1",
        "UPDATE grant_source SET amount_pence = amount_pence + 1",
        "UPDATE grant_history SET reason = 'another'",
        "DELETE FROM grant_award",
        "INSERT INTO grant_history SELECT * FROM grant_history",
    ],
)
async def test_the_database_refuses_what_no_step_does(grants: Grants, change: str) -> None:
    await grants.award()
    async with grants.steps.funding.session() as session:
        with pytest.raises(DBAPIError):
            await session.execute(text(change))
        await session.rollback()


@pytest.mark.parametrize(
    ("table", "steps_named"),
    [
        ("grant_award", TRANSITIONS),
        ("grant_snapshot", SNAPSHOT_TRANSITIONS),
        ("grant_source", SOURCE_TRANSITIONS),
        ("grant_drawdown", DRAWDOWN_STEPS),
        ("grant_return", RETURN_STEPS),
        ("payable", PAYABLE_STEPS),
    ],
)
async def test_the_database_allows_the_steps_that_the_code_names(
    steps: Steps, table: str, steps_named: tuple[tuple[str, str], ...]
) -> None:
    assert await allowed_steps(steps.funding, table) == {f"{a}>{b}" for a, b in steps_named}
