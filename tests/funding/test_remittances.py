"""What a payment was for, told to its payee's people and to nobody else, and mailed once."""

import csv
import io

from bank_return_steps import a_released_run, imported, line_of
from builders import a_school_lead, partner, staff
from chassis.ids import new_id
from contracts.funding import RemittanceIssued
from funding_facts import JSON, PRIMARY_TWO_DAYS_PENCE, Steps
from grant_steps import BUDGET, Grants

PAID = PRIMARY_TWO_DAYS_PENCE


async def confirm(steps: Steps, run: JSON) -> None:
    path = f"/v1/payment-runs/{run['id']}/confirmation"
    assert (await steps.post(steps.checker, path, {"bank_reference": "p3"})).status_code == 200


async def test_a_school_reads_what_its_payment_is_made_up_of(steps: Steps) -> None:
    run = await a_released_run(steps, "900001", "900002")
    item = next(one for one in run["items"] if one["payee_urn"] == "900001")
    lead = a_school_lead("900001")
    [listed] = (await steps.get(lead, "/v1/payments")).json()["data"]
    assert (listed["payment_id"], listed["reference"]) == (item["id"], item["reference"])
    path = f"/v1/payments/{item['id']}/remittance"
    told = (await steps.get(lead, path)).json()
    assert (told["amount_pence"], sum(line["amount_pence"] for line in told["lines"])) == (PAID, PAID)
    assert (told["status"], told["confirmed_at"], told["course_code"]) == ("sent", None, "CP228")
    assert (told["processing_on"], told["arrives_on"]) == (run["processing_on"], run["arrives_on"])
    assert told["account_ending"] == item["account_ending"]
    assert told["payer"] == steps.funding.settings.bacs_account_name  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO((await steps.get(lead, f"{path}.csv")).text)))
    assert sum(int(row["amount_pence"]) for row in rows) == PAID
    drawn = await steps.get(lead, f"{path}.pdf")
    assert (drawn.status_code, drawn.headers["Content-Type"]) == (200, "application/pdf")
    assert drawn.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in drawn.content
    assert drawn.content == (await steps.get(lead, f"{path}.pdf")).content
    by_claim = (await steps.get(steps.auditor, f"/v1/payments/{item['claim_id']}/remittance")).json()
    assert by_claim["payment_id"] == item["id"]
    assert len((await steps.get(steps.auditor, "/v1/payments")).json()["data"]) == 2


async def test_others_learn_nothing_of_it(steps: Steps) -> None:
    run = await a_released_run(steps, "900001")
    path = f"/v1/payments/{run['items'][0]['id']}/remittance"
    for other in (
        a_school_lead("900002"),
        staff("hub_lead", organisation_id=new_id()),
        partner("statements:read"),
    ):
        for ending in ("", ".csv", ".pdf"):
            hidden = await steps.get(other, f"{path}{ending}")
            assert (hidden.status_code, hidden.json()["code"]) == (404, "payment-not-found")
        assert (await steps.get(other, "/v1/payments")).json()["data"] == []


async def test_nothing_is_told_of_a_payment_that_has_not_left(steps: Steps) -> None:
    await steps.an_approved_claim("900001")
    run = (await steps.prepare_run()).json()
    assert (await steps.get(steps.auditor, f"/v1/payments/{run['items'][0]['id']}/remittance")).status_code == 404
    assert (await steps.get(steps.auditor, "/v1/payments")).json()["data"] == []


async def test_a_hub_reads_what_it_was_granted(steps: Steps) -> None:
    grants = await Grants.begin(steps)
    await grants.draw(await grants.accepted(), 100_00)
    await grants.pay()
    [listed] = (await steps.get(grants.lead, "/v1/payments", status="sent")).json()["data"]
    told = (await steps.get(grants.lead, f"/v1/payments/{listed['payment_id']}/remittance")).json()
    assert (told["budget"], told["course_code"]) == (BUDGET, None)
    assert [line["amount_pence"] for line in told["lines"]] == [100_00]
    assert (await steps.get(grants.lead, f"/v1/payments/{listed['payment_id']}/remittance.pdf")).is_success


async def test_payees_are_told_once_the_bank_has_debited_it_and_not_of_what_came_back(steps: Steps) -> None:
    run = await a_released_run(steps, "900001", "900002")
    first, second = run["items"]
    assert await steps.funding.published(RemittanceIssued) == []
    await imported(steps, line_of(first))
    await confirm(steps, run)
    [told] = await steps.funding.published(RemittanceIssued)
    assert (str(told.payment_id), told.payee_kind, told.payee_reference) == (
        second["id"],
        "school",
        second["payee_urn"],
    )
    assert (told.amount_pence, told.reference) == (PAID, second["reference"])
    assert str(told.arrives_on) == run["arrives_on"]
    advice = (await steps.get(a_school_lead(first["payee_urn"]), f"/v1/payments/{first['id']}/remittance")).json()
    assert advice["status"] == "returned"
    drawn = await steps.get(steps.auditor, f"/v1/payments/{first['id']}/remittance.pdf")
    assert drawn.content != (await steps.get(steps.auditor, f"/v1/payments/{second['id']}/remittance.pdf")).content
