"""Bank details under another key: the same accounts, and the old key can go."""

import json
from typing import cast

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from builders import a_sealing_key, key_set
from chassis.sealing import SealBroken, SealingKeys
from funding.payees.models import PayeeDetails
from funding.payees.resealing import opened
from funding.settings import Settings
from funding.verification import job
from funding_facts import Steps
from funding_money import a_new_payee
from resealing_steps import audited, command, reseal, with_keys

NEW = a_sealing_key("payees-2027")


async def accounts(steps: Steps, keys: SealingKeys) -> list[str]:
    """What the keys open, of each payee."""
    async with steps.funding.session() as session:
        found = (await session.scalars(select(PayeeDetails).order_by(PayeeDetails.id))).all()
        return [str(opened(keys, one)) for one in found]


async def test_every_account_is_sealed_by_the_new_key_and_stays_what_it_was(steps: Steps) -> None:
    await a_new_payee(steps, "900001-B")
    [old] = json.loads(cast(Settings, steps.funding.settings).payee_keys.get_secret_value())["keys"]
    before = await accounts(steps, SealingKeys.load(key_set(old)))
    settings = with_keys(steps.funding.settings, NEW, old, of="payee_keys")
    done = (await reseal(steps.funding, settings))["payee_details"]
    assert (done.resealed, done.could_not_be_opened) == (len(before), [])
    assert done.sealed_by == {"payees-2027": len(before)}
    assert await accounts(steps, SealingKeys.load(key_set(NEW))) == before
    with pytest.raises(SealBroken):
        await accounts(steps, SealingKeys.load(key_set(old)))
    assert len(await audited(steps.funding, "payee_details.resealed")) == len(before)
    assert (await reseal(steps.funding, settings))["payee_details"].resealed == 0
    assert await job.run(settings) == 0


async def test_what_does_not_open_stays_and_is_named(steps: Steps) -> None:
    done = (await reseal(steps.funding, with_keys(steps.funding.settings, NEW, of="payee_keys")))["payee_details"]
    assert (done.resealed, len(done.could_not_be_opened)) == (0, sum(done.sealed_by.values()))


async def test_an_account_that_ends_otherwise_than_its_row_says_is_not_sealed_anew(steps: Steps) -> None:
    payee = await a_new_payee(steps, "900001-B")
    [old] = json.loads(cast(Settings, steps.funding.settings).payee_keys.get_secret_value())["keys"]
    async with steps.funding.session() as session:
        await session.execute(text("ALTER TABLE payee_details DISABLE TRIGGER USER"))
        change = "UPDATE payee_details SET account_ending = '0000' WHERE payee_id = :payee RETURNING id"
        changed = str(await session.scalar(text(change), {"payee": payee["id"]}))
        await session.execute(text("ALTER TABLE payee_details ENABLE TRIGGER USER"))
    done = await reseal(steps.funding, with_keys(steps.funding.settings, NEW, old, of="payee_keys"))
    assert done["payee_details"].could_not_be_opened == [changed]


async def test_the_command_says_what_it_did_and_ends_with_10_when_something_stayed_shut(steps: Steps) -> None:
    [old] = json.loads(cast(Settings, steps.funding.settings).payee_keys.get_secret_value())["keys"]
    settings = {"FUNDING_DATABASE_URL": steps.funding.settings.database_url.get_secret_value()}
    without = await command("funding", {**settings, "FUNDING_PAYEE_KEYS": key_set(NEW)})
    both = await command("funding", {**settings, "FUNDING_PAYEE_KEYS": key_set(NEW, old)})
    assert (without[0], both[0]) == (10, 0)
    [shut], [done] = without[1], both[1]
    assert len(shut["could_not_be_opened"]) == done["resealed"] > 0
    count = done["resealed"]
    assert done == {
        "sealed": "payee_details",
        "resealed": count,
        "sealed_by": {"payees-2027": count},
        "could_not_be_opened": [],
    }


@pytest.mark.parametrize("change", ["sealed = sealed || '\\x00'", "key_id = 'other', account_ending = '0000'"])
async def test_no_other_account_is_put_under_approved_details(steps: Steps, change: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        async with steps.funding.session() as session:
            await session.execute(text(f"UPDATE payee_details SET {change}"))
