"""Reviewing resources by another person, versions for ever, withdrawal, and the contribution that others hear of."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from builders import a_fresh_key, a_teacher, anonymous, partner, staff
from chassis import clock
from contracts.hubs import CommunityContributed, CommunityCorrected
from hubs.app import SERVICE
from resource_bank import FACTS, Bank, path_of, refusal
from worlds import StartService


@pytest.fixture
async def bank(start_service: StartService) -> Bank:
    """A bank with its vocabulary and nothing in it."""
    hubs = await start_service(SERVICE, loaded=["resource_vocabulary"])
    return Bank(hubs)


async def test_an_accepted_resource_is_published_and_told_of_once(bank: Bank) -> None:
    author = a_teacher()
    version = await bank.published(author)
    assert (version["status"], version["reason"]) == ("published", "Tried with a class.")
    [told] = await bank.hubs.published(CommunityContributed)
    assert (str(told.contribution_id), told.teacher_id) == (version["resource_id"], author.id)
    assert (told.activity_code, told.contributed_on) == ("share-a-teaching-resource", clock.today())
    seen = await bank.seen(version["resource_id"])
    assert (seen["number"], seen["is_by_teacher"], seen["rating_average"]) == (1, True, None)
    assert "teacher_id" not in seen


async def test_what_an_organisation_wrote_earns_nobody_anything(bank: Bank) -> None:
    version = await bank.published(partner("resources:write"))
    await bank.withdraw(bank.moderator, version["resource_id"], for_cause=True)
    assert await bank.hubs.published(CommunityContributed) == []
    assert await bank.hubs.published(CommunityCorrected) == []


async def test_nobody_reviews_what_is_their_own_or_their_organisations(bank: Bank) -> None:
    moderator = staff("moderator")
    author = a_teacher(person_id=moderator.id)
    own = await bank.submit(author, await bank.draft(author))
    assert refusal(await bank.decide(own, moderator=moderator)) == (403, "own-resource")
    queue = (await bank.ask(moderator, "GET", "/reviews")).json()["data"]
    assert queue == []
    key = partner("resources:write")
    theirs = await bank.submit(key, await bank.draft(key))
    colleague = staff("moderator", organisation_id=key.organisation_id)
    assert refusal(await bank.decide(theirs, moderator=colleague)) == (403, "own-resource")
    assert (await bank.decide(theirs)).status_code == 200


async def test_the_database_knows_that_two_people_are_needed(bank: Bank) -> None:
    author = a_teacher()
    await bank.submit(author, await bank.draft(author))
    with pytest.raises(DBAPIError, match="two_people"):
        async with bank.hubs.session() as session:
            await session.execute(text("UPDATE resource_version SET reviewer_id = submitted_by"))


async def test_who_has_a_version_in_hand_decides_on_it(bank: Bank) -> None:
    author, other = a_teacher(), staff("moderator")
    version = await bank.submit(author, await bank.draft(author))
    word = {"outcome": "published", "reason": "Clear and correct."}
    early = await bank.ask(bank.moderator, "POST", f"{path_of(version)}/decision", json=word)
    assert refusal(early) == (409, "review-taken")
    taken = await bank.ask(bank.moderator, "POST", f"{path_of(version)}/review", json={})
    assert taken.json()["status"] == "in_review"
    assert refusal(await bank.decide(version, moderator=other)) == (409, "review-taken")
    over = await bank.ask(other, "POST", f"{path_of(version)}/review", json={"take_over": True})
    assert over.status_code == 200
    late = await bank.ask(bank.moderator, "POST", f"{path_of(version)}/decision", json=word)
    assert refusal(late) == (409, "review-taken")
    assert (await bank.ask(other, "POST", f"{path_of(version)}/decision", json=word)).status_code == 200
    assert refusal(await bank.decide(version)) == (409, "resource-version-not-in-review")


async def test_of_moderators_at_once_one_has_the_version_in_hand(bank: Bank) -> None:
    author = a_teacher()
    version = await bank.submit(author, await bank.draft(author))
    tries = [bank.ask(staff("moderator"), "POST", f"{path_of(version)}/review", json={}) for _ in range(8)]
    assert sorted(reply.status_code for reply in await asyncio.gather(*tries)) == [200] + [409] * 7


async def test_a_decision_sent_twice_at_once_is_made_and_told_of_once(bank: Bank) -> None:
    author = a_teacher()
    version = await bank.submit(author, await bank.draft(author))
    await bank.ask(bank.moderator, "POST", f"{path_of(version)}/review", json={})
    word = {"outcome": "published", "reason": "Clear and correct."}
    sent = [bank.ask(bank.moderator, "POST", f"{path_of(version)}/decision", json=word) for _ in range(6)]
    assert sorted(reply.status_code for reply in await asyncio.gather(*sent)) == [200] + [409] * 5
    assert len(await bank.hubs.published(CommunityContributed)) == 1


async def test_a_repeat_with_its_key_is_answered_as_before(bank: Bank) -> None:
    client = await bank.hubs.client(a_teacher(), **a_fresh_key())
    first, again = [await client.post("/v1/resources", json=FACTS) for _ in range(2)]
    assert (first.status_code, again.json()) == (201, first.json())


async def test_a_returned_version_is_mended_and_submitted_again(bank: Bank) -> None:
    author = a_teacher()
    version = await bank.submit(author, await bank.draft(author))
    returned = (await bank.decide(version, "returned")).json()
    assert (returned["status"], returned["reason"]) == ("returned", "Tried with a class.")
    headers = {"If-Match": f'"{returned["edition"]}"'}
    mended = await bank.ask(author, "PUT", path_of(version), json=FACTS, headers=headers)
    assert (mended.status_code, mended.json()["status"]) == (200, "returned")
    again = await bank.submit(author, version)
    assert (again["status"], again["reason"], again["number"]) == ("submitted", None, 1)
    assert await bank.submit(author, version) == again
    assert (await bank.decide(again)).json()["status"] == "published"


async def test_a_new_version_supersedes_the_old_one_which_stays_readable(bank: Bank) -> None:
    author = a_teacher()
    first = await bank.published(author)
    path = f"/{first['resource_id']}/versions"
    second = (await bank.ask(author, "POST", path, json=FACTS | {"title": "Sorting networks, revised"})).json()
    assert (second["number"], second["status"]) == (2, "draft")
    assert refusal(await bank.ask(author, "POST", path, json=FACTS)) == (409, "resource-version-open")
    assert refusal(await bank.ask(a_teacher(), "POST", path, json=FACTS)) == (404, "resource-not-found")
    assert (await bank.seen(first["resource_id"]))["number"] == 1
    await bank.submit(author, second)
    assert (await bank.decide(second)).status_code == 200
    seen = await bank.seen(first["resource_id"])
    assert (seen["number"], seen["title"]) == (2, "Sorting networks, revised")
    assert [(one["number"], one["status"]) for one in seen["versions"]] == [(2, "published"), (1, "superseded")]
    old = await bank.ask(anonymous(), "GET", f"{path}/1")
    assert (old.status_code, old.json()["title"]) == (200, FACTS["title"])
    assert len(await bank.hubs.published(CommunityContributed)) == 1
    listed = (await bank.ask(anonymous(), "GET")).json()["data"]
    assert [one["number"] for one in listed] == [2]


@pytest.mark.parametrize("change", ["SET title = 'Another'", "SET licence = 'MIT'", "SET topics = '{programming}'"])
async def test_the_database_keeps_what_was_published(bank: Bank, change: str) -> None:
    await bank.published()
    with pytest.raises(DBAPIError, match="keeps its content"):
        async with bank.hubs.session() as session:
            await session.execute(text(f"UPDATE resource_version {change}"))
    with pytest.raises(DBAPIError, match="keeps its content"):
        async with bank.hubs.session() as session:
            await session.execute(text("DELETE FROM resource_version"))


async def test_reviewers_are_told_of_others_that_link_to_the_same(bank: Bank) -> None:
    first = await bank.published()
    author = a_teacher()
    await bank.submit(author, await bank.draft(author))
    [waiting] = (await bank.ask(bank.moderator, "GET", "/reviews")).json()["data"]
    assert waiting["same_link_as"] == [first["resource_id"]]
    assert (waiting["is_by_teacher"], waiting["reviewer_id"]) == (True, None)


async def test_withdrawn_for_cause_takes_back_what_was_earned_and_another_may_bring_it_back(bank: Bank) -> None:
    author, other = a_teacher(), staff("moderator")
    resource_id = (await bank.published(author))["resource_id"]
    assert refusal(await bank.withdraw(author, resource_id, for_cause=True)) == (403, "own-resource")
    gone = await bank.withdraw(bank.moderator, resource_id, for_cause=True)
    assert (gone.status_code, gone.json()["is_withdrawn"], gone.json()["withdrawn_for_cause"]) == (200, True, True)
    for path in (f"/{resource_id}", f"/{resource_id}/versions/1", f"/{resource_id}/comments"):
        assert refusal(await bank.ask(anonymous(), "GET", path)) == (410, "resource-withdrawn")
    assert (await bank.ask(author, "GET", f"/{resource_id}/versions/1")).json()["status"] == "withdrawn"
    assert (await bank.ask(anonymous(), "GET")).json()["data"] == []
    assert refusal(await bank.ask(author, "POST", f"/{resource_id}/versions", json=FACTS)) == (
        410,
        "resource-withdrawn",
    )
    assert refusal(await bank.withdraw(other, resource_id, for_cause=True)) == (409, "withdrawal-stands")
    reason = {"reason": "It is the author's own after all."}
    same = await bank.ask(bank.moderator, "POST", f"/{resource_id}/reinstatement", json=reason)
    assert refusal(same) == (403, "another-moderator-needed")
    back = await bank.ask(other, "POST", f"/{resource_id}/reinstatement", json=reason)
    assert (back.status_code, back.json()["is_withdrawn"]) == (200, False)
    assert (await bank.seen(resource_id))["number"] == 1
    told = await bank.hubs.published(CommunityCorrected)
    assert [(one.revision, one.counts, str(one.contribution_id)) for one in told] == [
        (1, False, resource_id),
        (2, True, resource_id),
    ]


async def test_the_authors_own_withdrawal_costs_nothing_and_a_new_version_ends_it(bank: Bank) -> None:
    author = a_teacher()
    resource_id = (await bank.published(author))["resource_id"]
    assert refusal(await bank.withdraw(a_teacher(), resource_id)) == (404, "resource-not-found")
    assert (await bank.withdraw(author, resource_id)).status_code == 200
    reason = {"reason": "We would like to have it."}
    refused = await bank.ask(bank.moderator, "POST", f"/{resource_id}/reinstatement", json=reason)
    assert refusal(refused) == (409, "withdrawal-stands")
    version = (await bank.ask(author, "POST", f"/{resource_id}/versions", json=FACTS)).json()
    await bank.submit(author, version)
    assert (await bank.decide(version)).status_code == 200
    assert (await bank.seen(resource_id))["number"] == 2
    assert len(await bank.hubs.published(CommunityContributed)) == 1
    assert await bank.hubs.published(CommunityCorrected) == []


async def test_what_its_author_withdrew_may_yet_be_withdrawn_for_cause(bank: Bank) -> None:
    author = a_teacher()
    resource_id = (await bank.published(author))["resource_id"]
    await bank.withdraw(author, resource_id)
    assert (await bank.withdraw(bank.moderator, resource_id, for_cause=True)).status_code == 200
    assert [one.counts for one in await bank.hubs.published(CommunityCorrected)] == [False]


async def test_a_version_in_review_is_not_published_once_its_resource_is_gone_for_cause(bank: Bank) -> None:
    author = a_teacher()
    resource_id = (await bank.published(author))["resource_id"]
    version = (await bank.ask(author, "POST", f"/{resource_id}/versions", json=FACTS)).json()
    await bank.submit(author, version)
    await bank.withdraw(bank.moderator, resource_id, for_cause=True)
    assert refusal(await bank.decide(version)) == (410, "resource-withdrawn")
