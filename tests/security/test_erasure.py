"""Somebody whose data can be recognised goes through the platform and is forgotten: nothing of it is left anywhere.

A search goes through every column of every table of every service. The outbox is searched with the rest: it is what the
broker's streams are made of.
"""

import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from pydantic import SecretStr
from sqlalchemy import text

from builders import a_teacher, staff
from canary import ANSWERS, EMAIL, MARK, MARKS, TOLD_ELSEWHERE, TRN, Platform, StartService, a_life, confirmed
from certification.evidence.service import storage_in
from certification.evidence.sweeping import sweep
from certification.privacy.registry import HOLDINGS as OF_CERTIFICATION
from certification.settings import Settings as CertificationSettings
from chassis import clock
from chassis.bus import Bus
from chassis.ids import new_id
from contracts.hubs import HubsErasureCompleted
from contracts.identity import SessionEnded, TeacherErasureRequested, TeacherRegistered
from contracts.registry import stream_of
from funding.privacy.registry import HOLDINGS as OF_FUNDING
from harness import Databases, ServiceHarness
from hubs.privacy.registry import HOLDINGS as OF_HUBS
from ncce_cli.broker import RunningBroker
from real_parts import tell_everything


def test_every_table_that_is_about_people_says_what_becomes_of_it() -> None:
    for holdings in (OF_HUBS, OF_CERTIFICATION, OF_FUNDING):
        assert holdings.unnamed() == set()


@pytest.fixture
async def platform(start_service: StartService, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Platform:
    """A person who registered, learned, wrote, was certified and was paid for."""
    caplog.set_level(logging.INFO)
    return await a_life(start_service, tmp_path)


async def test_after_an_erasure_nothing_of_a_person_is_left_anywhere(
    platform: Platform, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    before = await platform.found()
    assert {"identity.person", "identity.account", "identity.teacher_number", "hubs.partner_learner"} <= set(before)
    assert {"certification.log_entry", "certification.certificate_holder"} <= set(before)
    assert await platform.found(*TOLD_ELSEWHERE) == [], "neither events nor trails name anybody, even before"
    await confirmed(platform)
    await platform.carry_out()
    assert (await platform.state())["status"] == "cooling", "nothing happens before the fortnight is over"
    await platform.identity.query("UPDATE erasure SET runs_at = now()")
    await platform.carry_out()
    assert [event.reason for event in await platform.identity.harness.published(SessionEnded)][-1] is not None
    assert (await platform.identity.log_in(EMAIL)).status_code == 401, "from the beginning nobody signs in"
    [last] = [mail for mail in await platform.identity.mails(EMAIL) if "erasing" in str(mail["Subject"])]
    await platform.do_their_parts("hubs", "certification")
    await platform.carry_out()
    out = [step["service"] for step in (await platform.state())["steps"] if not step["completed_at"]]
    assert out == ["funding"], "the state says whose part is out"
    await platform.do_their_parts("funding")
    await platform.carry_out()
    assert (await platform.state())["status"] == "completed"
    assert await platform.found() == []
    seen = capsys.readouterr()
    assert not [mark for mark in MARKS if _says(caplog.text + seen.out + seen.err, mark)]
    code = str(last.get_payload()).partition("erasure-certificates/")[2].split()[0]
    proof = (await platform.identity.call("GET", f"/v1/privacy/erasure-certificates/{code}")).json()
    kept = {step["service"]: step["kept"] for step in proof["services"]}
    assert kept["funding"]["booking"] == 1, "public money is accounted for"
    assert kept["certification"]["certificate"] == 1
    erased = {step["service"]: step["erased"] for step in proof["services"]}
    assert (erased["hubs"]["calendar_feed"], erased["certification"]["certificate_holder"]) == (1, 1)


async def test_who_changes_their_mind_keeps_everything(platform: Platform) -> None:
    before = await platform.found("person", "account", "log_entry")
    await confirmed(platform)
    erasure = await platform.state()
    path = f"/v1/privacy/erasures/{erasure['id']}/cancellation"
    assert (await platform.identity.post(path, None, caller=a_teacher())).status_code == 404
    assert (await platform.identity.post(path, None, caller=platform.person)).json()["status"] == "cancelled"
    await platform.identity.query("UPDATE erasure SET runs_at = now()")
    await platform.carry_out()
    assert await platform.found("person", "account", "log_entry") == before
    assert await platform.identity.harness.published(TeacherErasureRequested) == []


async def test_a_service_that_does_not_answer_is_asked_again_and_answers_once(platform: Platform) -> None:
    await confirmed(platform)
    await platform.identity.query("UPDATE erasure SET runs_at = now()")
    await platform.carry_out()
    await platform.do_their_parts("hubs")
    await platform.identity.query("UPDATE erasure_step SET asked_at = now() - interval '7 hours'")
    await platform.carry_out()
    assert len(await platform.identity.harness.published(TeacherErasureRequested)) == 2
    await platform.do_their_parts("hubs", "certification", "funding")
    steps = {step["service"]: step for step in (await platform.state())["steps"]}
    assert (steps["hubs"]["attempts"], steps["funding"]["attempts"]) == (1, 2)
    assert steps["hubs"]["erased"]["calendar_feed"] == 1, "the first word counts: the second time nothing was left"


async def test_whoever_holds_a_role_hands_it_over_first(platform: Platform) -> None:
    granted = "INSERT INTO role_grant (id, person_id, role, from_on) VALUES (:id, :id, 'auditor', '2026-01-01')"
    await platform.identity.query(granted, id=platform.person_id)
    asked = await platform.identity.call("POST", "/v1/privacy/erasures", caller=platform.person)
    assert asked.json()["code"] == "roles-still-held"


async def test_everybody_is_told_what_every_service_holds_and_nothing_that_signs_them_in(platform: Platform) -> None:
    told = {}
    for name in ("identity", "hubs", "funding"):
        client = await platform.services[name].client(platform.person)
        told[name] = (await client.get(f"/v1/me/{name}-export")).json()["held"]
    assert [one["trn"] for one in told["identity"]["teacher_number"]] == [TRN]
    assert told["identity"]["account"] == [{"email": EMAIL, "created_at": told["identity"]["account"][0]["created_at"]}]
    assert [one["details"] for one in told["identity"]["who_looked"]] == [{"what": "search"}]
    assert told["hubs"]["partner_learner"][0]["external_learner_id"] == f"learner-{MARK}"
    assert len(told["funding"]["booking"]) == 1
    assert not {"password_hash", "secret_hash", "token_hash"} & set(str(told).replace("'", " ").split())
    stranger = await platform.services["hubs"].client(a_teacher())
    held = (await stranger.get("/v1/me/hubs-export")).json()["held"]
    assert not any(held.values())


LAWFUL = {
    "certification": {"teacher", "enrolment", "activity_record", "credit_entry", "component_completion", "log_entry"}
    | {"certificate", "evidence", "diagnostic_response", "assessment_opening", "log_entry_event"},
    "hubs": {"partner_learner"},
    "funding": {"booking", "fee"},
    "identity": {"person", "erasure"},
}
"""Tables in which a person's number may still be, once they are forgotten; with what is about everybody below."""
BY_NUMBER = {"audit_entry", "outbox", "outbox_sequence", "erased_person"}


async def _where(platform: Platform, word: str) -> set[str]:
    found = set()
    for name, harness in platform.services.items():
        async with harness.session() as session:
            tables = await session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
            for table in tables.all():
                query = text(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE :word')
                if await session.scalar(query, {"word": f"%{word}%"}):
                    found.add(f"{name}.{table}")
    return found


def _says(told: str, mark: str) -> bool:
    """Whether a mark is in a text; the number not as some of the digits of a measure, a time or a hash."""
    alone = rf"(?<![0-9a-f.]){mark}(?![0-9a-f])" if mark.isdigit() else mark
    return re.search(alone, told.lower()) is not None


async def _told_by_the_broker(harness: ServiceHarness) -> bytes:
    """Every message in the stream of a service, with its subject and headers."""
    await tell_everything(harness)
    name = harness.service.name
    bus = await Bus.connect(harness.settings, name)
    try:
        stream = stream_of(name)
        last = (await bus.jetstream.stream_info(stream)).state.last_seq
        messages = [await bus.jetstream.get_msg(stream, number) for number in range(1, last + 1)]
    finally:
        await bus.close()
    return b"".join(f"{one.subject} {one.headers}".encode() + (one.data or b"") for one in messages)


async def test_streams_metrics_and_names_of_files_say_nothing_of_a_person_and_only_lawful_records_stay(
    start_service: StartService, tmp_path: Path, own_broker: RunningBroker, capsys: pytest.CaptureFixture[str]
) -> None:
    platform = await a_life(start_service, tmp_path, nats_url=own_broker.url)
    evidence = [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
    kept = b"".join(str(path).encode() + path.read_bytes() for path in evidence)
    assert evidence
    await _forgotten(platform)
    told = [await _told_by_the_broker(harness) for harness in platform.services.values()]
    assert all(told), "each service told the broker something"
    seen = capsys.readouterr()
    everything = b"".join(told) + kept + generate_latest() + (seen.out + seen.err).encode()
    assert [mark for mark in MARKS if _says(everything.decode(errors="replace"), mark)] == []
    for mark in MARKS:
        assert await _where(platform, mark) == set()
    lawful = {f"{name}.{table}" for name, tables in LAWFUL.items() for table in (*tables, *BY_NUMBER)}
    assert await _where(platform, str(platform.person_id)) - lawful == set()
    certification = platform.services["certification"]
    assert isinstance(certification.settings, CertificationSettings)
    later = clock.now() + timedelta(hours=2)
    await sweep(certification.database, storage_in(certification.settings), later)
    assert not any(path.exists() for path in evidence), "the bytes go with the sweep"


async def test_an_event_that_comes_after_an_erasure_brings_nobody_back(platform: Platform) -> None:
    await _forgotten(platform)
    [registered] = await platform.identity.harness.published(TeacherRegistered)
    for name in ("hubs", "certification"):
        await platform.services[name].deliver(registered)
    async with platform.services["hubs"].session() as session:
        assert await session.scalar(text("SELECT count(*) FROM teacher")) == 0
    async with platform.services["certification"].session() as session:
        assert (await session.scalars(text("SELECT school_urn FROM teacher"))).all() == [None]


PutBack = Callable[[Platform, str, Awaitable[None]], Awaitable[None]]


@pytest.fixture
async def put_back(databases: Databases) -> AsyncIterator[PutBack]:
    """Some work is done, and the database of one service is then as it was before."""
    restored: list[tuple[ServiceHarness, str]] = []

    async def put_back(platform: Platform, name: str, work: Awaitable[None]) -> None:
        harness = platform.services[name]
        await harness.database.close()
        await harness.running.close()
        copy = await databases.copy_of(harness.settings.database_url.get_secret_value())
        await work
        settings = harness.settings.model_copy(update={"database_url": SecretStr(copy)})
        platform.services[name] = ServiceHarness(harness.service, settings)
        restored.append((platform.services[name], copy))
        if name == "identity":
            platform.identity.harness = platform.services[name]
        assert await platform.found(), "who was forgotten is back"

    yield put_back
    for harness, copy in restored:
        await harness.close()
        await databases.drop(copy)


@pytest.mark.parametrize("name", ["identity", "hubs", "certification"])
async def test_a_database_put_back_to_before_an_erasure_forgets_again_when_it_hears_what_it_missed(
    platform: Platform, put_back: PutBack, name: str
) -> None:
    await put_back(platform, name, _forgotten(platform))
    if name == "identity":
        for other, answer in ANSWERS.items():
            for done in await platform.services[other].published(answer):
                await platform.identity.harness.deliver(done)
        await platform.carry_out()
        assert (await platform.identity.log_in(EMAIL)).status_code == 401
        await platform.identity.mails(EMAIL)
        await platform.do_their_parts("hubs", "certification", "funding")
        await platform.carry_out()
        assert [one["status"] for one in await _erasures(platform)] == ["completed"]
    else:
        await platform.do_their_parts(name)
    assert await platform.found() == []


async def test_an_identity_put_back_into_the_fortnight_does_not_wait_for_its_end_again(
    platform: Platform, put_back: PutBack
) -> None:
    await confirmed(platform)
    erasure = await platform.state()
    await put_back(platform, "identity", _carried_out(platform))
    assert (await platform.state())["status"] == "cooling"
    [done] = await platform.services["hubs"].published(HubsErasureCompleted)
    await platform.identity.harness.deliver(done)
    await platform.carry_out()
    again = await platform.state()
    assert (again["id"], again["status"]) == (erasure["id"], "running")
    await platform.identity.harness.deliver(done)
    steps = {step["service"]: bool(step["completed_at"]) for step in (await platform.state())["steps"]}
    assert steps == {"hubs": True, "certification": False, "funding": False}


async def test_of_somebody_who_was_never_here_nothing_is_begun(platform: Platform) -> None:
    stranger = {"erasure_id": new_id(), "teacher_id": new_id(), "erased": {}, "kept": {}}
    await platform.identity.harness.deliver(HubsErasureCompleted(**stranger, completed_at=clock.now()))
    assert await _erasures(platform) == []


async def _erasures(platform: Platform) -> list[dict[str, object]]:
    listed = await platform.identity.call("GET", "/v1/privacy/erasures", caller=staff("auditor"))
    return list(listed.json()["data"])


async def _forgotten(platform: Platform) -> None:
    await confirmed(platform)
    await _carried_out(platform)


async def _carried_out(platform: Platform) -> None:
    await platform.identity.query("UPDATE erasure SET runs_at = now()")
    await platform.carry_out()
    await platform.identity.mails(EMAIL)
    await platform.do_their_parts("hubs", "certification", "funding")
    await platform.carry_out()
    assert (await platform.state())["status"] == "completed"
