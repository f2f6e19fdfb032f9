"""Contributions to the community: each credited once, taken back and given again, whatever comes in which order."""

import asyncio
import itertools
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from certification.certificates.models import CertificateReview
from certification.credits.models import CreditEntry
from certification_facts import COMMUNITY_WORTH_25, Log, completed, joined, registered
from chassis.ids import new_id
from contracts.base import Event
from contracts.certification import CertificateAwarded, ComponentCompleted, ComponentReopened
from contracts.hubs import CommunityContributed, CommunityCorrected
from harness import ServiceHarness

SHARED = "share-a-teaching-resource"


def contributed(teacher_id: UUID, activity: str = SHARED, contribution_id: UUID | None = None) -> CommunityContributed:
    """A contribution that was accepted."""
    return CommunityContributed(
        contribution_id=contribution_id or new_id(),
        teacher_id=teacher_id,
        activity_code=activity,
        contributed_on=date(2026, 9, 7),
    )


def corrected(told: CommunityContributed, revision: int, counts: bool) -> CommunityCorrected:
    """Word that it does not count, or does."""
    return CommunityCorrected(**told.model_dump(), revision=revision, counts=counts)


async def community(log: Log) -> tuple[str, str]:
    found = await log.component("community")
    return found["recorded"], found["counted"]


async def test_a_shared_resource_earns_what_the_catalogue_says_and_only_once(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    told = contributed(log.id)
    await certification.deliver(told, times=2)
    await certification.deliver(told)  # the same news under another id, as after a republication
    assert await community(log) == ("10", "10")


async def test_each_resource_earns_and_the_component_counts_no_more_than_it_needs(
    certification: ServiceHarness,
) -> None:
    log = await Log(certification).register()
    for _ in range(3):
        await certification.deliver(contributed(log.id))
    assert await community(log) == ("30", "25")
    [done] = await certification.published(ComponentCompleted)
    assert (done.teacher_id, done.component) == (log.id, "community")


async def test_what_the_catalogue_counts_once_earns_once_with_the_log(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await log.contribute("contribute-to-online-discussion")
    for _ in range(2):
        await certification.deliver(contributed(log.id, "contribute-to-online-discussion"))
    assert await community(log) == ("5", "5")


async def test_what_the_catalogue_does_not_know_is_kept_and_earns_nothing(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await certification.deliver(contributed(log.id, "something-of-tomorrow"))
    assert await community(log) == ("0", "0")


async def test_a_teacher_cannot_record_a_shared_resource_in_the_log(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    entry = {"activity": SHARED, "occurred_on": "2026-09-07", "description": "I shared a resource of mine."}
    refused = await log.post("/v1/log-entries", entry)
    assert (refused.status_code, refused.json()["code"]) == (422, "activity-not-self-certifiable")


async def test_a_withdrawn_contribution_is_reversed_and_the_others_stand(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    told, other = contributed(log.id), contributed(log.id)
    for event in (told, other):
        await certification.deliver(event)
    await certification.deliver(corrected(told, 1, False), times=2)
    assert await community(log) == ("10", "10")
    query = select(CreditEntry).where(CreditEntry.activity_key.endswith(str(told.contribution_id)))
    async with certification.session() as session:
        given, taken = (await session.scalars(query.order_by(CreditEntry.revision))).all()
    assert (int(given.credits), int(taken.credits), taken.reverses_id) == (10, -10, given.id)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
async def test_the_order_of_news_does_not_matter(certification: ServiceHarness, order: tuple[int, ...]) -> None:
    log = Log(certification)
    told = contributed(log.id)
    news: list[Event] = [registered(log.id), told, corrected(told, 1, False), corrected(told, 2, True)]
    for number in order:
        await certification.deliver(news[number], sequence=number + 1, times=2)
    assert await community(log) == ("10", "10")
    await certification.deliver(corrected(told, 3, False))
    assert await community(log) == ("0", "0")


async def test_an_award_that_rests_on_a_withdrawn_contribution_is_put_before_a_person(
    certification: ServiceHarness,
) -> None:
    log = await Log(certification).register()
    await certification.deliver(joined(log.id))
    await log.take_diagnostic()
    await log.contribute(COMMUNITY_WORTH_25[0])
    told = contributed(log.id)
    await certification.deliver(told)
    await certification.deliver(completed(log.id, "20"))
    [awarded] = await certification.published(CertificateAwarded)
    await certification.deliver(corrected(told, 1, False))
    [reopened] = await certification.published(ComponentReopened)
    assert reopened.component == "community"
    async with certification.session() as session:
        [review] = (await session.scalars(select(CertificateReview))).all()
    assert (review.certificate_id, review.contribution_id) == (awarded.certificate_id, told.contribution_id)


async def test_news_of_contributions_at_once_leaves_exactly_what_they_earn(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    told = [contributed(log.id) for _ in range(2)]
    news: list[Event] = [*told * 3, corrected(told[1], 1, False), corrected(told[1], 1, False)]
    await asyncio.gather(*(certification.deliver(event, sequence=number) for number, event in enumerate(news, start=1)))
    assert await community(log) == ("10", "10")
