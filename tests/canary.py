"""Somebody whose data can be recognised, and who goes through the whole platform.

Everything that tells of them holds one of the marks, so that a search finds what was overlooked.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text

from builders import a_fresh_key, a_sealing_key, a_teacher, key_set, staff
from certification.app import SERVICE as CERTIFICATION
from certification_facts import COMMUNITY_WORTH_25, Log, completed
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.base import Event
from contracts.certification import CertificationErasureCompleted
from contracts.funding import FundingErasureCompleted
from contracts.hubs import HubsErasureCompleted
from contracts.identity import TeacherErasureRequested, TeacherRegistered
from evidence_files import a_pdf
from funding.app import SERVICE as FUNDING
from funding_facts import booking_placed
from harness import ServiceHarness
from hubs.app import SERVICE as HUBS
from hubs.completions.models import PartnerLearner
from identity.accounts.passwords import Passwords
from identity.app import SERVICE as IDENTITY
from identity.erasures.background import carry_out
from identity.settings import Settings
from identity_steps import CHEAP_HASHES, PASSWORD, IdentitySteps, registration

StartService = Callable[..., Awaitable[ServiceHarness]]
MARK = "zqcanary"
EMAIL, GIVEN, FAMILY, TRN = f"{MARK}@example.org", "Zqcanarygiven", "Zqcanaryfamily", "9173046"
MARKS = (MARK, TRN)
ANSWERS = {
    "hubs": HubsErasureCompleted,
    "certification": CertificationErasureCompleted,
    "funding": FundingErasureCompleted,
}
TOLD_ELSEWHERE = ("outbox", "outbox_sequence", "audit_entry", "inbox", "dead_letter")


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


async def a_life(start_service: StartService, folder: Path, **everywhere: Any) -> Platform:
    """A person who registered, learned, wrote, was certified and was paid for."""
    maildir = folder / "mail"
    own = await start_service(IDENTITY, maildir=maildir, password_queue=100, **CHEAP_HASHES, **everywhere)
    services = {"identity": own, "hubs": await start_service(HUBS, **everywhere)}
    kept = {"evidence_directory": folder / "evidence", "evidence_keys": key_set(a_sealing_key("evidence-2026"))}
    services["certification"] = await start_service(CERTIFICATION, **kept, **everywhere)
    services["funding"] = await start_service(FUNDING, **everywhere)
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
    written = await log.post("/v1/log-entries", entry | {"description": f"{MARK} led a meeting."})
    assert written.status_code == 201
    client = await log.certification.client(log.teacher)
    file = {"file": (f"{MARK}-notes.pdf", a_pdf())}
    added = await client.post(f"/v1/log-entries/{written.json()['id']}/evidence", files=file)
    assert added.status_code == 201, added.text


async def confirmed(platform: Platform) -> None:
    asked = await platform.identity.call("POST", "/v1/privacy/erasures", caller=platform.person)
    assert (asked.status_code, asked.json()["status"]) == (202, "requested")
    token = (await platform.identity.tokens_mailed(EMAIL))[-1]
    path, body = "/v1/privacy/erasures/confirmation", {"token": token}
    stranger = await platform.identity.post(path, body, caller=a_teacher())
    assert stranger.json()["code"] == "erasure-link-not-valid"
    confirmed = await platform.identity.post(path, body, caller=platform.person)
    assert confirmed.json()["status"] == "cooling"
