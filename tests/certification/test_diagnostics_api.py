"""Taking the diagnostic."""

import pytest
from sqlalchemy import func, select

from builders import anonymous, partner
from certification.diagnostics.models import DiagnosticResponse
from certification_facts import JSON, Log
from contracts.certification import DiagnosticCompleted
from harness import ServiceHarness

PATH = "/v1/diagnostics/subject-knowledge"


def answers(*given: tuple[int, int]) -> JSON:
    return {"answers": [{"question": question, "answer": answer} for question, answer in given]}


async def test_anyone_may_read_the_five_questions(certification: ServiceHarness) -> None:
    client = await certification.client(anonymous())
    listed = (await client.get("/v1/diagnostics")).json()["data"]
    assert [(one["slug"], one["version"]) for one in listed] == [("primary-computing", 1), ("subject-knowledge", 1)]
    diagnostic = (await client.get(PATH)).json()
    assert [one["number"] for one in diagnostic["questions"]] == [1, 2, 3, 4, 5]
    assert all([choice["answer"] for choice in one["answers"]] == [1, 2, 3, 4] for one in diagnostic["questions"])
    assert diagnostic["early_exit"] == {"question": 1, "answer": 1, "pathway": "new-to-computing"}
    assert (await client.get("/v1/diagnostics/juggling")).json()["code"] == "diagnostic-not-found"


async def test_the_result_names_the_pathway_its_courses_and_the_reason(certification: ServiceHarness) -> None:
    result = await Log(certification).take_diagnostic(3, 3, 3, 3, 2)
    assert (result["score"], result["pathway"]["slug"]) == (14, "new-to-computer-systems")
    assert result["pathway"]["courses"][0] == "CO438"
    assert result["reason"] == "You scored 14, in the band 11 to 14, and one answer was low: networking."


async def test_every_attempt_is_kept_and_the_first_earns(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    first = await log.take_diagnostic(1)
    second = await log.take_diagnostic(4, 4, 4, 4, 4)
    assert (first["pathway"]["slug"], second["pathway"]["slug"]) == (
        "new-to-computing",
        "advanced-gcse-computer-science",
    )
    assert (await log.component("commitment"))["recorded"] == "15"
    async with certification.session() as session:
        assert await session.scalar(select(func.count()).select_from(DiagnosticResponse)) == 2
    [completed] = await certification.published(DiagnosticCompleted)
    assert (completed.teacher_id, completed.pathway) == (log.id, "new-to-computing")


async def test_the_diagnostic_taken_before_the_registration_arrives_counts(certification: ServiceHarness) -> None:
    log = Log(certification)
    await log.take_diagnostic()
    await log.register()
    assert (await log.component("commitment"))["recorded"] == "15"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (answers((1, 2), (2, 2), (3, 2), (4, 2)), "answers-do-not-fit"),
        (answers((1, 2), (1, 3)), "answers-do-not-fit"),
        (answers((1, 5)), "answers-do-not-fit"),
        (answers((1, 1), (9, 1)), "answers-do-not-fit"),
        (answers((1, 0)), "validation-failed"),
        (answers(), "validation-failed"),
        ({"answers": [{"question": 1, "answer": 1, "note": "?"}]}, "validation-failed"),
    ],
)
async def test_answers_that_do_not_fit_are_refused_and_earn_nothing(
    certification: ServiceHarness, body: JSON, code: str
) -> None:
    log = await Log(certification).register()
    reply = await log.post(f"{PATH}/responses", body)
    assert (reply.status_code, reply.json()["code"]) == (422, code)
    assert (await log.component("commitment"))["recorded"] == "5"


async def test_only_people_take_a_diagnostic(certification: ServiceHarness) -> None:
    for caller, status in ((anonymous(), 401), (partner(), 403)):
        client = await certification.client(caller)
        assert (await client.post(f"{PATH}/responses", json=answers((1, 1)))).status_code == status
