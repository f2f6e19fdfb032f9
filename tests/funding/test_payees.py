"""Payees: bank details by two people, confirmed by another way, sealed at rest, kept in every version."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from builders import a_sealing_key, key_set, staff
from chassis.ids import new_id
from chassis.sealing import SealBroken, Sealed, SealingKeys, UnusableKeys
from funding.payees.models import PayeeDetails
from funding.payees.rules import ModulusCheck, check_modulus, is_conceivable, read_weights
from funding.payees.sealing import BankAccount, open_account, seal
from funding_facts import Steps
from funding_money import BANK_DETAILS, a_new_payee, confirmed
from harness import ServiceHarness

ACCOUNT = BankAccount("089999", "66374958")
WEIGHTS = """
089000 089999 MOD10   0    0    0    0    0    0    7    1    3    7    1    3    7    1
938000 938696 MOD11   7    6    5    4    3    2    7    6    5    4    3    2    0    0   5
499272 499273 DBLAL   2    1    2    1    2    1    2    1    2    1    2    1    2    1   1
202959 202959 MOD11   0    0    0    0    0    0    0    7    6    5    4    3    2    1
202959 202959 DBLAL   2    1    2    1    2    1    2    1    2    1    2    1    2    1
""".splitlines()


@pytest.mark.parametrize(
    ("sort_code", "number", "outcome"),
    [
        ("089999", "66374958", ModulusCheck.PASSED),
        ("089999", "66374959", ModulusCheck.FAILED),
        ("202959", "63748472", ModulusCheck.PASSED),
        ("202959", "63748473", ModulusCheck.FAILED),
        ("938600", "42368003", ModulusCheck.UNKNOWN),
        ("110000", "12345678", ModulusCheck.UNKNOWN),
    ],
)
def test_the_digits_are_weighed_by_the_operators_file(sort_code: str, number: str, outcome: ModulusCheck) -> None:
    assert check_modulus(BankAccount(sort_code, number), read_weights(WEIGHTS)) is outcome


@pytest.mark.parametrize(
    "account", [("08999", "66374958"), ("08999a", "66374958"), ("000000", "66374958"), ("089999", "0" * 8)]
)
def test_an_account_that_cannot_be_is_told_at_once(account: tuple[str, str]) -> None:
    assert not is_conceivable(BankAccount(*account))


def test_details_open_with_the_key_that_sealed_them_for_their_own_row_and_in_no_other_way() -> None:
    old, new, details = a_sealing_key("2025"), a_sealing_key("2026"), new_id()
    sealed = seal(SealingKeys.load(key_set(old)), ACCOUNT, details)
    rotated = SealingKeys.load(key_set(new, old))
    assert open_account(rotated, sealed, details) == ACCOUNT
    assert seal(rotated, ACCOUNT, details).key_id == "2026"
    assert b"66374958" not in sealed.content
    flipped = Sealed(sealed.key_id, sealed.content[:-1] + bytes([sealed.content[-1] ^ 1]))
    for keys, broken, row in (
        (rotated, sealed, new_id()),
        (rotated, flipped, details),
        (SealingKeys.load(key_set(new)), sealed, details),
    ):
        with pytest.raises(SealBroken):
            open_account(keys, broken, row)
    assert "66374958" not in repr(ACCOUNT)


@pytest.mark.parametrize("keys", ["", "{}", '{"keys": []}', '{"keys": [{"kty": "oct", "kid": "1", "k": "c2hvcnQ"}]}'])
def test_keys_that_cannot_seal_are_refused_at_the_start(keys: str) -> None:
    with pytest.raises(UnusableKeys):
        SealingKeys.load(keys)


async def test_bank_details_take_two_people_a_confirmation_and_a_pause(steps: Steps, funding: ServiceHarness) -> None:
    payee = await a_new_payee(steps, "800001")
    path = f"/v1/payees/{payee['id']}/details/1/decision"
    own = await steps.post(steps.payment_officer, path, confirmed())
    assert (own.status_code, own.json()["code"]) == (403, "same-person")
    unconfirmed = await steps.post(steps.officer, path, confirmed(confirmation=None))
    assert (unconfirmed.status_code, unconfirmed.json()["code"]) == (422, "details-not-confirmed")
    decided = await steps.post(steps.officer, path, confirmed())
    [details] = decided.json()["details"]
    pause = datetime.fromisoformat(details["usable_from_at"]) - datetime.fromisoformat(details["decided_at"])
    assert (decided.status_code, pause) == (200, timedelta(hours=72))
    assert (await steps.post(steps.officer, path, confirmed())).json()["code"] == "payee-details-decided"


async def test_nobody_is_shown_a_whole_account_number_and_none_is_stored_in_the_clear(
    steps: Steps, funding: ServiceHarness
) -> None:
    payee = await a_new_payee(steps, "800001")
    shown = (await steps.get(steps.auditor, f"/v1/payees/{payee['id']}")).text
    assert "66374958" not in shown
    assert "089999" not in shown
    assert payee["details"][0]["account_ending"] == "4958"
    async with funding.session() as session:
        tables = [
            row[0] for row in await session.execute(text("SELECT tablename FROM pg_tables WHERE schemaname='public'"))
        ]
        for table in tables:
            found = await session.execute(
                text(f"SELECT count(*) FROM {table} AS row WHERE row::text LIKE '%66374958%'")
            )
            assert found.scalar_one() == 0, table
        details = (await session.scalars(select(PayeeDetails).where(PayeeDetails.account_ending == "4958"))).one()
        keys = SealingKeys.load(funding.settings.payee_keys.get_secret_value())  # type: ignore[attr-defined]  # funding's own
        assert open_account(keys, Sealed(details.key_id, details.sealed), details.id) == ACCOUNT


async def test_a_change_is_another_version_and_the_one_before_is_kept(steps: Steps) -> None:
    payee = await a_new_payee(steps, "800001")
    path = f"/v1/payees/{payee['id']}/details"
    waits = await steps.post(steps.officer, path, BANK_DETAILS)
    assert (waits.status_code, waits.json()["code"]) == (409, "payee-details-undecided")
    await steps.post(steps.officer, f"{path}/1/decision", confirmed())
    assert (await steps.post(steps.officer, path, BANK_DETAILS | {"account_number": "66374966"})).status_code == 201
    await steps.post(steps.payment_officer, f"{path}/2/decision", confirmed(outcome="declined", confirmation=None))
    found = (await steps.get(steps.auditor, f"/v1/payees/{payee['id']}")).json()["details"]
    assert [(one["version"], one["outcome"], one["account_ending"]) for one in found] == [
        (2, "declined", "4966"),
        (1, "approved", "4958"),
    ]


async def test_a_trust_takes_the_money_of_its_academies_and_nobody_elses(steps: Steps) -> None:
    details = BANK_DETAILS | {"collects_for": ["school:800001", "school:900001"]}
    trust = await a_new_payee(steps, "16001", kind="trust", details=details)
    path = f"/v1/payees/{trust['id']}/details"
    taken = await steps.post(steps.officer, f"{path}/1/decision", confirmed())
    assert (taken.status_code, taken.json()["code"], taken.json()["payee_keys"]) == (
        409,
        "payee-collects-elsewhere",
        ["school:900001"],
    )
    await steps.post(steps.officer, f"{path}/1/decision", confirmed(outcome="declined", confirmation=None))
    await steps.post(steps.officer, path, details | {"collects_for": ["school:800001"]})
    done = await steps.post(steps.payment_officer, f"{path}/2/decision", confirmed())
    assert (done.status_code, done.json()["details"][0]["collects_for"]) == (200, ["school:800001", "trust:16001"])


async def test_a_payee_is_entered_once_and_a_wrong_account_not_at_all(steps: Steps) -> None:
    await a_new_payee(steps, "800001")
    payee = {"kind": "school", "reference": "800001", "name": "Again", "details": BANK_DETAILS}
    assert (await steps.post(steps.officer, "/v1/payees", payee)).json()["code"] == "payee-exists"
    wrong = payee | {"reference": "800002", "details": BANK_DETAILS | {"sort_code": "000000"}}
    refused = await steps.post(steps.officer, "/v1/payees", wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "account-invalid")
    assert "66374958" not in refused.text
    found = (await steps.get(steps.auditor, "/v1/payees", kind="school", reference="800002")).json()["data"]
    assert found == []
    for caller in (steps.approver, steps.auditor, staff("administrator")):
        assert (await steps.post(caller, "/v1/payees", wrong)).status_code == 403


REFUSED = (
    "UPDATE payee_details SET outcome = 'approved', decided_by = proposed_by, decided_at = now(), "
    "confirmation_method = 'letter', confirmed_on = current_date, usable_from_at = now()",
    "UPDATE payee_details SET outcome = 'approved', decided_by = gen_random_uuid(), decided_at = now(), "
    "usable_from_at = now()",
    "UPDATE payee_details SET sealed = 'x'",
    "UPDATE payee_details SET proposed_by = gen_random_uuid()",
    "DELETE FROM payee_details",
    "TRUNCATE payee_details CASCADE",
)


@pytest.mark.parametrize("statement", REFUSED)
async def test_the_database_refuses_details_by_one_person_unconfirmed_or_rewritten(
    steps: Steps, statement: str
) -> None:
    await a_new_payee(steps, "800001")
    only = " WHERE account_ending = '4958'" if "TRUNCATE" not in statement else ""
    with pytest.raises(IntegrityError, match=r"second_person|confirmed|append-only"):
        async with steps.funding.session() as session:
            await session.execute(text(statement + only))


async def test_decided_details_may_be_sealed_by_another_key_and_change_in_nothing_else(steps: Steps) -> None:
    payee = await a_new_payee(steps, "800001")
    await steps.post(steps.officer, f"/v1/payees/{payee['id']}/details/1/decision", confirmed())
    mine = " WHERE account_ending = '4958'"
    async with steps.funding.session() as session:
        await session.execute(text("UPDATE payee_details SET sealed = 'x', key_id = 'next'" + mine))
    for change in ("usable_from_at = now()", "account_name = 'Me'", "outcome = 'declined'"):
        with pytest.raises(IntegrityError, match="append-only"):
            async with steps.funding.session() as session:
                await session.execute(text(f"UPDATE payee_details SET {change}{mine}"))


async def test_every_change_of_a_payee_is_on_the_audit_trail_without_numbers(steps: Steps) -> None:
    payee = await a_new_payee(steps, "800001")
    await steps.post(steps.officer, f"/v1/payees/{payee['id']}/details/1/decision", confirmed())
    async with steps.funding.session() as session:
        rows = await session.execute(text("SELECT action, caller_id FROM audit_entry ORDER BY position"))
        assert [tuple(row) for row in rows] == [
            ("payee.created", steps.payment_officer.id),
            ("payee_details.proposed", steps.payment_officer.id),
            ("payee_details.approved", steps.officer.id),
        ]
