"""What the bank sends back: matched beyond doubt or by two people, undone to the penny, and paid once in the end."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bank_return_steps import (
    HEADER,
    a_file,
    a_released_run,
    imported,
    line_of,
    new_details,
    run_now,
    send,
    with_accounts,
)
from builders import a_school_lead
from chassis import clock
from contracts.funding import BursaryPaid, BursaryPaymentReturned, PaymentReturned
from funding.app import SERVICE
from funding.bank_returns.rules import Candidate, Unmatched, Unreadable, parse, why_unmatched
from funding.verification import service as verification
from funding_facts import JSON, PRIMARY_TWO_DAYS_PENCE, Steps
from grant_steps import BUDGET, Grants
from harness import ServiceHarness
from statement_facts import Months

PAID = PRIMARY_TWO_DAYS_PENCE
TODAY = date(2026, 11, 22)
GOOD = "NCCE0000000001,370.00,08-99-99,66374958,2026-11-20,b,Account closed"


@pytest.fixture
async def funding(start_service: Callable[..., Awaitable[ServiceHarness]]) -> ServiceHarness:
    """Without the pause after new bank details."""
    return await start_service(SERVICE, seeded=True, payee_cooling_off_hours=0)


async def sound(steps: Steps) -> None:
    async with verification.snapshot(steps.funding.database) as connection:
        assert [finding async for finding in verification.verify(connection)] == []


async def waiting(steps: Steps, budget: str = "cpd-bursaries") -> list[JSON]:
    found: list[JSON] = (await steps.get(steps.auditor, "/v1/payment-runs/waiting", budget=budget)).json()["data"]
    return found


async def queue(steps: Steps) -> list[JSON]:
    found: list[JSON] = (await steps.get(steps.auditor, "/v1/bank-returns/lines")).json()["data"]
    return found


async def resolve(steps: Steps, line: JSON, **said: str) -> JSON:
    path = f"/v1/bank-returns/lines/{line['id']}/resolution"
    found: JSON = (await steps.post(steps.payment_officer, path, {"reason": "As the bank says."} | said)).json()
    return found


async def agree(steps: Steps, line: JSON, outcome: str = "approved") -> JSON:
    path = f"/v1/bank-returns/lines/{line['id']}/resolution/decision"
    found: JSON = (await steps.post(steps.checker, path, {"outcome": outcome, "reason": "Seen."})).json()
    return found


def test_a_line_is_read_and_of_its_account_only_the_end_is_kept() -> None:
    [line] = parse(f"\ufeff{HEADER}\n{GOOD}\n\n".encode(), TODAY)
    assert (line.line, line.reference, line.amount_pence) == (2, "NCCE0000000001", 37_000)
    assert (line.sort_code_ending, line.account_ending, line.code) == ("99", "4958", "B")
    assert "6637" not in str(line)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("NCCE1,370,089999,66374958,2026-11-20,B,", "amount"),
        ("NCCE1,0.00,089999,66374958,2026-11-20,B,", "amount"),
        ("NCCE1,-1.00,089999,66374958,2026-11-20,B,", "amount"),
        ("NCCE1,٣70.00,089999,66374958,2026-11-20,B,", "amount"),
        (",370.00,089999,66374958,2026-11-20,B,", "reference"),
        ("NCCE1,370.00,0899,66374958,2026-11-20,B,", "sort_code"),
        ("NCCE1,370.00,089999,****,2026-11-20,B,", "account_number"),
        ("NCCE1,370.00,089999,66374958,20/11/2026,B,", "returned_on"),
        ("NCCE1,370.00,089999,66374958,2026-02-30,B,", "returned_on"),
        ("NCCE1,370.00,089999,66374958,2026-11-23,B,", "up to today"),
        ("NCCE1,370.00,089999,66374958,2026-11-20,,", "code"),
        (f"NCCE1,370.00,089999,66374958,2026-11-20,B,{'x' * 101}", "description"),
        ("NCCE1,370.00,089999,66374958,2026-11-20,B", "columns"),
        ('NCCE1,370.00,089999,66374958,2026-11-20,B,"x', "CSV"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_reason(wrong: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(a_file(GOOD, wrong), TODAY)
    assert refused.value.problems[0][0] == 3
    assert reason in refused.value.problems[0][1]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"reference\n1\n", a_file(), b"x" * (1024 * 1024 + 1)])
def test_a_file_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        parse(content, TODAY)


def test_a_line_is_a_payments_only_if_everything_agrees() -> None:
    [line] = parse(a_file(GOOD), TODAY)

    def why(status: str = "sent", pence: int = 37_000, end: str = "4958", recovered: bool = False) -> Unmatched | None:
        known = {"payment_id": PAYMENT, "status": status, "amount_pence": pence, "sort_code_ending": "99"}
        return why_unmatched(line, Candidate(**known, account_ending=end, is_being_recovered=recovered))  # type: ignore[arg-type]

    assert why() is None
    assert why_unmatched(line, None) == "unknown_reference"
    assert why(status="planned") == "not_sent"
    assert why(status="returned") == "already_returned"
    assert why(pence=36_999) == "amount_differs"
    assert why(end="4959") == "account_differs"
    assert why(recovered=True) == "being_recovered"


PAYMENT = "01920000-0000-7000-8000-000000000000"


async def test_a_returned_payment_is_undone_and_paid_once_in_the_end(steps: Steps) -> None:
    run = await a_released_run(steps, "900001", "900002")
    first, second = run["items"]
    before = await steps.balances()
    made = await imported(steps, line_of(first))
    assert (made["matched"], made["waiting"], made["items"][0]["payment_id"]) == (1, 0, first["id"])
    after = await steps.balances()
    assert (after["paid"], after["payable"]) == (before["paid"] - PAID, before["payable"] + PAID)
    now = await run_now(steps, run)
    assert (now["status"], now["returned_payments"], now["returned_pence"]) == ("partly_returned", 1, PAID)
    bursary = await steps.bursary({"id": first["bursary_id"]})
    assert bursary["status"] == "claimed"
    assert [(one["award_id"], one["held_because"]) for one in await waiting(steps)] == [(first["claim_id"], "returned")]
    assert (await steps.prepare_run()).json()["code"] == "nothing-to-pay"
    await new_details(steps, first["payee_id"])
    again = await a_released_run(steps)
    [item] = again["items"]
    assert (item["attempt"], item["claim_id"], item["flags"]) == (2, first["claim_id"], ["changed_details"])
    assert (await steps.bursary({"id": first["bursary_id"]}))["status"] == "paid"
    assert await steps.balances() == before
    history = (await steps.get(steps.auditor, f"/v1/bursaries/{first['bursary_id']}/history")).json()["data"]
    assert [one["to_status"] for one in history][-3:] == ["paid", "claimed", "paid"]
    paid = [one for one in await steps.funding.published(BursaryPaid) if str(one.bursary_id) == first["bursary_id"]]
    assert len(paid) == 2
    [told] = await steps.funding.published(BursaryPaymentReturned)
    assert str(told.bursary_id) == first["bursary_id"]
    [back] = await steps.funding.published(PaymentReturned)
    assert (str(back.payment_id), back.return_code) == (first["id"], "B")
    async with steps.funding.session() as session:
        entries = text("SELECT kind FROM entitlement_entry WHERE bursary_id = :id ORDER BY id")
        kinds = list(await session.scalars(entries, {"id": first["bursary_id"]}))
    assert kinds == ["reserve", "consume", "release", "reserve", "consume"]
    assert second["id"] not in {one["payment_id"] for one in made["items"]}
    await sound(steps)


async def test_a_run_of_which_all_comes_back_is_returned_also_after_it_was_confirmed(steps: Steps) -> None:
    run = await a_released_run(steps, "900001", "900002")
    await imported(steps, line_of(run["items"][0]))
    path = f"/v1/payment-runs/{run['id']}/confirmation"
    confirmed = (await steps.post(steps.checker, path, {"bank_reference": "p3"})).json()
    assert (confirmed["status"], confirmed["bank_reference"]) == ("partly_returned", "p3")
    await imported(steps, line_of(run["items"][1]))
    assert (await run_now(steps, run))["status"] == "returned"
    await sound(steps)


async def test_the_same_file_changes_nothing_however_often_it_comes(steps: Steps) -> None:
    run = await a_released_run(steps, "900001")
    content = a_file(line_of(run["items"][0]))
    replies = await asyncio.gather(*(send(steps, content) for _ in range(4)))
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.json()["id"] for reply in replies}) == 1
    assert (await steps.balances())["paid"] == 0
    # Another file with the same line: the payment is back already, so a person looks.
    other = await imported(steps, line_of(run["items"][0], description="Again"))
    assert [one["queued_because"] for one in other["items"]] == ["already_returned"]
    listed = (await steps.get(steps.auditor, "/v1/bank-returns")).json()["data"]
    assert [one["waiting"] for one in listed] == [1, 0]
    await sound(steps)


async def test_of_two_files_at_once_that_tell_of_one_payment_one_brings_it_back(steps: Steps) -> None:
    run = await a_released_run(steps, "900001", "900002")
    files = [
        a_file(*(line_of(one, description=str(at)) for one in run["items"][:: 1 - 2 * (at % 2)])) for at in range(4)
    ]
    replies = [reply.json() for reply in await asyncio.gather(*(send(steps, content) for content in files))]
    assert sorted(reply["matched"] for reply in replies) == [0, 0, 0, 2]
    assert (await steps.balances())["paid"] == 0
    await sound(steps)


async def test_a_return_and_a_recovery_at_once_leave_one_of_them(steps: Steps) -> None:
    for number in range(4):
        [item] = (await a_released_run(steps, f"90001{number}"))["items"]
        body = {"payment_id": item["id"], "amount_pence": PAID, "because": "overpayment", "reason": "Booked twice."}
        back, opened = await asyncio.gather(
            imported(steps, line_of(item)), steps.post(steps.officer, "/v1/recoveries", body)
        )
        assert (back["matched"], opened.status_code) in ((1, 404), (0, 201))
    await sound(steps)


async def test_a_bad_file_names_its_lines_and_imports_nothing(steps: Steps) -> None:
    run = await a_released_run(steps, "900001")
    reply = await send(steps, a_file(line_of(run["items"][0]), "NCCE1,1,089999,66374958,2026-11-20,B,"))
    assert (reply.status_code, reply.json()["code"]) == (422, "bank-return-unreadable")
    assert [one["line"] for one in reply.json()["problems"]] == [3]
    assert (await steps.get(steps.auditor, "/v1/bank-returns")).json()["data"] == []
    assert (await steps.balances())["paid"] == PAID


async def test_what_is_nobodys_by_itself_is_settled_by_two_people(steps: Steps) -> None:
    run = await a_released_run(steps, "900001", "900002")
    first, second = run["items"]
    await steps.an_approved_claim("900003")
    waiting_run = (await steps.prepare_run()).json()
    lines = (
        line_of(first, reference="SCHOOL MEADOW"),
        line_of(second, account_number="****0000"),
        line_of(first, amount="1.00"),
        line_of(first, reference=waiting_run["items"][0]["reference"]),
    )
    made = await imported(steps, *lines)
    assert [one["queued_because"] for one in made["items"]] == [
        *("unknown_reference", "account_differs", "amount_differs", "not_sent"),
    ]
    unknown, account, amount, _ = await queue(steps)
    refused = await resolve(steps, amount, outcome="payment", payment_id=first["id"])
    assert (refused["code"], refused["because"]) == ("not-this-payment", "amount_differs")
    assert (await resolve(steps, unknown, outcome="payment"))["code"] == "validation-failed"
    proposed = await resolve(steps, unknown, outcome="payment", payment_id=first["id"])
    assert proposed["status"] == "proposed"
    path = f"/v1/bank-returns/lines/{unknown['id']}/resolution/decision"
    own = await steps.post(steps.payment_officer, path, {"outcome": "approved", "reason": "Mine."})
    assert own.json()["code"] == "same-person"
    assert (await agree(steps, unknown, "declined"))["status"] == "queued"
    await resolve(steps, unknown, outcome="payment", payment_id=first["id"])
    settled = await agree(steps, unknown)
    assert (settled["status"], settled["payment_id"]) == ("resolved", first["id"])
    assert (await agree(steps, unknown))["code"] == "bank-return-line-settled"
    assert (await resolve(steps, account, outcome="payment", payment_id=first["id"]))["because"] == "already_returned"
    await resolve(steps, amount, outcome="not_ours")
    assert (await agree(steps, amount))["payment_id"] is None
    assert (await steps.balances())["paid"] == PAID
    assert len(await queue(steps)) == 2
    await sound(steps)


async def test_a_payment_that_is_being_recovered_is_left_to_people(steps: Steps) -> None:
    run = await a_released_run(steps, "900001")
    [item] = run["items"]
    body = {"payment_id": item["id"], "amount_pence": PAID, "because": "overpayment", "reason": "Booked twice."}
    case = (await steps.post(steps.officer, "/v1/recoveries", body)).json()
    assert case["payment_id"] == item["claim_id"]
    [line] = (await imported(steps, line_of(item)))["items"]
    assert line["queued_because"] == "being_recovered"
    refused = await resolve(steps, line, outcome="payment", payment_id=item["id"])
    assert refused["because"] == "being_recovered"
    assert (await steps.balances())["paid"] == PAID
    await sound(steps)


async def test_a_grants_payment_comes_back_and_its_payable_is_ready_again(steps: Steps) -> None:
    grants = await Grants.begin(steps)
    await grants.draw(await grants.accepted(), 100_00)
    [owed] = await waiting(steps, BUDGET)
    await grants.have_payee()
    run = (await steps.prepare_run(BUDGET)).json()
    before = await steps.balances(BUDGET)
    assert (await steps.release(run)).status_code == 200
    [item] = await with_accounts(steps, run)
    await imported(steps, line_of(item, sort_code="089999", account_number="66374958"))
    assert await steps.balances(BUDGET) == before
    [back] = await waiting(steps, BUDGET)
    assert (back["award_id"], back["held_because"]) == (owed["award_id"], "returned")
    opened = (await steps.get(grants.lead, "/v1/statements/open")).json()
    assert [line["kind"] for line in opened["lines"]] == ["grant_paid", "grant_reversed"]
    await sound(steps)


async def test_statements_take_back_the_exact_line_and_list_the_next_payment(steps: Steps) -> None:
    months = Months(steps)
    with months.last_month():
        run = await a_released_run(steps, "900001")
    [item] = run["items"]
    await imported(steps, line_of(item))
    lead = a_school_lead("900001")
    opened = (await steps.get(lead, "/v1/statements/open")).json()
    assert [line["amount_pence"] for line in opened["lines"]] == [PAID, -PAID]
    assert opened["lines"][1]["reverses_id"] == opened["lines"][0]["line_id"]
    await months.close()
    [statement] = await months.listed(lead)
    assert [line["source"] for line in await months.lines(lead, statement)] == [f"payment:{item['claim_id']}"]
    await new_details(steps, item["payee_id"])
    await a_released_run(steps)
    later = (await steps.get(lead, "/v1/statements/open")).json()
    assert [(line["source"], line["amount_pence"]) for line in later["lines"]] == [
        (f"payment:{item['claim_id']}:2", PAID),
        (f"payment-return:{item['id']}", -PAID),
    ]
    assert later["lines"][1]["reverses_id"] == (await months.lines(lead, statement))[0]["line_id"]


async def test_a_recovery_of_the_second_payment_takes_back_its_own_line(steps: Steps) -> None:
    run = await a_released_run(steps, "900001")
    [item] = run["items"]
    await imported(steps, line_of(item))
    await new_details(steps, item["payee_id"])
    [second] = (await a_released_run(steps))["items"]
    returned = {"payment_id": item["id"], "amount_pence": PAID, "because": "overpayment", "reason": "Booked twice."}
    assert (await steps.post(steps.officer, "/v1/recoveries", returned)).json()["code"] == "payment-not-found"
    assert (await steps.post(steps.officer, "/v1/recoveries", returned | {"payment_id": second["id"]})).is_success
    opened = (await steps.get(a_school_lead("900001"), "/v1/statements/open")).json()
    ids = {line["line_id"]: line["source"] for line in opened["lines"]}
    taken_back = {line["source"]: ids[line["reverses_id"]] for line in opened["lines"] if line["reverses_id"]}
    claim = item["claim_id"]
    assert taken_back.pop(f"payment-return:{item['id']}") == f"payment:{claim}"
    assert list(taken_back.values()) == [f"payment:{claim}:2"]
    assert opened["total_pence"] == 0
    await sound(steps)


async def test_each_attempt_is_explained_and_the_claim_by_its_last(steps: Steps) -> None:
    run = await a_released_run(steps, "900001")
    [item] = run["items"]
    await imported(steps, line_of(item))
    await new_details(steps, item["payee_id"])
    [second] = (await a_released_run(steps))["items"]
    by_claim = (await steps.get(steps.auditor, f"/v1/payments/{item['claim_id']}/explanation")).json()
    assert (by_claim["payment"]["payment_id"], by_claim["payment"]["attempt"]) == (second["id"], 2)
    assert [one["status"] for one in by_claim["attempts"]] == ["returned", "sent"]
    assert [one["kind"] for one in by_claim["postings"]][4:] == ["payment"] * 2 + ["reversal"] * 2 + ["payment"] * 2
    first = (await steps.get(a_school_lead("900001"), f"/v1/payments/{item['id']}/explanation")).json()
    assert (first["payment"]["status"], first["payment"]["return_code"]) == ("returned", "B")
    assert any(
        one.startswith(f"The bank sent payment 1 of the claim ({item['reference']}) back") for one in first["sentences"]
    )


async def test_the_database_lets_nothing_come_back_without_line_and_entry(steps: Steps) -> None:
    run = await a_released_run(steps, "900001")
    [item] = run["items"]
    await imported(steps, line_of(item, account_number="****0000"))
    for attempt in (
        "UPDATE payment SET status = 'returned', returned_at = now(), return_code = 'B'",
        "UPDATE bursary SET status = 'claimed' WHERE status = 'paid'",
        "UPDATE bank_return_line SET status = 'matched', queued_because = NULL, payment_id = (SELECT id FROM payment)",
        "UPDATE bank_return_line SET amount_pence = 1",
        "UPDATE bank_return_line SET status = 'resolved', outcome = 'not_ours', reason = '-', proposed_by = id, "
        "decided_by = bank_return_id",
        "DELETE FROM bank_return_line",
        "UPDATE bank_return SET lines = 2",
        "DELETE FROM bank_return",
    ):
        with pytest.raises(DBAPIError):
            async with steps.funding.session() as session:
                await session.execute(text(attempt))
    [line] = await queue(steps)
    await resolve(steps, line, outcome="not_ours")
    with pytest.raises(DBAPIError):
        async with steps.funding.session() as session:
            await session.execute(text("UPDATE bank_return_line SET status = 'resolved', decided_by = proposed_by"))
    assert clock.today() - timedelta(days=1) < date.fromisoformat(line["returned_on"]) <= clock.today()
