"""Sitting an assessment through the API: the gate, the paper, the clock, the marks."""

import asyncio
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from assessment_steps import GCSE, Candidate, Hall, a_bank, an_assessor, gcse_file
from builders import a_fresh_key, a_teacher, staff
from certification.assessments.background import overdue
from certification.assessments.models import AssessmentAttempt, AssessmentPass
from certification.assessments.service import end_overdue
from certification.teachers.service import lock_log
from chassis import clock
from contracts.certification import AssessmentOpened, AssessmentPassed
from harness import ServiceHarness

HALF_AN_HOUR, TWO_DAYS, A_MOMENT = timedelta(minutes=30), timedelta(hours=48), timedelta(microseconds=1)


@pytest.fixture
async def hall(certification: ServiceHarness) -> Hall:
    """The GCSE assessment with a small bank of four sums, of which three right answers pass."""
    hall = Hall(certification)
    await hall.publish()
    return hall


@pytest.fixture
async def candidate(hall: Hall) -> Candidate:
    return await hall.candidate()


def at(moment: datetime) -> time_machine.travel:
    """The platform's clock stands still at a moment."""
    return time_machine.travel(moment, tick=False)


async def sweep(certification: ServiceHarness) -> int:
    """What the background does once."""
    ended = 0
    for teacher_id in await overdue(certification.database, clock.now()):
        async with certification.session() as session:
            await lock_log(session, teacher_id)
            ended += await end_overdue(session, teacher_id, clock.now())
    return ended


async def test_the_paper_that_comes_with_the_platform_has_25_questions_and_tells_no_answer(
    certification: ServiceHarness,
) -> None:
    candidate = await Hall(certification).candidate()
    attempt = await candidate.begin()
    assert len(attempt["questions"]) == 25
    begun, deadline = (datetime.fromisoformat(attempt[name]) for name in ("started_at", "deadline_at"))
    assert deadline - begun == HALF_AN_HOUR
    assert datetime.fromisoformat(attempt["expires_at"]) - begun == timedelta(hours=2)
    quotas = {one.topic: one.questions for one in gcse_file().bank.topics}
    asked = [one["topic"] for one in attempt["questions"]]
    assert {topic: asked.count(topic) for topic in quotas} == quotas
    allowed = {"question", "topic", "text", "choose", "marks", "options", "answer"}
    assert all(set(one) == allowed for one in attempt["questions"])
    assert all(set(option) == {"option", "text"} for one in attempt["questions"] for option in one["options"])
    by_text = {one.text: one for one in gcse_file().bank.questions}
    firsts = [by_text[one["text"]].options.index(one["options"][0]["text"]) for one in attempt["questions"]]
    assert len(set(firsts)) > 1


async def test_two_people_sit_different_papers(certification: ServiceHarness) -> None:
    hall = Hall(certification)
    papers = [[one["text"] for one in (await (await hall.candidate()).begin())["questions"]] for _ in range(2)]
    assert papers[0] != papers[1]


async def test_a_pass_is_told_once_counts_at_once_and_closes_the_gate(hall: Hall, candidate: Candidate) -> None:
    result = await candidate.sit(right=3)
    assert (result["status"], result["outcome"], result["percent"]) == ("marked", "passed", "75")
    assert (result["marks_awarded"], result["marks_possible"], result["ended_by"]) == (3, 4, "submission")
    assert result["topics"] == [{"topic": "sums", "title": "Sums", "marks_awarded": 3, "marks_possible": 4}]
    assert result["questions"] == []
    [passed] = await hall.certification.published(AssessmentPassed)
    assert (str(passed.attempt_id), passed.teacher_id, passed.assessment) == (result["id"], candidate.id, GCSE)
    refused = await candidate.try_to_begin()
    assert (refused.status_code, refused.json()["code"]) == (409, "assessment-closed")
    assert refused.json()["gate"] == "passed"


async def test_the_third_attempt_opens_at_exactly_48_hours_and_not_before(hall: Hall, candidate: Candidate) -> None:
    await candidate.sit(right=2)
    second = await candidate.sit(right=2)
    assert second["outcome"] == "failed"
    failed_at = datetime.fromisoformat(second["ended_at"])
    with at(failed_at + TWO_DAYS - A_MOMENT):
        refused = await candidate.try_to_begin()
        assert refused.status_code == 409
        assert (refused.json()["gate"], refused.json()["opens_at"]) == ("waiting", (failed_at + TWO_DAYS).isoformat())
        assert (await candidate.gate())["status"] == "waiting"
    with at(failed_at + TWO_DAYS):
        assert (await candidate.gate())["status"] == "open"
        third = await candidate.sit(right=2)
        assert (third["number"], third["outcome"]) == (3, "failed")
        assert (await candidate.try_to_begin()).json()["gate"] == "waiting"
    with at(failed_at + 2 * TWO_DAYS):
        fourth = await candidate.sit(right=4)
    assert fourth["outcome"] == "passed"


async def test_answers_are_taken_up_to_the_half_hour_and_what_was_saved_by_then_is_marked(
    hall: Hall, candidate: Candidate
) -> None:
    attempt = await candidate.begin()
    deadline = datetime.fromisoformat(attempt["deadline_at"])
    with at(deadline - A_MOMENT):
        saved = await candidate.save(attempt, await candidate.answers(attempt, right=3), 1)
        assert saved.status_code == 200, saved.text
        shown = await candidate.attempt(attempt["id"])
        assert [one["answer"] for one in shown["questions"]] == [
            one["options"] for one in await candidate.answers(attempt, right=3)
        ]
    with at(deadline):
        late = await candidate.save(attempt, await candidate.answers(attempt, right=0), 2)
        assert (late.status_code, late.json()["code"]) == (409, "attempt-over")
        too_late = await candidate.hand_in(attempt, await candidate.answers(attempt, right=0))
        assert (too_late.status_code, too_late.json()["code"]) == (409, "attempt-over")
        # Nobody has swept: who looks has it marked.
        marked = await candidate.attempt(attempt["id"])
    assert (marked["outcome"], marked["ended_by"], marked["marks_awarded"]) == ("passed", "time_limit", 3)
    assert datetime.fromisoformat(marked["ended_at"]) == deadline
    assert len(await hall.certification.published(AssessmentPassed)) == 1


async def test_the_wait_counts_from_the_end_of_the_time_however_late_it_is_marked(
    hall: Hall, candidate: Candidate
) -> None:
    await candidate.sit(right=0)
    attempt = await candidate.begin()
    deadline = datetime.fromisoformat(attempt["deadline_at"])
    with at(deadline + timedelta(days=5)):
        assert await sweep(hall.certification) == 1
        assert await sweep(hall.certification) == 0
        marked = await candidate.attempt(attempt["id"])
        assert (marked["outcome"], datetime.fromisoformat(marked["ended_at"])) == ("failed", deadline)
        assert (await candidate.gate())["status"] == "open"


async def test_what_is_saved_late_does_not_replace_what_was_saved_after_it(hall: Hall, candidate: Candidate) -> None:
    attempt = await candidate.begin()
    right, wrong = await candidate.answers(attempt, right=4), await candidate.answers(attempt, right=0)
    assert (await candidate.save(attempt, right, 5)).json()["saved_number"] == 5
    assert (await candidate.save(attempt, wrong, 4)).json()["saved_number"] == 5
    assert (await candidate.save(attempt, right, 5)).status_code == 200
    result = await candidate.hand_in(attempt)
    assert result.json()["outcome"] == "passed"


@pytest.mark.parametrize(
    "answers",
    [
        [{"question": 5, "options": ["a"]}],
        [{"question": 1, "options": ["e"]}],
        [{"question": 1, "options": ["a"]}, {"question": 1, "options": ["b"]}],
    ],
    ids=["no such question", "no such option", "twice"],
)
async def test_answers_that_are_not_on_the_paper_are_refused_and_lose_nothing(
    candidate: Candidate, answers: list[dict[str, object]]
) -> None:
    attempt = await candidate.begin()
    await candidate.save(attempt, await candidate.answers(attempt, right=4), 1)
    refused = await candidate.save(attempt, answers, 2)
    assert (refused.status_code, refused.json()["code"]) == (422, "answer-not-offered")
    assert (await candidate.hand_in(attempt)).json()["outcome"] == "passed"


async def test_two_starts_at_the_same_time_begin_one_attempt(hall: Hall, candidate: Candidate) -> None:
    replies = await asyncio.gather(*(candidate.try_to_begin() for _ in range(8)))
    assert sorted(one.status_code for one in replies) == [201, *[409] * 7]
    assert {one.json()["code"] for one in replies if one.status_code == 409} == {"attempt-in-progress"}
    async with hall.certification.session() as session:
        assert await session.scalar(select(func.count()).select_from(AssessmentAttempt)) == 1


async def test_handing_in_and_the_sweep_at_the_same_time_end_an_attempt_once(hall: Hall) -> None:
    candidates = [await hall.candidate() for _ in range(5)]
    attempts = [await one.begin() for one in candidates]
    last = max(datetime.fromisoformat(one["deadline_at"]) for one in attempts)
    pairs = list(zip(candidates, attempts, strict=True))
    answers = [await candidate.answers(attempt, right=4) for candidate, attempt in pairs]
    for (candidate, attempt), given in zip(pairs, answers, strict=True):
        await candidate.save(attempt, given)
    with at(last):
        async with asyncio.TaskGroup() as group:
            handed_in = [group.create_task(candidate.hand_in(attempt)) for candidate, attempt in pairs]
            sweeps = [group.create_task(sweep(hall.certification)) for _ in range(3)]
        assert sum(one.result() for one in sweeps) == 5
        assert {one.result().status_code for one in handed_in} == {409}
    assert len(await hall.certification.published(AssessmentPassed)) == 5
    async with hall.certification.session() as session:
        assert await session.scalar(select(func.count()).select_from(AssessmentPass)) == 5


async def test_the_same_submission_again_answers_the_same(hall: Hall, candidate: Candidate) -> None:
    attempt = await candidate.begin()
    client = await hall.certification.client(candidate.teacher, **a_fresh_key())
    path = f"/v1/assessment-attempts/{attempt['id']}/submission"
    first, again = await client.post(path, json={}), await client.post(path, json={})
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()


async def test_who_is_not_enrolled_or_keeps_the_questions_sits_nothing(hall: Hall) -> None:
    stranger = Candidate(hall)
    refused = await stranger.try_to_begin()
    assert (refused.status_code, refused.json()["gate"]) == (409, "not_enrolled")
    candidate = await hall.candidate()
    candidate.teacher = candidate.teacher.model_copy(update={"roles": hall.assessor.roles})
    refused = await candidate.try_to_begin()
    assert (refused.status_code, refused.json()["code"]) == (403, "assessor-of-the-assessment")


async def test_extra_time_applies_to_the_attempts_that_begin_after_it_was_granted(
    hall: Hall, candidate: Candidate
) -> None:
    before = await candidate.begin()
    path = f"/v1/assessments/{GCSE}/adjustments"
    body = {"teacher_id": str(candidate.id), "extra_time_percent": 25, "reason": "Uses a screen reader."}
    granted = await hall.post(hall.assessor, path, body)
    assert granted.status_code == 201, granted.text
    assert (await hall.post(hall.second_assessor, path, body)).json()["code"] == "adjustment-stands"
    assert (await candidate.attempt(before["id"]))["deadline_at"] == before["deadline_at"]
    await candidate.hand_in(before)
    assert (await candidate.gate())["extra_time_percent"] == 25
    after = await candidate.begin()
    spans = datetime.fromisoformat(after["deadline_at"]) - datetime.fromisoformat(after["started_at"])
    assert spans == timedelta(minutes=37, seconds=30)
    ended = await hall.post(hall.assessor, f"/v1/assessment-adjustments/{granted.json()['id']}/end")
    assert ended.json()["ended_by"] == str(hall.assessor.id)
    assert (await candidate.gate())["extra_time_percent"] == 0


async def test_nobody_grants_time_to_themselves_nor_at_another_organisation_s_assessment(
    hall: Hall, candidate: Candidate
) -> None:
    path, body = f"/v1/assessments/{GCSE}/adjustments", {"extra_time_percent": 25, "reason": "Agreed."}
    own = await hall.post(hall.assessor, path, {**body, "teacher_id": str(hall.assessor.id)})
    assert (own.status_code, own.json()["code"]) == (403, "own-adjustment")
    stranger = an_assessor(organisation_id=candidate.id)
    refused = await hall.post(stranger, path, {**body, "teacher_id": str(candidate.id)})
    assert (refused.status_code, refused.json()["code"]) == (404, "assessment-not-found")


async def test_a_result_is_seen_by_its_teacher_and_its_assessors_and_by_nobody_else(
    hall: Hall, candidate: Candidate
) -> None:
    result = await candidate.sit(right=4)
    path = f"/v1/assessment-attempts/{result['id']}"
    seen = await hall.get(hall.assessor, path)
    assert (seen["outcome"], seen["questions"]) == ("passed", [])
    for other in (a_teacher(), staff("moderator"), staff("administrator"), an_assessor(organisation_id=candidate.id)):
        reply = await (await hall.certification.client(other)).get(path)
        assert (reply.status_code, reply.json()["code"]) == (404, "assessment-attempt-not-found")


async def test_an_assessor_does_not_see_a_paper_that_is_being_sat(hall: Hall, candidate: Candidate) -> None:
    attempt = await candidate.begin()
    seen = await hall.get(hall.assessor, f"/v1/assessment-attempts/{attempt['id']}")
    assert (seen["status"], seen["questions"]) == ("in_progress", [])


async def test_limits_are_those_of_the_version_that_was_published_last(hall: Hall, candidate: Candidate) -> None:
    limits = {"questions": 4, "time_limit_minutes": 10, "attempts_at_once": 1, "wait_hours": 1}
    await hall.publish(a_bank(limits=limits))
    failed = await candidate.sit(right=0)
    assert datetime.fromisoformat(failed["deadline_at"]) - datetime.fromisoformat(failed["started_at"]) == timedelta(
        minutes=10
    )
    gate = await candidate.gate()
    assert gate["status"] == "waiting"
    assert datetime.fromisoformat(gate["opens_at"]) - datetime.fromisoformat(failed["ended_at"]) == timedelta(hours=1)


async def test_who_enrols_for_an_open_assessment_is_told_once(hall: Hall, candidate: Candidate) -> None:
    [opened] = await hall.certification.published(AssessmentOpened)
    assert (opened.teacher_id, opened.assessment, opened.scheme) == (candidate.id, GCSE, "gcse_subject_knowledge")
    await candidate.sit(right=4)
    assert len(await hall.certification.published(AssessmentOpened)) == 1
