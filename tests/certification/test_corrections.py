"""A correction leaves the ledger as if the report had been right: nothing is changed in it, entries are reversed."""

import itertools
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import select

from certification.certificates.models import CertificateReview
from certification.credits.models import CreditEntry
from certification_facts import COMMUNITY_WORTH_25, Log, completed, corrected, joined
from chassis.ids import new_id
from contracts.base import Event
from contracts.certification import CertificateAwarded, ComponentCompleted, ComponentReopened
from harness import ServiceHarness


async def entries_of(certification: ServiceHarness, teacher_id: UUID) -> list[CreditEntry]:
    query = select(CreditEntry).where(CreditEntry.teacher_id == teacher_id, CreditEntry.component.like("prof%"))
    async with certification.session() as session:
        return list((await session.scalars(query.order_by(CreditEntry.scheme, CreditEntry.revision))).all())


async def knowledge(log: Log) -> str:
    recorded: str = (await log.component("professional_knowledge"))["recorded"]
    return recorded


async def test_fewer_hours_reverse_the_very_entry_and_enter_what_is_left(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    told = completed(log.id, "12")
    await certification.deliver(told)
    await certification.deliver(corrected(told, 1, "6"), times=2)
    given, taken, left = await entries_of(certification, log.id)
    assert [int(entry.credits) for entry in (given, taken, left)] == [36, -36, 18]
    assert (taken.reverses_id, left.reverses_id) == (given.id, None)
    assert taken.hours == Decimal(-12)
    assert await knowledge(log) == "18"


async def test_withdrawn_and_counted_again_is_worth_what_it_was(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    told = completed(log.id, "6")
    await certification.deliver(told)
    await certification.deliver(corrected(told, 1, "0"))
    assert await knowledge(log) == "0"
    await certification.deliver(corrected(told, 2, "6"))
    assert await knowledge(log) == "18"


async def test_another_report_of_the_course_still_counts(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    told, other = completed(log.id, "12"), completed(log.id, "4")
    for event in (told, other):
        await certification.deliver(event)
    await certification.deliver(corrected(told, 1, "0"))
    assert await knowledge(log) == "12"


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_the_order_of_news_does_not_matter(certification: ServiceHarness, order: tuple[int, ...]) -> None:
    log = await Log(certification).register()
    told = completed(log.id, "12")
    news: list[Event] = [told, corrected(told, 1, "0"), corrected(told, 2, "5")]
    for number in order:
        await certification.deliver(news[number], sequence=number + 1)
    assert await knowledge(log) == "15"


async def test_a_component_that_falls_short_is_told_of_and_completed_again(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    told = completed(log.id, "20")
    await certification.deliver(told)
    await certification.deliver(corrected(told, 1, "19.5"))
    [reopened] = await certification.published(ComponentReopened)
    assert (reopened.teacher_id, reopened.component) == (log.id, "professional_knowledge")
    await certification.deliver(completed(log.id, "1", "CP420", completion_id=new_id()))
    completions = await certification.published(ComponentCompleted)
    assert [one.component for one in completions].count("professional_knowledge") == 2


async def test_an_award_stands_and_is_put_before_a_person_once(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await certification.deliver(joined(log.id))
    await log.contribute(*COMMUNITY_WORTH_25)
    await log.take_diagnostic()
    told = completed(log.id, "20")
    await certification.deliver(told)
    [awarded] = await certification.published(CertificateAwarded)
    for revision, hours in ((1, "0"), (2, "20"), (3, "1")):
        await certification.deliver(corrected(told, revision, hours))
    assert await certification.published(CertificateAwarded) == [awarded]
    async with certification.session() as session:
        [review] = (await session.scalars(select(CertificateReview))).all()
    assert (review.certificate_id, review.closed_at) == (awarded.certificate_id, None)
    assert (await log.scheme())["status"] == "awarded"


async def test_another_day_reverses_the_entry_and_enters_it_on_that_day(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    told = completed(log.id, "12")
    await certification.deliver(told)
    moved = corrected(told, 2, "12", date(2019, 3, 1))
    await certification.deliver(moved, times=2)
    await certification.deliver(corrected(told, 1, "12", date(2020, 1, 1)))
    given, taken, anew = await entries_of(certification, log.id)
    assert (taken.reverses_id, taken.occurred_on) == (given.id, told.completed_on)
    assert [(int(entry.credits), entry.occurred_on) for entry in (given, anew)] == [
        (36, told.completed_on),
        (36, date(2019, 3, 1)),
    ]
    assert {entry.scheme_version for entry in (given, taken, anew)} == {given.scheme_version}
    assert await knowledge(log) == "36"
    assert await certification.published(ComponentReopened) == []


async def test_a_day_corrected_before_the_completion_is_heard_is_the_day_of_its_entry(
    certification: ServiceHarness,
) -> None:
    log = await Log(certification).register()
    told = completed(log.id, "12")
    await certification.deliver(corrected(told, 1, "12", date(2026, 1, 5)))
    await certification.deliver(told)
    [entry] = await entries_of(certification, log.id)
    assert (entry.occurred_on, int(entry.credits)) == (date(2026, 1, 5), 36)


async def test_a_later_enrolment_credits_a_course_on_the_corrected_day(certification: ServiceHarness) -> None:
    log = await Log(certification, "secondary").register()
    told = completed(log.id, "12")
    await certification.deliver(told)
    await certification.deliver(corrected(told, 1, "12", date(2026, 1, 5)))
    assert (await log.post("/v1/enrolments", {"scheme": "gcse_subject_knowledge"})).status_code == 201
    entries = await entries_of(certification, log.id)
    assert [entry.occurred_on for entry in entries if entry.scheme == "gcse_subject_knowledge"] == [date(2026, 1, 5)]


async def test_another_day_puts_no_award_in_question(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await log.contribute(*COMMUNITY_WORTH_25)
    await log.take_diagnostic()
    told = completed(log.id, "20")
    await certification.deliver(told)
    await certification.deliver(corrected(told, 1, "20", date(2026, 2, 1)))
    async with certification.session() as session:
        assert (await session.scalars(select(CertificateReview))).all() == []
    assert (await log.scheme())["status"] == "awarded"
