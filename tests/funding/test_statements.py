"""Statements: closed once, exact, frozen, and seen by those they are about."""

import asyncio
import csv
import io
import json
import time
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from builders import a_school_lead, partner, staff
from chassis import clock
from chassis.ids import new_id
from funding.statements import documents, service
from funding.statements.models import LineKind
from funding_facts import PRIMARY_TWO_DAYS_PENCE, Steps, booking_cancelled
from grant_steps import Grants
from harness import ServiceHarness
from statement_facts import Months, a_document, last_month

FEE_PENCE = 7_000


@pytest.fixture
def months(steps: Steps) -> Months:
    return Months(steps)


async def test_a_closed_month_has_what_was_paid_and_what_is_owed(months: Months) -> None:
    bursary = await months.a_paid_bursary()
    hub = new_id()
    with months.last_month():
        teacher, _ = await months.steps.a_booking("900001", hub_id=hub)
    closed = await months.close()
    [school] = await months.listed(a_school_lead("900001"))
    assert school["document_sha256"]
    lines = await months.lines(a_school_lead("900001"), school)
    kinds = {line["kind"]: line["amount_pence"] for line in lines}
    assert kinds["bursary_paid"] == PRIMARY_TWO_DAYS_PENCE
    assert any(bursary["booking_id"] in line["narrative"] for line in lines)
    assert str(teacher.id) not in json.dumps(lines)
    statements = await months.listed(months.steps.auditor)
    assert (closed["statements"], closed["lines"]) == (len(statements), sum(one["lines"] for one in statements))
    assert school["total_pence"] == sum(line["amount_pence"] for line in lines)


async def test_hub_and_school_have_the_two_sides_of_a_fee(months: Months) -> None:
    steps = months.steps
    with months.last_month():
        _, booking = await steps.a_booking("900002")
    await _make_due(months, booking.booking_id, FEE_PENCE)
    await months.close()
    lead = staff("hub_lead", organisation_id=booking.hub_id)
    [of_hub] = await months.listed(lead)
    [of_school] = await months.listed(a_school_lead("900002"))
    assert (of_hub["total_pence"], of_school["total_pence"]) == (FEE_PENCE, -FEE_PENCE)
    cancelled = booking_cancelled(booking)
    await steps.funding.deliver(cancelled.model_copy(update={"cancelled_at": clock.now()}))
    opened = (await steps.get(lead, "/v1/statements/open")).json()
    assert opened["totals_pence"] == {"fee_reversed": -FEE_PENCE}
    [original] = await months.lines(lead, of_hub)
    assert opened["lines"][0]["reverses_id"] == original["line_id"]


async def _make_due(months: Months, booking_id: object, pence: int) -> None:
    async with months.funding.session() as session:
        await session.execute(
            text("UPDATE fee SET status = 'due', amount_pence = :pence, at_most_pence = :pence WHERE booking_id = :id"),
            {"pence": pence, "id": booking_id},
        )


async def test_a_grant_that_was_paid_stands_on_its_recipients_statement(months: Months) -> None:
    grants = await Grants.begin(months.steps)
    await grants.draw(await grants.accepted(), 500_00)
    await grants.pay()
    opened = (await months.steps.get(grants.lead, "/v1/statements/open")).json()
    assert (opened["party_kind"], opened["totals_pence"]) == ("hub", {"grant_paid": 500_00})
    assert opened["lines"][0]["narrative"].startswith("Grant: ")


async def test_a_month_is_closed_once_however_many_close_it(months: Months) -> None:
    for number in range(1, 6):
        await months.a_paid_bursary(f"90000{number}")
    closings = await asyncio.gather(*(months.close() for _ in range(8)))
    assert sorted(one["statements"] for one in closings) == [0] * 7 + [5]
    assert len(await months.listed(months.steps.auditor)) == 5
    assert (await months.close())["lines"] == 0


async def test_what_is_found_out_later_comes_onto_a_later_statement(months: Months) -> None:
    await months.a_paid_bursary()
    await months.close()
    [before] = await months.listed(months.steps.auditor)
    await months.a_paid_bursary(starts_on=date(2027, 12, 1), ends_on=date(2027, 12, 2))
    assert (await months.close())["statements"] == 0
    assert await months.listed(months.steps.auditor) == [before]
    opened = (await months.steps.get(a_school_lead("900001"), "/v1/statements/open")).json()
    assert opened["total_pence"] == PRIMARY_TWO_DAYS_PENCE


async def test_the_present_month_stays_open(months: Months) -> None:
    body = {"month": f"{clock.today():%Y-%m}"}
    reply = await months.steps.post(months.steps.payment_officer, "/v1/statements/closings", body)
    assert (reply.status_code, reply.json()["code"]) == (409, "month-not-over")


async def test_nobody_changes_a_closed_statement(months: Months) -> None:
    await months.a_paid_bursary()
    await months.close()
    attempts = (
        "UPDATE statement SET total_pence = 1",
        "UPDATE statement SET document = '{}'",
        "DELETE FROM statement",
        "UPDATE statement_line SET amount_pence = 1",
        "DELETE FROM statement_line",
        "INSERT INTO statement_line SELECT gen_random_uuid(), statement_id, 99, party_kind, party, 'bursary_reversed', "
        "'x', -1, occurred_at, '', id FROM statement_line",
        "INSERT INTO statement_line SELECT gen_random_uuid(), statement_id, 99, party_kind, party, kind, source, "
        "amount_pence, occurred_at, '', NULL FROM statement_line",
        "UPDATE statement SET status = 'paid', settled_by = closed_by",
    )
    for attempt in attempts:
        with pytest.raises(DBAPIError):
            async with months.funding.session() as session:
                await session.execute(text(attempt))


async def test_a_statement_is_seen_by_its_party_and_by_finance_alone(months: Months) -> None:
    await months.a_paid_bursary()
    await months.close()
    [statement] = await months.listed(months.steps.auditor)
    hidden = (a_school_lead("900002"), staff("hub_lead", organisation_id=new_id()), partner("statements:read"))
    for caller in hidden:
        assert await months.listed(caller) == []
        for path in ("", "/document", "/document.csv", "/document.pdf"):
            assert (await months.steps.get(caller, f"/v1/statements/{statement['id']}{path}")).status_code == 404
    reply = await months.steps.get(hidden[0], "/v1/statements/open", party_kind="school", party="900001")
    assert (reply.status_code, reply.json()["code"]) == (403, "party-not-yours")
    assert (await months.steps.get(partner("completions:write"), "/v1/statements")).status_code == 403


async def test_a_statement_is_settled_by_another_person_once(months: Months) -> None:
    await months.a_paid_bursary()
    await months.close()
    [statement] = await months.listed(months.steps.auditor)
    path, body = f"/v1/statements/{statement['id']}/settlement", {"reference": "Bank statement 14"}
    assert (await months.steps.post(months.steps.payment_officer, path, body)).json()["code"] == "closed-by-you"
    settled = await months.steps.post(staff("payment_officer"), path, body)
    assert (settled.json()["status"], settled.json()["document_sha256"]) == ("paid", statement["document_sha256"])
    assert (await months.steps.post(staff("payment_officer"), path, body)).json()["code"] == "statement-settled"


async def test_csv_and_pdf_say_what_the_document_says(funding: ServiceHarness, months: Months) -> None:
    await months.a_paid_bursary()
    await months.close()
    lead = a_school_lead("900001")
    [statement] = await months.listed(lead)
    lines = await months.lines(lead, statement)
    reply = await months.steps.get(lead, f"/v1/statements/{statement['id']}/document.csv")
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    assert [(row["line_id"], int(row["amount_pence"])) for row in rows] == [
        (line["line_id"], line["amount_pence"]) for line in lines
    ]
    paths = [f"/v1/statements/{statement['id']}/document.pdf"] * 2
    first, second = [(await months.steps.get(lead, path)).content for path in paths]
    assert first == second
    assert first.startswith(b"%PDF")
    assert b"/StructTreeRoot" in first


@pytest.mark.campaign
def test_statements_of_five_thousand_lines_take_less_than_two_seconds() -> None:
    """Of processor time, for all three forms; measured so on a busy machine too. Campaign `statements`."""
    begun = time.process_time()
    document = a_document(5_000)
    made = documents.as_csv(document)
    drawn = documents.as_pdf(document, "0" * 64)
    taken = time.process_time() - begun
    assert (made.count(b"\n"), drawn[:4]) == (5_001, b"%PDF")
    assert taken < 2.0


FEES_OF_A_HUB = """
INSERT INTO fee (booking_id, teacher_id, school_urn, course_run_id, course_code, hub_id, status, amount_pence,
    at_most_pence, takes_free_place, policy_version, is_reopened, decisions, priced_on, placed_at)
SELECT gen_random_uuid(), gen_random_uuid(), (900001 + n % 300)::text, gen_random_uuid(), 'CP228',
    CASE WHEN n <= :lines THEN CAST(:hub AS uuid) ELSE gen_random_uuid() END, 'due', 7000, 7000, false, 1, false, 1,
    CAST(:placed_at AS timestamptz)::date, CAST(:placed_at AS timestamptz)
FROM generate_series(1, 4 * :lines) n
"""
"""For the hub as many as there are to be lines, and three times as many of other hubs."""


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [pytest.param(50, 20.0, id="some"), pytest.param(5_000, 2.0, id="statements", marks=pytest.mark.campaign)],
)
async def test_a_statement_of_five_thousand_lines_is_closed_in_two_seconds(
    months: Months, lines: int, seconds: float
) -> None:
    """By request and database: facts found among others, document frozen, lines written. Campaign `statements`."""
    hub, placed_at = str(new_id()), service.end_of(last_month(clock.today())) - timedelta(days=10)
    async with months.funding.session() as session:
        await session.execute(text("SET LOCAL statement_timeout = 0"))
        await session.execute(text(FEES_OF_A_HUB), {"lines": lines, "hub": hub, "placed_at": placed_at})
    async with months.funding.session() as session:
        await session.execute(text("ANALYZE"))
    begun = time.perf_counter()
    closed = await months.close(party_kind="hub", party=hub)
    taken = time.perf_counter() - begun
    assert (closed["lines"], closed["total_pence"]) == (lines, lines * FEE_PENCE)
    [statement] = await months.listed(months.steps.auditor)
    begun = time.perf_counter()
    for form in ("csv", "pdf"):
        made = await months.steps.get(months.steps.auditor, f"/v1/statements/{statement['id']}/document.{form}")
        assert made.status_code == 200
    drawn = time.perf_counter() - begun
    print(f"{lines} lines closed in {taken:.2f} s, read as CSV and PDF in {drawn:.2f} s")  # noqa: T201  the figure
    assert taken < seconds


def test_every_kind_of_line_has_words() -> None:
    assert set(documents.IN_WORDS) == set(LineKind)
