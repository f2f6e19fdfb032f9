"""What identity keeps sealed, under another key: everything opens, and the old key can go."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple, cast

import pyotp
import pytest
from sqlalchemy import func, select, text

from builders import a_sealing_key, key_set
from chassis import clock
from chassis.resealing import BATCH
from chassis.sealing import SealingKeys
from chassis.settings import ServiceSettings
from factor_steps import Factors
from harness import ServiceHarness
from identity.app import SERVICE
from identity.keys.models import SigningKey
from identity.keys.rotation import NOBODY, keys_now, rotate
from identity.second_factors.models import TotpFactor
from identity.second_factors.proofs import accept_code
from identity.settings import Settings
from identity.webhooks.models import Webhook
from identity.webhooks.sealing import open_secret
from identity_steps import CHEAP_HASHES, IdentitySteps
from resealing_steps import audited, reseal, with_keys
from webhook_receiver import running_receiver
from webhook_steps import OWN, WebhookSteps

FACTORS, WEBHOOKS = a_sealing_key("factors-2027"), a_sealing_key("webhooks-2027")
KINDS = ("authenticator_apps", "signing_keys", "webhook_secrets", "former_webhook_secrets")


def held(settings: ServiceSettings, of: str) -> dict[str, str]:
    """The one key that a setting has."""
    [key] = json.loads(getattr(settings, of).get_secret_value())["keys"]
    return cast(dict[str, str], key)


class Sealed(NamedTuple):
    """Identity with one secret of each kind."""

    harness: ServiceHarness
    person: Factors
    webhook: dict[str, Any]
    secrets: list[str]

    @property
    def both(self) -> Settings:
        """The settings with the new keys before the old."""
        of = self.harness.settings
        factors = with_keys(of, FACTORS, held(of, "factor_keys"), of="factor_keys")
        return cast(Settings, with_keys(factors, WEBHOOKS, held(of, "webhook_keys"), of="webhook_keys"))

    @property
    def later(self) -> Settings:
        """The settings with the new keys alone."""
        factors = with_keys(self.harness.settings, FACTORS, of="factor_keys")
        return cast(Settings, with_keys(factors, WEBHOOKS, of="webhook_keys"))

    async def everything(self, settings: Settings) -> tuple[bool, list[str], list[str]]:
        """Whether the app's code is taken, the signing keys, and what signs to the webhook."""
        async with self.harness.session() as session:
            factor = (await session.scalars(select(TotpFactor))).one()
            factor.last_step = 0
            takes = accept_code(settings, factor, pyotp.TOTP(self.person.secret).now())
            signing, waiting = await keys_now(session, settings)
            hook = (await session.scalars(select(Webhook))).one()
            kept = [hook.sealed_secret, cast(str, hook.former_sealed_secret)]
            secrets = [open_secret(settings.loaded_webhook_keys, one, hook.id) for one in kept]
            return takes, [*signing, *waiting], secrets


@pytest.fixture
async def sealed(start_service: Any, tmp_path: Path) -> Sealed:
    """An app, a signing key and a webhook whose secret was changed, all by the first keys."""
    maildir = tmp_path / "mail"
    harness = await start_service(SERVICE, maildir=maildir, webhooks_to_this_machine=True, **CHEAP_HASHES)
    await harness.seed("organisations")
    identity = IdentitySteps(harness, maildir)
    person = await Factors(identity).sign_up()
    await person.add_app()
    async with harness.session() as session:
        await rotate(session, harness.settings, ahead=timedelta(0))
    async with running_receiver() as receiver:
        webhook = await WebhookSteps(identity, receiver).register()
    path = f"/v1/webhooks/{webhook['id']}/secret-rotation"
    changed = await identity.post(path, {"overlap_days": 7}, caller=OWN)
    assert changed.status_code in (200, 201), changed.text
    return Sealed(harness, person, webhook, [changed.json()["secret"], webhook["secret"]])


async def test_all_that_was_sealed_opens_with_the_old_keys_gone(sealed: Sealed) -> None:
    before = await sealed.everything(sealed.both)
    assert (before[0], before[2]) == (True, sealed.secrets)
    done = await reseal(sealed.harness, sealed.both)
    assert {name: one.resealed for name, one in done.items()} == dict.fromkeys(KINDS, 1)
    assert [list(one.sealed_by) for one in done.values()] == [["factors-2027"]] * 2 + [["webhooks-2027"]] * 2
    assert await sealed.everything(sealed.later) == before
    again = await reseal(sealed.harness, sealed.later)
    assert [(one.resealed, one.could_not_be_opened) for one in again.values()] == [(0, [])] * 4


async def test_the_trail_says_what_was_sealed_anew_and_by_which_key(sealed: Sealed) -> None:
    await reseal(sealed.harness, sealed.both)
    webhook = (f"webhook:{sealed.webhook['id']}", "webhooks-2027")
    assert await audited(sealed.harness, "webhook.secret_resealed") == [webhook]
    assert await audited(sealed.harness, "webhook.former_secret_resealed") == [webhook]
    assert await audited(sealed.harness, "second_factor.app_resealed") == [
        (f"person:{sealed.person.caller.id}", "factors-2027")
    ]
    [(subject, key)] = await audited(sealed.harness, "signing_key.resealed")
    assert (subject.partition(":")[0], key) == ("signing_key", "factors-2027")


async def test_what_does_not_open_is_named_and_left(sealed: Sealed) -> None:
    before = await sealed.everything(sealed.both)
    done = await reseal(sealed.harness, sealed.later)
    assert [(one.resealed, len(one.could_not_be_opened)) for one in done.values()] == [(0, 1)] * 4
    assert done["webhook_secrets"].could_not_be_opened == [sealed.webhook["id"]]
    assert done["webhook_secrets"].sealed_by == {held(sealed.harness.settings, "webhook_keys")["kid"]: 1}
    assert await audited(sealed.harness, "webhook.secret_resealed") == []
    assert await sealed.everything(sealed.both) == before


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ("status = 'deleted'", ["webhook_secrets", "former_webhook_secrets"]),
        ("former_secret_until = now() - interval '1 minute'", ["former_webhook_secrets"]),
    ],
)
async def test_secrets_that_sign_nothing_any_more_are_not_asked_of_a_key(
    sealed: Sealed, change: str, kinds: list[str]
) -> None:
    async with sealed.harness.session() as session:
        await session.execute(text(f"UPDATE webhook SET {change}"))
    done = await reseal(sealed.harness, sealed.later)
    assert [name for name in KINDS if not done[name].sealed_by] == kinds
    assert [name for name in KINDS if not done[name].could_not_be_opened] == kinds


async def test_one_that_does_not_open_keeps_no_other_of_its_batch_and_none_after_it(sealed: Sealed) -> None:
    keys = SealingKeys.load(key_set(held(sealed.harness.settings, "factor_keys")))
    async with sealed.harness.session() as session:
        for number in range(2 * BATCH):
            one = keys.seal(str(number), NOBODY)
            half = {"private_key": one.content, "key_id": one.key_id}
            session.add(SigningKey(kid=f"k{number:04}", **half, made_at=clock.now(), signs_from=clock.now()))
        await session.flush()
        await session.execute(text("UPDATE signing_key SET private_key = private_key || '\\x00' WHERE kid = 'k0007'"))
    done = (await reseal(sealed.harness, sealed.both))["signing_keys"]
    assert (done.resealed, done.could_not_be_opened) == (2 * BATCH, ["k0007"])
    assert done.sealed_by == {"factors-2027": 2 * BATCH, keys.newest: 1}
    async with sealed.harness.session() as session:
        assert await session.scalar(select(func.count()).where(SigningKey.key_id == "factors-2027")) == 2 * BATCH
