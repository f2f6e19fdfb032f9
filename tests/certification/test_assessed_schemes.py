"""Certificates that need an assessment: what opens it, what it completes, what progress says of it."""

from datetime import datetime, timedelta
from typing import Any

import time_machine
from sqlalchemy import update

from assessment_steps import GCSE, Candidate, Hall, gcse_file
from builders import staff
from certification.assessments.openings import announce_publication
from certification.drafts.schemas import EXAMPLE_CASES, EXAMPLE_RULES
from certification.question_banks.models import QuestionBank
from certification_facts import COMMUNITY_WORTH_25, Log, a_proposal, completed, published
from chassis import clock
from contracts.certification import AssessmentOpened, CertificateAwarded
from harness import ServiceHarness

JSON = dict[str, Any]
SCHEME = "gcse_subject_knowledge"


async def enrolled(hall: Hall) -> tuple[Log, Candidate]:
    """Somebody enrolled for the GCSE certificate, who has done nothing for it but register."""
    candidate = await hall.candidate()
    log = Log(hall.certification, "secondary")
    log.teacher, log.id = candidate.teacher, candidate.id
    return log, candidate


async def all_credits(log: Log) -> None:
    """15, 60 and 25."""
    await log.take_diagnostic()
    await log.contribute(*COMMUNITY_WORTH_25)
    for code in ("CP228", "CP420"):
        await log.certification.deliver(completed(log.id, "20", code))


async def of_scheme(log: Log) -> list[JSON]:
    return [one for one in await log.certificates() if one["scheme"] == SCHEME]


async def test_15_60_and_25_are_not_enough_without_the_assessment_and_with_it_the_certificate_is_awarded(
    certification: ServiceHarness,
) -> None:
    hall = Hall(certification)
    await hall.publish()
    log, candidate = await enrolled(hall)
    await all_credits(log)
    before = await log.scheme(SCHEME)
    assert [one["needed"] for one in before["components"]] == ["0", "0", "0"]
    assert (before["status"], before["counted"]) == ("in_progress", "100")
    assert before["why_not_complete"] == ["The summative assessment has to be passed."]
    assert await of_scheme(log) == []
    assert (await candidate.sit(right=2))["outcome"] == "failed"
    assert await of_scheme(log) == []
    assert (await candidate.sit(right=3))["outcome"] == "passed"
    after = await log.scheme(SCHEME)
    assert (after["status"], after["why_not_complete"], after["assessment"]["is_passed"]) == ("awarded", [], True)
    assert len(await of_scheme(log)) == 1
    awarded = [event for event in await certification.published(CertificateAwarded) if event.scheme == SCHEME]
    assert len(awarded) == 1


async def test_a_pass_that_came_first_completes_with_the_last_credit(certification: ServiceHarness) -> None:
    hall = Hall(certification)
    await hall.publish()
    log, candidate = await enrolled(hall)
    assert (await candidate.sit(right=4))["outcome"] == "passed"
    assert await of_scheme(log) == []
    await all_credits(log)
    assert len(await of_scheme(log)) == 1


async def test_progress_says_where_one_stands_with_the_assessment(certification: ServiceHarness) -> None:
    hall = Hall(certification)
    await hall.publish()
    log, candidate = await enrolled(hall)
    told = (await log.scheme(SCHEME))["assessment"]
    assert (told["assessment"], told["status"], told["attempts"], told["closed_because"]) == (GCSE, "open", 0, [])
    await candidate.sit(right=1)
    attempt = await candidate.begin()
    assert (await log.scheme(SCHEME))["assessment"]["status"] == "in_progress"
    deadline = datetime.fromisoformat(attempt["deadline_at"])
    with time_machine.travel(deadline, tick=False):
        told = (await log.scheme(SCHEME))["assessment"]
        assert (told["status"], told["failures"]) == ("being_marked", 1)
        await candidate.attempt(attempt["id"])
        told = (await log.scheme(SCHEME))["assessment"]
    assert (told["status"], told["attempts"], told["failures"], told["best_percent"]) == ("waiting", 2, 2, "25")
    assert datetime.fromisoformat(told["opens_at"]) == deadline + timedelta(hours=48)
    assert told["closed_because"] == [
        "After 2 failed attempts there are 48 hours from the last one to the next: it may begin on "
        f"{deadline + timedelta(hours=48):%-d %B %Y at %H:%M:%S} UTC."
    ]


async def gated(certification: ServiceHarness) -> None:
    """Rules in force the day after tomorrow, under which six hours of courses come before the assessment."""
    six_hours = {"needs": "at_least", "title": "Six hours", "measure": "hours", "amount": "6", "of": {"kinds": ["cpd"]}}
    rules = EXAMPLE_RULES | {"assessment_required": True, "assessment": {"opens_when": six_hours}}
    completes, does_not = (dict(case) for case in EXAMPLE_CASES if isinstance(case, dict))
    cases = [completes | {"assessment_passed": True}, does_not]
    proposal = a_proposal(SCHEME, rules=rules, cases=cases)
    await published(certification, staff("administrator"), staff("administrator"), proposal)


async def test_the_gate_opens_with_what_the_rules_ask_for_and_its_teacher_is_told_once(
    certification: ServiceHarness,
) -> None:
    """What the incumbent never did: its notice asked a question whose answer was always no."""
    hall = Hall(certification)
    await gated(certification)
    with time_machine.travel(clock.now() + timedelta(days=3), tick=True):
        log, candidate = await enrolled(hall)
        refused = await candidate.try_to_begin()
        assert (refused.status_code, refused.json()["gate"]) == (409, "not_eligible")
        assert refused.json()["reasons"] == ["It opens when this is met: Six hours: 0 of 6 hours, 6 more needed."]
        assert (await log.scheme(SCHEME))["assessment"]["status"] == "not_eligible"
        await certification.deliver(completed(log.id, "5"))
        assert await certification.published(AssessmentOpened) == []
        await certification.deliver(completed(log.id, "1", "CP420"), times=2)
        [opened] = await certification.published(AssessmentOpened)
        assert (opened.teacher_id, opened.assessment, opened.title) == (log.id, GCSE, gcse_file().title)
        await certification.deliver(completed(log.id, "6", "CP430"))
        assert len(await certification.published(AssessmentOpened)) == 1
        assert (await candidate.begin())["number"] == 1


async def test_who_was_enrolled_when_questions_are_published_is_told_then(certification: ServiceHarness) -> None:
    hall = Hall(certification)
    async with certification.session() as session:
        await session.execute(update(QuestionBank).values(status="declined", version=None, published_at=None))
    log, candidate = await enrolled(hall)
    assert await certification.published(AssessmentOpened) == []
    assert (await log.scheme(SCHEME))["assessment"]["status"] == "not_available"
    assert (await candidate.try_to_begin()).json()["gate"] == "not_available"
    await hall.publish()
    for _ in range(2):
        is_busy = True
        while is_busy:
            async with certification.session() as session:
                is_busy = await announce_publication(session)
        assert [one.teacher_id for one in await certification.published(AssessmentOpened)] == [log.id]
