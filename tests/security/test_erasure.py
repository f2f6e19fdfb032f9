"""Somebody whose data can be recognised goes through the platform and is forgotten: nothing of it is left anywhere.

Everything that tells of them holds one of the marks, so that a search through every column of every table of every
service finds what was overlooked. The outbox is searched with the rest: it is what the broker's streams are made of.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from builders import a_fresh_key, a_teacher, staff
from certification.app import SERVICE as CERTIFICATION
from certification.privacy.registry import HOLDINGS as OF_CERTIFICATION
from certification_facts import COMMUNITY_WORTH_25, Log, completed
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.base import Event
from contracts.certification import CertificationErasureCompleted
from contracts.funding import FundingErasureCompleted
from contracts.hubs import HubsErasureCompleted
from contracts.identity import SessionEnded, TeacherErasureRequested, TeacherRegistered
from funding.app import SERVICE as FUNDING
from funding.privacy.registry import HOLDINGS as OF_FUNDING
from funding_facts import booking_placed
from harness import ServiceHarness
from hubs.app import SERVICE as HUBS
from hubs.completions.models import PartnerLearner
from hubs.privacy.registry import HOLDINGS as OF_HUBS
from identity.accounts.passwords import Passwords
from identity.app import SERVICE as IDENTITY
from identity.erasures.background import carry_out
from identity.settings import Settings
from identity_steps import CHEAP_HASHES, PASSWORD, IdentitySteps, registration

MARK = "zqcanary"
EMAIL, GIVEN, FAMILY, TRN = f"{MARK}@example.org", "Zqcanarygiven", "Zqcanaryfamily", "9173046"
MARKS = (MARK, TRN)
ANSWERS = {
    "hubs": HubsErasureCompleted,
    "certification": CertificationErasureCompleted,
    "funding": FundingErasureCompleted,
}
TOLD_ELSEWHERE = ("outbox", "outbox_sequence", "audit_entry", "inbox", "dead_letter")


def test_every_table_that_is_about_people_says_what_becomes_of_it() -> None:
    for holdings in (OF_HUBS, OF_CERTIFICATION, OF_FUNDING):
        assert holdings.unnamed() == set()


@dataclass
class Platform:
    """All services, and a person in them."""

    identity: IdentitySteps
    services: dict[str, ServiceHarness]
    person_id: UUID

    @property
    def person(self) -> Principal:
        """The person, calling."""
        return a_teacher(person_id=self.person_id)

    async def found(self, *only: str) -> list[str]:
        """Where a mark is, as `service.table`; in some tables only when they are named."""
        places = []
        for name, harness in self.services.items():
            for table in [one.name for one in harness.service.metadata.tables.values()] + list(TOLD_ELSEWHERE):
                if (not only or table in only) and await _holds(harness, table):
                    places.append(f"{name}.{table}")
        return places

    async def carry_out(self) -> None:
        """What the background of identity does."""
        settings = self.identity.harness.settings
        assert isinstance(settings, Settings)
        await carry_out(self.identity.harness.database, settings, Passwords(settings).nobodys_hash)

    async def do_their_parts(self, *names: str) -> None:
        """Services hear of it and answer."""
        event = (await self.identity.harness.published(TeacherErasureRequested))[-1]
        for name in names:
            await self.services[name].deliver(event)
            answer: Event = (await self.services[name].published(ANSWERS[name]))[-1]
            await self.identity.harness.deliver(answer)

    async def state(self) -> dict[str, Any]:
        """The erasure as auditors see it."""
        listed = await self.identity.call("GET", "/v1/privacy/erasures", caller=staff("auditor"))
        return dict(listed.json()["data"][0])


async def _holds(harness: ServiceHarness, table: str) -> bool:
    said = f'SELECT count(*) FROM "{table}" AS row WHERE '
    marks = [*MARKS, *(mark.encode().hex() for mark in MARKS), EMAIL.encode().hex()]
    said += " OR ".join(f"row::text ILIKE '%{mark}%'" for mark in marks)
    async with harness.session() as session:
        return bool(await session.scalar(text(said)))


@pytest.fixture
async def platform(
    start_service: Callable[..., Awaitable[ServiceHarness]], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> Platform:
    """A person who registered, learned, wrote, was certified and was paid for."""
    caplog.set_level(logging.INFO)
    maildir = tmp_path / "mail"
    own = await start_service(IDENTITY, maildir=maildir, password_queue=100, **CHEAP_HASHES)
    services = {"identity": own, "hubs": await start_service(HUBS)}
    services |= {"certification": await start_service(CERTIFICATION), "funding": await start_service(FUNDING)}
    await services["certification"].seed()
    await services["funding"].seed("fee-policies")
    identity = IdentitySteps(own, maildir)
    await identity.post("/v1/auth/register", registration(EMAIL, given_name=GIVEN, family_name=FAMILY))
    token = (await identity.tokens_mailed(EMAIL))[-1]
    await identity.post("/v1/auth/confirm", {"token": token})
    [registered] = await own.published(TeacherRegistered)
    whole = Platform(identity, services, registered.teacher_id)
    await _at_identity(whole)
    await _at_hubs(whole, registered)
    await _at_certification(whole, registered)
    await services["funding"].deliver(booking_placed(whole.person))
    return whole


async def _at_identity(whole: Platform) -> None:
    call, person = whole.identity.call, whole.person
    assert (await whole.identity.log_in(EMAIL)).status_code == 200
    assert (await whole.identity.log_in(EMAIL, "not the password")).status_code == 401
    assert (await call("PUT", "/v1/me/trn", {"trn": TRN}, caller=person)).status_code == 200
    moved = {"school_urn": "900002", "phase": "primary", "from_on": str(clock.today())}
    assert (await call("PUT", "/v1/me/school", moved, caller=person)).status_code == 200
    found = await call("POST", "/v1/teachers/search", {"family_name": FAMILY}, caller=staff("auditor"))
    assert len(found.json()["data"]) == 1
    await call("POST", "/v1/auth/password-resets", {"email": EMAIL})
    other = {"email": f"another.{EMAIL}", "password": PASSWORD}
    assert (await call("POST", "/v1/me/email-changes", other, caller=person)).status_code == 202
    await call("POST", "/v1/auth/register", registration(EMAIL, given_name=GIVEN))


async def _at_hubs(whole: Platform, registered: TeacherRegistered) -> None:
    hubs = whole.services["hubs"]
    await hubs.deliver(registered)
    learner = {"first_seen_at": clock.now(), "linked_at": clock.now(), "teacher_id": whole.person_id}
    async with hubs.session() as session:
        known = PartnerLearner(id=new_id(), organisation_id=new_id(), external_learner_id=f"learner-{MARK}", **learner)
        session.add(known)
    feed = await (await hubs.client(whole.person, **a_fresh_key())).post("/v1/calendar-feeds")
    assert feed.status_code == 201


async def _at_certification(whole: Platform, registered: TeacherRegistered) -> None:
    log = Log(whole.services["certification"])
    log.id, log.teacher = whole.person_id, whole.person
    await log.certification.deliver(registered)
    await log.take_diagnostic()
    await log.contribute(*COMMUNITY_WORTH_25)
    await log.certification.deliver(completed(log.id, "20"))
    await log.name_certificate(f"{GIVEN} {FAMILY}", shows_name=True, shares_document=True)
    entry = {"activity": COMMUNITY_WORTH_25[0], "occurred_on": "2026-09-11"}
    assert (await log.post("/v1/log-entries", entry | {"description": f"{MARK} led a meeting."})).status_code == 201


async def _confirmed(platform: Platform) -> None:
    asked = await platform.identity.call("POST", "/v1/privacy/erasures", caller=platform.person)
    assert (asked.status_code, asked.json()["status"]) == (202, "requested")
    token = (await platform.identity.tokens_mailed(EMAIL))[-1]
    path, body = "/v1/privacy/erasures/confirmation", {"token": token}
    stranger = await platform.identity.post(path, body, caller=a_teacher())
    assert stranger.json()["code"] == "erasure-link-not-valid"
    confirmed = await platform.identity.post(path, body, caller=platform.person)
    assert confirmed.json()["status"] == "cooling"


async def test_after_an_erasure_nothing_of_a_person_is_left_anywhere(
    platform: Platform, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    before = await platform.found()
    assert {"identity.person", "identity.account", "identity.teacher_number", "hubs.partner_learner"} <= set(before)
    assert {"certification.log_entry", "certification.certificate_holder"} <= set(before)
    assert await platform.found(*TOLD_ELSEWHERE) == [], "neither events nor trails name anybody, even before"
    await _confirmed(platform)
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
    assert not [mark for mark in MARKS if mark in (caplog.text + seen.out + seen.err).lower()]
    code = str(last.get_payload()).partition("erasure-certificates/")[2].split()[0]
    proof = (await platform.identity.call("GET", f"/v1/privacy/erasure-certificates/{code}")).json()
    kept = {step["service"]: step["kept"] for step in proof["services"]}
    assert kept["funding"]["booking"] == 1, "public money is accounted for"
    assert kept["certification"]["certificate"] == 1
    erased = {step["service"]: step["erased"] for step in proof["services"]}
    assert (erased["hubs"]["calendar_feed"], erased["certification"]["certificate_holder"]) == (1, 1)


async def test_who_changes_their_mind_keeps_everything(platform: Platform) -> None:
    before = await platform.found("person", "account", "log_entry")
    await _confirmed(platform)
    erasure = await platform.state()
    path = f"/v1/privacy/erasures/{erasure['id']}/cancellation"
    assert (await platform.identity.post(path, None, caller=a_teacher())).status_code == 404
    assert (await platform.identity.post(path, None, caller=platform.person)).json()["status"] == "cancelled"
    await platform.identity.query("UPDATE erasure SET runs_at = now()")
    await platform.carry_out()
    assert await platform.found("person", "account", "log_entry") == before
    assert await platform.identity.harness.published(TeacherErasureRequested) == []


async def test_a_service_that_does_not_answer_is_asked_again_and_answers_once(platform: Platform) -> None:
    await _confirmed(platform)
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
