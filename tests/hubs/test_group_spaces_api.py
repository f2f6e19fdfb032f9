"""A group's space: written in by its people, moderated by its leads and hub, invisible to everybody else."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from chassis import clock
from chassis.ids import new_id
from chassis.tables import audit_entry
from contracts.identity import TeacherErasureRequested
from contracts.networks import SpaceDigestPrepared
from harness import ServiceHarness
from hubs.group_spaces.digests import groups_with_news, send_digests
from hubs.group_spaces.models import SpacePost
from hubs.settings import Settings
from space_steps import Space, a_stranger


@pytest.fixture
async def space(hubs: ServiceHarness) -> Space:
    return await Space.build(hubs)


async def test_people_of_the_group_write_answer_and_see_what_they_have_not_read(space: Space) -> None:
    topic = await space.begin(space.kim)
    answer = await space.write(space.noor, topic, "Cards: https://hub.example.org/cards", reply_to=1)
    assert (answer["number"], answer["reply_to"], answer["part"]) == (2, 1, "participant")
    assert answer["links"] == ["https://hub.example.org/cards"]
    await space.write(space.lead, topic, "Numbers on the floor.")
    assert [one["part"] for one in await space.posts(space.staff, topic)] == ["participant", "participant", "lead"]
    assert (await space.call(space.kim, "GET", topic)).json()["unread"] == 2
    read = await space.call(space.kim, "PUT", f"{topic}/reading", {"until": 2})
    assert read.json()["unread"] == 1
    back = await space.call(space.kim, "PUT", f"{topic}/reading", {"until": 1})
    assert back.json()["unread"] == 1
    [mine] = (await space.projects.call("GET", "/v1/group-spaces", space.kim)).json()["data"]
    assert (mine["part"], mine["unread"], mine["topics"], mine["open_reports"]) == ("participant", 1, 1, None)
    refused = await space.call(space.kim, "POST", f"{topic}/posts", {"text": "To whom?", "reply_to": 9})
    assert refused.json()["code"] == "reply-unknown"


async def test_nobody_else_finds_the_space(space: Space) -> None:
    topic = await space.begin(space.kim)
    head = await space.projects.teacher("900001", leads_school=True)
    others = [a_stranger(), head, space.projects.staff(space.projects.other_hub_id), space.projects.national()]
    for one in others:
        assert (await space.projects.call("GET", "/v1/group-spaces", one)).json()["data"] == []
        for path in ("/topics", topic, f"{topic}/posts", "/posts?q=sorting", "/reports", "/contributions"):
            assert (await space.call(one, "GET", path)).json()["code"] == "group-space-not-found"
        assert (await space.call(one, "POST", f"{topic}/posts", {"text": "Hello"})).status_code == 404


async def test_topics_come_by_their_last_post_and_pages_hold_all_of_them(space: Space) -> None:
    topics = [await space.begin(space.kim, title=f"Topic {number}") for number in range(3)]
    await space.write(space.noor, topics[0])
    titles: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await space.call(space.lead, "GET", f"/topics?limit=1{cursor}")).json()
        titles += [one["title"] for one in page["data"]]
        cursor = f"&cursor={page['page']['next_cursor']}" if page["page"]["has_more"] else None
    assert titles == ["Topic 0", "Topic 2", "Topic 1"]


async def test_words_are_found_and_hidden_ones_are_not(space: Space) -> None:
    topic = await space.begin(space.kim, "Bubble sorting with marbles")
    post = await space.write(space.noor, topic, "Marbles roll away.")
    found = (await space.call(space.kim, "GET", "/posts?q=marble")).json()["data"]
    assert [one["number"] for one in found] == [2, 1]
    await space.moderate(post, space.lead)
    assert len((await space.call(space.kim, "GET", "/posts?q=marble")).json()["data"]) == 1


async def test_an_edit_keeps_the_words_before_for_moderators_and_needs_the_version_that_was_read(space: Space) -> None:
    topic = await space.begin(space.kim)
    post = await space.write(space.noor, topic)
    path = f"/posts/{post['id']}"
    edited = await space.call(space.noor, "PATCH", path, {"text": "Playing cards."}, '"1"')
    assert (edited.json()["text"], edited.json()["version"], edited.headers["ETag"]) == ("Playing cards.", 2, '"2"')
    assert (await space.call(space.noor, "PATCH", path, {"text": "Dice."}, '"1"')).status_code == 412
    assert (await space.call(space.kim, "PATCH", path, {"text": "Dice."}, '"2"')).status_code == 404
    before = (await space.call(space.lead, "GET", f"{path}/wordings")).json()["data"]
    assert [(one["version"], one["text"]) for one in before] == [(1, "Cards.")]
    assert (await space.call(space.noor, "GET", f"{path}/wordings")).json()["code"] == "not-yours-to-moderate"


async def test_a_withdrawn_post_keeps_its_place_and_its_words_only_with_moderators(space: Space) -> None:
    topic = await space.begin(space.kim)
    post = await space.write(space.noor, topic)
    for _ in range(2):
        taken = await space.call(space.noor, "POST", f"/posts/{post['id']}/withdrawal")
        assert (taken.status_code, taken.json()["status"]) == (200, "withdrawn")
    assert [one["text"] for one in await space.posts(space.kim, topic)] == ["What do you use for sorting?", None]
    assert (await space.posts(space.lead, topic))[1]["text"] == "Cards."


async def test_a_reported_post_is_hidden_with_a_reason_restored_and_every_act_is_in_the_trail(space: Space) -> None:
    topic = await space.begin(space.kim)
    post = await space.write(space.noor, topic)
    reports = [
        (await space.call(space.kim, "POST", f"/posts/{post['id']}/reports", {"kind": "personal_data"})).json()
        for _ in range(2)
    ]
    assert reports[0]["id"] == reports[1]["id"]
    own = await space.call(space.noor, "POST", f"/posts/{post['id']}/reports", {"kind": "abuse"})
    assert own.json()["code"] == "not-yours-to-moderate"
    [listed] = (await space.call(space.lead, "GET", "/reports?status=open")).json()["data"]
    assert "person_id" not in listed
    upheld = {"outcome": "upheld", "reason": "It names a pupil."}
    decision = f"/reports/{listed['id']}/decision"
    assert (await space.call(space.kim, "POST", decision, upheld)).status_code == 403
    for _ in range(2):
        assert (await space.call(space.lead, "POST", decision, upheld)).json()["status"] == "upheld"
    contrary = await space.call(space.staff, "POST", decision, {"outcome": "dismissed", "reason": "No."})
    assert contrary.json()["code"] == "post-report-decided"
    assert (await space.posts(space.kim, topic))[1]["text"] is None
    assert (await space.posts(space.noor, topic))[1]["hidden_reason"] == "It names a pupil."
    assert (await space.moderate(post, space.noor, "restore")).status_code == 403
    assert (await space.moderate(post, space.staff, "restore")).json()["status"] == "shown"
    query = select(audit_entry.c.action).where(audit_entry.c.subject == f"space_post:{post['id']}")
    async with space.projects.service.session() as session:
        acts = (await session.scalars(query.order_by(audit_entry.c.position))).all()
    assert [one.removeprefix("group_space.") for one in acts] == [
        "post-reported",
        "post-hidden",
        "report-upheld",
        "post-restored",
    ]


async def test_a_lead_does_not_moderate_what_they_wrote(space: Space) -> None:
    topic = await space.begin(space.kim)
    post = await space.write(space.lead, topic)
    assert (await space.moderate(post, space.lead)).json()["code"] == "not-yours-to-moderate"
    assert (await space.moderate(post, space.staff)).json()["status"] == "hidden"


async def test_a_locked_topic_and_an_ended_group_are_read_and_not_written_in(space: Space) -> None:
    topic = await space.begin(space.kim)
    assert (
        await space.call(space.kim, "POST", f"{topic}/moderation", {"action": "lock", "reason": "x"})
    ).status_code == 403
    locked = await space.call(space.lead, "POST", f"{topic}/moderation", {"action": "lock", "reason": "It is settled."})
    assert locked.json()["is_locked"] is True
    assert (await space.call(space.noor, "POST", f"{topic}/posts", {"text": "But…"})).json()["code"] == "topic-locked"
    await space.call(space.staff, "POST", f"{topic}/moderation", {"action": "unlock", "reason": "It is not."})
    await space.write(space.noor, topic)
    await space.projects.step(f"/v1/groups/{space.group_id}", "completed")
    for one in (space.kim, space.lead, space.staff):
        assert len(await space.posts(one, topic)) == 2
    late = await space.call(space.kim, "POST", f"{topic}/posts", {"text": "Too late?"})
    assert late.json()["code"] == "group-space-closed"


async def test_whoever_leaves_the_group_sees_its_space_no_more(space: Space) -> None:
    group = f"/v1/groups/{space.group_id}"
    people = (await space.projects.call("GET", f"{group}/participants")).json()["data"]
    kim = next(one["id"] for one in people if one["person_id"] == str(space.kim.id))
    await space.projects.call("POST", f"{group}/participants/{kim}/departure", body={"reason": "Moved away."})
    assert (await space.call(space.kim, "GET", "/topics")).status_code == 404


async def test_of_posts_at_once_only_as_many_are_taken_as_one_may_write_and_numbers_have_no_gaps(space: Space) -> None:
    topic = await space.begin(space.noor)
    sent = [space.call(space.kim, "POST", f"{topic}/posts", {"text": f"Post {number}"}) for number in range(24)]
    answers = await asyncio.gather(*sent)
    taken = [one for one in answers if one.status_code == 201]
    refused = [one for one in answers if one.status_code == 429]
    assert (len(taken), len(refused)) == (20, 4)
    assert {one.json()["code"] for one in refused} == {"posting-too-fast"}
    assert all(0 < int(one.headers["Retry-After"]) <= 600 for one in refused)
    assert sorted(one.json()["number"] for one in taken) == list(range(2, 22))


async def test_whoever_is_forgotten_leaves_neither_name_nor_words_and_answers_keep_their_place(space: Space) -> None:
    topic = await space.begin(space.noor)
    await space.write(space.kim, topic)
    service = space.projects.service
    forgotten = TeacherErasureRequested(erasure_id=new_id(), teacher_id=space.noor.id)
    await service.deliver(forgotten)
    opening, answer = await space.posts(space.kim, topic)
    assert (opening["person_id"], opening["text"], answer["text"]) == (None, "(erased)", "Cards.")
    assert (await space.call(space.kim, "GET", topic)).json()["title"] == "(erased)"
    assert (await space.call(space.kim, "GET", "/posts?q=sorting")).json()["data"] == []


async def test_a_digest_counts_what_is_new_to_each_person_once_a_day(space: Space) -> None:
    topic = await space.begin(space.kim)
    await space.write(space.lead, topic)
    service, settings = space.projects.service, space.projects.service.settings
    assert isinstance(settings, Settings)
    now = clock.now()
    async with service.session() as session:
        assert await groups_with_news(session, settings, now - timedelta(days=2)) == []
        await session.execute(update(SpacePost).values(posted_at=now - timedelta(days=2)))
    for _ in range(2):
        async with service.session() as session:
            for one in await groups_with_news(session, settings, now):
                await send_digests(session, settings, one, now)
    told = {one.person_id: (one.posts, one.topics) for one in await service.published(SpaceDigestPrepared)}
    assert told == {space.kim.id: (1, 1), space.noor.id: (2, 1), space.lead.id: (1, 1)}
    assert len(await service.published(SpaceDigestPrepared)) == 3
