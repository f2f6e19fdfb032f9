"""Webhooks, from an address's first challenge to the day it is given up."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from builders import a_sealing_key, a_teacher, anonymous, key_set, partner
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from chassis.sealing import SealBroken, SealingKeys, UnusableKeys
from contracts.hubs import CpdCompleted, HubChanged
from identity.app import SERVICE
from identity.people.models import Role
from identity.people.service import grant_role
from identity.webhooks import rules
from identity.webhooks.replay_limits import REQUESTS
from identity.webhooks.sealing import open_secret, seal
from identity_steps import CHEAP_HASHES, IdentitySteps
from webhook_receiver import Received, Reply, running_receiver
from webhook_steps import ADMIN, BCS, OWN, STEM, WebhookSteps

MANAGER = "sam.teacher@example.org"
JSON = dict[str, Any]


@pytest.fixture
async def hooks(start_service: Any, tmp_path: Path) -> AsyncIterator[WebhookSteps]:
    """Identity in development, a partner, and its address."""
    harness = await start_service(SERVICE, maildir=tmp_path / "mail", webhooks_to_this_machine=True, **CHEAP_HASHES)
    await harness.seed("organisations")
    async with running_receiver() as receiver:
        yield WebhookSteps(IdentitySteps(harness, tmp_path / "mail"), receiver)


def hub(name: str = "A hub") -> HubChanged:
    return HubChanged(hub_id=new_id(), slug="a-hub", name=name, region="North West", is_open=True)


def completed(organisation_id: UUID) -> CpdCompleted:
    return CpdCompleted(
        completion_id=new_id(), teacher_id=new_id(), activity_code="CO001", hours=Decimal(2), mode="online",
        completed_on=date(2026, 11, 2), reported_by_organisation_id=organisation_id,
    )  # fmt: skip


def refuse(_received: Received) -> Reply:
    return 500, b"no"


def say(body: bytes, _received: Received) -> Reply:
    return 200, body


async def test_an_address_is_sent_events_after_it_repeated_its_challenge(hooks: WebhookSteps) -> None:
    webhook = await hooks.register()
    await hooks.identity.harness.deliver(hub("Before"))
    assert await hooks.send() == 1, "the challenge alone"
    assert (await hooks.show(webhook))["status"] == "active"
    event_id = new_id()
    await hooks.identity.harness.deliver(hub("After"), event_id=event_id)
    assert await hooks.send() == 1
    last = hooks.receiver.received[-1]
    assert last.is_signed_by(webhook["secret"])
    assert last.headers["webhook-id"] == last.event["id"] == str(event_id)
    assert last.headers["content-type"].startswith("application/cloudevents+json")
    assert (last.event["specversion"], last.event["type"]) == ("1.0", "uk.ncce.hub.changed.v1")
    assert last.event["data"]["name"] == "After"
    [delivery] = await hooks.deliveries(webhook)
    assert (delivery["status"], delivery["attempts"]) == ("delivered", 1)


async def test_an_address_that_takes_anything_is_not_taken_for_a_willing_one(hooks: WebhookSteps) -> None:
    for body in (b"", b"ok", b"[]", b'{"challenge": "another"}'):
        hooks.receiver.answer = partial(say, body)
        webhook = await hooks.register()
        for _ in range(5):
            await hooks.send_later()
        assert (await hooks.show(webhook))["status"] == "unverified"
    assert len(hooks.receiver.received) == 4 * rules.retries().challenge_attempts
    await hooks.identity.harness.deliver(hub())
    assert await hooks.send_later() == 0
    assert await hooks.change(webhook, status="active") == 409


async def test_a_challenge_can_be_asked_for_again(hooks: WebhookSteps) -> None:
    hooks.receiver.answer, accepting = refuse, hooks.receiver.answer
    webhook = await hooks.register()
    await hooks.send()
    hooks.receiver.answer = accepting
    again = await hooks.identity.post(f"/v1/webhooks/{webhook['id']}/verification", None, caller=OWN)
    assert again.status_code == 202
    await hooks.send()
    assert (await hooks.show(webhook))["status"] == "active"


async def test_a_partner_is_told_of_its_own_and_of_what_everybody_knows(hooks: WebhookSteps) -> None:
    await hooks.active()
    mine = completed(STEM)
    for event in (completed(BCS), mine, hub()):
        await hooks.identity.harness.deliver(event)
    await hooks.send()
    assert {event["subject"].partition(":")[0] for event in hooks.receiver.events} == {"completion", "hub"}
    told = str(hooks.receiver.events)
    assert str(mine.completion_id) in told
    assert str(mine.teacher_id) not in told


async def test_a_partner_is_told_only_of_what_it_asked_for(hooks: WebhookSteps) -> None:
    webhook = await hooks.active(event_types=["uk.ncce.hub.changed.v1"])
    for event in (hub(), completed(STEM)):
        await hooks.identity.harness.deliver(event)
    assert await hooks.send() == 1
    assert await hooks.change(webhook, event_types=[]) == 200
    await hooks.identity.harness.deliver(completed(STEM))
    assert await hooks.send() == 1


async def test_an_event_that_is_heard_twice_is_sent_once(hooks: WebhookSteps) -> None:
    await hooks.active()
    event_id = new_id()
    for _ in range(2):
        await hooks.identity.harness.deliver(hub(), event_id=event_id)
    assert await hooks.send() == 1


async def test_what_fails_is_tried_again_with_the_same_id_until_it_is_dead(hooks: WebhookSteps) -> None:
    webhook = await hooks.active()
    hooks.receiver.answer = refuse
    await hooks.identity.harness.deliver(hub())
    for _ in range(15):
        await hooks.send_later()
    attempts = 1 + len(rules.retries().pauses_seconds)
    ids = {one.headers["webhook-id"] for one in hooks.receiver.received[1:]}
    assert (len(hooks.receiver.received) - 1, len(ids)) == (attempts, 1)
    [delivery] = await hooks.deliveries(webhook, status="dead")
    path = f"/v1/webhooks/{webhook['id']}/deliveries/{delivery['id']}"
    detail = (await hooks.identity.call("GET", path, caller=OWN)).json()
    assert [one["status_code"] for one in detail["attempt_log"]] == [500] * attempts
    assert (await hooks.show(webhook))["status"] == "active", "it has not failed for long"


async def test_an_address_that_took_nothing_for_days_is_switched_off_and_its_managers_are_told(
    hooks: WebhookSteps,
) -> None:
    await hooks.identity.sign_up(MANAGER)
    [person] = await hooks.identity.query("SELECT id FROM person")
    async with hooks.identity.harness.session() as session:
        await grant_role(session, None, person.id, Role.PARTNER_ADMIN, STEM, from_on=clock.today())
    webhook = await hooks.active()
    accepting, hooks.receiver.answer = hooks.receiver.answer, refuse
    await hooks.identity.harness.deliver(hub("Missed"))
    await hooks.send()
    await hooks.identity.query("UPDATE webhook SET failing_since = failing_since - interval '3 days'")
    for _ in range(10):
        await hooks.send_later()
    shown = await hooks.show(webhook)
    assert (shown["status"], shown["disabled_because"]) == ("disabled", "failing")
    [mail] = [one for one in await hooks.identity.mails(MANAGER) if "switched off" in str(one["Subject"])]
    assert hooks.receiver.url in str(mail.get_payload())

    hooks.receiver.answer = accepting
    assert await hooks.change(webhook, status="active") == 200
    hour = timedelta(hours=1)
    span = {"from_at": (clock.now() - hour).isoformat(), "to_at": (clock.now() + hour).isoformat()}
    assert (await hooks.replay(webhook, **span)) == {"replayed": 1, "has_more": False}
    await hooks.send()
    assert [event["data"]["name"] for event in hooks.receiver.events][-1] == "Missed"
    assert (await hooks.show(webhook))["failing_since"] is None


async def test_an_address_that_says_it_is_gone_is_believed(hooks: WebhookSteps) -> None:
    webhook = await hooks.active()
    hooks.receiver.answer = lambda _received: (410, b"")
    await hooks.identity.harness.deliver(hub())
    await hooks.send()
    assert (await hooks.show(webhook))["disabled_because"] == "gone"
    await hooks.identity.harness.deliver(hub())
    assert await hooks.send_later() == 0


async def test_a_delivery_is_sent_again_by_its_id(hooks: WebhookSteps) -> None:
    webhook = await hooks.active()
    for name in ("One", "Two"):
        await hooks.identity.harness.deliver(hub(name))
    await hooks.send()
    first, _ = await hooks.deliveries(webhook)
    assert (await hooks.replay(webhook, delivery_ids=[first["id"], str(new_id())]))["replayed"] == 1
    assert await hooks.send() == 1
    assert hooks.receiver.received[-1].headers["webhook-id"] == first["event_id"]
    nothing = await hooks.identity.post(f"/v1/webhooks/{webhook['id']}/replays", {}, caller=OWN)
    assert nothing.status_code == 422


async def _replays(hooks: WebhookSteps, webhook: JSON, caller: Principal = OWN) -> httpx.Response:
    client = await hooks.identity.harness.client(caller)
    body = {"delivery_ids": [str(new_id())]}
    return await client.post(f"/v1/webhooks/{webhook['id']}/replays", json=body)


async def test_what_is_sent_again_is_limited_for_all_addresses_of_an_organisation(hooks: WebhookSteps) -> None:
    first, second = await hooks.register(), await hooks.register()
    taken = await _replays(hooks, first)
    assert taken.headers["RateLimit"].startswith('"webhook-replays";r=9;t=6')
    assert taken.headers["RateLimit-Policy"].endswith('"replayed-deliveries";q=10000;w=3600')
    await hooks.identity.query("UPDATE webhook_replay_use SET requests_whole_at = now() + interval '1 hour'")
    refused = await _replays(hooks, second)
    assert (refused.status_code, refused.json()["code"], refused.json()["quota"]) == (
        429, "too-many-replays", "webhook-replays"
    )  # fmt: skip
    assert 1 <= int(refused.headers["Retry-After"]) == refused.json()["retry_after_seconds"]
    assert refused.headers["RateLimit"].startswith('"webhook-replays";r=0')
    another = await hooks.identity.post(
        "/v1/webhooks", {"url": hooks.receiver.url}, caller=partner("webhooks:manage", organisation_id=BCS)
    )
    assert (await _replays(hooks, another.json(), partner("webhooks:manage", organisation_id=BCS))).status_code == 202


async def test_over_the_hours_size_nothing_is_queued_again(hooks: WebhookSteps) -> None:
    webhook = await hooks.active()
    for name in ("One", "Two"):
        await hooks.identity.harness.deliver(hub(name))
    await hooks.send()
    await hooks.replay(webhook, delivery_ids=[str(new_id())])
    await hooks.identity.query("UPDATE webhook_replay_use SET deliveries_whole_at = now() + interval '2 hours'")
    ids = [one["id"] for one in await hooks.deliveries(webhook)]
    refused = await hooks.identity.post(f"/v1/webhooks/{webhook['id']}/replays", {"delivery_ids": ids}, caller=OWN)
    assert (refused.status_code, refused.json()["quota"]) == (429, "replayed-deliveries")
    assert {one["status"] for one in await hooks.deliveries(webhook)} == {"delivered"}


@pytest.mark.parametrize(("used", "count", "wait"), [(0, 10, 0), (0, 11, 6), (4, 6, 0), (4, 7, 6), (10, 1, 6)])
def test_a_quota_comes_back_evenly(used: int, count: int, wait: int) -> None:
    now = clock.now()
    whole_at = REQUESTS.after(used, None, now)
    assert REQUESTS.wait_seconds(count, whole_at, now) == wait
    assert REQUESTS.left(whole_at, now) == f'"webhook-replays";r={10 - used};t={6 * used}'
    assert REQUESTS.wait_seconds(10, whole_at, now + timedelta(minutes=1)) == 0


async def test_both_signatures_are_there_while_a_secret_is_rotated(hooks: WebhookSteps) -> None:
    webhook = await hooks.active()
    path = f"/v1/webhooks/{webhook['id']}/secret-rotation"
    rotated = (await hooks.identity.post(path, {"overlap_days": 1}, caller=OWN)).json()
    await hooks.identity.harness.deliver(hub())
    await hooks.send()
    last = hooks.receiver.received[-1]
    assert last.is_signed_by(webhook["secret"])
    assert last.is_signed_by(rotated["secret"])
    await hooks.identity.query("UPDATE webhook SET former_secret_until = now() - interval '1 second'")
    await hooks.identity.harness.deliver(hub())
    await hooks.send()
    assert len(hooks.receiver.received[-1].headers["webhook-signature"].split()) == 1
    assert hooks.receiver.received[-1].is_signed_by(rotated["secret"])


async def test_nothing_goes_to_an_address_that_was_deleted_or_paused(hooks: WebhookSteps) -> None:
    webhook = await hooks.active()
    await hooks.identity.harness.deliver(hub())
    assert await hooks.change(webhook, status="disabled") == 200
    assert await hooks.send() == 0
    assert await hooks.change(webhook, status="active") == 200
    assert await hooks.send() == 1
    await hooks.identity.harness.deliver(hub())
    gone = await hooks.identity.call("DELETE", f"/v1/webhooks/{webhook['id']}", caller=ADMIN)
    assert gone.status_code == 204
    assert await hooks.send() == 0
    assert (await hooks.identity.call("GET", "/v1/webhooks", caller=OWN)).json()["data"] == []


async def test_a_slow_address_holds_up_nobody_but_itself(hooks: WebhookSteps) -> None:
    slow = await hooks.active()
    for _ in range(3):
        await hooks.identity.harness.deliver(hub())
    async with running_receiver() as quick:
        one = "(SELECT id FROM webhook_delivery WHERE status = 'waiting' LIMIT 1)"
        in_hand = f"UPDATE webhook_delivery SET leased_until = now() + interval '1 hour' WHERE id = {one}"
        await hooks.identity.query(in_hand)
        hooks.receiver, before = quick, hooks.receiver
        await hooks.active()
        await hooks.identity.harness.deliver(hub("Now"))
        await hooks.send()
        assert [event["data"]["name"] for event in quick.events] == ["Now"]
        assert before.events == []
    assert len(await hooks.deliveries(slow, status="waiting")) == 4


async def test_a_sender_that_died_with_a_delivery_in_hand_lets_another_send_it_again(
    hooks: WebhookSteps, tmp_path: Path
) -> None:
    """Within the minute, also when the clock of the one that died was a day ahead."""
    await hooks.active()
    await hooks.identity.harness.deliver(hub())
    taken = asyncio.Event()

    def take_and_die(_received: Received) -> Reply:
        taken.set()
        raise ConnectionResetError

    (tmp_path / "clock").write_text("86400")
    clock.follow(tmp_path / "clock")
    accepting, hooks.receiver.answer = hooks.receiver.answer, take_and_die
    sending = asyncio.create_task(hooks.send())
    await taken.wait()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    hooks.receiver.answer = accepting
    clock.follow(None)
    outlived = "SELECT count(*) FROM webhook_delivery WHERE leased_until > now() + interval '1 minute'"
    in_hand = "SELECT count(*) FROM webhook_delivery WHERE leased_until > now()"
    assert [(await hooks.identity.query(one))[0][0] for one in (in_hand, outlived)] == [1, 0]
    await hooks.identity.query("UPDATE webhook_delivery SET leased_until = now(), due_at = now()")
    await hooks.send()
    first, second = hooks.receiver.received[-2:]
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


@pytest.mark.parametrize("caller", [a_teacher(), partner("hubs:read", organisation_id=STEM), anonymous()])
async def test_webhooks_are_for_those_who_manage_them(hooks: WebhookSteps, caller: Principal) -> None:
    listed = await hooks.identity.call("GET", "/v1/webhooks", caller=caller)
    assert listed.status_code == (401 if caller.kind == "anonymous" else 403)


async def test_what_can_be_subscribed_to_is_listed_and_nothing_else_can(hooks: WebhookSteps) -> None:
    listed = (await hooks.identity.call("GET", "/v1/webhooks/event-types", caller=OWN)).json()["data"]
    assert {one["type"]: one["audience"] for one in listed}["uk.ncce.cpd.completed.v1"] == "own"
    body = {"url": hooks.receiver.url, "event_types": ["uk.ncce.teacher.registered.v1"]}
    assert (await hooks.identity.post("/v1/webhooks", body, caller=OWN)).status_code == 422


async def test_no_signing_secret_is_kept_in_the_open(hooks: WebhookSteps) -> None:
    webhook = await hooks.register()
    [held] = await hooks.identity.query("SELECT webhook::text AS row FROM webhook")
    listed = await hooks.identity.call("GET", "/v1/webhooks", caller=OWN)
    assert webhook["secret"].removeprefix("whsec_") not in held.row + listed.text


def test_a_secret_opens_for_its_webhook_by_any_key_that_is_left() -> None:
    old, new = a_sealing_key("old"), a_sealing_key("new")
    webhook_id = new_id()
    sealed = seal(SealingKeys.load(key_set(old)), "whsec_x", webhook_id)
    both = SealingKeys.load(key_set(new, old))
    assert open_secret(both, sealed, webhook_id) == "whsec_x"
    assert seal(both, "whsec_x", webhook_id).startswith("new:")
    for keys, owner, content in (
        (SealingKeys.load(key_set(new)), webhook_id, sealed),
        (both, new_id(), sealed),
        (both, webhook_id, sealed[:-8] + "AAAAAAA="),
        (both, webhook_id, "nonsense"),
        (both, webhook_id, "old:AAAA"),
    ):
        with pytest.raises(SealBroken):
            open_secret(keys, content, owner)
    for wrong in ("{}", "[]", '{"keys": []}', key_set({**old, "k": "c2hvcnQ"})):
        with pytest.raises(UnusableKeys):
            SealingKeys.load(wrong)


def test_pauses_grow_from_seconds_to_a_day_and_never_fall_together() -> None:
    now, schedule = clock.now(), rules.retries()
    assert schedule.pauses_seconds[0] == 5
    assert schedule.pauses_seconds[-1] == 86_400
    for attempt, pause in enumerate(schedule.pauses_seconds, start=1):
        found = {rules.next_attempt_at(attempt, now) for _ in range(20)}
        waits = [(at - now).total_seconds() / pause for at in found if at is not None]
        assert len(found) > 1
        assert all(0.8 <= wait <= 1.2 for wait in waits)
    assert rules.next_attempt_at(len(schedule.pauses_seconds) + 1, now) is None
