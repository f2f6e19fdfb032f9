"""A funding service in which every kind of record of the money has been written."""

from datetime import timedelta

from bank_return_steps import imported, line_of
from chassis import clock
from funding.fee_policy_drafts.schemas import EXAMPLE as FEE_EXAMPLE
from funding.policy_drafts.schemas import EXAMPLE
from funding_facts import Steps, booking_cancelled, cpd_completed, run_changed, school_changed
from grant_steps import Grants, Panel, a_busy_grant
from statement_facts import Months


async def a_busy_platform(steps: Steps) -> None:
    """Bursaries in every state that money can be in, fees and quotes, grants, a closed month; every table has rows."""
    await _grants(steps)
    await _closed_months(steps)
    await _bursaries(steps)
    await _said_by_people(steps)


async def _grants(steps: Steps) -> None:
    grants = await Grants.begin(steps)
    await a_busy_grant(grants)
    drawn = await grants.accepted()
    await grants.draw(drawn, 100_00)
    await grants.spend(drawn, 50_00)
    await grants.claim_days(drawn)
    await grants.pay()
    await grants.draw(drawn, 10_00)
    await (await Panel.begin(grants)).scored()


async def _closed_months(steps: Steps) -> None:
    months = Months(steps)
    with months.last_month():
        await steps.an_approved_claim("900001")
        await steps.release((await steps.prepare_run()).json())
    [(_, payment_id)] = await months.payments()
    await months.recover(payment_id, 1_000)
    await months.close()
    of_nobody = {
        "reference": "NCCE9999999999",
        "amount_pence": 1_00,
        "sort_code_ending": "00",
        "account_ending": "0000",
    }
    await imported(steps, line_of(of_nobody))
    reply = await steps.post(steps.officer, f"/v1/ledger/periods/{months.month}/closure")
    assert reply.is_success, reply.text


async def _bursaries(steps: Steps) -> None:
    await steps.an_approved_claim("900002")
    await steps.prepare_run()
    await steps.an_approved_claim("900003")
    teacher, booking, bursary = await steps.an_eligible_bursary("900004")
    await steps.approve(bursary)
    await steps.funding.deliver(cpd_completed(booking))
    await steps.claim(teacher, bursary)
    teacher, booking, bursary = await steps.an_eligible_bursary("900005")
    await steps.approve(bursary)
    await steps.funding.deliver(booking_cancelled(booking))
    teacher, _, _ = await steps.an_eligible_bursary("900006")
    run = run_changed()
    await steps.funding.deliver(run)
    await steps.quote(teacher, run)
    await steps.funding.deliver(school_changed("900007"))


async def _said_by_people(steps: Steps) -> None:
    """An allocation, a forecast, a fact that somebody attests, and drafts of policies."""
    attested = {
        "school_urn": "900008",
        "fact": "area.category",
        "value": 5,
        "reason": "The list leaves the district out.",
        "evidence": "File F-2026-114",
        "expires_on": str(clock.today() + timedelta(days=100)),
    }
    for path, body in (
        ("/v1/allocations", {"to_budget": "cpd-bursaries", "amount_pence": 1, "reason": "The award."}),
        ("/v1/budgets/cpd-bursaries/forecasts", {"forecast_pence": 9_000_000, "reason": "As last year."}),
        ("/v1/overrides", attested),
        ("/v1/policy-drafts", dict(EXAMPLE)),
        ("/v1/fee-policy-drafts", dict(FEE_EXAMPLE)),
    ):
        reply = await steps.post(steps.officer, path, body)
        assert reply.status_code == 201, reply.text
