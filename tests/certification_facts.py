"""What certification hears and how its tests read what came of it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from builders import a_fresh_key, a_teacher, staff
from certification.certificates.service import Award, award
from certification.drafts.schemas import PROPOSAL
from certification.moderation.schemas import PolicyProposal
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.hubs import CpdCompleted, CpdCorrected, HubJoined
from contracts.identity import Phase, TeacherRegistered, TeacherUpdated
from harness import ServiceHarness

JSON = dict[str, Any]
COMMUNITY_WORTH_25 = ("lead-a-cas-community-of-practice", "contribute-to-online-discussion")
"""Activities of 20 and 5 credits."""


def registered(teacher_id: UUID, phase: Phase = "primary") -> TeacherRegistered:
    """A registration."""
    at = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
    return TeacherRegistered(teacher_id=teacher_id, school_urn="900001", phase=phase, registered_at=at)


def moved(teacher_id: UUID, urn: str) -> TeacherUpdated:
    """A move to another school."""
    at = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
    return TeacherUpdated(teacher_id=teacher_id, school_urn=urn, phase="primary", from_on=at.date(), updated_at=at)


def joined(teacher_id: UUID, hub_id: UUID | None = None) -> HubJoined:
    """A hub membership."""
    return HubJoined(teacher_id=teacher_id, hub_id=hub_id or new_id(), joined_at=datetime(2026, 9, 2, 12, tzinfo=UTC))


def completed(
    teacher_id: UUID, hours: str, code: str = "CP228", *, completion_id: UUID | None = None, on: date = date(2026, 9, 3)
) -> CpdCompleted:
    """A course completed."""
    return CpdCompleted(
        completion_id=completion_id or new_id(),
        teacher_id=teacher_id,
        activity_code=code,
        hours=Decimal(hours),
        mode="online",
        completed_on=on,
    )


def corrected(told: CpdCompleted, revision: int, hours: str, on: date | None = None) -> CpdCorrected:
    """A correction of a completion."""
    return CpdCorrected(
        completion_id=told.completion_id,
        teacher_id=told.teacher_id,
        revision=revision,
        activity_code=told.activity_code,
        hours_before=told.hours,
        hours=Decimal(hours),
        completed_on=on or told.completed_on,
    )


def a_proposal(scheme: str = "primary", **changes: object) -> JSON:
    """Rules to propose, with cases that they pass; in force from the day after tomorrow."""
    on = str(clock.today() + timedelta(days=2))
    return {**PROPOSAL, "scheme": scheme, "effective_from": on, **changes}


def a_policy(effective_from_on: str | None = None, **rules: object) -> JSON:
    """A policy of moderation to propose."""
    [example] = PolicyProposal.model_json_schema()["examples"]
    on = effective_from_on or str(clock.today() + timedelta(days=1))
    return {**example, "effective_from_on": on, "rules": {**example["rules"], **rules}}


async def a_proposed_policy(certification: ServiceHarness, author: Principal, **rules: object) -> str:
    """The number of a new version that nobody has approved."""
    client = await certification.client(author, **a_fresh_key())
    reply = await client.post("/v1/moderation/policies", json=a_policy(None, **rules))
    assert reply.status_code == 201, reply.text
    return str(reply.json()["version"])


async def proposed(certification: ServiceHarness, author: Principal, proposal: JSON | None = None) -> str:
    """The id of a new draft."""
    client = await certification.client(author, **a_fresh_key())
    reply = await client.post("/v1/scheme-drafts", json=proposal or a_proposal())
    assert reply.status_code == 201, reply.text
    return str(reply.json()["id"])


async def published(
    certification: ServiceHarness, author: Principal, other: Principal, proposal: JSON | None = None
) -> int:
    """The number of a version that went all the way from a draft."""
    draft_id = await proposed(certification, author, proposal)
    path = f"/v1/scheme-drafts/{draft_id}"
    decision = {"outcome": "approved", "reason": "As the board decided."}
    for caller, step, body in ((author, "test", None), (other, "approval", decision), (author, "publication", None)):
        client = await certification.client(caller, **a_fresh_key())
        reply = await client.post(f"{path}/{step}", json=body)
        assert reply.status_code == 200, reply.text
        assert reply.json()["status"] != "draft", reply.text
    return int(reply.json()["published_version"])


async def asked(certification: ServiceHarness, caller: Principal, **request: object) -> JSON:
    """A re-evaluation in the queue."""
    client = await certification.client(caller, **a_fresh_key())
    reply = await client.post("/v1/re-evaluations", json=request)
    assert reply.status_code == 202, reply.text
    return dict(reply.json())


class Log:
    """One teacher's log, through the API."""

    def __init__(self, certification: ServiceHarness, phase: Phase = "primary") -> None:
        self.certification = certification
        self.phase: Phase = phase
        self.teacher: Principal = a_teacher(phase=phase)
        assert self.teacher.id is not None
        self.id: UUID = self.teacher.id

    async def register(self) -> "Log":
        """Open the log."""
        await self.certification.deliver(registered(self.id, self.phase))
        return self

    async def get(self, path: str, **parameters: str) -> Any:
        """A GET that must succeed."""
        reply = await (await self.certification.client(self.teacher)).get(path, params=parameters)
        assert reply.status_code == 200, reply.text
        return reply.json()

    async def post(self, path: str, body: JSON) -> httpx.Response:
        """A POST, whatever comes of it."""
        return await (await self.certification.client(self.teacher)).post(path, json=body, headers=a_fresh_key())

    async def take_diagnostic(self, *answers: int) -> JSON:
        """Take the diagnostic with these answers, or with threes."""
        given = [{"question": number, "answer": answer} for number, answer in enumerate(answers or (3,) * 5, start=1)]
        reply = await self.post("/v1/diagnostics/subject-knowledge/responses", {"answers": given})
        assert reply.status_code == 201, reply.text
        return dict(reply.json())

    async def record(self, activity: str, occurred_on: str = "2026-09-04") -> JSON:
        """Record an activity in the log."""
        entry = {
            "activity": activity,
            "occurred_on": occurred_on,
            "description": "Led the autumn meeting of our community.",
        }
        reply = await self.post("/v1/log-entries", entry)
        assert reply.status_code == 201, reply.text
        return dict(reply.json())

    async def contribute(self, *activities: str) -> None:
        """Record activities and have them accepted."""
        moderator = await self.certification.client(staff("moderator"))
        for activity in activities:
            entry = await self.record(activity)
            decision = {"outcome": "accepted", "reason": "Well described."}
            path = f"/v1/log-entries/{entry['id']}/decision"
            reply = await moderator.post(path, json=decision, headers=a_fresh_key())
            assert reply.status_code == 200, reply.text

    async def scheme(self, slug: str | None = None) -> JSON:
        """Progress in one scheme; the core scheme of the teacher's phase when not said."""
        schemes = (await self.get("/v1/progress"))["data"]
        return next(dict(one) for one in schemes if one["scheme"] == (slug or self.phase))

    async def name_certificate(self, name: str = "Ada Example", **sharing: bool) -> JSON:
        """Put a name on the newest certificate; the certificate that bears it."""
        certificate = (await self.certificates())[-1]
        reply = await self.post(f"/v1/certificates/{certificate['id']}/name", {"name": name, **sharing})
        assert reply.status_code == 201, reply.text
        return dict(reply.json())

    async def earn(self) -> "Log":
        """Everything for the primary certificate, from registration on."""
        await self.register()
        await self.take_diagnostic()
        await self.contribute(*COMMUNITY_WORTH_25)
        await self.certification.deliver(completed(self.id, "20"))
        return self

    async def be_awarded(self, valid_for_months: int | None = None) -> None:
        """The core certificate of the teacher's phase, whatever the teacher has done."""
        async with self.certification.session() as session:
            await award(session, [Award(self.id, self.phase, 1, valid_for_months)])

    async def component(self, component: str, scheme: str | None = None) -> JSON:
        """Progress in one component."""
        return next(dict(one) for one in (await self.scheme(scheme))["components"] if one["component"] == component)

    async def certificates(self) -> list[JSON]:
        """The certificates held."""
        return list((await self.get("/v1/certificates"))["data"])


async def a_certificate_in_question(certification: ServiceHarness) -> tuple[Log, str]:
    """Somebody awarded for a course that was withdrawn since, and the id of the review."""
    log = await Log(certification).register()
    await log.take_diagnostic()
    await log.contribute(*COMMUNITY_WORTH_25)
    course = completed(log.id, "20")
    await certification.deliver(course)
    await certification.deliver(corrected(course, 1, "0"))
    client = await certification.client(staff("administrator"))
    reviews = (await client.get("/v1/certificate-reviews", params={"is_open": "true"})).json()["data"]
    return log, next(one["id"] for one in reviews if one["completion_id"] == str(course.completion_id))


async def check_all(certification: ServiceHarness, percent: str = "100") -> None:
    """From now on this share of earned certificates is drawn. What was published is changed, as no API would."""
    async with certification.session() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        rules = "jsonb_set(rules, '{checked_percent}', to_jsonb(CAST(:percent AS text)))"
        await session.execute(text(f"UPDATE scheme_version SET rules = {rules}"), {"percent": percent})


async def a_drawn_certificate(certification: ServiceHarness) -> tuple[Log, str]:
    """Somebody who has earned a certificate that two people are to look at, and the id of the check."""
    await check_all(certification)
    log = await Log(certification).earn()
    await check_all(certification, "0")
    client = await certification.client(staff("administrator"))
    checks = (await client.get("/v1/award-checks", params={"is_open": "true"})).json()["data"]
    return log, next(one["id"] for one in checks if one["teacher_id"] == str(log.id))


def sums(scheme: JSON) -> dict[str, tuple[str, str]]:
    """Recorded and counted per component."""
    return {one["component"]: (one["recorded"], one["counted"]) for one in scheme["components"]}
