"""Contributions to a group's discussion earn credit once, as the project says, and not when they were abuse."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from certification.app import SERVICE as CERTIFICATION
from certification_facts import Log
from contracts.hubs import CommunityContributed, CommunityCorrected
from harness import ServiceHarness
from space_steps import Space

DISCUSSION = "contribute-to-online-discussion"
CONFIRMED: dict[str, Any] = {
    "activity": DISCUSSION,
    "accepted_by": "confirmation",
    "says": "A post that helps others on is confirmed.",
}
COUNTED: dict[str, Any] = CONFIRMED | {"accepted_by": "posts", "posts": 3, "within_weeks": 4}


async def confirm(space: Space, post: dict[str, Any]) -> Any:
    return await space.call(space.lead, "POST", f"/posts/{post['id']}/contribution")


async def test_a_confirmed_post_is_credited_once_taken_back_when_it_was_abuse_and_given_again(
    hubs: ServiceHarness, start_service: Callable[..., Awaitable[ServiceHarness]]
) -> None:
    space = await Space.build(hubs, community_credit=CONFIRMED)
    certification = await start_service(CERTIFICATION, seeded=True)
    log = Log(certification)
    log.teacher, log.id = space.kim, space.kim_id
    await log.register()
    post, other = (
        await space.write(space.kim, topic := await space.begin(space.noor)),
        await space.write(space.kim, topic),
    )
    first = (await confirm(space, post)).json()
    assert (first["activity"], first["counts"], first["person_id"]) == (DISCUSSION, True, str(space.kim.id))
    assert (await confirm(space, other)).json()["id"] == first["id"]
    [told] = await hubs.published(CommunityContributed)
    await certification.deliver(told, times=2)
    earned = [(await log.component("community"))["counted"]]
    await space.moderate(post, space.staff, is_abusive=True)
    await space.moderate(post, space.staff, "restore")
    for news in await hubs.published(CommunityCorrected):
        await certification.deliver(news)
        earned.append((await log.component("community"))["counted"])
    assert earned == ["5", "0", "5"]


async def test_another_post_is_accepted_after_the_first_was_abuse_under_the_same_contribution(
    hubs: ServiceHarness,
) -> None:
    space = await Space.build(hubs, community_credit=CONFIRMED)
    topic = await space.begin(space.noor)
    post, other = await space.write(space.kim, topic), await space.write(space.kim, topic)
    first = (await confirm(space, post)).json()
    await space.moderate(post, space.lead, is_abusive=True)
    assert (await confirm(space, post)).json()["code"] == "post-not-open"
    again = (await confirm(space, other)).json()
    assert (again["id"], again["post_id"], again["counts"]) == (first["id"], other["id"], True)
    await space.moderate(post, space.lead, "restore")
    corrections = [(one.revision, one.counts) for one in await hubs.published(CommunityCorrected)]
    assert corrections == [(1, False), (2, True)]
    assert len(await hubs.published(CommunityContributed)) == 1
    mine = (await space.call(space.kim, "GET", "/contributions")).json()["data"]
    others = (await space.call(space.noor, "GET", "/contributions")).json()["data"]
    assert ([one["id"] for one in mine], others) == ([first["id"]], [])


async def test_so_many_posts_are_enough_where_the_project_says_so_and_abuse_is_none_of_them(
    hubs: ServiceHarness,
) -> None:
    space = await Space.build(hubs, community_credit=COUNTED)
    topic = await space.begin(space.kim)
    post = await space.write(space.kim, topic)
    assert await hubs.published(CommunityContributed) == []
    assert (await confirm(space, post)).json()["code"] == "contribution-not-credited"
    await space.write(space.kim, topic)
    [told] = await hubs.published(CommunityContributed)
    assert (told.teacher_id, told.contributed_on) == (space.kim.id, date.fromisoformat(post["posted_at"][:10]))
    await space.moderate(post, space.lead)  # off topic is no abuse
    await space.moderate(post, space.lead, is_abusive=True)
    await space.write(space.kim, topic)
    assert [one.counts for one in await hubs.published(CommunityCorrected)] == [False, True]


@pytest.mark.parametrize(
    ("author", "code"), [("lead", "not-yours-to-moderate"), ("staff", "contribution-not-credited")]
)
async def test_nobody_confirms_what_is_theirs_and_the_hubs_staff_earn_nothing(
    hubs: ServiceHarness, author: str, code: str
) -> None:
    space = await Space.build(hubs, community_credit=CONFIRMED)
    post = await space.write(getattr(space, author), await space.begin(space.kim))
    assert (await confirm(space, post)).json()["code"] == code


async def test_where_the_project_credits_nothing_nothing_is_confirmed(hubs: ServiceHarness) -> None:
    space = await Space.build(hubs)
    post = await space.write(space.kim, await space.begin(space.noor))
    assert (await confirm(space, post)).json()["code"] == "contribution-not-credited"
    assert (await space.call(space.noor, "POST", f"/posts/{post['id']}/contribution")).status_code == 403
