"""What becomes of logs, credits and certificates when two people turn out to be one."""

import itertools
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assessment_steps import Hall
from certification.merges.registry import TABLES
from certification_facts import COMMUNITY_WORTH_25, Log, completed, corrected, registered
from chassis.ids import new_id
from contracts.base import Event
from harness import ServiceHarness
from merge_facts import merged, separated
from real_parts import until


def test_every_table_about_people_moves_or_says_why_it_stays() -> None:
    assert TABLES.unnamed() == set()
    assert TABLES.unknown() == set()


async def _credits(certification: ServiceHarness, *people: UUID) -> dict[UUID, dict[str, Decimal]]:
    """What each person's ledger says, by activity; registrations stay with the account that was registered."""
    query = (
        "SELECT teacher_id, activity_key, sum(credits) AS held FROM credit_entry"
        " WHERE activity_key <> 'registration' GROUP BY 1, 2 HAVING sum(credits) > 0"
    )
    found: dict[UUID, dict[str, Decimal]] = {one: {} for one in people}
    async with certification.session() as session:
        for row in await session.execute(text(query)):
            if row.teacher_id in found:
                found[row.teacher_id][row.activity_key] = row.held
    return found


async def test_two_logs_are_one_and_the_same_course_counts_once(certification: ServiceHarness) -> None:
    kept, second = await Log(certification).register(), await Log(certification).register()
    for event in (
        completed(kept.id, "6"),
        completed(second.id, "9"),
        completed(second.id, "4", "CP456"),
    ):
        await certification.deliver(event)
    await second.contribute("become-a-mentor")
    before = await _credits(certification, kept.id, second.id)
    told = merged(kept.id, second.id)
    await certification.deliver(told, times=2)
    await certification.deliver(told)
    together = await _credits(certification, kept.id, second.id)
    assert together[second.id] == {}
    expected = before[second.id] | {
        key: max(held, before[second.id].get(key, held)) for key, held in before[kept.id].items()
    }
    assert together[kept.id] == expected, "the longer report of the same course counts"
    assert len((await kept.get("/v1/log-entries"))["data"]) == 1
    await certification.deliver(separated(told), times=2)
    assert await _credits(certification, kept.id, second.id) == before

    async def has_it_back() -> bool:
        return len((await second.get("/v1/log-entries"))["data"]) == 1

    await until(has_it_back)  # a process remembers for a second by which id a caller goes


async def test_any_order_of_news_about_either_comes_to_the_same(certification: ServiceHarness) -> None:
    ledgers = []
    for order in itertools.permutations(range(4)):
        kept, second = new_id(), new_id()
        course = completed(second, "9")
        news: list[Event] = [registered(kept), registered(second), course, merged(kept, second)]
        for place in order:
            await certification.deliver(news[place], times=2)
        await certification.deliver(corrected(course, 1, "4"))
        found = await _credits(certification, kept, second)
        assert found[second] == {}, order
        ledgers.append(found[kept])
    assert all(one == ledgers[0] for one in ledgers)
    assert len(ledgers[0]) == 1, "the course"


async def test_credits_of_both_earn_a_certificate_together_and_nobody_is_awarded_twice(
    certification: ServiceHarness,
) -> None:
    kept, second = await Log(certification).register(), await Log(certification).register()
    await kept.take_diagnostic()
    await kept.contribute(*COMMUNITY_WORTH_25)
    await certification.deliver(completed(second.id, "20"))
    assert await kept.certificates() == []
    told = merged(kept.id, second.id)
    await certification.deliver(told)
    [certificate] = await kept.certificates()
    assert certificate["scheme"] == "primary"
    await certification.deliver(separated(told))
    assert len(await kept.certificates()) == 1, "what was issued stands"


async def test_certificates_stay_as_they_were_issued_and_the_person_sees_both(certification: ServiceHarness) -> None:
    kept, second = await Log(certification).earn(), await Log(certification).earn()
    mine, other = (await kept.certificates())[0], (await second.certificates())[0]
    issued = await _issued(certification)
    told = merged(kept.id, second.id)
    await certification.deliver(told)
    assert {one["id"] for one in await kept.certificates()} == {mine["id"], other["id"]}
    assert await _issued(certification) == issued, "not a byte of what was issued changed"
    client = await certification.client(kept.teacher)
    assert (await client.get(f"/v1/verify/{other['code']}")).status_code == 200
    async with certification.session() as session:
        opened = await session.scalar(text("SELECT count(*) FROM certificate_review"))
    assert opened == 0, "that reports moved is no ground to doubt a certificate"
    await certification.deliver(separated(told))
    assert [one["id"] for one in await kept.certificates()] == [mine["id"]]


async def _issued(certification: ServiceHarness) -> list[str]:
    async with certification.session() as session:
        return [str(row) for row in await session.execute(text("SELECT c::text FROM certificate c ORDER BY id"))]


async def test_a_report_changes_hands_by_a_merge_and_in_no_other_way(certification: ServiceHarness) -> None:
    kept, second = await Log(certification).register(), await Log(certification).register()
    move = f"UPDATE activity_record SET teacher_id = '{kept.id}' WHERE teacher_id = '{second.id}'"
    with pytest.raises(DBAPIError, match="append-only"):
        async with certification.session() as session:
            await session.execute(text(move))


async def test_everything_of_both_is_told_to_the_kept_person(certification: ServiceHarness) -> None:
    kept, second = await Log(certification).earn(), await Log(certification).earn()
    await certification.deliver(merged(kept.id, second.id))
    held = (await kept.get("/v1/me/certification-export"))["held"]
    assert {row["teacher_id"] for row in held["certificate"]} == {str(kept.id), str(second.id)}


async def test_attempts_at_an_assessment_are_a_persons_and_not_an_ids(certification: ServiceHarness) -> None:
    hall = Hall(certification)
    await hall.publish()
    kept, second = await hall.candidate(), await hall.candidate()
    for candidate in (second, kept):
        assert (await candidate.sit(right=0))["outcome"] == "failed"
    running = await second.begin()
    told = merged(kept.id, second.id)
    await certification.deliver(told)
    gate = await kept.gate()
    assert (gate["attempts"], gate["failures"], gate["status"]) == (3, 2, "in_progress")
    assert (await kept.try_to_begin()).json()["code"] == "attempt-in-progress"
    shown = await kept.attempt(running["id"])
    assert len(shown["questions"]) == 4, "what was begun under the other id is gone on with"
    handed_in = await kept.hand_in(running, await kept.answers(running, right=4))
    assert (handed_in.json()["outcome"], (await kept.gate())["status"]) == ("passed", "passed")
    await certification.deliver(separated(told))
    assert (await kept.gate())["attempts"] == 1
