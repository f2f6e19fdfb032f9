"""A pound explained from the payment back, and a report whose every sum is the ledger's."""

import csv
import io
import re
from datetime import timedelta
from xml.etree import ElementTree

from sqlalchemy import text

from browser import chromium, is_wider_than_the_window, violations
from builders import a_school_lead, staff
from chassis import clock
from contracts.hubs import BookingPlaced
from funding_facts import JSON, PRIMARY_TWO_DAYS_PENCE, Steps, cpd_completed
from statement_facts import Months

PAID = PRIMARY_TWO_DAYS_PENCE


async def a_payment(steps: Steps, urn: str = "900001") -> tuple[BookingPlaced, JSON, str]:
    """A paid bursary, its booking, and the payment's id."""
    teacher, booking, bursary = await steps.an_eligible_bursary(urn)
    await steps.approve(bursary)
    await steps.funding.deliver(cpd_completed(booking))
    claim = (await steps.claim(teacher, bursary)).json()
    await steps.approve_claim(claim)
    await steps.release((await steps.prepare_run()).json())
    return booking, bursary, claim["id"]


async def test_a_payment_is_explained_back_to_its_facts(steps: Steps) -> None:
    booking, bursary, payment_id = await a_payment(steps)
    told = (await steps.get(steps.auditor, f"/v1/payments/{payment_id}/explanation")).json()
    assert told["payment"]["amount_pence"] == PAID == sum(one["amount_pence"] for one in told["decision"]["trace"])
    assert told["bursary"]["bursary_id"] == bursary["id"]
    assert told["decision"]["is_replayed"]
    assert all(one["source"] for one in told["decision"]["criteria"])
    assert told["evidence"]["counts"]
    people = {one["step"]: one["person_id"] for one in told["people"]}
    assert people == {
        "applied": str(booking.teacher_id),
        "claimed": str(booking.teacher_id),
        "approved the bursary": str(steps.approver.id),
        "approved the claim": str(steps.officer.id),
        "prepared the payment run": str(steps.payment_officer.id),
        "released the payment run": str(steps.releaser.id),
    }
    assert [one["kind"] for one in told["postings"]] == ["reservation"] * 2 + ["accrual"] * 2 + ["payment"] * 2
    assert sum(one["amount_pence"] for one in told["postings"]) == 0
    words = (await steps.get(steps.auditor, f"/v1/payments/{payment_id}/explanation.txt")).text
    assert words.splitlines() == told["sentences"]
    assert words.startswith("£370.00 for School 900001 (synthetic) (900001) was paid on ")
    assert "Bursary: 2 days at £220.00 make £440.00." in words


async def test_a_school_learns_no_names_and_another_school_nothing(steps: Steps) -> None:
    _, _, payment_id = await a_payment(steps)
    path = f"/v1/payments/{payment_id}/explanation"
    told = (await steps.get(a_school_lead("900001"), path)).json()
    assert (told["people"], told["postings"]) == (None, None)
    assert str(steps.approver.id) not in str(told)
    assert (await steps.get(a_school_lead("900002"), path)).status_code == 404
    assert (await steps.get(staff("hub_lead"), path)).status_code == 403


async def test_what_came_back_is_part_of_the_explanation(steps: Steps) -> None:
    _, _, payment_id = await a_payment(steps)
    months = Months(steps)
    await months.recover(payment_id, 1_000)
    told = (await steps.get(steps.auditor, f"/v1/payments/{payment_id}/explanation")).json()
    assert [one["recovered_pence"] for one in told["recoveries"]] == [1_000]
    assert [one["kind"] for one in told["postings"]][-2:] == ["recovery"] * 2
    assert any("£10.00 came back" in sentence for sentence in told["sentences"])


async def recomputed(steps: Steps) -> int:
    """What was spent, by the accounts alone."""
    async with steps.funding.session() as session:
        query = text("SELECT sum(balance_pence)::bigint FROM ledger_account WHERE kind = 'paid'")
        found: int = (await session.execute(query)).scalar_one()
        return found


async def test_every_breakdown_of_the_report_is_the_ledgers_sum(steps: Steps) -> None:
    for urn in ("900001", "900002"):
        _, _, payment_id = await a_payment(steps, urn)
    await Months(steps).recover(payment_id, 1_001)
    made = (await steps.get(steps.auditor, "/v1/reports/funder")).json()
    spent = await recomputed(steps)
    assert made["spent_pence"] == spent == 2 * PAID - 1_001
    for name in ("lot", "region", "phase", "category", "budget"):
        parts = made[f"by_{name}"]
        assert sum(one["spent_pence"] for one in parts) == spent
        assert sum(one["bursaries_pence"] for one in parts) == 2 * PAID
        assert sum(one["came_back_pence"] for one in parts) == 1_001
    assert [one["name"] for one in made["by_region"]] == ["East of England"]
    assert [one["name"] for one in made["by_category"]] == ["Category 5"]
    assert [one["name"] for one in made["by_phase"]] == ["Primary"]
    [money] = [one for one in made["money"] if one["budget"] == "cpd-bursaries"]
    assert (money["paid_pence"], money["forecast_pence"], money["is_forecast"]) == (spent, spent, False)
    assert {one["target"]: one["wanted"] for one in made["targets"]} == {"gcse-teachers": 8_000, "hubs": 40}


async def test_the_report_is_of_the_days_asked_for(steps: Steps) -> None:
    await a_payment(steps)
    today = clock.today()
    for query, spent in (
        ({"from_on": today, "to_on": today}, PAID),
        ({"from_on": today + timedelta(days=1)}, 0),
        ({"to_on": today - timedelta(days=1)}, 0),
    ):
        assert (await steps.get(steps.auditor, "/v1/reports/funder", **query)).json()["spent_pence"] == spent


async def test_page_and_spreadsheet_say_the_same(steps: Steps) -> None:
    await a_payment(steps)
    rows = list(csv.DictReader(io.StringIO((await steps.get(steps.auditor, "/v1/reports/funder.csv")).text)))
    assert {row["by"]: row["spent_pence"] for row in rows} == dict.fromkeys(
        ("lot", "region", "phase", "category", "budget"), str(PAID)
    )
    reply = await steps.get(steps.auditor, "/v1/reports/funder.html")
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    page = reply.text
    assert "<script" not in page
    assert not re.search(r"(src|href)=", page)
    for drawing in re.findall(r"<svg.*?</svg>", page, re.S):
        drawn = ElementTree.fromstring(drawing)  # noqa: S314 # our own page
        assert (drawn.get("role"), bool(drawn.get("aria-label"))) == ("img", True)
    assert page.count("£370.00") >= 5
    assert page.count("<caption>") == page.count("<table>")


async def test_the_page_is_accessible_and_fits_a_narrow_window(steps: Steps) -> None:
    await a_payment(steps)
    page_text = (await steps.get(steps.auditor, "/v1/reports/funder.html")).text
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": 320, "height": 800})
        await page.set_content(page_text)
        assert await violations(page) == []
        assert not await is_wider_than_the_window(page)
