"""Credits as a teacher sees them: enrolments and progress."""

from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from builders import anonymous, partner
from certification.credits.models import ActivityRecord, CreditEntry
from certification_facts import COMMUNITY_WORTH_25, Log, completed, joined, registered
from chassis.ids import new_id
from contracts.certification import CertificateAwarded, ComponentCompleted
from harness import ServiceHarness

GCSE = "gcse_subject_knowledge"


async def opt_in(log: Log) -> None:
    reply = await log.post("/v1/enrolments", {"scheme": GCSE})
    assert reply.status_code == 201, reply.text


async def test_a_hundredth_of_an_hour_short_does_not_complete_the_component(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await certification.deliver(completed(log.id, "19.99"))
    component = await log.component("professional_knowledge")
    assert (component["recorded"], component["needed"]) == ("59.97", "0.03")
    hints = [one["hint"] for one in (await log.scheme())["what_next"]]
    assert "Complete 0.01 more hours of approved CPD." in hints
    await certification.deliver(completed(log.id, "0.01", "CP420"))
    assert (await log.component("professional_knowledge"))["needed"] == "0"


async def test_a_hundred_credits_without_commitment_do_not_complete_the_scheme(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await certification.deliver(completed(log.id, "25"))
    await log.contribute(*COMMUNITY_WORTH_25)
    scheme = await log.scheme()
    assert (scheme["status"], scheme["counted"], scheme["required"]) == ("in_progress", "90", "100")
    assert (await log.component("professional_knowledge"))["surplus"] == "15"
    assert scheme["why_not_complete"] == [
        "Commitment to your professional development: 5 of 15 credits, 10 more needed."
    ]
    hints = [one["hint"] for one in scheme["what_next"]]
    assert hints == ["Join your local computing hub: 5 credits.", "Take the diagnostic: 10 credits."]
    assert await log.certificates() == []


async def test_the_same_course_reported_twice_earns_once(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    for _ in range(2):
        await certification.deliver(completed(log.id, "6", "CP228"))
    component = await log.component("professional_knowledge")
    assert component["recorded"] == "18"
    assert len(component["entries"]) == 1


async def test_a_course_run_by_another_provider_is_the_same_course(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    for code in ("CO207", "CO207R"):
        await certification.deliver(completed(log.id, "6", code))
    assert (await log.component("professional_knowledge"))["recorded"] == "18"


async def test_a_larger_report_of_a_course_tops_up_and_a_smaller_one_takes_nothing_away(
    certification: ServiceHarness,
) -> None:
    log = await Log(certification).register()
    for hours in ("4", "6.5", "2"):
        await certification.deliver(completed(log.id, hours))
    component = await log.component("professional_knowledge")
    assert component["recorded"] == "19.5"
    assert [(one["hours"], one["credits"]) for one in component["entries"]] == [("4", "12"), ("2.5", "7.5")]


async def test_a_course_the_catalogue_does_not_know_earns_under_its_own_code(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    for _ in range(2):
        await certification.deliver(completed(log.id, "2", "ZZ999"))
    component = await log.component("professional_knowledge")
    assert [(one["activity"], one["credits"]) for one in component["entries"]] == [("ZZ999", "6")]


async def test_activity_from_before_the_launch_counts(certification: ServiceHarness) -> None:
    log = Log(certification)
    await certification.deliver(completed(log.id, "3", on=date(2018, 11, 5)))
    await log.register()
    [entry] = (await log.component("professional_knowledge"))["entries"]
    assert (entry["occurred_on"], entry["credits"]) == ("2018-11-05", "9")
    assert entry["recorded_at"] > "2019"
    assert entry["source"].startswith("completion:")


async def test_a_secondary_teacher_who_opts_in_later_gets_what_was_done_earlier(certification: ServiceHarness) -> None:
    log = await Log(certification, "secondary").register()
    await certification.deliver(joined(log.id))
    await certification.deliver(completed(log.id, "20"))
    await log.contribute(COMMUNITY_WORTH_25[0])
    await opt_in(log)
    assert (await log.component("professional_knowledge", GCSE))["recorded"] == "30"
    assert (await log.component("commitment", GCSE))["recorded"] == "10"
    assert (await log.component("community", GCSE))["recorded"] == "20"
    await certification.deliver(completed(log.id, "0.25", "CP420"))
    assert (await log.component("professional_knowledge", GCSE))["recorded"] == "30.375"
    assert (await log.component("professional_knowledge"))["recorded"] == "60.75"


async def test_the_gcse_scheme_waits_for_its_assessment(certification: ServiceHarness) -> None:
    log = await Log(certification, "secondary").register()
    await opt_in(log)
    await log.take_diagnostic()
    await log.contribute(*COMMUNITY_WORTH_25)
    await certification.deliver(completed(log.id, "40"))
    scheme = await log.scheme(GCSE)
    assert (scheme["status"], scheme["counted"]) == ("in_progress", "100")
    assert scheme["why_not_complete"] == ["The summative assessment has to be passed."]
    assert [one["scheme"] for one in await log.certificates()] == ["secondary"]
    assert len(await certification.published(ComponentCompleted)) == 6
    assert len(await certification.published(CertificateAwarded)) == 1


async def test_a_primary_teacher_cannot_opt_in_to_the_gcse_scheme(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    reply = await log.post("/v1/enrolments", {"scheme": GCSE})
    assert (reply.status_code, reply.json()["code"]) == (422, "scheme-not-for-phase")


async def test_nobody_is_enrolled_twice(certification: ServiceHarness) -> None:
    log = await Log(certification, "secondary").register()
    await opt_in(log)
    reply = await log.post("/v1/enrolments", {"scheme": GCSE})
    assert (reply.status_code, reply.json()["code"]) == (409, "already-enrolled")
    enrolled = (await log.get("/v1/enrolments"))["data"]
    assert [(one["scheme"], one["scheme_version"]) for one in enrolled] == [(GCSE, 1), ("secondary", 1)]


async def test_opting_in_before_the_registration_arrives_is_refused_for_now(certification: ServiceHarness) -> None:
    log = Log(certification, "secondary")
    reply = await log.post("/v1/enrolments", {"scheme": GCSE})
    assert (reply.status_code, reply.json()["code"]) == (409, "log-not-open")


async def test_an_unknown_scheme_or_field_is_refused(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    reply = await log.post("/v1/enrolments", {"scheme": "tertiary"})
    assert (reply.status_code, reply.json()["code"]) == (404, "scheme-not-found")
    reply = await log.post("/v1/enrolments", {"scheme": GCSE, "version": 2})
    assert reply.status_code == 422


async def test_only_people_have_progress(certification: ServiceHarness) -> None:
    for caller, status in ((anonymous(), 401), (partner("completions:write"), 403), (None, 401)):
        client = await certification.client(caller)
        for path in ("/v1/progress", "/v1/enrolments", "/v1/certificates", "/v1/log-entries"):
            assert (await client.get(path)).status_code == status


async def test_one_teacher_sees_nothing_of_another(certification: ServiceHarness) -> None:
    await Log(certification).register()
    stranger = Log(certification)
    assert (await stranger.get("/v1/progress"))["data"] == []
    assert (await stranger.get("/v1/enrolments"))["data"] == []


async def test_the_pathway_of_the_diagnostic_is_suggested_without_what_is_done(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await certification.deliver(completed(log.id, "2", "CO223"))
    await log.take_diagnostic(1)
    hints = [one["hint"] for one in (await log.scheme())["what_next"] if one["component"] == "professional_knowledge"]
    assert hints[1] == "Your diagnostic recommends the pathway “New to computing”, such as CO426, CO428, CO438."


@pytest.mark.parametrize("table", ["activity_record", "credit_entry", "component_completion", "certificate"])
async def test_what_was_entered_is_never_changed_or_removed(certification: ServiceHarness, table: str) -> None:
    await Log(certification).register()
    for statement in (
        f"UPDATE {table} SET teacher_id = teacher_id",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
    ):
        with pytest.raises(DBAPIError, match="append-only"):
            async with certification.session() as session:
                await session.execute(text(statement))


async def test_the_ledger_itself_refuses_a_second_first_entry_for_an_activity(certification: ServiceHarness) -> None:
    await Log(certification).register()
    async with certification.session() as session:
        [entry] = (await session.execute(select(CreditEntry.__table__))).mappings()
    with pytest.raises(IntegrityError, match="uq_credit_entry"):
        async with certification.session() as session:
            session.add(CreditEntry(**{**entry, "id": new_id()}))


async def test_a_negative_number_of_hours_is_no_activity(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    with pytest.raises(IntegrityError, match="ck_activity_record_hours"):
        await certification.deliver(completed(log.id, "-1"))
    async with certification.session() as session:
        count = await session.scalar(select(func.count()).where(ActivityRecord.teacher_id == log.id))
    assert count == 1


async def test_an_activity_of_no_hours_is_kept_and_earns_nothing(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await certification.deliver(completed(log.id, "0"))
    assert (await log.component("professional_knowledge"))["entries"] == []


async def test_the_version_is_the_one_in_force_on_the_day_of_registration(certification: ServiceHarness) -> None:
    async with certification.session() as session:
        await session.execute(
            text(
                "INSERT INTO scheme_version (scheme, version, effective_from, source, rules) "
                "SELECT scheme, 20, '2026-09-02', source, jsonb_set(rules, '{credits,0,credits}', '\"7\"') "
                "FROM scheme_version WHERE scheme = 'primary' AND version = 1"
            )
        )
    log = await Log(certification).register()
    assert ((await log.scheme())["scheme_version"], (await log.component("commitment"))["recorded"]) == (1, "5")
    later = Log(certification)
    event = registered(later.id)
    await certification.deliver(event.model_copy(update={"registered_at": event.registered_at.replace(day=2)}))
    assert ((await later.scheme())["scheme_version"], (await later.component("commitment"))["recorded"]) == (20, "7")
