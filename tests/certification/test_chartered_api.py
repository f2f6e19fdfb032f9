"""The way to chartered status: gathered by the teacher, sent by consent, decided by BCS and nobody else."""

import asyncio
import hashlib
import json
from typing import Any
from uuid import uuid4

import httpx
import jwt
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from builders import a_teacher, anonymous, partner, staff
from certification_facts import Log
from chartered_steps import APPLICATIONS, BCS, DECIDER, ENDORSER, PATHWAY, STEM, SUBMISSIONS, Way, ask, decision
from contracts.certification import CharteredStatusDecided
from harness import ServiceHarness

STRANGER = partner("chartered:decide", organisation_id=STEM)


def told(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


async def actions(certification: ServiceHarness, like: str) -> list[str]:
    async with certification.session() as session:
        rows = await session.execute(text("SELECT action FROM audit_entry WHERE action LIKE :like"), {"like": like})
        return list(rows.scalars())


async def test_anybody_sees_the_stages_and_who_decides(certification: ServiceHarness) -> None:
    [shown] = (await ask(certification, anonymous(), "GET", "/v1/chartered-pathways")).json()["data"]
    assert (shown["slug"], shown["organisation_id"], len(shown["stages"])) == (PATHWAY, str(BCS), 4)


async def test_what_was_done_counts_and_what_is_missing_is_named(certification: ServiceHarness) -> None:
    way = await Way.begin(await Log(certification).register())
    stages = (await way.now())["stages"]
    assert [stage["is_met"] for stage in stages] == [False] * 4
    await way.ask("PUT", "/consent", {"agrees": True})
    refused = await way.ask("POST", "/submission")
    assert told(refused) == (409, "chartered-evidence-missing")
    assert "A core certificate, primary or secondary" in refused.json()["missing"]
    ready = await Way.ready(certification)
    assert [stage["is_met"] for stage in (await ready.now())["stages"]] == [True] * 4
    assert told(await ready.ask("POST", "/submission")) == (409, "consent-missing")


async def test_what_is_sent_is_signed_and_verifies_from_what_is_public(certification: ServiceHarness) -> None:
    way = await Way.ready(certification)
    submission_id = await way.send()
    fetched = (await ask(certification, DECIDER, "GET", f"{SUBMISSIONS}/{submission_id}/bundle")).json()
    published = (await ask(certification, anonymous(), "GET", "/v1/transparency/keys")).json()["keys"]
    [key] = [jwt.PyJWK(one) for one in published if one["kid"] == fetched["key_id"]]
    key.key.verify(bytes.fromhex(fetched["signature"]), fetched["bundle"].encode())
    assert hashlib.sha256(fetched["bundle"].encode()).hexdigest() == fetched["sha256"]
    content = json.loads(fetched["bundle"])
    assert content == fetched["content"]
    [certificate] = content["certificates"]
    assert certificate["holder_name"] == "Ada Example"
    code = certificate["verify_at"].rpartition("/")[2]
    verified = (await ask(certification, anonymous(), "GET", f"/v1/verify/{code}")).json()
    assert verified["evidence"]["record"] == certificate["evidence"]["record"]
    assert [one["organisation"] for one in content["endorsements"]] == ["STEM Learning"]
    assert content["consent"]["statement"].startswith("I agree")
    assert (await way.now())["submissions"][0]["sha256"] == fetched["sha256"]


async def test_each_fetch_is_on_record_and_the_teacher_sees_how_many(certification: ServiceHarness) -> None:
    way = await Way.ready(certification)
    submission_id = await way.send()
    for _ in range(2):
        reply = await ask(certification, DECIDER, "GET", f"{SUBMISSIONS}/{submission_id}/bundle")
        assert reply.headers["Cache-Control"] == "no-store"
    assert (await way.now())["submissions"][0]["fetches"] == 2
    assert await actions(certification, "chartered_submission.fetched") == ["chartered_submission.fetched"] * 2


async def test_another_partner_finds_nothing_and_the_list_names_nobody(certification: ServiceHarness) -> None:
    way = await Way.ready(certification)
    submission_id = await way.send()
    [listed] = (await ask(certification, DECIDER, "GET", SUBMISSIONS)).json()["data"]
    assert listed["id"] == submission_id
    assert str(way.log.id) not in json.dumps(listed)
    assert "Ada" not in json.dumps(listed)
    assert (await ask(certification, STRANGER, "GET", SUBMISSIONS)).json()["data"] == []
    path = f"{SUBMISSIONS}/{submission_id}"
    for method, step, body in (("GET", "", None), ("GET", "/bundle", None), ("POST", "/decisions", decision())):
        assert told(await ask(certification, STRANGER, method, path + step, body)) == (
            404,
            "chartered-submission-not-found",
        )
        for caller, status in ((ENDORSER, 403), (way.log.teacher, 403), (staff("administrator"), 403)):
            assert (await ask(certification, caller, method, path + step, body)).status_code == status


async def test_a_decision_reaches_the_teacher_and_is_announced_without_personal_data(
    certification: ServiceHarness,
) -> None:
    way = await Way.ready(certification)
    submission_id = await way.send()
    assert (await way.now())["status"] == "sent"
    reply = await way.decide(submission_id)
    assert (reply.status_code, reply.json()["decisions"][0]["revision"]) == (201, 1)
    now = await way.now()
    assert (now["status"], now["submissions"][0]["decisions"][0]["reference"]) == ("granted", "CT-1")
    [event] = await certification.published(CharteredStatusDecided)
    assert (event.teacher_id, event.outcome, event.organisation_id) == (way.log.id, "granted", BCS)
    assert "panel" not in event.model_dump_json()


async def test_the_same_decision_again_is_none_and_another_is_a_revision(certification: ServiceHarness) -> None:
    way = await Way.ready(certification)
    submission_id = await way.send()
    replies = await asyncio.gather(*(way.decide(submission_id, "refused") for _ in range(5)))
    assert {reply.status_code for reply in replies} == {201}
    assert len(await certification.published(CharteredStatusDecided)) == 1
    await way.decide(submission_id, "granted", reason="On appeal, the panel decided otherwise.")
    decisions = (await way.now())["submissions"][0]["decisions"]
    assert [(one["revision"], one["outcome"]) for one in decisions] == [(1, "refused"), (2, "granted")]
    with pytest.raises(DBAPIError, match="append-only"):
        async with certification.session() as session:
            await session.execute(text("DELETE FROM chartered_decision"))


async def test_days_that_do_not_fit_are_refused(certification: ServiceHarness) -> None:
    way = await Way.ready(certification)
    submission_id = await way.send()
    granted: list[dict[str, Any]] = [
        {"renew_by_on": None},
        {"status_from_on": None},
        {"renew_by_on": "2001-01-01"},
        {"decided_on": "2101-01-01"},
    ]
    for changes in granted:
        assert told(await way.decide(submission_id, **changes)) == (422, "decision-days"), changes
    refused = await way.decide(submission_id, "refused", renew_by_on="2101-01-01")
    assert told(refused) == (422, "decision-days")
    assert (await way.now())["status"] == "sent"


async def test_more_evidence_is_sent_again_by_a_fresh_consent(certification: ServiceHarness) -> None:
    way = await Way.ready(certification)
    first = await way.send()
    assert told(await way.ask("PUT", "/consent", {"agrees": True})) == (409, "chartered-application-not-open")
    await way.decide(first, "more_evidence")
    assert told(await way.ask("POST", "/submission")) == (409, "consent-missing")
    await way.write("Two years on, the effect can still be seen in what pupils choose to study. " * 4)
    second = await way.send()
    assert second != first
    now = await way.now()
    assert (now["status"], len(now["submissions"]), len(now["consents"])) == ("sent", 2, 2)


async def test_a_consent_can_be_taken_back_until_it_is_used(certification: ServiceHarness) -> None:
    way = await Way.ready(certification)
    assert told(await way.ask("DELETE", "/consent")) == (409, "consent-not-standing")
    for _ in range(2):
        await way.ask("PUT", "/consent", {"agrees": True})
    assert (await way.ask("DELETE", "/consent")).status_code == 204
    assert told(await way.ask("POST", "/submission")) == (409, "consent-missing")
    await way.send()
    assert told(await way.ask("DELETE", "/consent")) == (409, "consent-not-standing")
    kept = (await way.now())["consents"]
    assert [(one["revoked_at"] is None, one["used_at"] is None) for one in kept] == [(False, True), (True, False)]


async def test_what_was_withdrawn_is_handed_out_and_decided_on_no_more(certification: ServiceHarness) -> None:
    way = await Way.ready(certification)
    submission_id = await way.send()
    for _ in range(2):
        reply = await way.ask("POST", "/withdrawal", {"reason": "I am moving to another subject."})
        assert (reply.status_code, reply.json()["status"]) == (200, "withdrawn")
    path = f"{SUBMISSIONS}/{submission_id}"
    assert told(await ask(certification, DECIDER, "GET", f"{path}/bundle")) == (410, "chartered-submission-withdrawn")
    assert told(await way.decide(submission_id)) == (410, "chartered-submission-withdrawn")
    assert (await ask(certification, DECIDER, "GET", path)).json()["is_withdrawn"] is True
    assert (await Way.begin(way.log)).id != way.id


async def test_one_application_at_a_time_and_nobody_elses(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    way = await Way.begin(log)
    assert told(await log.post(APPLICATIONS, {"pathway": PATHWAY})) == (409, "chartered-already-applied")
    assert told(await log.post(APPLICATIONS, {"pathway": "knighthood"})) == (404, "chartered-pathway-not-found")
    assert told(await Log(certification).post(APPLICATIONS, {"pathway": PATHWAY})) == (409, "log-not-open")
    asked = {"need": "courses", "text": "I went to many courses."}
    assert told(await way.ask("POST", "/statements", asked)) == (422, "statement-not-asked-for")
    steps = [
        ("GET", "", None),
        ("POST", "/statements", asked),
        ("PUT", "/consent", {"agrees": True}),
        ("DELETE", "/consent", None),
        ("POST", "/submission", None),
        ("POST", "/withdrawal", {"reason": "I am somebody else."}),
    ]
    for method, step, body in steps:
        reply = await ask(certification, a_teacher(), method, way.path + step, body)
        assert told(reply) == (404, "chartered-application-not-found"), step


async def test_an_endorsement_is_given_when_asked_for_by_whom_was_asked(certification: ServiceHarness) -> None:
    way = await Way.begin(await Log(certification).earn())
    [certificate] = await way.log.certificates()
    for subject in ({"certificate_id": certificate["id"]}, {"activity": "CP228"}):
        request_id = await way.request_endorsement(**subject)
        path = f"/v1/endorsement-requests/{request_id}/endorsement"
        body = {"statement": "We were there, and it was good."}
        other = partner("endorsements:write", organisation_id=BCS)
        assert told(await ask(certification, other, "POST", path, body)) == (404, "endorsement-request-not-found")
        assert (await ask(certification, ENDORSER, "POST", path, body)).status_code == 201
        assert told(await ask(certification, ENDORSER, "POST", path, body)) == (409, "already-endorsed")
    titles = [one["title"] for one in (await way.log.get("/v1/endorsements"))["data"]]
    assert titles[0] == "Primary computing certificate"
    stage = (await way.now())["stages"][2]["needs"][1]
    assert (stage["have"], stage["asked"]) == (1, 1)
    listed = (await ask(certification, ENDORSER, "GET", "/v1/endorsement-requests")).json()["data"]
    assert [one["note"] for one in listed] == ["You know me as Ada Example."] * 2
    assert "teacher_id" not in listed[0]


async def test_a_withdrawn_endorsement_counts_no_more(certification: ServiceHarness) -> None:
    way = await Way.ready(certification)
    [endorsement] = (await way.log.get("/v1/endorsements"))["data"]
    assert (await way.log.get("/v1/progress"))["endorsements"] == [endorsement]
    path = f"/v1/endorsements/{endorsement['id']}/withdrawal"
    other = partner("endorsements:write", organisation_id=BCS)
    reason = {"reason": "It was meant for somebody else."}
    assert told(await ask(certification, other, "POST", path, reason)) == (404, "endorsement-not-found")
    for _ in range(2):
        assert (await ask(certification, ENDORSER, "POST", path, reason)).json()["withdrawal_reason"]
    assert (await way.log.get("/v1/progress"))["endorsements"] == []
    await way.ask("PUT", "/consent", {"agrees": True})
    refused = await way.ask("POST", "/submission")
    assert refused.json()["missing"] == ["Organisations that endorse you"]


@pytest.mark.parametrize(
    "subject", [{"activity": "CP999"}, {"certificate_id": str(uuid4())}, {"application_id": str(uuid4())}]
)
async def test_nobody_is_asked_to_endorse_what_is_not_ones_own(
    certification: ServiceHarness, subject: dict[str, str]
) -> None:
    log = await Log(certification).register()
    body = {"organisation_id": str(STEM), "note": "You know me as Ada Example.", **subject}
    assert told(await log.post("/v1/endorsement-requests", body)) == (422, "nothing-to-endorse")
    somebody = {**body, "organisation_id": str(uuid4()), "activity": "registration"}
    assert (await log.post("/v1/endorsement-requests", somebody)).status_code == 422


async def test_a_scheme_is_endorsed_once_by_an_organisation_and_verification_tells(
    certification: ServiceHarness,
) -> None:
    [certificate] = await (await Log(certification).earn()).certificates()
    body = {"scheme": "primary", "statement": "We recognise this certificate."}
    given = await asyncio.gather(*(ask(certification, ENDORSER, "POST", "/v1/endorsements", body) for _ in range(3)))
    assert sorted(reply.status_code for reply in given) == [201, 409, 409]
    verified = (await ask(certification, anonymous(), "GET", f"/v1/verify/{certificate['code']}")).json()
    assert [one["organisation"] for one in verified["endorsed_by"]] == ["STEM Learning"]
    nothing = await ask(certification, ENDORSER, "POST", "/v1/endorsements", {**body, "scheme": "juggling"})
    assert told(nothing) == (422, "nothing-to-endorse")
