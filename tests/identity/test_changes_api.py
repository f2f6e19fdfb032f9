"""The change feed: each partner follows what it may know, and following comes to the same as reading everything."""

import asyncio
import random
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from builders import a_teacher, anonymous, partner, staff
from chassis import clock, paging, subscriptions
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.base import AnyEnvelope, Event
from contracts.funding import GrantAwarded
from contracts.hubs import CourseRunChanged, CpdCompleted, CpdCorrected, HubChanged
from contracts.identity import ApiKeyChanged
from contracts.registry import EVENTS, PUBLISHER
from following import Follower
from identity.partner_views import rules
from identity_steps import IdentitySteps

JSON = dict[str, Any]
STEM, BCS = new_id(), new_id()


def follower_of(organisation_id: UUID) -> Principal:
    """A partner's program that may follow."""
    return partner("changes:read", organisation_id=organisation_id)


def hub(hub_id: UUID, name: str = "A hub") -> HubChanged:
    return HubChanged(hub_id=hub_id, slug="a-hub", name=name, region="North West", is_open=True)


def run(run_id: UUID, status: Any = "open") -> CourseRunChanged:
    day = date(2027, 1, 11)
    return CourseRunChanged(
        course_run_id=run_id, course_code="CP001", hub_id=None, status=status, mode="online", phases=("primary",),
        programme="core", days=None, hours=None, starts_on=day, ends_on=day,
    )  # fmt: skip


def completed(completion_id: UUID, organisation_id: UUID | None, hours: str = "2") -> CpdCompleted:
    return CpdCompleted(
        completion_id=completion_id, teacher_id=new_id(), activity_code="CO001", hours=Decimal(hours), mode="online",
        completed_on=date(2026, 11, 2), reported_by_organisation_id=organisation_id,
    )  # fmt: skip


def corrected(completion_id: UUID, organisation_id: UUID, revision: int, hours: str) -> CpdCorrected:
    return CpdCorrected(
        completion_id=completion_id, teacher_id=new_id(), revision=revision, activity_code="CO001",
        hours_before=Decimal(2), hours=Decimal(hours), completed_on=date(2026, 11, 2),
        reported_by_organisation_id=organisation_id,
    )  # fmt: skip


async def page(identity: IdentitySteps, caller: Principal, **parameters: Any) -> JSON:
    client = await identity.harness.client(caller)
    reply = await client.get("/v1/changes", params=parameters)
    assert reply.status_code == 200, reply.text
    found: JSON = reply.json()
    return found


async def everything(identity: IdentitySteps, caller: Principal, follower: Follower, limit: int = 100) -> Follower:
    """Follow to the present end."""
    while follower.take(await page(identity, caller, **follower.parameters(limit))):
        pass
    return follower


async def test_a_partner_reads_what_everybody_may_and_what_is_its_own(identity: IdentitySteps) -> None:
    hub_id, own, others, nobodys = new_id(), new_id(), new_id(), new_id()
    await identity.harness.deliver(hub(hub_id))
    await identity.harness.deliver(completed(own, STEM))
    await identity.harness.deliver(completed(others, BCS))
    await identity.harness.deliver(completed(nobodys, None))
    seen = (await page(identity, follower_of(STEM)))["data"]
    assert [(one["resource"], one["id"]) for one in seen] == [("hub", str(hub_id)), ("completion", str(own))]
    assert seen[1]["data"] == {
        "completion_id": str(own), "activity_code": "CO001", "hours": "2", "completed_on": "2026-11-02"
    }  # fmt: skip


async def test_a_thing_is_listed_once_where_it_last_changed(identity: IdentitySteps) -> None:
    first, second = new_id(), new_id()
    for number, event in enumerate((hub(first), hub(second), hub(first, "Renamed")), start=1):
        await identity.harness.deliver(event, sequence=number)
    seen = (await page(identity, follower_of(STEM)))["data"]
    assert [(one["id"], one["data"]["name"]) for one in seen] == [(str(second), "A hub"), (str(first), "Renamed")]


async def test_old_news_and_news_that_say_nothing_new_move_nothing(identity: IdentitySteps) -> None:
    hub_id = new_id()
    await identity.harness.deliver(hub(hub_id, "Now"), sequence=5)
    cursor = (await page(identity, follower_of(STEM)))["page"]["next_cursor"]
    for sequence, name in ((4, "Before"), (6, "Now")):
        await identity.harness.deliver(hub(hub_id, name), sequence=sequence, times=2)
    later = await page(identity, follower_of(STEM), after=cursor)
    assert later == {"data": [], "page": {"next_cursor": cursor, "has_more": False}}


async def test_what_is_gone_leaves_a_tombstone_and_may_come_back(identity: IdentitySteps) -> None:
    completion, run_id, key_id = new_id(), new_id(), new_id()
    caller, follower = follower_of(STEM), Follower()
    key = ApiKeyChanged(key_id=key_id, organisation_id=STEM, state="live", expires_on=date(2027, 1, 1))
    there: tuple[Event, ...] = (completed(completion, STEM), run(run_id), key)
    for event in there:
        await identity.harness.deliver(event)
    assert len((await everything(identity, caller, follower)).copy) == 3
    gone: tuple[Event, ...] = (
        corrected(completion, STEM, 1, "0.00"),
        run(run_id, "draft"),
        key.model_copy(update={"state": "revoked"}),
    )
    for event in gone:
        await identity.harness.deliver(event, sequence=2)
    assert (await everything(identity, caller, follower)).copy == {}
    tombstones = (await page(identity, caller))["data"]
    assert {(one["operation"], one["data"]) for one in tombstones} == {("removed", None)}
    await identity.harness.deliver(corrected(completion, STEM, 2, "3.0"), sequence=3)
    assert list((await everything(identity, caller, follower)).copy) == [("completion", str(completion))]


async def test_corrections_in_any_order_come_to_the_same(identity: IdentitySteps) -> None:
    completion = new_id()
    events = [completed(completion, STEM), corrected(completion, STEM, 1, "0"), corrected(completion, STEM, 2, "5")]
    for event in reversed(events):
        await identity.harness.deliver(event)
    [only] = (await page(identity, follower_of(STEM)))["data"]
    assert (only["operation"], only["data"]["hours"]) == ("changed", "5")


async def test_news_of_one_thing_in_several_calls_of_one_transaction_come_to_the_last(identity: IdentitySteps) -> None:
    hub_id = new_id()
    await identity.harness.deliver(hub(hub_id, "First"))
    await _write(identity, [(hub(hub_id, "Third"), 3), (hub(hub_id, "Second"), 2), (hub(hub_id, "First"), 4)])
    [only] = (await page(identity, follower_of(STEM)))["data"]
    assert only["data"]["name"] == "First"


async def test_a_feed_can_be_narrowed_to_some_resources(identity: IdentitySteps) -> None:
    await identity.harness.deliver(hub(new_id()))
    await identity.harness.deliver(run(new_id()))
    seen = await page(identity, follower_of(STEM), resource=["course_run", "school"])
    assert [one["resource"] for one in seen["data"]] == ["course_run"]
    later = await page(identity, follower_of(STEM), resource="course_run", after=seen["page"]["next_cursor"])
    assert later["data"] == []


@pytest.mark.parametrize("cursor", ["nonsense", paging.encode(("1",)), paging.encode((str(UUID(int=1)), "x"))])
async def test_a_cursor_that_is_none_of_ours_is_refused(identity: IdentitySteps, cursor: str) -> None:
    client = await identity.harness.client(follower_of(STEM))
    refused = await client.get("/v1/changes", params={"after": cursor})
    assert (refused.status_code, refused.json()["code"]) == (400, "cursor-invalid")


async def test_a_cursor_from_before_the_feed_began_anew_or_from_its_future_is_gone(identity: IdentitySteps) -> None:
    await identity.harness.deliver(hub(new_id()))
    client = await identity.harness.client(follower_of(STEM))
    cursor = (await client.get("/v1/changes")).json()["page"]["next_cursor"]
    [head] = await identity.query("SELECT epoch FROM partner_change_head")
    for stale in (paging.encode((str(head.epoch), "999")), paging.encode((str(head.epoch), "-1"))):
        assert (await client.get("/v1/changes", params={"after": stale})).json()["code"] == "cursor-expired"
    await identity.query("UPDATE partner_change_head SET epoch = gen_random_uuid()")
    assert (await client.get("/v1/changes", params={"after": cursor})).status_code == 410


@pytest.mark.parametrize("caller", [a_teacher(), staff("administrator"), partner("hubs:read"), anonymous()])
async def test_the_feed_is_for_programs_that_may_follow(identity: IdentitySteps, caller: Principal) -> None:
    client = await identity.harness.client(caller)
    assert (await client.get("/v1/changes")).status_code == (401 if caller.kind == "anonymous" else 403)


def test_every_event_says_which_partners_are_told_of_it_or_why_none_is() -> None:
    table = rules.partner_events()
    told, silent = [one.event for one in table.told], set(table.told_to_nobody)
    assert len(told) == len(set(told))
    assert set(told) | silent == {event.subject for event in EVENTS.values()}
    assert not set(told) & silent


def test_what_partners_are_told_exists_and_names_no_person() -> None:
    for type_, told in rules.told_by_type().items():
        fields = EVENTS[type_].model_fields
        needed = {*told.fields, *told.removed_when, *([told.id] if told.resource else [])}
        assert needed - set(fields) == set()
        assert told.audience == rules.EVERYBODY or told.audience in fields
        assert isinstance(told.version, int) or told.version == "sequence" or told.version in fields
        assert not {name for name in told.fields if "teacher" in name or "person" in name}


def test_a_grant_to_a_school_is_told_to_no_organisation() -> None:
    delivery = subscriptions.Delivery(new_id(), "grant:1", 1, clock.now())
    grant = GrantAwarded(
        grant_id=new_id(), card="a", card_version=1, recipient_kind="school", recipient_id="900001",
        amount_pence=1, own_pence=1, awarded_at=clock.now(),
    )  # fmt: skip
    assert rules.fact_of(grant, delivery) is None
    told = rules.fact_of(grant.model_copy(update={"recipient_id": str(STEM)}), delivery)
    assert told is not None
    assert told.organisation_id == STEM


async def _write(identity: IdentitySteps, events: list[tuple[Event, int]]) -> None:
    """Handle events as a consumer does, some together, all in one transaction."""
    async with identity.harness.session() as session:
        for event, sequence in events:
            envelope = AnyEnvelope(
                id=new_id(), source=f"/services/{PUBLISHER[type(event)]}", type=event.type(),
                subject=event.aggregate_id, sequence=sequence, time=clock.now(), data=event.model_dump(mode="json"),
            )  # fmt: skip
            [heard] = [one for one in identity.harness.service.subscriptions.table if one.event is type(event)]
            body = envelope.model_dump_json().encode()
            await subscriptions.handle(session, heard, [subscriptions.read(heard, body)])
            await asyncio.sleep(0)


def _random_events(chance: random.Random, writes: int) -> list[list[tuple[Event, int]]]:
    """Transactions of some events each, about few things, so that they meet."""
    hubs, runs, completions = ([new_id() for _ in range(6)] for _ in range(3))
    owners = {one: chance.choice((STEM, BCS)) for one in completions}
    sequences: dict[UUID, int] = {}
    batches: list[list[tuple[Event, int]]] = []
    while len(batches) < writes:
        batch: list[tuple[Event, int]] = []
        for _ in range(chance.randint(1, 4)):
            subject = chance.choice([*hubs, *runs, *completions])
            number = sequences[subject] = sequences.get(subject, 0) + 1
            if subject in hubs:
                batch.append((hub(subject, f"Name {chance.randint(1, 3)}"), number))
            elif subject in runs:
                batch.append((run(subject, chance.choice(["open", "draft", "closed"])), number))
            elif number == 1:
                batch.append((completed(subject, owners[subject]), number))
            else:
                batch.append((corrected(subject, owners[subject], number, chance.choice(["0", "2", "3"])), number))
        batches.append(batch)
    return batches


SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(2, 42))]


@pytest.mark.parametrize("seed", SEEDS)
async def test_following_comes_to_the_same_as_reading_everything_whatever_is_written_meanwhile(
    identity: IdentitySteps, seed: int
) -> None:
    chance = random.Random(seed)
    batches = _random_events(chance, 25 if seed == 1 else 120)
    chance.shuffle(batches)  # news come in any order
    callers = {STEM: follower_of(STEM), BCS: follower_of(BCS)}
    followers = {one: Follower() for one in callers}
    writing = [asyncio.create_task(_writer(identity, batches[number::4])) for number in range(4)]
    while not all(task.done() for task in writing):
        for one, caller in callers.items():
            followers[one].take(await page(identity, caller, **followers[one].parameters(chance.randint(1, 7))))
    await asyncio.gather(*writing)
    for one, caller in callers.items():
        followed = await everything(identity, caller, followers[one], limit=3)
        read = await everything(identity, caller, Follower())
        assert followed.copy == read.copy
        assert followed.copy == await _as_it_stands(batches, one)


async def _writer(identity: IdentitySteps, batches: list[list[tuple[Event, int]]]) -> None:
    for batch in batches:
        await _write(identity, batch)


async def _as_it_stands(batches: list[list[tuple[Event, int]]], organisation_id: UUID) -> dict[tuple[str, str], JSON]:
    """What a partner may know after all of it, worked out without a feed: of each thing, the last news."""
    last: dict[tuple[str, str], rules.Fact] = {}
    for event, sequence in sorted((one for batch in batches for one in batch), key=lambda one: one[1]):
        fact = rules.fact_of(event, subscriptions.Delivery(new_id(), event.aggregate_id, sequence, clock.now()))
        if fact is not None and fact.organisation_id in (None, organisation_id):
            last[str(fact.resource), fact.resource_id] = fact
    return {key: fact.data for key, fact in last.items() if not fact.is_removed}
