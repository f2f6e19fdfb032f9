"""The days between earning a certificate and its award: kept through restarts, begun anew when the ground goes."""

from datetime import datetime, timedelta

import pytest

from builders import staff
from certification.credits.pending import award_due
from certification.reevaluations.engine import advance
from certification_facts import Log, asked, completed
from chassis import clock
from contracts.certification import CertificateAwarded
from contracts.hubs import CpdCompleted, CpdCorrected
from harness import ServiceHarness

PRACTICE, COMMUNITY = "raise-aspirations-with-a-stem-ambassador-visit", "become-a-mentor"
SEVEN_DAYS = timedelta(days=7)


def withdrawn(course: CpdCompleted) -> CpdCorrected:
    facts = course.model_dump(include={"completion_id", "teacher_id", "activity_code", "completed_on"})
    return CpdCorrected.model_validate({**facts, "revision": 2, "hours_before": course.hours, "hours": 0})


@pytest.fixture
async def log(certification: ServiceHarness) -> Log:
    """Somebody under the rules of 2023, who lacks nothing but 50 credits of courses."""
    log = await Log(certification).register()
    await asked(certification, staff("administrator"), scheme="primary", action="migrate_all", version=5)
    is_busy = True
    while is_busy:
        async with certification.session() as session:
            is_busy = await advance(session)
    await log.contribute(PRACTICE, COMMUNITY)
    return log


async def passes(certification: ServiceHarness, days: timedelta) -> int:
    async with certification.session() as session:
        return await award_due(session, clock.now() + days)


async def due(log: Log) -> datetime | None:
    at = (await log.scheme())["award_due_at"]
    return datetime.fromisoformat(at) if at else None


async def test_the_award_waits_for_the_days_that_the_rules_say(certification: ServiceHarness, log: Log) -> None:
    assert await due(log) is None
    await certification.deliver(completed(log.id, "6", "CO040"))
    scheme = await log.scheme()
    assert (scheme["status"], await log.certificates()) == ("complete", [])
    at = await due(log)
    assert at is not None
    assert abs(at - clock.now() - SEVEN_DAYS) < timedelta(minutes=5)
    assert await passes(certification, SEVEN_DAYS - timedelta(hours=1)) == 0
    assert await log.certificates() == []
    assert await passes(certification, SEVEN_DAYS) == 1
    assert len(await log.certificates()) == 1
    assert await due(log) is None
    assert await passes(certification, 2 * SEVEN_DAYS) == 0
    assert len(await certification.published(CertificateAwarded)) == 1


async def test_more_work_in_the_meantime_does_not_begin_the_days_anew(certification: ServiceHarness, log: Log) -> None:
    await certification.deliver(completed(log.id, "6", "CO040"))
    began = await due(log)
    await certification.deliver(completed(log.id, "6", "CO041"))
    assert await due(log) == began


async def test_what_is_withdrawn_ends_the_days_and_earned_again_they_begin_anew(
    certification: ServiceHarness, log: Log
) -> None:
    course = completed(log.id, "6", "CO040")
    await certification.deliver(course)
    first = await due(log)
    await certification.deliver(withdrawn(course))
    assert ((await log.scheme())["status"], await due(log)) == ("in_progress", None)
    assert await passes(certification, 2 * SEVEN_DAYS) == 0
    assert await log.certificates() == []
    await certification.deliver(completed(log.id, "6", "CO041"))
    again = await due(log)
    assert first is not None
    assert again is not None
    assert again > first


async def test_two_workers_award_once(certification: ServiceHarness, log: Log) -> None:
    await certification.deliver(completed(log.id, "6", "CO040"))
    await passes(certification, SEVEN_DAYS)
    await passes(certification, SEVEN_DAYS)
    assert len(await certification.published(CertificateAwarded)) == 1
