"""Partners' batches and the match queue."""

import asyncio
from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from builders import anonymous, partner, staff
from chassis import clock
from chassis.ids import new_id
from completion_steps import counts, item, matches, report, resolve, send
from contracts.hubs import CpdCompleted
from hubs.completions.models import CompletionReport
from hubs_network import Network, registered


async def test_ten_thousand_items_are_recorded_queued_and_turned_away_each_by_its_own_merit(network: Network) -> None:
    sender, teachers = partner("completions:write"), [str(await network.registered_teacher()) for _ in range(50)]
    good = [item(n, f"L{n}", f"CO{n % 20:03}", teacher_id=teachers[n % 50]) for n in range(9_000)]
    unknown = [item(10_000 + n, f"S{n}") for n in range(700)]
    bad = [item(20_000 + n, code="XX999") for n in range(100)] + [{"external_id": "C1"}] * 100
    result = await report(network.service, sender, good + unknown + bad + unknown[:100])
    # Fifty teachers and twenty activities, of which each teacher meets two: the rest speak of the same completions.
    assert counts(result) == (100, 700, 9_000 - 100 + 100, 200)
    assert [rejection["index"] for rejection in result["rejected"]] == list(range(9_700, 9_900))
    assert {rejection["code"] for rejection in result["rejected"]} == {"unknown-activity", "invalid"}
    assert len(await network.service.published(CpdCompleted)) == 100


async def test_a_batch_sent_again_under_another_key_has_no_second_effect(network: Network) -> None:
    sender, teacher = partner("completions:write"), str(await network.registered_teacher())
    items = [item(1, teacher_id=teacher), item(2, code="CO002"), item(3, "stranger")]
    assert counts(await report(network.service, sender, items)) == (2, 1, 0, 0)
    assert counts(await report(network.service, sender, items)) == (0, 0, 3, 0)
    assert len(await network.service.published(CpdCompleted)) == 2


async def test_a_batch_repeated_under_its_key_answers_the_same(network: Network) -> None:
    sender, key = partner("completions:write"), "batch-2026-11-22"
    first = await send(network.service, sender, [item(1)], key)
    again = await send(network.service, sender, [item(1)], key)
    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"


async def test_the_same_activity_under_two_numbers_counts_once(network: Network) -> None:
    sender, teacher = partner("completions:write"), str(await network.registered_teacher())
    first = await report(network.service, sender, [item(1, teacher_id=teacher)])
    second = await report(network.service, sender, [item(2, "another number", teacher_id=teacher)])
    assert (counts(first), counts(second)) == ((1, 0, 0, 0), (0, 0, 1, 0))


async def test_two_partners_may_use_the_same_numbers(network: Network) -> None:
    teacher = str(await network.registered_teacher())
    for _ in range(2):
        result = await report(network.service, partner("completions:write"), [item(1, teacher_id=teacher)])
        assert counts(result) == (1, 0, 0, 0)


async def test_a_learner_named_once_is_known_ever_after(network: Network) -> None:
    sender, teacher = partner("completions:write"), await network.registered_teacher()
    await report(network.service, sender, [item(1, teacher_id=str(teacher))])
    assert counts(await report(network.service, sender, [item(2, code="CO002")])) == (1, 0, 0, 0)
    assert {event.teacher_id for event in await network.service.published(CpdCompleted)} == {teacher}


async def test_a_learner_cannot_become_another_teacher(network: Network) -> None:
    sender, teacher, other = (
        partner("completions:write"),
        await network.registered_teacher(),
        await network.registered_teacher(),
    )
    await report(network.service, sender, [item(1, teacher_id=str(teacher))])
    result = await report(network.service, sender, [item(2, code="CO002", teacher_id=str(other))])
    assert [rejection["code"] for rejection in result["rejected"]] == ["learner-linked-otherwise"]


async def test_an_item_is_turned_away_with_its_place_and_its_reason(network: Network) -> None:
    items = [
        item(1),
        "not an object",
        item(2, hours="0"),
        item(3, hours="61"),
        item(4, completed_on=str(clock.today() + timedelta(days=1))),
        item(5, surprise=1),
        item(6, teacher_id="nobody"),
        item(7, "a\0b"),
    ]
    result = await report(network.service, partner("completions:write"), items)
    assert counts(result) == (0, 1, 0, 7)
    found = {rejection["index"]: (rejection["code"], rejection["detail"]) for rejection in result["rejected"]}
    assert {index: code for index, (code, _) in found.items()} == {
        1: "invalid",
        2: "invalid",
        3: "invalid",
        4: "in-future",
        5: "invalid",
        6: "invalid",
        7: "invalid",
    }
    assert "hours" in found[2][1]
    assert "surprise" in found[5][1]


async def test_a_moderator_says_who_a_learner_is_and_what_waited_counts(network: Network) -> None:
    sender, teacher = partner("completions:write"), await network.registered_teacher()
    await report(network.service, sender, [item(1), item(2, code="CO002"), item(3, code="CO002")])
    [match] = await matches(network.service, staff("moderator"))
    assert (match["waiting"], match["activity_codes"]) == (3, ["CO001", "CO002"])
    resolved = await resolve(network.service, match["id"], teacher)
    assert (resolved.json()["recorded"], resolved.json()["duplicates"]) == (2, 1)
    again = await resolve(network.service, match["id"], teacher)
    assert (again.status_code, again.json()["recorded"]) == (200, 0)
    assert await matches(network.service, staff("moderator")) == []
    events = await network.service.published(CpdCompleted)
    assert [(event.teacher_id, event.activity_code) for event in events] == [(teacher, "CO001"), (teacher, "CO002")]
    assert {event.reported_by_organisation_id for event in events} == {sender.organisation_id}
    assert counts(await report(network.service, sender, [item(4, code="CO003")])) == (1, 0, 0, 0)


async def test_a_match_is_resolved_once_and_only_to_a_registered_teacher(network: Network) -> None:
    await report(network.service, partner("completions:write"), [item(1)])
    [match] = await matches(network.service, staff("moderator"))
    unknown = await resolve(network.service, match["id"], new_id())
    assert (unknown.status_code, unknown.json()["code"]) == (422, "teacher-unknown")
    await resolve(network.service, match["id"], await network.registered_teacher())
    other = await resolve(network.service, match["id"], await network.registered_teacher())
    assert (other.status_code, other.json()["code"]) == (409, "match-resolved")
    missing = await resolve(network.service, str(new_id()), await network.registered_teacher())
    assert missing.json()["code"] == "match-not-found"


async def test_a_report_that_comes_before_the_news_of_its_teacher_is_recorded_with_the_news(network: Network) -> None:
    teacher = new_id()
    result = await report(network.service, partner("completions:write"), [item(1, teacher_id=str(teacher))])
    assert counts(result) == (0, 1, 0, 0)
    event_id = new_id()
    assert await network.service.deliver(registered(teacher), times=2, event_id=event_id) == 1
    await network.service.deliver(registered(teacher), sequence=2)
    assert [event.teacher_id for event in await network.service.published(CpdCompleted)] == [teacher]


async def test_a_partner_sees_its_own_queue_only(network: Network) -> None:
    mine, theirs = partner("completions:write"), partner("completions:write")
    await report(network.service, mine, [item(1, "mine")])
    await report(network.service, theirs, [item(1, "theirs")])
    assert [match["external_learner_id"] for match in await matches(network.service, mine)] == ["mine"]
    assert len(await matches(network.service, staff("moderator"))) == 2


async def test_only_a_partner_with_the_scope_reports_and_only_a_moderator_resolves(network: Network) -> None:
    assert (await send(network.service, partner("other:scope"), [item(1)])).status_code == 403
    assert (await send(network.service, anonymous(), [item(1)])).status_code == 401
    client = await network.service.client(staff("hub_lead", organisation_id=network.hub_id))
    path = f"/v1/completions/matches/{new_id()}/resolution"
    assert (await client.post(path, json={"teacher_id": str(new_id())})).status_code == 403


async def test_a_batch_has_a_key_and_at_most_ten_thousand_items(network: Network) -> None:
    client = await network.service.client(partner("completions:write"))
    without = await client.post("/v1/completions:batch", json={"completions": [item(1)]})
    assert without.json()["code"] == "idempotency-key-missing"
    too_many = await send(network.service, partner("completions:write"), [1] * 10_001)
    assert too_many.status_code == 422


async def test_batches_and_an_answer_at_the_same_moment_lose_and_double_nothing(network: Network) -> None:
    sender, teacher = partner("completions:write"), await network.registered_teacher()
    await report(network.service, sender, [item(0, "L0")])
    [match] = await matches(network.service, staff("moderator"))
    batches = [[item(100 * b + n, f"L{n % 5}", f"CO{n:03}") for n in range(20)] for b in range(4)]
    *answers, resolved = await asyncio.gather(
        *(send(network.service, sender, batch[:: (-1) ** b]) for b, batch in enumerate(batches)),
        resolve(network.service, match["id"], teacher),
    )
    assert {answer.status_code for answer in (*answers, resolved)} == {200}
    for waiting in await matches(network.service, staff("moderator")):
        assert (await resolve(network.service, waiting["id"], teacher)).status_code == 200
    events = await network.service.published(CpdCompleted)
    assert sorted(event.activity_code for event in events) == [f"CO{n:03}" for n in range(20)]
    async with network.service.session() as session:
        states = Counter(await session.scalars(select(CompletionReport.state)))
    assert states == {"recorded": 20, "duplicate": 60}
