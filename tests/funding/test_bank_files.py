"""What goes to the bank: a file that an independent reader finds right, had once, and again by two people only."""

import asyncio
import csv
import hashlib
import io
from datetime import date
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bacs_reading import read
from builders import staff
from chassis.ids import new_id
from funding.bank_files.bacs import Credit, NotInBacs, Originator, written
from funding_facts import JSON, PRIMARY_TWO_DAYS_PENCE, Steps

PAYER = Originator("123456", "200000", "55779911", "NCCE SANDBOX")
DAYS = (date(2026, 11, 23), date(2026, 11, 25))
GOLDEN = (
    "VOL1ABC123                               123456                                1\r\n"
    "HDR1A123456S  1123456ABC12300010001       26327 26327 000000                    \r\n"
    "HDR2F0200000100                                   00                            \r\n"
    "UHL1 26329999999    000000001 DAILY  001                                        \r\n"
    "0899996637495809920000055779911    00000037000NCCE SANDBOX      NCCE0000000001    MEADOW PRIMARY SCH\r\n"
    "2020511234567809920000055779911    00000000001NCCE SANDBOX      NCCE0000000002    ST. JOHN S & CO/LT\r\n"
    "2000005577991101720000055779911    00000037001NCCE SANDBOX      CONTRA            NCCE SANDBOX      \r\n"
    "EOF1A123456S  1123456ABC12300010001       26327 26327 000000                    \r\n"
    "EOF2F0200000100                                   00                            \r\n"
    "UTL10000000037001000000003700100000010000002                                    \r\n"
)


def test_the_file_is_this_one_to_the_letter() -> None:
    credits = [
        Credit("089999", "66374958", 37_000, "NCCE0000000001", "Meadow Primary School"),
        Credit("202051", "12345678", 1, "NCCE0000000002", "St. John's & Co/Ltd"),
    ]
    assert written(PAYER, credits, *DAYS, "ABC123") == GOLDEN


CREDITS = st.lists(
    st.builds(
        Credit,
        sort_code=st.integers(0, 10**6 - 1).map("{:06}".format),
        account_number=st.integers(0, 10**8 - 1).map("{:08}".format),
        amount_pence=st.integers(1, 10**9),
        reference=st.text(max_size=20),
        payee_name=st.text(max_size=20),
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)  # what it is about is right or wrong, not quick or slow
@given(credits=CREDITS)
def test_an_independent_reader_finds_every_payment_and_the_sums(credits: list[Credit]) -> None:
    found = read(written(PAYER, credits, *DAYS, "ABC123"))
    *paid, contra = found.records
    assert [(one.sort_code, one.account_number, one.pence) for one in paid] == [
        (one.sort_code, one.account_number, one.amount_pence) for one in credits
    ]
    total = sum(one.amount_pence for one in credits)
    assert (contra.code, contra.pence, contra.sort_code + contra.account_number) == ("17", total, "20000055779911")
    assert {one.code for one in paid} == {"99"}
    assert (found.debit_pence, found.credit_pence, found.debits, found.credits) == (total, total, 1, len(credits))
    assert (found.service_user_number, found.made_on, found.processing_on) == ("123456", *DAYS)


@pytest.mark.parametrize("amounts", [[], [0], [10**11], [10**11 - 1, 1]])
def test_what_the_format_cannot_hold_is_refused(amounts: list[int]) -> None:
    with pytest.raises(NotInBacs):
        written(PAYER, [Credit("089999", "66374958", one, "R", "N") for one in amounts], *DAYS, "ABC123")


@pytest.fixture
async def released(steps: Steps) -> JSON:
    """A released run of two payments."""
    for urn in ("900001", "900002"):
        await steps.an_approved_claim(urn)
    reply = await steps.release((await steps.prepare_run()).json())
    assert reply.status_code == 200, reply.text
    found: JSON = reply.json()
    return found


async def download(steps: Steps, run: JSON, kind: str = "bacs", who: Any = None) -> httpx.Response:
    """Ask for a file."""
    return await steps.post(who or steps.releaser, f"/v1/payment-runs/{run['id']}/files/{kind}/download")


async def listed(steps: Steps, run: JSON) -> JSON:
    """The run's files as an auditor sees them."""
    found: JSON = (await steps.get(steps.auditor, f"/v1/payment-runs/{run['id']}/files")).json()
    return found


async def test_the_file_of_a_run_pays_what_was_released_to_the_payees_accounts(steps: Steps, released: JSON) -> None:
    files = await listed(steps, released)
    assert (files["payments"], files["amount_pence"]) == (2, 2 * PRIMARY_TWO_DAYS_PENCE)
    hashes = {one["format"]: one["sha256"] for one in files["data"]}
    made = await download(steps, released)
    assert hashlib.sha256(made.content).hexdigest() == hashes["bacs"] == made.headers["Content-SHA256"]
    found = read(made.text)
    assert found.credit_pence == (await steps.balances())["paid"] == released["amount_pence"]
    assert str(found.processing_on) == released["processing_on"]
    assert [(one.account_number, one.reference.strip()) for one in found.records[:-1]] == [
        (f"10{item['payee_urn']}", item["reference"]) for item in released["items"]
    ]
    table = await download(steps, released, "csv")
    assert hashlib.sha256(table.content).hexdigest() == hashes["csv"]
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [(row["sort_code"], row["amount"], row["reference"]) for row in rows] == [
        ("089999", "370.00", item["reference"]) for item in released["items"]
    ]


async def test_a_file_is_downloaded_once_however_many_ask(steps: Steps, released: JSON) -> None:
    replies = await asyncio.gather(*(download(steps, released, who=staff("payment_officer")) for _ in range(8)))
    assert sorted(reply.status_code for reply in replies) == [200] + [409] * 7
    assert {reply.json()["code"] for reply in replies if reply.status_code == 409} == {"bank-file-taken"}


async def test_another_download_takes_two_people_and_a_reason(steps: Steps, released: JSON) -> None:
    path = f"/v1/payment-runs/{released['id']}/files/bacs/reissue"
    why, agreed = {"reason": "The connection broke."}, {"outcome": "approved", "reason": "The bank has nothing."}
    assert (await steps.post(steps.releaser, path, why)).json()["code"] == "bank-file-open"
    first = await download(steps, released)
    assert (await steps.post(steps.checker, f"{path}/approval", agreed)).json()["code"] == "bank-file-not-requested"
    assert (await steps.post(steps.releaser, path, why)).status_code == 201
    assert (await download(steps, released)).json()["code"] == "bank-file-taken"
    assert (await steps.post(steps.releaser, f"{path}/approval", agreed)).json()["code"] == "same-person"
    assert (await steps.post(steps.checker, f"{path}/approval", agreed)).status_code == 200
    again = await download(steps, released)
    assert (again.status_code, again.content) == (200, first.content)
    assert (await download(steps, released)).status_code == 409
    assert [one["ordinal"] for one in (await listed(steps, released))["data"] if one["downloaded_by"]] == [1, 2]


async def test_another_download_can_be_refused_and_asked_for_again(steps: Steps, released: JSON) -> None:
    path = f"/v1/payment-runs/{released['id']}/files/csv/reissue"
    await download(steps, released, "csv")
    await steps.post(steps.releaser, path, {"reason": "Lost."})
    refused = {"outcome": "declined", "reason": "The bank has it."}
    assert (await steps.post(steps.checker, f"{path}/approval", refused)).status_code == 200
    assert (await download(steps, released, "csv")).status_code == 409
    assert (await steps.post(steps.releaser, path, {"reason": "Still lost."})).status_code == 201


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payment_file SET downloaded_at = NULL, downloaded_by = NULL WHERE format = 'bacs'",
        "DELETE FROM payment_file WHERE format = 'bacs'",
        "DELETE FROM payment_file WHERE format = 'csv'",
        "TRUNCATE payment_file",
        "INSERT INTO payment_file SELECT payment_run_id, format, 2, sha256 FROM payment_file WHERE format = 'bacs'",
        "INSERT INTO payment_file (payment_run_id, format, ordinal, sha256, requested_by, approved_by, reason) "
        "SELECT payment_run_id, format, 2, sha256, payment_run_id, payment_run_id, 'x' FROM payment_file "
        "WHERE format = 'bacs'",
        "INSERT INTO payment_file (payment_run_id, format, ordinal, sha256, requested_by, reason, downloaded_by, "
        "downloaded_at) SELECT payment_run_id, format, 2, sha256, payment_run_id, 'x', payment_run_id, now() "
        "FROM payment_file WHERE format = 'bacs'",
    ],
)
async def test_the_database_permits_no_further_download_by_one_person(
    steps: Steps, released: JSON, statement: str
) -> None:
    await download(steps, released)
    with pytest.raises(IntegrityError):
        async with steps.funding.session() as session:
            await session.execute(text(statement))


async def test_downloads_are_for_payment_officers_and_on_the_audit_trail_and_kept_nowhere(
    steps: Steps, released: JSON
) -> None:
    for caller in (steps.officer, steps.approver, steps.auditor, staff("administrator")):
        assert (await download(steps, released, who=caller)).status_code == 403
    client = await steps.funding.client(steps.releaser)
    path = f"/v1/payment-runs/{released['id']}/files/bacs/download"
    made = await client.post(path, headers={"Idempotency-Key": "kept?"})
    async with steps.funding.session() as session:
        kept = await session.execute(text("SELECT count(*) FROM idempotency_key WHERE key = 'kept?'"))
        assert kept.scalar_one() == 0
        audited = text("SELECT caller_id, details FROM audit_entry WHERE action = 'payment_file.downloaded'")
        [row] = (await session.execute(audited)).all()
    assert (row.caller_id, row.details["sha256"]) == (steps.releaser.id, made.headers["Content-SHA256"])


async def test_there_is_no_file_before_the_release(steps: Steps) -> None:
    await steps.an_approved_claim()
    run = (await steps.prepare_run()).json()
    early = await download(steps, run)
    assert (early.status_code, early.json()["code"]) == (409, "bank-file-not-made")
    assert (await listed(steps, run))["data"] == []
    assert (await download(steps, {"id": str(new_id())})).json()["code"] == "payment-run-not-found"
