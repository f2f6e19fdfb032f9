"""Progress says what is recorded, what counts, what is needed, what would help next and why."""

import pytest
from sqlalchemy import text

from builders import a_fresh_key, anonymous, staff
from certification.reevaluations.engine import advance
from certification_facts import COMMUNITY_WORTH_25, JSON, Log, asked, completed
from contracts.certification import CertificateAwarded, ComponentCompleted
from contracts.hubs import CpdCompleted, CpdCorrected
from harness import ServiceHarness

ADMINISTRATOR = staff("administrator")
GCSE = "gcse_subject_knowledge"


async def moved_to(certification: ServiceHarness, scheme: str, version: int) -> None:
    await asked(certification, ADMINISTRATOR, scheme=scheme, action="migrate_all", version=version)
    is_busy = True
    while is_busy:
        async with certification.session() as session:
            is_busy = await advance(session)


async def enrolled(certification: ServiceHarness, scheme: str) -> Log:
    log = await Log(certification, "secondary").register()
    reply = await log.post("/v1/enrolments", {"scheme": scheme})
    assert reply.status_code == 201, reply.text
    return log


def withdrawn(course: CpdCompleted) -> CpdCorrected:
    facts = course.model_dump(include={"completion_id", "teacher_id", "activity_code", "completed_on"})
    return CpdCorrected.model_validate({**facts, "revision": 2, "hours_before": course.hours, "hours": 0})


def recommended(scheme: JSON, component: str) -> list[JSON]:
    return [one for one in scheme["recommendations"] if one["component"] == component]


async def test_recommendations_come_from_the_pathway_with_reasons_and_leave_out_what_is_done(
    certification: ServiceHarness,
) -> None:
    log = await Log(certification, "secondary").register()
    before = await log.scheme()
    assert recommended(before, "professional_knowledge") == []
    await log.take_diagnostic(1)
    first = recommended(await log.scheme(), "professional_knowledge")
    assert [one["activity"] for one in first] == ["CO223", "CO426", "CO428"]
    assert first[0]["reason"] == "In the pathway “New to computing”, which your diagnostic recommended."
    assert first[0]["credits"] is None
    await certification.deliver(completed(log.id, "2", "CO223"))
    left = recommended(await log.scheme(), "professional_knowledge")
    assert [one["activity"] for one in left] == ["CO426", "CO428", "CO438"]


async def test_community_activities_are_recommended_with_their_credits(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    offered = recommended(await log.scheme(), "community")
    assert len(offered) == 3
    assert all(one["reason"] == f"In the catalogue. {one['credits']} credits." for one in offered)
    await log.contribute(*COMMUNITY_WORTH_25)
    assert recommended(await log.scheme(), "community") == []


async def test_the_ten_hour_journey_is_explained_condition_by_condition(certification: ServiceHarness) -> None:
    log = await enrolled(certification, GCSE)
    await moved_to(certification, GCSE, 3)
    scheme = await log.scheme(GCSE)
    assert scheme["scheme_version"] == 3
    assert scheme["assessment"]["is_open"] is False
    assert scheme["why_not_complete"] == [
        "The summative assessment has to be passed.",
        "It opens when this is met: The ten-hour journey (20 credits of face-to-face or remote courses: 0 of 20 "
        "credits, 20 more needed; or Some of each (10 credits of face-to-face or remote courses: 0 of 10 credits, "
        "10 more needed; and 20 credits of online courses: 0 of 20 credits, 20 more needed)).",
    ]
    await certification.deliver(completed(log.id, "5", "CO206R"))
    [online] = (await log.component("professional_knowledge", GCSE))["entries"]
    assert (online["activity"], online["credits"]) == ("CO206R", "20")
    await certification.deliver(completed(log.id, "5", "CP220"))
    assessment = (await log.scheme(GCSE))["assessment"]
    assert (assessment["is_open"], assessment["pass_percent"]) == (True, "65")
    [_, some_of_each] = assessment["opens_when"]["parts"]
    assert (some_of_each["have"], some_of_each["need"], some_of_each["measure"]) == ("2", "2", "conditions")


async def test_a_withdrawn_course_closes_what_it_had_opened(certification: ServiceHarness) -> None:
    log = await enrolled(certification, GCSE)
    await moved_to(certification, GCSE, 4)
    course = completed(log.id, "5", "CP220")
    for event in (course, completed(log.id, "5", "CO206R")):
        await certification.deliver(event)
    assert (await log.scheme(GCSE))["assessment"]["is_open"]
    gone = withdrawn(course)
    await certification.deliver(gone)
    assert not (await log.scheme(GCSE))["assessment"]["is_open"]


async def test_a_requirement_met_by_an_activity_without_credits_awards_the_certificate(
    certification: ServiceHarness,
) -> None:
    """A course of 0 credits makes no entry in the ledger; it was the one course that was still asked for."""
    log = await Log(certification).register()
    await moved_to(certification, "primary", 4)
    await log.contribute("contribute-to-online-discussion", "review-a-resource-on-cas", "run-an-after-school-code-club")
    assert (await log.scheme())["requirements"][0]["have"] == "0"
    async with certification.session() as session:
        await session.execute(text("UPDATE activity SET published_credits = 0 WHERE code = 'CO040'"))
    await certification.deliver(completed(log.id, "3", "CO040"))
    scheme = await log.scheme()
    assert (scheme["status"], scheme["requirements"][0]["is_met"]) == ("awarded", True)
    assert len(await certification.published(CertificateAwarded)) == 1


async def test_only_what_is_accepted_counts(certification: ServiceHarness) -> None:
    """A report that counted work in whatever state it was showed progress that nobody had made."""
    log = await Log(certification).register()
    submitted = await log.record(COMMUNITY_WORTH_25[0])
    assert (await log.component("community"))["recorded"] == "0"
    moderator = await certification.client(staff("moderator"))
    returned = {"outcome": "returned", "reason": "Which meeting?"}
    path = f"/v1/log-entries/{submitted['id']}/decision"
    assert (await moderator.post(path, json=returned, headers=a_fresh_key())).status_code == 200
    assert (await log.component("community"))["recorded"] == "0"


async def test_a_course_done_again_after_it_was_withdrawn_counts(certification: ServiceHarness) -> None:
    """An older row that said "cancelled" once hid that somebody had come to a later run of the course."""
    log = await Log(certification).register()
    first = completed(log.id, "20")
    gone = withdrawn(first)
    for order in ((first, gone), (gone, first)):
        for event in order:
            await certification.deliver(event)
    assert (await log.component("professional_knowledge"))["recorded"] == "0"
    await certification.deliver(completed(log.id, "20"))
    assert (await log.component("professional_knowledge"))["recorded"] == "60"
    told = [one.component for one in await certification.published(ComponentCompleted)]
    assert told.count("professional_knowledge") == 2


async def test_a_scheme_for_holders_of_another_certificate_is_closed_to_others(certification: ServiceHarness) -> None:
    async with certification.session() as session:
        await session.execute(
            text(
                "INSERT INTO scheme_version (scheme, version, effective_from, source, rules) SELECT scheme, 9, "
                "'2026-01-01', source, rules || '{\"prerequisites\": [\"secondary\"]}' FROM scheme_version "
                "WHERE scheme = :scheme AND version = 1"
            ),
            {"scheme": GCSE},
        )
    log = await Log(certification, "secondary").register()
    reply = await log.post("/v1/enrolments", {"scheme": GCSE})
    assert (reply.status_code, reply.json()["code"]) == (409, "prerequisite-missing")
    await log.take_diagnostic()
    await certification.deliver(completed(log.id, "20"))
    await log.contribute(*COMMUNITY_WORTH_25)
    assert (await log.post("/v1/enrolments", {"scheme": GCSE})).status_code == 201


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("CO206", {("primary", 1): (None, "3"), (GCSE, 1): (None, "1.5"), (GCSE, 4): ("20", None)}),
        ("lead-a-cas-community-of-practice", {("primary", 1): ("20", None), ("secondary", 5): ("20", None)}),
        ("subject-knowledge-diagnostic-tool", {("primary", 1): ("10", None), (GCSE, 2): ("10", None)}),
    ],
)
async def test_the_catalogue_says_what_an_activity_earns_where(
    certification: ServiceHarness, code: str, expected: dict[tuple[str, int], tuple[str | None, str | None]]
) -> None:
    reply = await (await certification.client(anonymous())).get(f"/v1/activities/{code}")
    assert reply.status_code == 200, reply.text
    found = {
        (one["scheme"], one["version"]): (one["credits"], one["credits_per_hour"]) for one in reply.json()["credits"]
    }
    assert {where: found[where] for where in expected} == expected


async def test_what_is_not_offered_any_more_names_what_is(certification: ServiceHarness) -> None:
    client = await certification.client(anonymous())
    legacy = (await client.get("/v1/activities", params={"status": "legacy", "mode": "live_remote"})).json()["data"]
    assert {one["code"]: one["replaced_by"] for one in legacy} == {"CP409": "CO409", "CP440": "CO440", "FD022": None}
    words = (await client.get("/v1/activities", params={"q": "girls gcse", "provider": "stem_learning"})).json()["data"]
    assert [one["code"] for one in words] == ["CP440"]
    assert (await client.get("/v1/activities/nothing")).json()["code"] == "activity-not-found"
