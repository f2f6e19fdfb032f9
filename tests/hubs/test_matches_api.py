"""The match queue: who waits how long, whom a learner may be, and decisions that can be taken back."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import time_machine
from sqlalchemy import select, text

from builders import partner, staff
from chassis import clock
from chassis.ids import new_id
from completion_steps import counts, decide, hours_told, item, matches, report, reported, resolve, reverse, told
from contracts.hubs import CpdCorrected
from hubs.completions.models import MatchDecision
from hubs_network import Network, registered


async def detail(network: Network, match_id: str, caller: Any = None) -> dict[str, Any]:
    client = await network.service.client(caller or staff("moderator"))
    found: dict[str, Any] = (await client.get(f"/v1/completions/matches/{match_id}")).json()
    return found


async def the_match(network: Network, **query: str) -> dict[str, Any]:
    client = await network.service.client(staff("moderator"))
    [found] = (await client.get("/v1/completions/matches", params=query)).json()["data"]
    return dict(found)


async def test_candidates_are_those_for_whom_something_speaks(network: Network) -> None:
    named, colleague, elsewhere = new_id(), await network.registered_teacher(), await network.registered_teacher()
    stranger = new_id()
    await network.service.deliver(registered(stranger, "900002"))
    others = partner("completions:write")
    await report(network.service, others, [item(1, "shared-number", teacher_id=str(elsewhere))])
    sender = partner("completions:write")
    await report(network.service, sender, [item(1, "L9", teacher_id=str(colleague))])
    await report(network.service, sender, [item(2, "shared-number", code="CO002", school_urn="900001")])
    match = await the_match(network)
    assert match["school_urn"] == "900001"
    found = {one["teacher_id"]: (one["clues"], one["is_linked"]) for one in match["candidates"]}
    assert found == {
        str(elsewhere): (["same_number_elsewhere", "same_school"], False),
        str(colleague): (["same_school"], True),
    }
    assert [one["teacher_id"] for one in match["candidates"]] == [str(elsewhere), str(colleague)]
    assert (await detail(network, match["id"], sender))["candidates"] == []
    await report(network.service, sender, [item(3, "L-new", teacher_id=str(named))])
    assert (await matches(network.service, sender))[-1]["claimed_teacher_id"] == str(named)


async def test_the_queue_says_how_much_waits_how_long(network: Network) -> None:
    sender = partner("completions:write")
    await report(network.service, sender, [item(1), item(2, code="CO002"), item(3, "L2")])
    await report(network.service, partner("completions:write"), [item(1)])
    moderator = await network.service.client(staff("moderator"))
    summary = (await moderator.get("/v1/completions/matches/summary")).json()
    assert (summary["learners"], summary["completions"], summary["overdue_learners"]) == (3, 4, 0)
    own = (await (await network.service.client(sender)).get("/v1/completions/matches/summary")).json()
    assert (own["learners"], own["completions"], len(own["by_organisation"])) == (2, 3, 1)
    [first, *_] = await matches(network.service, staff("moderator"))
    assert first["waiting_since_at"] < first["due_at"]
    assert first["is_overdue"] is False
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        late = await network.service.client(staff("moderator"))
        overdue = (await late.get("/v1/completions/matches", params={"is_overdue": True})).json()["data"]
        assert len(overdue) == 3
        assert (await late.get("/v1/completions/matches", params={"is_overdue": False})).json()["data"] == []
        assert (await late.get("/v1/completions/matches/summary")).json()["overdue_learners"] == 3


async def test_a_link_taken_back_is_compensated_and_may_be_made_anew(network: Network) -> None:
    hubs, sender = network.service, partner("completions:write")
    wrong, right = await network.registered_teacher(), await network.registered_teacher()
    await report(hubs, sender, [item(1), item(2, code="CO002")])
    match = await the_match(network)
    await resolve(hubs, match["id"], wrong)
    assert await hours_told(hubs) == {(wrong, "CO001"): Decimal("3.5"), (wrong, "CO002"): Decimal("3.5")}
    assert (await reverse(hubs, match["id"])).json()["withdrawn"] == 2
    assert await hours_told(hubs) == {}
    assert {one["status"] for one in await reported(hubs, sender)} == {"queued"}
    again = await reverse(hubs, match["id"])
    assert (again.status_code, again.json()["code"]) == (409, "match-open")
    await resolve(hubs, match["id"], right)
    assert await hours_told(hubs) == {(right, "CO001"): Decimal("3.5"), (right, "CO002"): Decimal("3.5")}
    found = await detail(network, match["id"])
    assert [one["outcome"] for one in found["decisions"]] == ["linked", "unlinked", "linked"]
    assert (found["status"], found["completions"]) == ("linked", [])
    assert (await detail(network, match["id"], sender))["decisions"] == []
    async with hubs.session() as session:
        actions = (await session.scalars(text("SELECT action FROM audit_entry ORDER BY position"))).all()
    assert [one for one in actions if one.startswith("match.")] == [
        "match.resolved",
        "match.reversed",
        "match.resolved",
    ]


async def test_a_partners_own_link_is_taken_back_for_good(network: Network) -> None:
    hubs, sender, wrong = network.service, partner("completions:write"), await network.registered_teacher()
    await report(hubs, sender, [item(1, teacher_id=str(wrong))])
    match = await the_match(network, status="linked")
    await reverse(hubs, match["id"])
    result = await report(hubs, sender, [item(2, code="CO002", teacher_id=str(wrong))])
    assert told(result) == ["queued"]
    assert await hours_told(hubs) == {}


async def test_a_reversal_leaves_what_another_learner_of_the_same_teacher_did(network: Network) -> None:
    hubs, sender, teacher = network.service, partner("completions:write"), await network.registered_teacher()
    await report(hubs, sender, [item(1, "A", teacher_id=str(teacher), hours="2"), item(2, "B", hours="5")])
    match = await the_match(network)
    await resolve(hubs, match["id"], teacher)
    assert await hours_told(hubs) == {(teacher, "CO001"): Decimal(5)}
    await reverse(hubs, match["id"])
    assert await hours_told(hubs) == {(teacher, "CO001"): Decimal(2)}
    assert [one.hours for one in await hubs.published(CpdCorrected)] == [Decimal(5), Decimal(2)]


async def test_a_learner_who_is_nobody_of_ours_leaves_the_queue_until_somebody_thinks_again(network: Network) -> None:
    hubs, sender, teacher = network.service, partner("completions:write"), await network.registered_teacher()
    await report(hubs, sender, [item(1)])
    match = await the_match(network)
    aside = await decide(hubs, match["id"], outcome="not_ours", reason="Teaches abroad.")
    assert (aside.status_code, aside.json()["outcome"]) == (200, "not_ours")
    assert await matches(hubs, staff("moderator")) == []
    assert told(await report(hubs, sender, [item(2, code="CO002", teacher_id=str(teacher))])) == ["not_ours"]
    refused = await resolve(hubs, match["id"], teacher)
    assert (refused.status_code, refused.json()["code"]) == (409, "match-resolved")
    assert (await the_match(network, status="not_ours"))["waiting"] == 0
    await reverse(hubs, match["id"], "Moved to England.")
    assert counts(await report(hubs, sender, [item(1), item(2, code="CO002")])) == (0, 0, 2, 0)
    assert (await resolve(hubs, match["id"], teacher)).json()["recorded"] == 2


async def test_a_shared_number_is_split_completion_by_completion(network: Network) -> None:
    hubs, sender = network.service, partner("completions:write")
    one, other = await network.registered_teacher(), await network.registered_teacher()
    await report(hubs, sender, [item(n, code=f"CO00{n}") for n in (1, 2, 3)])
    match = await the_match(network)
    words = [{"external_id": "C1", "teacher_id": str(one)}, {"external_id": "C2", "teacher_id": str(other)}]
    missing = [{"external_id": "C9", "teacher_id": str(one)}]
    refused = await decide(hubs, match["id"], outcome="split", assignments=missing, reason="Two people, one account")
    assert (refused.status_code, refused.json()["code"]) == (422, "not-this-learners")
    split = await decide(hubs, match["id"], outcome="split", assignments=words, reason="Two people, one account")
    assert (split.json()["recorded"], split.json()["teacher_id"]) == (2, None)
    assert await hours_told(hubs) == {(one, "CO001"): Decimal("3.5"), (other, "CO002"): Decimal("3.5")}
    assert (await the_match(network))["activity_codes"] == ["CO003"]
    # What comes next under the number is nobody's until somebody says so; a correction stays whose it was.
    changes = [item(4, code="CO004"), item(1, code="CO001", hours="1", revision=1)]
    assert told(await report(hubs, sender, changes)) == ["queued", "corrected"]
    rest = [{"external_id": "C3", "teacher_id": str(one)}, {"external_id": "C4", "teacher_id": str(other)}]
    await decide(hubs, match["id"], outcome="split", assignments=rest, reason="The same two people")
    assert (await hours_told(hubs))[one, "CO001"] == Decimal(1)
    assert len(await hours_told(hubs)) == 4
    await reverse(hubs, match["id"], "It was one person after all.")
    assert await hours_told(hubs) == {}
    async with hubs.session() as session:
        kept = (await session.scalars(select(MatchDecision.outcome).order_by(MatchDecision.id))).all()
    assert kept == ["split", "split", "unlinked"]


async def test_an_answer_says_all_that_belongs_to_it(network: Network) -> None:
    await report(network.service, partner("completions:write"), [item(1)])
    match = await the_match(network)
    teacher = str(await network.registered_teacher())
    for word in (
        {"outcome": "linked"},
        {"outcome": "not_ours"},
        {"outcome": "not_ours", "reason": "Abroad.", "teacher_id": teacher},
        {"outcome": "split", "reason": "Two people"},
        {"outcome": "split", "assignments": [{"external_id": "C1", "teacher_id": teacher}] * 2, "reason": "Two people"},
    ):
        refused = await decide(network.service, match["id"], **word)
        assert (refused.status_code, refused.json()["code"]) == (422, "validation-failed"), word
