"""Bank details under another key: the same accounts, and the old key can go."""

import json
from typing import cast

import pytest
from pydantic import SecretStr
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from builders import a_sealing_key, key_set
from chassis.sealing import SealingKeys
from funding.payees import resealing
from funding.payees.models import PayeeDetails
from funding.settings import Settings
from funding.verification import job
from funding_facts import Steps
from funding_money import a_new_payee


async def accounts(steps: Steps, keys: SealingKeys) -> list[str]:
    """What the keys open, of each payee."""
    async with steps.funding.session() as session:
        found = (await session.scalars(select(PayeeDetails).order_by(PayeeDetails.id))).all()
        return [str(resealing.opened(keys, one)) for one in found]


async def test_every_account_is_sealed_by_the_new_key_and_stays_what_it_was(
    steps: Steps, capsys: pytest.CaptureFixture[str]
) -> None:
    await a_new_payee(steps, "900001-B")
    [old] = json.loads(cast(Settings, steps.funding.settings).payee_keys.get_secret_value())["keys"]
    new = a_sealing_key("payees-2027")
    before = await accounts(steps, SealingKeys.load(key_set(old)))
    settings = steps.funding.settings.model_copy(update={"payee_keys": SecretStr(key_set(new, old))})
    assert await resealing.run(settings) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {"resealed": len(before), "sealed_by": {"payees-2027": len(before)}, "could_not_be_opened": []}
    assert await accounts(steps, SealingKeys.load(key_set(new))) == before
    assert await accounts(steps, SealingKeys.load(key_set(old))) == ["None"] * len(before)
    assert await resealing.run(settings) == 0
    assert json.loads(capsys.readouterr().out)["resealed"] == 0
    assert await job.run(settings) == 0


async def test_what_does_not_open_stays_and_is_named(steps: Steps, capsys: pytest.CaptureFixture[str]) -> None:
    other = SecretStr(key_set(a_sealing_key("payees-2027")))
    assert await resealing.run(steps.funding.settings.model_copy(update={"payee_keys": other})) == resealing.BROKEN
    said = json.loads(capsys.readouterr().out)
    assert (said["resealed"], len(said["could_not_be_opened"])) == (0, sum(said["sealed_by"].values()))


@pytest.mark.parametrize("change", ["sealed = sealed || '\\x00'", "key_id = 'other', account_ending = '0000'"])
async def test_no_other_account_is_put_under_approved_details(steps: Steps, change: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        async with steps.funding.session() as session:
            await session.execute(text(f"UPDATE payee_details SET {change}"))
