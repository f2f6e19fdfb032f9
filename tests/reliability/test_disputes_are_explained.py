"""What does not agree about an audit trail is explained by an auditor, at somebody else's; nothing is taken off."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select, text

from builders import staff
from chassis import audit, audit_chain, audit_disputes, audit_verification, clock
from chassis.audit_verification import HeldLine
from chassis.ids import new_id
from conftest import StartService
from contracts.base import Clearance, Event
from contracts.funding import FundingAuditWitnessed
from contracts.hubs import HubsAuditWitnessed
from funding.app import SERVICE as FUNDING
from funding.settings import Settings
from harness import ServiceHarness
from hubs.app import SERVICE as HUBS
from hubs.handlers import witness as of_hubs
from identity.app import SERVICE as IDENTITY
from identity.mail.models import Mail

WHY = "Funding was restored from the copy of yesterday noon, after its disk had failed."
AUDITOR = staff("auditor")
AT_HUBS = "/v1/audit/hubs/disputes/clearances"
RESTORED = {"of": "funding", "first_number": 7, "last_number": 8, "reason": WHY}


async def _chained(service: ServiceHarness, entries: int = 1) -> Event:
    head = service.service.audit_head
    assert head is not None
    async with service.session() as session:
        for number in range(entries):
            await audit.record(session, None, "thing.done", f"thing:{number}")
    async with service.session() as session:
        assert await audit_chain.chain_some(session, service.service.name, head) == entries
    return (await service.published(head))[-1]


async def _cut_off(funding: ServiceHarness, last: int) -> None:
    """As if a copy had been restored that ends there."""
    async with funding.session() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        for table in ("audit_head", "audit_link"):
            await session.execute(text(f"DELETE FROM {table} WHERE number > {last}"))
        await session.execute(text("DELETE FROM audit_entry WHERE position NOT IN (SELECT position FROM audit_link)"))


async def _told(hubs: ServiceHarness) -> HubsAuditWitnessed:
    async with hubs.session() as session:
        await of_hubs.tell_held(session)
    return (await hubs.published(HubsAuditWitnessed))[-1]


async def _restored(start_service: StartService) -> tuple[ServiceHarness, ServiceHarness]:
    """Funding with five links, and hubs that has seen heads 5, 7 and 8."""
    funding, hubs = await start_service(FUNDING), await start_service(HUBS)
    for entries in (5, 2, 1):
        await hubs.deliver(await _chained(funding, entries))
    await _cut_off(funding, 5)
    await funding.deliver(await _told(hubs))
    return funding, hubs


async def _verified(funding: ServiceHarness, hubs: ServiceHarness) -> audit_verification.Verification:
    async with hubs.session() as session:
        held = await audit_verification.held_of(session, "hubs", "funding")
    async with funding.session() as session:
        return await audit_verification.verify(session, "funding", held)


async def test_the_newest_head_is_kept_apart_from_the_news_of_it(start_service: StartService) -> None:
    funding = await start_service(FUNDING)
    auditor = await funding.client(AUDITOR)
    assert (await auditor.get("/v1/audit/funding/head")).json() == {"head": None}
    told = await _chained(funding, 2)
    async with funding.session() as session:
        await session.execute(text("DELETE FROM outbox"))
    assert (await auditor.get("/v1/audit/funding/head")).json() == {"head": told.model_dump(mode="json")}


async def test_a_restore_is_in_doubt_until_an_auditor_explains_it_at_a_holder(start_service: StartService) -> None:
    funding, hubs = await _restored(start_service)
    [told] = await funding.published(FundingAuditWitnessed)
    await hubs.deliver(told)
    assert {one.number for one in (await _verified(funding, hubs)).doubts} == {7, 8}
    answer = await (await hubs.client(AUDITOR)).post(AT_HUBS, json=RESTORED)
    assert (answer.status_code, answer.json()["reason"]) == (201, WHY)
    await funding.deliver((await hubs.published(HubsAuditWitnessed))[-1], times=2)
    after = await _verified(funding, hubs)
    assert (after.doubts, {one.number for one in after.explained}) == ([], {7, 8})
    for service, words in ((hubs, WHY), (funding, None)):
        name = service.service.name
        shown = (await (await service.client(AUDITOR)).get(f"/v1/audit/{name}/disputes")).json()["data"]
        said = [(one["number"], one["what"], one["cleared"]["reason"], one["cleared"]["said_in"]) for one in shown]
        assert sorted(said) == [(at, "another service has seen this link; it is gone", words, "hubs") for at in (7, 8)]


async def test_only_what_is_in_dispute_and_was_seen_is_explained_and_never_of_ones_own(
    start_service: StartService,
) -> None:
    funding, hubs = await _restored(start_service)
    [told] = await funding.published(FundingAuditWitnessed)
    await hubs.deliver(told)
    at_funding, at_hubs = await funding.client(AUDITOR), await hubs.client(AUDITOR)
    refused = [
        (await at_funding.post("/v1/audit/funding/disputes/clearances", json=RESTORED), "audit-trail-is-own"),
        (await at_hubs.post(AT_HUBS, json={**RESTORED, "first_number": 6}), "audit-nothing-disputed"),
        (await at_hubs.post(AT_HUBS, json={**RESTORED, "last_number": 9}), "audit-links-not-seen"),
        (await at_hubs.post(AT_HUBS, json={**RESTORED, "last_number": 6}), "validation-failed"),
        (await at_hubs.post(AT_HUBS, json={**RESTORED, "reason": "restored"}), "validation-failed"),
    ]
    assert [answer.json()["code"] for answer, _ in refused] == [code for _, code in refused]
    forged = Clearance(
        id=new_id(), service="funding", first_number=7, last_number=8, cleared_by=new_id(), cleared_at=clock.now()
    )
    await hubs.deliver(told.model_copy(update={"disputes": (), "clearances": (forged,)}))
    assert len((await _verified(funding, hubs)).doubts) == 4, "two heads that hubs holds, two disputes of them"


async def test_what_was_explained_is_kept_when_it_is_found_again_but_alarms_nobody(start_service: StartService) -> None:
    funding, hubs = await _restored(start_service)
    [told] = await funding.published(FundingAuditWitnessed)
    await hubs.deliver(told)
    await (await hubs.client(AUDITOR)).post(AT_HUBS, json=RESTORED)
    said = (await hubs.published(HubsAuditWitnessed))[-1]
    identity = await start_service(IDENTITY, maildir="unused")
    await identity.seed("organisations", "demo-people")
    await identity.deliver(said)
    await identity.deliver(told)
    async with identity.session() as session:
        mails = (await session.scalars(select(Mail.template))).all()
        assert "audit_disputed" not in mails
        assert [len(some) for some in await audit_disputes.findings(session)] == [0, 2]


async def test_a_head_that_a_holder_altered_accuses_nobody_unnoticed(start_service: StartService) -> None:
    funding = await start_service(FUNDING)
    told = HeldLine(**(await _chained(funding)).model_dump(), holder="hubs")
    altered = told.model_copy(update={"head": "f" * 64})
    renamed = told.model_copy(update={"signature": "00" * 64})
    async with funding.session() as session:
        assert (await audit_verification.verify(session, "funding", [told])).doubts == []
        found = (await audit_verification.verify(session, "funding", [altered, renamed])).doubts
    assert [one.what for one in found] == [
        "the head at hubs has a signature of something else",
        "the head at hubs has a signature of something else",
        "by a head at hubs: another service has seen another hash of this link",
    ]


async def test_the_job_holds_a_trail_against_the_heads_that_others_hold(
    start_service: StartService, tmp_path: Path
) -> None:
    funding, hubs = await _restored(start_service)
    async with hubs.session() as session:
        held = await audit_verification.held_of(session, "hubs")
    heads = tmp_path / "heads"
    heads.write_text("".join(f"{line.model_dump_json()}\n" for line in held))
    assert isinstance(funding.settings, Settings)
    settings = {
        "FUNDING_DATABASE_URL": funding.settings.database_url.get_secret_value(),
        "FUNDING_PAYEE_KEYS": funding.settings.payee_keys.get_secret_value(),
        "NATS_URL": "nats://127.0.0.1:1",
        "PRINCIPAL_KEYS": funding.settings.principal_keys,
    }
    command = [sys.executable, "-m", "funding", "audit", "verify", "--heads", str(heads)]
    done = await asyncio.to_thread(subprocess.run, command, env=os.environ | settings, capture_output=True, text=True)
    assert done.returncode == 10, done.stderr
    *findings, summary = map(json.loads, done.stdout.splitlines())
    assert {(one["number"], one["explained"]) for one in findings} == {(7, False), (8, False)}
    assert any(one["what"].startswith("by a head at hubs") for one in findings)
    assert (summary["service"], summary["number"], summary["held"]) == ("funding", 5, 3)
