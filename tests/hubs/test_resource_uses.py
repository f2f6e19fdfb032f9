"""Using and rating resources: once each, added up exactly, and comments that nobody sees unread."""

import asyncio
from typing import Any

import pytest

from builders import a_teacher, anonymous, partner, staff
from chassis.principal import Principal
from hubs.app import SERVICE
from resource_bank import FACTS, Bank, path_of, refusal
from worlds import StartService

COMMENT = "Needs a second lesson with mixed groups."


@pytest.fixture
async def bank(start_service: StartService) -> Bank:
    """A bank with its vocabulary and nothing in it."""
    hubs = await start_service(SERVICE, loaded=["resource_vocabulary"])
    return Bank(hubs)


async def counts(bank: Bank, resource_id: str) -> tuple[int, int, str | None]:
    seen = await bank.seen(resource_id)
    return seen["used_count"], seen["rating_count"], seen["rating_average"]


async def comments(bank: Bank, resource_id: str) -> list[tuple[int, str]]:
    reply = await bank.ask(anonymous(), "GET", f"/{resource_id}/comments")
    assert "teacher_id" not in reply.text
    return [(one["stars"], one["comment"]) for one in reply.json()["data"]]


async def decide_comment(bank: Bank, comment_id: str, outcome: str, by: Principal | None = None) -> Any:
    word = {"outcome": outcome, "reason": "To the point."}
    return await bank.ask(by or bank.moderator, "POST", f"/comments/{comment_id}/decision", json=word)


async def waiting(bank: Bank, by: Principal | None = None) -> list[dict[str, Any]]:
    return list((await bank.ask(by or bank.moderator, "GET", "/comments")).json()["data"])


async def test_use_counts_once_and_only_those_who_used_it_rate(bank: Bank) -> None:
    resource_id = (await bank.published())["resource_id"]
    teacher = a_teacher()
    assert refusal(await bank.rate(teacher, resource_id, 5)) == (409, "use-not-recorded")
    assert refusal(await bank.ask(teacher, "GET", f"/{resource_id}/use")) == (404, "resource-not-found")
    first, again = await bank.use(teacher, resource_id), await bank.use(teacher, resource_id)
    assert (first.status_code, again.json()) == (200, first.json())
    assert await counts(bank, resource_id) == (1, 0, None)
    rated = await bank.rate(teacher, resource_id, 4)
    assert (rated.status_code, rated.json()["stars"]) == (200, 4)
    assert (await bank.ask(teacher, "GET", f"/{resource_id}/use")).json() == rated.json()
    assert await counts(bank, resource_id) == (1, 1, "4.0")


async def test_a_rating_is_replaced_and_the_average_follows(bank: Bank) -> None:
    resource_id = (await bank.published())["resource_id"]
    first, second, third = a_teacher(), a_teacher(), a_teacher()
    for teacher, stars in ((first, 5), (second, 4), (third, 4)):
        await bank.use(teacher, resource_id)
        await bank.rate(teacher, resource_id, stars)
    assert await counts(bank, resource_id) == (3, 3, "4.3")
    await bank.rate(first, resource_id, 1)
    assert await counts(bank, resource_id) == (3, 3, "3.0")


async def test_ratings_at_once_add_up_exactly(bank: Bank) -> None:
    resource_id = (await bank.published())["resource_id"]
    teachers = [a_teacher() for _ in range(12)]

    async def use_and_rate(teacher: Principal, stars: int) -> None:
        # Each says it twice, and changes its mind in between.
        await asyncio.gather(*(bank.use(teacher, resource_id) for _ in range(2)))
        await asyncio.gather(bank.rate(teacher, resource_id, 1), bank.rate(teacher, resource_id, 5))
        assert (await bank.rate(teacher, resource_id, stars)).status_code == 200

    await asyncio.gather(*(use_and_rate(teacher, number % 5 + 1) for number, teacher in enumerate(teachers)))
    stars = [number % 5 + 1 for number in range(12)]
    assert await counts(bank, resource_id) == (12, 12, str(round(sum(stars) / 12, 1)))


async def test_own_work_is_neither_used_nor_rated_by_its_author(bank: Bank) -> None:
    author, key = a_teacher(), partner("resources:write")
    own = (await bank.published(author))["resource_id"]
    theirs = (await bank.published(key))["resource_id"]
    teaches_there = staff("partner_admin", organisation_id=key.organisation_id)
    teaches_there = teaches_there.model_copy(update={"attributes": {"school_urn": "900001"}})
    for who, resource_id in ((author, own), (teaches_there, theirs)):
        assert refusal(await bank.use(who, resource_id)) == (403, "own-resource")
        assert refusal(await bank.rate(who, resource_id, 5)) == (403, "own-resource")
    assert refusal(await bank.use(staff("moderator"), own)) == (403, "teachers-only")
    assert (await bank.use(anonymous(), own)).status_code == 401


@pytest.mark.parametrize("stars", [0, 6, 3.5, None])
async def test_stars_are_one_to_five(bank: Bank, stars: Any) -> None:
    resource_id = (await bank.published())["resource_id"]
    teacher = a_teacher()
    await bank.use(teacher, resource_id)
    assert refusal(await bank.rate(teacher, resource_id, stars)) == (422, "validation-failed")


async def test_a_comment_is_shown_once_a_moderator_has_read_that_very_wording(bank: Bank) -> None:
    resource_id = (await bank.published())["resource_id"]
    teacher = a_teacher()
    await bank.use(teacher, resource_id)
    rated = await bank.rate(teacher, resource_id, 4, COMMENT)
    assert (rated.json()["comment_status"], await comments(bank, resource_id)) == ("waiting", [])
    assert await counts(bank, resource_id) == (1, 1, "4.0")
    [first] = await waiting(bank)
    await bank.rate(teacher, resource_id, 4, "Something rude instead.")
    assert refusal(await decide_comment(bank, first["comment_id"], "shown")) == (404, "comment-not-found")
    [second] = await waiting(bank)
    assert (await decide_comment(bank, second["comment_id"], "refused")).status_code == 200
    assert refusal(await decide_comment(bank, second["comment_id"], "shown")) == (409, "comment-decided")
    await bank.rate(teacher, resource_id, 3, COMMENT)
    [third] = await waiting(bank)
    assert (await decide_comment(bank, third["comment_id"], "shown")).status_code == 200
    assert await comments(bank, resource_id) == [(3, COMMENT)]
    await bank.rate(teacher, resource_id, 5, COMMENT)
    assert await comments(bank, resource_id) == [(5, COMMENT)]
    await bank.rate(teacher, resource_id, 5)
    assert await comments(bank, resource_id) == []


async def test_nobody_decides_on_their_own_comment(bank: Bank) -> None:
    resource_id = (await bank.published())["resource_id"]
    moderator = staff("moderator")
    teacher = a_teacher(person_id=moderator.id)
    await bank.use(teacher, resource_id)
    await bank.rate(teacher, resource_id, 5, COMMENT)
    [comment] = await waiting(bank)
    assert await waiting(bank, moderator) == []
    assert refusal(await decide_comment(bank, comment["comment_id"], "shown", moderator)) == (404, "comment-not-found")


async def test_use_and_ratings_outlive_a_new_version(bank: Bank) -> None:
    author, teacher = a_teacher(), a_teacher()
    resource_id = (await bank.published(author))["resource_id"]
    await bank.use(teacher, resource_id)
    await bank.rate(teacher, resource_id, 2)
    version = (await bank.ask(author, "POST", f"/{resource_id}/versions", json=FACTS)).json()
    await bank.submit(author, version)
    await bank.decide(version)
    assert path_of(version).endswith("/2")
    assert await counts(bank, resource_id) == (1, 1, "2.0")
    assert (await bank.rate(teacher, resource_id, 5)).json()["version_number"] == 2
    assert await counts(bank, resource_id) == (1, 1, "5.0")


async def test_what_was_withdrawn_is_neither_used_nor_rated(bank: Bank) -> None:
    resource_id = (await bank.published())["resource_id"]
    teacher = a_teacher()
    await bank.use(teacher, resource_id)
    await bank.withdraw(bank.moderator, resource_id)
    assert refusal(await bank.use(a_teacher(), resource_id)) == (410, "resource-withdrawn")
    assert refusal(await bank.rate(teacher, resource_id, 5)) == (410, "resource-withdrawn")


async def test_the_best_rated_come_first_when_asked_for(bank: Bank) -> None:
    good, better = [(await bank.published())["resource_id"] for _ in range(2)]
    for resource_id, stars in ((good, 3), (better, 4)):
        teacher = a_teacher()
        await bank.use(teacher, resource_id)
        await bank.rate(teacher, resource_id, stars)
    await bank.use(a_teacher(), good)
    for sort, expected in (("best_rated", [better, good]), ("most_used", [good, better])):
        listed = (await bank.ask(anonymous(), "GET", params={"sort": sort})).json()["data"]
        assert [one["id"] for one in listed] == expected
