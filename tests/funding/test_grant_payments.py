"""A grant's money on its way to the bank: from an application to the line of the BACS file."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bacs_reading import read
from builders import staff
from chassis.principal import Principal
from funding.grants.models import RecipientKind
from funding.payables.payments import payee_key
from funding.payees.models import PayeeKind
from funding_facts import Steps
from funding_money import BANK_DETAILS
from grant_steps import APPROVED, BUDGET, CALL, Grants, Panel

FUNDED = {"outcome": "funded", "feedback": "A strong plan."}
SET_UP = 48_000_00


async def test_a_grant_goes_from_its_application_to_the_banks_file(steps: Steps) -> None:
    grants = await Grants.begin(steps)
    panel = await Panel.begin(grants)
    application = await panel.moderated()
    funded = (await panel.post(steps.approver, f"/{application['id']}/decision", FUNDED)).json()
    another = staff("funding_approver")
    await grants.post(another, f"/{funded['grant_id']}/approval", APPROVED)
    agreed = {"agreement_version": CALL["agreement"]["version"], "name": "Ada Example", "position": "Hub lead"}
    grant = await grants.post(grants.lead, f"/{funded['grant_id']}/acceptance", agreed)
    await grants.draw(grant, SET_UP)
    await grants.have_payee()
    run = (await steps.prepare_run(BUDGET)).json()
    [item] = run["items"]
    assert (run["needs_fourth_person"], sorted(item["flags"])) == (True, ["first_payee", "large_payment"])
    approved = await steps.approved_run(run)
    for involved in (another, steps.approver, steps.officer, grants.lead):
        with pytest.raises(IntegrityError, match="another_person"):
            await send(steps, involved, run["id"])
    released = (await steps.release(approved)).json()
    made = await steps.post(steps.releaser, f"/v1/payment-runs/{run['id']}/files/bacs/download")
    paid, contra = read(made.text).records
    assert (paid.sort_code, paid.account_number) == (BANK_DETAILS["sort_code"], BANK_DETAILS["account_number"])
    assert (paid.pence, contra.pence, paid.reference.strip()) == (SET_UP, SET_UP, released["items"][0]["reference"])
    assert (await grants.read(grant))["drawn_pence"] == SET_UP
    await explained(grants, item["award_id"], application["id"])
    assert (await steps.balances(BUDGET))["paid"] == SET_UP


async def explained(grants: Grants, payable_id: str, application_id: str) -> None:
    """From the run's line back to the application, by everybody who had a part in it."""
    steps, path = grants.steps, f"/v1/payables/{payable_id}/explanation"
    told = (await steps.get(steps.auditor, path)).json()
    assert (told["owed"]["amount_pence"], told["award"]["application_id"]) == (SET_UP, application_id)
    assert told["calculated"]["is_replayed"]
    assert sum(one["amount_pence"] for one in told["calculated"]["calculation"]["lines"]) == SET_UP
    assert [one["step"].partition(" payment run")[0] for one in told["people"]] == [
        *("applied for the grant", "proposed the award", "approved the award", "agreed for the recipient"),
        *("asked for the money", "approved that", "prepared", "checked", "approved", "released"),
    ]
    assert {one["kind"] for one in told["postings"]} == {"reservation", "accrual", "payment"}
    words = (await steps.get(grants.lead, f"{path}.txt")).text
    assert "Evidence: Register 1." in words
    assert str(steps.approver.id) not in words
    own = (await steps.get(grants.lead, path)).json()
    assert (own["people"], own["postings"]) == (None, None)
    for stranger in (staff("hub_lead"), staff("school_lead")):
        assert (await steps.get(stranger, path)).json()["code"] == "payable-not-found"


async def send(steps: Steps, caller: Principal, run_id: str) -> None:
    """Release a run past the service."""
    told = {"caller": caller.id, "run_id": run_id}
    async with steps.funding.session() as session:
        await session.execute(
            text("UPDATE payment_run SET status = 'released', released_by = :caller WHERE id = :run_id"), told
        )
        await session.execute(
            text(
                "UPDATE payment SET status = 'sent', released_at = now(), released_by = :caller "
                "WHERE payment_run_id = :run_id"
            ),
            told,
        )


def test_every_kind_of_recipient_can_be_a_payee() -> None:
    assert {payee_key(kind, "1").removesuffix(":1") for kind in RecipientKind} <= set(PayeeKind)
