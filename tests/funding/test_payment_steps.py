"""The four steps of a payment run: by different people, on the content that was seen, void after any edit."""

import asyncio
import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from builders import staff
from chassis import clock
from funding.payment_runs import service as runs
from funding.payment_runs.working_days import bank_holidays, is_working_day, next_working_day
from funding_facts import JSON, PRIMARY_TWO_DAYS_PENCE, Steps, cpd_completed
from funding_money import BANK_DETAILS, a_new_payee, confirmed
from harness import ServiceHarness

EVERYTHING = ("funding_approver", "funding_officer", "payment_officer", "administrator", "auditor")


@pytest.fixture
async def run(steps: Steps) -> JSON:
    """A draft of two payments."""
    for urn in ("900001", "900002"):
        await steps.an_approved_claim(urn)
    found: JSON = (await steps.prepare_run()).json()
    return found


async def now(steps: Steps, run: JSON) -> JSON:
    """The run as it is."""
    found: JSON = (await steps.get(steps.auditor, f"/v1/payment-runs/{run['id']}")).json()
    return found


async def alter(funding: ServiceHarness, statement: str) -> None:
    """Run a statement past the service."""
    async with funding.session() as session:
        await session.execute(text(statement))


async def test_a_run_is_checked_approved_and_released_by_people_who_had_no_part_before(steps: Steps, run: JSON) -> None:
    assert (run["status"], run["needs_fourth_person"]) == ("draft", True)
    assert {flag for item in run["items"] for flag in item["flags"]} == {"first_payee"}
    assert (await steps.check_run(run, steps.payment_officer)).json()["code"] == "same-person"
    assert (await steps.decide_run(run)).json()["code"] == "wrong-step"
    checked = (await steps.check_run(run)).json()
    assert (checked["status"], checked["checked_by"]) == ("checked", str(steps.checker.id))
    for involved in (steps.payment_officer, steps.checker):
        assert (await steps.decide_run(run, involved)).json()["code"] == "same-person"
    early = await steps.post(steps.releaser, f"/v1/payment-runs/{run['id']}/release")
    assert (early.status_code, early.json()["code"]) == (409, "wrong-step")
    approved = (await steps.decide_run(run)).json()
    for involved in (steps.payment_officer, steps.checker, steps.run_approver):
        assert (await steps.release(approved, involved)).json()["code"] == "same-person"
    assert (await steps.release(approved)).json()["status"] == "released"


async def test_without_flags_three_people_are_enough_and_two_never_are(steps: Steps, run: JSON) -> None:
    await steps.release(run)
    # Of another academic year, for a school that was paid before by the same details.
    teacher, booking = await steps.a_booking("900001", starts_on=date(2027, 10, 4), ends_on=date(2027, 10, 5))
    bursary = await steps.apply(teacher, booking)
    await steps.approve(bursary)
    await steps.funding.deliver(cpd_completed(booking))
    assert (await steps.approve_claim((await steps.claim(teacher, bursary)).json())).status_code == 200
    third = (await steps.prepare_run()).json()
    assert (third["needs_fourth_person"], [one["flags"] for one in third["items"]]) == (False, [[]])
    assert (await steps.check_run(third)).status_code == 200
    assert (await steps.decide_run(third, steps.checker)).json()["status"] == "approved"
    assert (await steps.release(await now(steps, third), steps.checker)).json()["code"] == "same-person"
    assert (await steps.release(await now(steps, third))).status_code == 200


async def test_the_hash_is_of_the_lines_that_anybody_can_write_down(steps: Steps, run: JSON) -> None:
    async with steps.funding.session() as session:
        details = {
            row.payee_id: row.id for row in await session.execute(text("SELECT id, payee_id FROM payee_details"))
        }
    head = [run["id"], run["budget"], run["processing_on"], "2", str(run["amount_pence"]), "t"]
    lines = ["|".join(head).replace("|t", "|true").replace("|true", "|t")]
    for item in sorted(run["items"], key=lambda one: one["reference"]):
        details_id = next(str(id_) for payee, id_ in details.items() if str(payee) == item["payee_id"])
        known = (item["reference"], "claim", item["claim_id"], "1", item["payee_id"], details_id)
        lines.append("|".join((*known, str(item["amount_pence"]), ",".join(item["flags"]))))
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == run["content_sha256"]


async def test_what_is_checked_or_approved_is_what_was_seen(steps: Steps, run: JSON) -> None:
    seen = run | {"content_sha256": "0" * 64}
    assert (await steps.check_run(seen)).json()["code"] == "content-differs"
    await steps.check_run(run)
    assert (await steps.decide_run(seen)).json()["code"] == "content-differs"


@pytest.mark.parametrize("edit", ["removals", "processing-day"])
async def test_any_edit_takes_check_and_approval_back(steps: Steps, run: JSON, edit: str) -> None:
    approved = await steps.approved_run(run)
    later = next_working_day(date.fromisoformat(run["processing_on"]))
    body: JSON = {"processing_on": str(later)}
    if edit == "removals":
        body = {"payment_id": run["items"][0]["id"], "reason": "Later."}
    edited = (await steps.post(steps.payment_officer, f"/v1/payment-runs/{run['id']}/{edit}", body)).json()
    assert (edited["status"], edited["checked_by"], edited["approved_by"]) == ("draft", None, None)
    assert edited["content_sha256"] != approved["content_sha256"]
    stale = await steps.post(steps.releaser, f"/v1/payment-runs/{run['id']}/release")
    assert stale.json()["code"] == "wrong-step"
    assert (await steps.check_run(run)).json()["code"] == "content-differs"
    assert (await steps.release(edited)).json()["status"] == "released"


async def test_a_payment_that_was_taken_out_waits_for_the_next_run(steps: Steps, run: JSON) -> None:
    taken = {"payment_id": run["items"][0]["id"], "reason": "The school asked to wait."}
    path = f"/v1/payment-runs/{run['id']}"
    left = (await steps.post(steps.payment_officer, f"{path}/removals", taken)).json()
    assert (left["payments"], left["amount_pence"]) == (1, PRIMARY_TWO_DAYS_PENCE)
    assert (await steps.post(steps.payment_officer, f"{path}/removals", taken)).json()["code"] == "payment-not-found"
    last = {"payment_id": left["items"][0]["id"], "reason": "Both."}
    assert (await steps.post(steps.payment_officer, f"{path}/removals", last)).json()["code"] == "wrong-step"
    waiting = (await steps.get(steps.auditor, "/v1/payment-runs/waiting", budget="cpd-bursaries")).json()["data"]
    assert [one["award_id"] for one in waiting] == [run["items"][0]["award_id"]]
    cancelled = await steps.post(steps.payment_officer, f"{path}/cancellation", {"reason": "Prepared by mistake."})
    assert (cancelled.json()["status"], cancelled.json()["items"]) == ("cancelled", [])
    assert (await steps.prepare_run()).json()["payments"] == 2
    assert (await steps.post(steps.payment_officer, f"{path}/cancellation", {"reason": "Again."})).status_code == 409


REFUSED = (
    "UPDATE payment_run SET status = 'released', released_by = gen_random_uuid(), released_at = now()",
    "UPDATE payment_run SET status = 'approved', approved_by = gen_random_uuid()",
    "UPDATE payment_run SET status = 'checked', checked_by = prepared_by, "
    "content_sha256 = payment_run_digest(payment_run)",
    "UPDATE payment_run SET status = 'checked', checked_by = gen_random_uuid(), content_sha256 = repeat('0', 64)",
    "UPDATE payment_run SET controls = 1",
    "UPDATE payment_run SET prepared_by = gen_random_uuid()",
    "UPDATE payment SET status = 'sent', released_by = gen_random_uuid(), released_at = now()",
    "DELETE FROM payment_run",
    "TRUNCATE payment CASCADE",
)


@pytest.mark.parametrize("statement", REFUSED)
async def test_no_step_can_be_skipped_at_the_database(steps: Steps, run: JSON, statement: str) -> None:
    with pytest.raises(IntegrityError):
        await alter(steps.funding, statement)


AFTER_APPROVAL = (
    "UPDATE payment_run SET amount_pence = amount_pence + 1",
    "UPDATE payment_run SET processing_on = processing_on + 1",
    "UPDATE payment_run SET approved_by = prepared_by",
    "UPDATE payment_run SET approved_by = checked_by",
    "UPDATE payment_run SET needs_fourth_person = false",
    "UPDATE payment_run SET content_sha256 = repeat('0', 64)",
    "UPDATE payment_run SET status = 'released', released_at = now(), released_by = prepared_by",
    "UPDATE payment_run SET status = 'released', released_at = now(), released_by = checked_by",
    "UPDATE payment_run SET status = 'released', released_at = now(), released_by = approved_by",
)


@pytest.mark.parametrize("statement", AFTER_APPROVAL)
async def test_an_approved_run_is_neither_edited_nor_released_by_its_people_at_the_database(
    steps: Steps, run: JSON, statement: str
) -> None:
    await steps.approved_run(run)
    with pytest.raises(IntegrityError):
        await alter(steps.funding, statement)


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE payment SET amount_pence = amount_pence + 1",
        "UPDATE payment SET flags = '{}'",
        "UPDATE payment SET people = '{}'",
        "DELETE FROM payment WHERE reference = (SELECT min(reference) FROM payment)",
    ],
)
async def test_an_edit_past_the_service_takes_the_approval_back_too(steps: Steps, run: JSON, edit: str) -> None:
    await steps.approved_run(run)
    await alter(steps.funding, edit)
    left = await now(steps, run)
    assert (left["status"], left["checked_by"], left["approved_by"]) == ("draft", None, None)


async def test_nothing_of_a_released_run_changes(steps: Steps, run: JSON) -> None:
    await steps.release(run)
    for statement in (
        "UPDATE payment SET amount_pence = 1",
        "UPDATE payment SET payee_id = NULL",
        "UPDATE payment SET released_by = gen_random_uuid()",
        "DELETE FROM payment",
        "UPDATE payment_run SET status = 'draft'",
        "UPDATE payment_run SET amount_pence = 1",
        "UPDATE payment_run SET released_by = gen_random_uuid()",
    ):
        with pytest.raises(IntegrityError):
            await alter(steps.funding, statement)
    for step in ("removals", "cancellation", "processing-day"):
        body: JSON = {"reason": "Too late."}
        if step == "removals":
            body["payment_id"] = run["items"][0]["id"]
        if step == "processing-day":
            body = {"processing_on": run["processing_on"]}
        late = await steps.post(steps.payment_officer, f"/v1/payment-runs/{run['id']}/{step}", body)
        assert (late.status_code, late.json()["code"]) == (409, "already-released")


async def test_one_person_with_every_role_takes_one_step(steps: Steps, run: JSON) -> None:
    powers = staff(*EVERYTHING)
    assert (await steps.check_run(run, powers)).status_code == 200
    assert (await steps.decide_run(run, powers)).json()["code"] == "same-person"
    await steps.decide_run(run)
    assert (await steps.release(await now(steps, run), powers)).json()["code"] == "same-person"


async def test_a_payee_without_details_or_with_fresh_ones_waits(steps: Steps) -> None:
    for urn in ("900301", "900302"):
        await steps.an_approved_claim(urn)
    [payee] = (await steps.get(steps.auditor, "/v1/payees", kind="school", reference="900301")).json()["data"]
    path = f"/v1/payees/{payee['id']}/details"
    await steps.post(steps.payment_officer, path, BANK_DETAILS)
    await steps.post(steps.officer, f"{path}/2/decision", confirmed())
    await alter(steps.funding, "DELETE FROM payee_collection WHERE payee_key = 'school:900302'")
    waiting = (await steps.get(steps.auditor, "/v1/payment-runs/waiting", budget="cpd-bursaries")).json()["data"]
    assert {one["payee_key"]: one["held_because"] for one in waiting} == {
        "school:900301": "cooling-off",
        "school:900302": "no-payee",
    }
    nothing = await steps.prepare_run()
    assert (nothing.status_code, nothing.json()["held"]) == (
        409,
        ["cooling-off: school:900301", "no-payee: school:900302"],
    )


async def test_details_that_change_during_a_run_stop_it(steps: Steps, run: JSON) -> None:
    item = run["items"][0]
    path = f"/v1/payees/{item['payee_id']}/details"
    approved = await steps.approved_run(run)
    await steps.post(steps.payment_officer, path, BANK_DETAILS)
    await steps.post(steps.officer, f"{path}/2/decision", confirmed())
    stopped = await steps.release(approved)
    assert (stopped.status_code, stopped.json()["code"]) == (409, "payee-not-ready")
    assert stopped.json()["references"] == [item["reference"]]


async def test_the_database_pays_nobody_before_the_pause_is_over(steps: Steps, run: JSON) -> None:
    with pytest.raises(IntegrityError, match="fk_payment_details_id_payee_id_usable_from_at"):
        await alter(steps.funding, "UPDATE payment SET usable_from_at = now() - interval '1 day'")
    other = await a_new_payee(steps, "800001")
    with pytest.raises(IntegrityError, match="fk_payment"):
        await alter(steps.funding, f"UPDATE payment SET payee_id = '{other['id']}'")


async def test_large_payments_and_large_runs_need_a_fourth_person(steps: Steps, run: JSON) -> None:
    settings: Any = steps.funding.settings
    assert (settings.large_payment_pence, settings.large_run_pence) == (500_000, 5_000_000)
    async with steps.funding.session() as session:
        assert runs._needs_fourth_person(session, 5_000_000, [])
        assert not runs._needs_fourth_person(session, 4_999_999, [()])
        assert runs._needs_fourth_person(session, 1, [("override",)])


@pytest.mark.parametrize("away", [timedelta(0), timedelta(days=-1), timedelta(days=60)])
async def test_a_run_is_processed_on_a_working_day_within_a_month(steps: Steps, run: JSON, away: timedelta) -> None:
    path = f"/v1/payment-runs/{run['id']}/processing-day"
    wrong = await steps.post(steps.payment_officer, path, {"processing_on": str(clock.today() + away)})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "processing-day-wrong")
    saturday = clock.today() + timedelta(days=(5 - clock.today().weekday()) % 7 + 7)
    assert (await steps.post(steps.payment_officer, path, {"processing_on": str(saturday)})).status_code == 422


def easter(year: int) -> date:
    """Easter Sunday by the rule of Gauss as Meeus gives it."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    shifted = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + shifted - 7 * ((a + 11 * h + 22 * shifted) // 451) + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2028])
def test_the_bank_holidays_are_those_that_the_rules_give(year: int) -> None:
    def monday(on_or_after: date) -> date:
        return on_or_after + timedelta(days=-on_or_after.weekday() % 7)

    expected = {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1), monday(date(year, 5, 1))}
    expected |= {monday(date(year, 5, 25)), monday(date(year, 8, 25))}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while fixed.weekday() > 4 or fixed in expected:
            fixed += timedelta(days=1)
        expected.add(fixed)
    assert {day for day in bank_holidays() if day.year == year} == expected
    assert not any(is_working_day(day) for day in expected)


async def test_a_confirmed_run_says_where_it_is_on_the_banks_statement(steps: Steps, run: JSON) -> None:
    path = f"/v1/payment-runs/{run['id']}/confirmation"
    assert (await steps.post(steps.checker, path, {"bank_reference": "p3"})).json()["code"] == "wrong-step"
    await steps.release(run)
    confirmed_ = (await steps.post(steps.checker, path, {"bank_reference": "p3"})).json()
    assert (confirmed_["status"], confirmed_["bank_reference"]) == ("confirmed", "p3")
    assert (await steps.post(steps.checker, path, {"bank_reference": "p3"})).status_code == 409


async def test_of_two_runs_prepared_and_released_at_once_each_claim_is_in_one(steps: Steps, run: JSON) -> None:
    approved = await steps.approved_run(run)
    replies = await asyncio.gather(*(steps.release(approved, staff("payment_officer")) for _ in range(4)))
    assert sorted(reply.status_code for reply in replies) == [200, 409, 409, 409]
    with pytest.raises(IntegrityError, match="uq_payment_live_award"):
        await alter(
            steps.funding,
            "WITH again AS (INSERT INTO payment_run (id, budget, status, payments, amount_pence, prepared_by, "
            "prepared_at, controls) SELECT gen_random_uuid(), budget, 'draft', 1, amount_pence, prepared_by, now(), 2 "
            "FROM payment_run RETURNING id) INSERT INTO payment (payment_run_id, award_kind, award_id, attempt, "
            "status, journal_source, amount_pence, claim_id, bursary_id, payee_urn, claimant_id, bursary_approved_by, "
            "claim_approved_by) SELECT again.id, 'claim', award_id, 2, 'planned', 'again', payment.amount_pence, "
            "claim_id, bursary_id, payee_urn, claimant_id, bursary_approved_by, claim_approved_by FROM payment, again",
        )
