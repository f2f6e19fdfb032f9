"""Sitting a diagnostic with breaks, and questionnaires on their way to being sat."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select

from builders import a_fresh_key, a_teacher, anonymous, partner, staff
from certification.diagnostics.models import DiagnosticResponse
from certification_facts import JSON, Log
from contracts.certification import DiagnosticCompleted
from harness import ServiceHarness
from questionnaire_steps import (
    DRAFTS,
    SITTINGS,
    Sitting,
    a_questionnaire,
    given,
    proposed_questionnaire,
    published_questionnaire,
    step,
)

AUTHOR, SECOND = staff("administrator"), staff("administrator")
APPROVED = {"outcome": "approved", "reason": "As the board decided."}
WHOLE = ((1, 2), (2, 1), (3, 3), (4, 2), (5, 2), (9, 2), (10, 3), (11, 2), (12, 1))


def told(reply: Any) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


async def test_a_sitting_goes_on_where_it_was_left_and_ends_in_bands_and_a_pathway(
    certification: ServiceHarness,
) -> None:
    log = await Log(certification).register()
    sitting = await Sitting.begin(log)
    assert (sitting.told["answers"], sitting.told["next_question"]) == ([], 1)
    saved = await sitting.save(*WHOLE[:2])
    assert (saved["next_question"], saved["dropped"]) == (3, [])
    resumed = await Sitting.begin(log)
    assert (resumed.path, resumed.told["answers"]) == (sitting.path, given(*WHOLE[:2]))
    assert (await resumed.save(*WHOLE[2:]))["next_question"] is None
    result = await resumed.finish()
    bands = {one["dimension"]: (one["score"], one["band"]) for one in result["dimensions"]}
    assert bands == {"programming": (3, "developing"), "curriculum": (5, "developing"), "leading": (None, None)}
    assert result["pathway"]["slug"] == "developing-in-the-classroom-2"
    assert await resumed.finish() == result
    assert (await log.component("commitment"))["recorded"] == "15"
    assert (await log.get("/v1/diagnostic-responses"))["data"] == [result]
    [kept] = (await log.get(SITTINGS))["data"]
    assert (kept["response_id"], kept["finished_at"] is None) == (result["id"], False)


async def test_another_answer_drops_what_is_not_on_the_way_any_more(certification: ServiceHarness) -> None:
    sitting = await Sitting.begin(Log(certification))
    await sitting.save(*WHOLE[:5])
    saved = await sitting.save((2, 2))
    assert (saved["dropped"], saved["next_question"]) == ([3, 4, 5], 6)
    assert saved["answers"] == given((1, 2), (2, 2))
    assert await sitting.log.get(sitting.path) == {name: one for name, one in saved.items() if name != "dropped"}


async def test_a_question_that_the_answers_do_not_lead_to_is_refused_and_nothing_is_lost(
    certification: ServiceHarness,
) -> None:
    sitting = await Sitting.begin(Log(certification))
    await sitting.save(*WHOLE[:2])
    refused = await sitting.attempt((6, 1))
    assert told(refused) == (422, "answers-do-not-fit")
    assert "the next is 3" in refused.json()["detail"]
    assert told(await sitting.attempt((3, 9))) == (422, "answers-do-not-fit")
    assert told(await sitting.log.post(f"{sitting.path}/completion", {})) == (422, "answers-do-not-fit")
    assert (await sitting.log.get(sitting.path))["answers"] == given(*WHOLE[:2])


async def test_two_windows_do_not_overwrite_each_other(certification: ServiceHarness) -> None:
    sitting = await Sitting.begin(Log(certification))
    await sitting.save((1, 2))
    assert told(await sitting.attempt((1, 1), seen=1)) == (412, "stale-version")
    replies = await asyncio.gather(*(sitting.attempt((2, answer)) for answer in (1, 2, 3)))
    assert sorted(reply.status_code for reply in replies) == [200, 412, 412]


async def test_a_sitting_is_one_persons_and_one_at_a_time(certification: ServiceHarness) -> None:
    log = Log(certification)
    begun = await asyncio.gather(*(Sitting.begin(log) for _ in range(4)))
    [path] = {one.path for one in begun}
    for caller, status in ((a_teacher(), 404), (staff("administrator"), 404), (anonymous(), 401), (partner(), 403)):
        client = await certification.client(caller, **{"If-Match": '"1"'})
        assert (await client.get(path)).status_code == status
        assert (await client.patch(path, json={"answers": given((1, 1))})).status_code == status
        assert (await client.delete(path)).status_code == status
    client = await certification.client(log.teacher)
    assert (await client.delete(path)).status_code == 204
    assert (await client.get(path)).status_code == 404


async def test_a_finished_sitting_changes_no_more_and_another_may_begin(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    sitting = await Sitting.begin(log)
    await sitting.save((1, 1), (12, 1))
    await sitting.finish()
    assert told(await sitting.attempt((1, 2), seen=3)) == (409, "diagnostic-sitting-finished")
    client = await certification.client(log.teacher)
    assert told(await client.delete(sitting.path)) == (409, "diagnostic-sitting-finished")
    assert (await Sitting.begin(log)).path != sitting.path


async def test_the_diagnostic_earns_once_whichever_questionnaires_are_taken(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await log.take_diagnostic()
    for _ in range(2):
        sitting = await Sitting.begin(log)
        await sitting.save((1, 1), (12, 1))
        await sitting.finish()
    assert (await log.component("commitment"))["recorded"] == "15"
    assert [one.diagnostic for one in await certification.published(DiagnosticCompleted)] == [
        "subject-knowledge",
        "primary-computing",
    ]
    async with certification.session() as session:
        assert await session.scalar(select(func.count()).select_from(DiagnosticResponse)) == 3


async def test_whoever_began_a_version_finishes_that_version(certification: ServiceHarness) -> None:
    log = Log(certification, "secondary")
    assert await published_questionnaire(certification, AUTHOR, SECOND) == 1
    sitting = await Sitting.begin(log, "key-stage-3-programming")
    await sitting.save((1, 2))
    shorter = a_questionnaire(title="Programming, renewed")
    client = await certification.client(AUTHOR, **a_fresh_key())
    same_day = await client.post(DRAFTS, json=shorter)
    late = await _taken_through(certification, same_day.json()["id"])
    assert told(late) == (409, "questionnaire-draft-too-late")
    assert (await sitting.save((2, 3)))["version"] == 1
    result = await sitting.finish()
    assert (result["version"], result["pathway"]["slug"]) == (1, "developing-teachers")
    assert result["reason"] == "You scored 2, in the band secure."


async def _taken_through(certification: ServiceHarness, draft_id: str) -> Any:
    await step(certification, AUTHOR, draft_id, "test")
    await step(certification, SECOND, draft_id, "approval", APPROVED)
    client = await certification.client(AUTHOR, **a_fresh_key())
    return await client.post(f"{DRAFTS}/{draft_id}/publication")


async def test_a_questionnaire_is_there_to_be_taken_once_a_second_person_has_approved(
    certification: ServiceHarness,
) -> None:
    draft_id = await proposed_questionnaire(certification, AUTHOR)
    everybody = await certification.client(anonymous())
    await step(certification, AUTHOR, draft_id, "test")
    own = await (await certification.client(AUTHOR, **a_fresh_key())).post(
        f"{DRAFTS}/{draft_id}/approval", json=APPROVED
    )
    assert told(own) == (403, "own-questionnaire-draft")
    assert (await everybody.get("/v1/diagnostics/key-stage-3-programming")).status_code == 404
    await step(certification, SECOND, draft_id, "approval", APPROVED)
    await step(certification, AUTHOR, draft_id, "publication")
    shown = (await everybody.get("/v1/diagnostics/key-stage-3-programming")).json()
    leads = [[one["next_question"] for one in question["answers"]] for question in shown["questions"]]
    assert leads == [[None, 2], [None, None, None]]
    assert shown["early_exit"] == {"question": 1, "answer": 1, "pathway": "new-to-algorithms-and-programming"}
    assert shown["schemes"] == ["secondary"]


async def test_a_pathway_without_a_case_or_that_there_is_not_keeps_a_draft_from_approval(
    certification: ServiceHarness,
) -> None:
    proposal = a_questionnaire(activity="CP228")
    definition = {**proposal["definition"], "otherwise": {"pathway": "nowhere"}, "schemes": ["tertiary"]}
    draft_id = await proposed_questionnaire(certification, AUTHOR, {**proposal, "definition": definition})
    report = await step(certification, AUTHOR, draft_id, "test")
    assert report["status"] == "draft"
    assert report["complaints"] == [
        "There is no pathway 'nowhere', or it is not current.",
        "No case shows who is recommended 'nowhere'.",
        "There is no scheme 'tertiary'.",
        "'CP228' is no diagnostic of the catalogue.",
    ]
    assert [case["differences"] for case in report["cases"]] == [
        ["It leads to 'nowhere', not to 'new-to-algorithms-and-programming'."],
        [],
    ]
    reply = await (await certification.client(SECOND, **a_fresh_key())).post(
        f"{DRAFTS}/{draft_id}/approval", json=APPROVED
    )
    assert told(reply) == (409, "questionnaire-draft-not-ready")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"definition": {**a_questionnaire()["definition"], "otherwise": {}}}, "Field required"),
        (
            {"definition": {**a_questionnaire()["definition"], "dimensions": []}},
            "Question 2 scores in 'programming', which is no dimension.",
        ),
        ({"effective_to": "2020-01-01"}, "the first day out of force comes after the first day in force"),
    ],
)
async def test_a_questionnaire_that_is_not_sound_is_refused_when_it_is_written(
    certification: ServiceHarness, changes: JSON, sentence: str
) -> None:
    client = await certification.client(AUTHOR, **a_fresh_key())
    reply = await client.post(DRAFTS, json=a_questionnaire(**changes))
    assert told(reply) == (422, "validation-failed")
    assert any(sentence in one["detail"] for one in reply.json()["errors"]), reply.text


async def test_drafts_of_questionnaires_are_for_staff_alone(certification: ServiceHarness) -> None:
    draft_id = await proposed_questionnaire(certification, AUTHOR)
    for caller, status in ((anonymous(), 401), (a_teacher(), 403), (partner(), 403), (staff("moderator"), 200)):
        client = await certification.client(caller)
        assert (await client.get(f"{DRAFTS}/{draft_id}")).status_code == status
    rewritten = {name: value for name, value in a_questionnaire().items() if name != "slug"}
    client = await certification.client(SECOND, **{"If-Match": '"1"'})
    assert told(await client.put(f"{DRAFTS}/{draft_id}", json=rewritten)) == (403, "questionnaire-draft-of-another")
    client = await certification.client(AUTHOR, **{"If-Match": '"1"'})
    assert (await client.put(f"{DRAFTS}/{draft_id}", json=rewritten)).headers["ETag"] == '"2"'
