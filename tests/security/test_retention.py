"""What is held about people has a time or a reason, and what is due really goes."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from builders import a_teacher, staff
from certification.privacy.retention import RETENTION as OF_CERTIFICATION
from chassis import clock
from chassis.ids import new_id
from chassis.retention import BATCH, Retention, run_due
from composition import SERVICES
from conftest import StartService
from funding.privacy.retention import RETENTION as OF_FUNDING
from hubs.completions.models import PartnerLearner
from hubs.privacy.retention import RETENTION as OF_HUBS
from identity.app import SERVICE as IDENTITY
from identity.privacy.retention import RETENTION as OF_IDENTITY
from operations import service_of

ALL = {"identity": OF_IDENTITY, "hubs": OF_HUBS, "certification": OF_CERTIFICATION, "funding": OF_FUNDING}


@pytest.mark.parametrize("name", SERVICES)
def test_every_table_with_peoples_data_has_a_line_or_a_reason(name: str) -> None:
    retention, service = ALL[name], service_of(name)
    assert service.retention is retention
    assert retention.unnamed() == set()
    assert len({line.name for line in retention.rules()}) == len(retention.rules()), "runs are counted by name"


@pytest.mark.parametrize("retention", ALL.values(), ids=ALL.keys())
def test_a_line_says_all_that_is_asked_and_names_columns_that_are_there(retention: Retention) -> None:
    for line in retention.lines:
        assert line.what
        assert line.why
        assert line.until
        if line.since:
            columns = retention.columns_of(line.table)
            assert {line.since, *line.clears} <= columns, line


async def test_what_is_due_goes_in_batches_and_all_else_stays(start_service: StartService) -> None:
    identity = await start_service(IDENTITY, maildir="unused")
    mail = (
        "INSERT INTO mail (id, occasion, to_address, to_key, template, subject, body, queued_at, retry_at, attempts,"
        " sent_at) SELECT gen_random_uuid(), 'm:' || days || ':' || number, 'a@example.org', 'a@example.org', 't', 's',"
        " '', now(), now(), 1, now() - make_interval(days => days)"
        f" FROM (VALUES (399), (401)) AS age (days), generate_series(1, {BATCH + 7}) AS number"
    )
    async with identity.session() as session:
        await session.execute(text(mail))
        await session.execute(
            text(
                "INSERT INTO invitation (id, token_hash, role, email, email_key, invited_by, invited_at, expires_at)"
                " SELECT gen_random_uuid(), decode(md5(days::text), 'hex'), 'assessor', days || '@example.org',"
                " days || '@example.org', gen_random_uuid(), now() - make_interval(days => days), now()"
                " FROM (VALUES (180), (190)) AS age (days)"
            )
        )
    auditor = await identity.client(staff("auditor"))
    dry = (await auditor.get("/v1/privacy/retention/identity?count_due=true")).json()["data"]
    due = {line["rule"]: line["due_now"] for line in dry if line["due_now"]}
    assert due == {"mail": BATCH + 7, "invitation": 1}
    found = await run_due(identity.running, OF_IDENTITY)
    assert {name: rows for name, rows in found.items() if rows} == due
    async with identity.session() as session:
        assert await session.scalar(text("SELECT count(*) FROM mail")) == BATCH + 7
        emails = (await session.scalars(text("SELECT email FROM invitation ORDER BY email"))).all()
        told = await session.scalars(text("SELECT details FROM audit_entry WHERE action = 'retention.applied'"))
        assert sorted(one["rows"] for one in told) == [1, BATCH + 7]
    assert emails == ["(erased)", "180@example.org"]
    assert await run_due(identity.running, OF_IDENTITY) == {}, "once a day"
    shown = (await auditor.get("/v1/privacy/retention/identity")).json()["data"]
    assert next(line["last_found"] for line in shown if line["rule"] == "mail") == BATCH + 7
    assert (await (await identity.client(a_teacher())).get("/v1/privacy/retention/identity")).status_code == 403


async def test_rules_of_a_service_run_by_a_clock_that_is_moved(
    start_service: StartService, monkeypatch: pytest.MonkeyPatch
) -> None:
    hubs = await start_service(service_of("hubs"))
    claimed, linked = new_id(), new_id()
    seen = {"organisation_id": new_id(), "first_seen_at": clock.now(), "claimed_teacher_id": claimed}
    async with hubs.session() as session:
        session.add(PartnerLearner(id=new_id(), external_learner_id="unknown", **seen))
        known = {**seen, "teacher_id": linked, "linked_at": clock.now()}
        session.add(PartnerLearner(id=new_id(), external_learner_id="known", **known))
    assert not any((await run_due(hubs.running, OF_HUBS)).values())
    later = clock.now() + timedelta(days=731)
    monkeypatch.setattr(clock, "now", lambda: later)
    found = await run_due(hubs.running, OF_HUBS)
    assert {name: rows for name, rows in found.items() if rows} == {"partner-learner-unconfirmed": 1}
    async with hubs.session() as session:
        left = await session.execute(text("SELECT external_learner_id, claimed_teacher_id FROM partner_learner"))
        assert {row.external_learner_id: row.claimed_teacher_id for row in left} == {"unknown": None, "known": claimed}
