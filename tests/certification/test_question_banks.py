"""Banks by two people, questions retired and marked again, and what answers tell of questions."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from assessment_steps import GCSE, Candidate, Hall, a_bank, an_assessor
from builders import staff
from certification.assessments.models import AssessmentAttempt
from certification.item_statistics.rules import Figures, Flag, flags_of
from certification.question_banks.schemas import BankRequest
from certification.question_banks.seed import seed_assessments
from certification.re_markings.engine import advance
from certification.re_markings.models import ReMarkingChange
from chassis.ids import new_id
from contracts.certification import AssessmentPassed
from harness import ServiceHarness

JSON = dict[str, Any]
APPROVED = {"outcome": "approved", "reason": "Every answer was checked."}


@pytest.fixture
async def hall(certification: ServiceHarness) -> Hall:
    hall = Hall(certification)
    await hall.publish()
    return hall


async def mark_again(hall: Hall, **request: Any) -> JSON:
    """A re-marking that two assessors agree on, worked off."""
    wanted = {"reason": "Two of its options can be defended.", **request}
    proposed = await hall.post(hall.assessor, f"/v1/assessments/{GCSE}/re-markings", wanted)
    assert proposed.status_code == 201, proposed.text
    path = f"/v1/re-markings/{proposed.json()['id']}"
    own = await hall.post(hall.assessor, f"{path}/decision", APPROVED)
    assert (own.status_code, own.json()["code"]) == (403, "own-re-marking")
    assert (await hall.post(hall.second_assessor, f"{path}/decision", APPROVED)).status_code == 200
    is_busy = True
    while is_busy:
        async with hall.certification.session() as session:
            is_busy = await advance(session)
    return dict(await hall.get(hall.assessor, path))


async def test_nobody_publishes_questions_alone(certification: ServiceHarness) -> None:
    hall = Hall(certification)
    bank = (await hall.post(hall.assessor, "/v1/question-banks", a_bank())).json()
    path = f"/v1/question-banks/{bank['id']}"
    early = await hall.post(hall.assessor, f"{path}/publication")
    assert (early.status_code, early.json()["code"]) == (409, "question-bank-not-ready")
    own = await hall.post(hall.assessor, f"{path}/approval", APPROVED)
    assert (own.status_code, own.json()["code"]) == (403, "own-question-bank")
    assert (await hall.post(hall.second_assessor, f"{path}/approval", APPROVED)).json()["status"] == "approved"
    published = (await hall.post(hall.assessor, f"{path}/publication")).json()
    assert (published["status"], published["version"]) == ("published", 2)
    client = await certification.client(hall.assessor, **{"If-Match": '"3"'})
    content = {name: value for name, value in a_bank().items() if name != "assessment"}
    changed = await client.put(path, json=content)
    assert changed.status_code in (409, 412)


async def test_a_draft_is_rewritten_by_its_author_who_has_seen_it(certification: ServiceHarness) -> None:
    hall = Hall(certification)
    bank = (await hall.post(hall.assessor, "/v1/question-banks", a_bank())).json()
    path = f"/v1/question-banks/{bank['id']}"
    content = {name: value for name, value in a_bank().items() if name != "assessment"}
    for caller, tag, expected in (
        (hall.assessor, '"9"', 412),
        (hall.second_assessor, '"1"', 403),
        (hall.assessor, '"1"', 200),
    ):
        client = await certification.client(caller, **{"If-Match": tag})
        assert (await client.put(path, json=content)).status_code == expected
    shown = await hall.get(hall.second_assessor, path)
    assert shown["content"]["questions"][0]["right"] == ["2"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"topics": [{"topic": "sums", "title": "Sums", "questions": 3}]}, "do not make a paper"),
        ({"topics": [{"topic": "other", "title": "Other", "questions": 4}]}, "no such topic"),
        ({"questions": a_bank()["questions"][:3]}, "too few questions"),
        ({"questions": a_bank()["questions"] + a_bank()["questions"][:1]}, "there twice"),
        ({"provider": "example-tests"}, "are the provider's"),
    ],
)
def test_a_bank_that_makes_no_paper_is_refused(change: JSON, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        BankRequest.model_validate(a_bank(**change))


async def test_the_file_that_came_with_the_platform_is_not_put_above_what_people_published(hall: Hall) -> None:
    async with hall.certification.session() as session:
        await seed_assessments(session, lambda done, total: None)
    versions = {one["slug"]: one["version"] for one in (await hall.get(hall.assessor, "/v1/assessments"))["data"]}
    assert versions == {GCSE: 2, "a-level-subject-knowledge": 1}


async def test_assessors_of_other_organisations_see_no_question(hall: Hall) -> None:
    for other in (an_assessor(organisation_id=new_id()), staff("assessor")):
        listed = await hall.get(other, "/v1/question-banks")
        assert listed["data"] == []
        for path in ("statistics", "re-markings", "adjustments"):
            reply = await (await hall.certification.client(other)).get(f"/v1/assessments/{GCSE}/{path}")
            assert (reply.status_code, reply.json()["code"]) == (404, "assessment-not-found")


async def test_a_retired_question_is_put_to_nobody_and_marked_attempts_stay(certification: ServiceHarness) -> None:
    hall = Hall(certification)
    five = a_bank()["questions"]
    fifth = {**five[0], "name": "sum-5", "text": "What is five and five together?", "right": ["10"]}
    await hall.publish(a_bank(questions=[*five, fifth]))
    candidate = await hall.candidate()
    before = await candidate.sit(right=4)
    path = f"/v1/assessments/{GCSE}/questions"
    retired = await hall.post(hall.assessor, f"{path}/sum-5/retirement", {"reason": "Much too easy."})
    assert retired.status_code == 201, retired.text
    assert (await candidate.attempt(before["id"])) | {"now_at": ""} == before | {"now_at": ""}
    for _ in range(3):
        paper = await (await hall.candidate()).begin()
        assert fifth["text"] not in {one["text"] for one in paper["questions"]}
    again = await hall.post(hall.assessor, f"{path}/sum-5/retirement", {"reason": "Much too easy."})
    assert (again.status_code, again.json()["code"]) == (404, "question-not-found")
    last = await hall.post(hall.assessor, f"{path}/sum-4/retirement", {"reason": "Much too easy."})
    assert (last.status_code, last.json()["code"]) == (409, "too-few-questions")


async def test_marks_for_all_turn_a_failure_into_a_pass_and_leave_passes_alone(hall: Hall) -> None:
    failed, passed = await hall.candidate(), await hall.candidate()
    short = await failed.sit(right=2)
    enough = await passed.sit(right=4)
    wrongly_answered = await question_at(hall, short, 3)
    done = await mark_again(hall, question=wrongly_answered, treatment="marks_for_all")
    assert (done["status"], done["attempts_seen"], done["attempts_changed"]) == ("done", 2, 1)
    assert (done["passes_given"], done["passes_kept"]) == (1, 0)
    assert (await failed.attempt(short["id"]))["outcome"] == "passed"
    assert (await passed.attempt(enough["id"]))["percent"] == "100"
    told = {event.teacher_id for event in await hall.certification.published(AssessmentPassed)}
    assert told == {failed.id, passed.id}
    async with hall.certification.session() as session:
        [change] = (await session.scalars(select(ReMarkingChange))).all()
    assert (change.percent_before, change.percent_after) == (Decimal(50), Decimal(75))
    assert (change.outcome_before, change.outcome_after) == ("failed", "passed")


async def test_a_pass_that_the_new_marks_would_not_reach_stands(hall: Hall) -> None:
    candidate = await hall.candidate()
    attempt = await candidate.sit(right=3)
    question = await question_at(hall, attempt, 1)
    number = int(question.removeprefix("sum-"))
    done = await mark_again(hall, question=question, treatment="other_answer", right=[str(2 * number + 3)])
    assert (done["passes_kept"], done["attempts_changed"]) == (1, 1)
    marked = await candidate.attempt(attempt["id"])
    assert (marked["outcome"], marked["percent"]) == ("passed", "50")
    assert (await candidate.gate())["status"] == "passed"
    assert len(await hall.certification.published(AssessmentPassed)) == 1


async def test_papers_to_come_are_marked_by_what_was_found(hall: Hall) -> None:
    await mark_again(hall, question="sum-1", treatment="marks_for_all")
    candidate = await hall.candidate()
    assert (await candidate.sit(right=0))["marks_awarded"] == 1


async def test_two_people_cannot_look_at_one_question_at_the_same_time(hall: Hall) -> None:
    path = f"/v1/assessments/{GCSE}/re-markings"
    wanted = {"question": "sum-1", "treatment": "marks_for_all", "reason": "It was wrong."}
    assert (await hall.post(hall.assessor, path, wanted)).status_code == 201
    again = await hall.post(hall.second_assessor, path, wanted)
    assert (again.status_code, again.json()["code"]) == (409, "re-marking-under-way")
    unknown = await hall.post(hall.assessor, path, wanted | {"question": "sum-9"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "question-not-found")
    other = {"question": "sum-2", "treatment": "other_answer", "right": ["1000"], "reason": "It was wrong."}
    assert (await hall.post(hall.assessor, path, other)).json()["code"] == "option-unknown"


async def question_at(hall: Hall, attempt: JSON, position: int) -> str:
    """The name of a question on a paper."""
    return (await Candidate(hall).questions(attempt))[position - 1].name


async def test_figures_are_shown_from_enough_answers_and_are_what_they_say(hall: Hall) -> None:
    for number in range(5):
        if number == 4:
            few = await hall.get(hall.assessor, f"/v1/assessments/{GCSE}/statistics")
            assert {one["facility"] for one in few["questions"]} == {None}
            assert all(one["options"] == [] for one in few["questions"])
        candidate = await hall.candidate()
        attempt = await candidate.begin()
        answers = await candidate.answers(attempt, right=4 if number < 4 else 0)
        timed = [{**one, "seconds_spent": 10 * number} for one in answers]
        assert (await candidate.hand_in(attempt, timed)).status_code == 200
    figures = await hall.get(hall.assessor, f"/v1/assessments/{GCSE}/statistics")
    assert (figures["attempts"], figures["passed_share"], figures["mean_percent"]) == (5, 0.8, 80.0)
    for one in figures["questions"]:
        assert (one["shown"], one["answered"], one["facility"], one["discrimination"]) == (5, 5, 0.8, 1.0)
        assert one["median_seconds"] == 20
        assert sorted(option["chosen"] for option in one["options"]) == [0, 0, 1, 4]
        assert next(option["chosen"] for option in one["options"] if option["is_right"]) == 4
        assert one["flags"] == ["unused_option"]
    async with hall.certification.session() as session:
        assert len((await session.scalars(select(AssessmentAttempt))).all()) == 5


@given(
    st.floats(0, 1),
    st.none() | st.floats(-1, 1),
    st.lists(st.floats(0, 1), min_size=1, max_size=7),
)
def test_a_question_is_flagged_when_it_is_too_easy_too_hard_or_tells_little(
    facility: float, discrimination: float | None, shares: list[float]
) -> None:
    flags = flags_of(Figures(100, 95, facility, discrimination, shares))
    assert (Flag.TOO_EASY in flags) == (facility > 0.95)
    assert (Flag.TOO_HARD in flags) == (facility < 0.2)
    assert (Flag.MISLEADS in flags) == (discrimination is not None and discrimination < 0)
    assert (Flag.TELLS_LITTLE in flags) == (discrimination is not None and 0 <= discrimination < 0.1)
    assert (Flag.UNUSED_OPTION in flags) == (min(shares) < 0.02)
    assert Flag.OFTEN_LEFT_OUT not in flags
    assert Flag.OFTEN_LEFT_OUT in flags_of(Figures(100, 89, facility, discrimination, shares))


def test_a_question_that_is_all_right_has_no_flag() -> None:
    assert flags_of(Figures(100, 100, 0.6, 0.4, [0.2, 0.1, 0.1])) == []
