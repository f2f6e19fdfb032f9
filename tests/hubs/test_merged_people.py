"""What becomes of bookings, completions and the rest when two people turn out to be one."""

import itertools
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from builders import a_teacher, partner
from chassis.ids import new_id
from completion_steps import item, report
from contracts.identity import TeacherErasureRequested
from hubs.merges.registry import TABLES
from hubs_network import Network, registered
from merge_facts import effects_of, merged, separated

ROWS = {
    "booking": "teacher_id",
    "completion": "teacher_id",
    "completion_report": "teacher_id",
    "partner_learner": "teacher_id",
    "calendar_feed": "person_id",
    "hub_member": "teacher_id",
}


def test_every_table_about_people_moves_or_says_why_it_stays() -> None:
    assert TABLES.unnamed() == set()
    assert TABLES.unknown() == set()


async def _owners(network: Network) -> dict[str, list[tuple[str, str]]]:
    """Whose each row is, by table."""
    found = {}
    async with network.service.session() as session:
        for table, column in ROWS.items():
            key = "secret_hash::text" if table == "calendar_feed" else "id::text"
            query = f"SELECT {key} AS key, {column}::text AS owner FROM {table} WHERE {column} IS NOT NULL"
            rows = await session.execute(text(query))
            found[table] = sorted((row.key, row.owner) for row in rows)
    return found


async def _somebody_twice(network: Network) -> tuple[UUID, UUID]:
    """Two ids with a booking each, and a completion, a feed and a hub of the second."""
    kept, second = await network.registered_teacher(), await network.registered_teacher()
    for one in (kept, second):
        assert (await network.book(await network.run(), a_teacher(person_id=one))).status_code == 201
    reported = await report(network.service, partner("completions:write"), [item(1, teacher_id=str(second))])
    assert reported["recorded"] == 1
    await network.post(a_teacher(person_id=second), "/v1/calendar-feeds")
    await network.post(a_teacher(person_id=second), f"/v1/hubs/{network.hub_id}/members")
    return kept, second


async def test_everything_moves_and_each_has_back_what_was_theirs(network: Network) -> None:
    kept, second = await _somebody_twice(network)
    before = await _owners(network)
    told = merged(kept, second)
    await network.service.deliver(told, times=2)
    await network.service.deliver(told)
    after = await _owners(network)
    assert {owner for rows in after.values() for _, owner in rows} == {str(kept)}
    assert {name: len(rows) for name, rows in after.items()} == {name: len(rows) for name, rows in before.items()}
    listed = (await (await network.service.client(a_teacher(person_id=kept))).get("/v1/bookings")).json()["data"]
    assert len(listed) == 2
    late = await network.book(await network.run(), a_teacher(person_id=kept))
    await network.service.deliver(separated(told), times=2)
    again = await _owners(network)
    assert (late.json()["id"], str(kept)) in again["booking"], "what was made since stays with the kept"
    again["booking"].remove((late.json()["id"], str(kept)))
    assert again == before


async def test_a_merge_and_news_of_teachers_may_come_in_any_order(network: Network) -> None:
    everybody = []
    for order in itertools.permutations(range(3)):
        kept, second = new_id(), new_id()
        everybody.append(str(kept))
        await report(network.service, partner("completions:write"), [item(1, teacher_id=str(second))])
        news = [registered(kept), registered(second), merged(kept, second)]
        for place in order:
            await network.service.deliver(news[place], times=2)
    owners = await _owners(network)
    found = sorted(owner for _, owner in owners["completion"])
    assert found == sorted(everybody), "reported too early, for an id that was merged since"


async def test_a_separation_that_overtakes_its_merge_holds(network: Network) -> None:
    kept, second = await _somebody_twice(network)
    before = await _owners(network)
    told = merged(kept, second)
    await network.service.deliver(separated(told))
    await network.service.deliver(told)
    assert await _owners(network) == before


async def test_two_places_on_one_run_are_a_question_for_a_person(network: Network) -> None:
    kept, second = await network.registered_teacher(), await network.registered_teacher()
    run = await network.run()
    await network.book(run, a_teacher(person_id=kept))
    other = (await network.book(run, a_teacher(person_id=second))).json()["id"]
    told = merged(kept, second)
    await network.service.deliver(told)
    effects = await effects_of(network.service, told)
    assert effects["stayed"] == {"booking": [{"id": other}]}
    [question] = effects["questions"]
    assert (question["code"], question["about"]) == ("two-places-on-a-run", f"course-run:{run}")
    given_up = await network.post(a_teacher(person_id=kept), f"/v1/bookings/{other}/cancellation")
    assert given_up.status_code == 200, "the person sees both, and gives up either"
    await network.service.deliver(told)
    effects = await effects_of(network.service, told)
    assert (effects["stayed"], effects["questions"]) == ({}, [])


async def test_who_comes_with_the_merged_id_acts_as_the_kept_person(network: Network) -> None:
    kept, second = await network.registered_teacher(), await network.registered_teacher()
    await network.service.deliver(merged(kept, second))
    booked = await network.book(await network.run(), a_teacher(person_id=second))
    assert booked.status_code == 201
    reported = await report(network.service, partner("completions:write"), [item(1, teacher_id=str(second))])
    assert reported["recorded"] == 1, "a partner may name the old id"
    owners = await _owners(network)
    assert {owner for name in ("booking", "completion") for _, owner in owners[name]} == {str(kept)}


async def test_chains_of_merges_are_undone_link_by_link(network: Network) -> None:
    kept, second = await _somebody_twice(network)
    third = await network.registered_teacher()
    before = await _owners(network)
    first, other = merged(kept, second), merged(third, kept)
    await network.service.deliver(other)
    await network.service.deliver(first)
    assert {owner for rows in (await _owners(network)).values() for _, owner in rows} == {str(third)}
    await network.service.deliver(separated(first))
    await network.service.deliver(separated(other))
    assert await _owners(network) == before, "also when the first separation is heard of first"


async def test_a_completion_changes_hands_by_a_merge_and_in_no_other_way(network: Network) -> None:
    kept, second = await _somebody_twice(network)
    for change in (f"teacher_id = '{kept}'", "hours = hours + 1"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with network.service.session() as session:
                await session.execute(text(f"UPDATE completion SET {change}"))
    await network.service.deliver(merged(kept, second))
    with pytest.raises(DBAPIError, match="append-only"):
        async with network.service.session() as session:
            await session.execute(text(f"UPDATE completion SET teacher_id = '{second}'"))


async def test_forgetting_the_kept_person_forgets_the_merged_id_too(network: Network) -> None:
    kept, second = await _somebody_twice(network)
    await network.service.deliver(TeacherErasureRequested(teacher_id=kept, erasure_id=new_id(), merged_ids=(second,)))
    owners = await _owners(network)
    assert (owners["calendar_feed"], owners["hub_member"]) == ([], [])
