"""Rules on their way: proposed, tested with their cases, approved by a second person, published, never changed."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from builders import a_fresh_key, a_teacher, anonymous, staff
from certification.drafts.models import SchemeDraft
from certification_facts import JSON, Log, a_proposal, proposed, published
from chassis import clock
from chassis.principal import Principal
from harness import ServiceHarness

AUTHOR, SECOND = staff("administrator"), staff("administrator")
APPROVED = {"outcome": "approved", "reason": "As the board decided."}


async def step(
    certification: ServiceHarness, caller: Principal, draft_id: str, name: str, body: JSON | None = None
) -> httpx.Response:
    client = await certification.client(caller, **a_fresh_key())
    return await client.post(f"/v1/scheme-drafts/{draft_id}/{name}", json=body)


async def rewritten(
    certification: ServiceHarness, caller: Principal, draft_id: str, seen: int = 1, **changes: Any
) -> httpx.Response:
    client = await certification.client(caller, **{"If-Match": f'"{seen}"'})
    content = {name: value for name, value in a_proposal(**changes).items() if name != "scheme"}
    return await client.put(f"/v1/scheme-drafts/{draft_id}", json=content)


def told(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


async def decided_behind_the_service(certification: ServiceHarness, draft_id: str) -> None:
    async with certification.session() as session:
        draft = await session.get_one(SchemeDraft, draft_id)
        draft.status, draft.decided_by, draft.decided_at = "approved", AUTHOR.id, clock.now()


async def test_rules_go_from_a_draft_to_a_version_that_newcomers_get(certification: ServiceHarness) -> None:
    before = await Log(certification).register()
    number = await published(certification, AUTHOR, SECOND)
    found = await (await certification.client(anonymous())).get(f"/v1/schemes/primary/versions/{number}")
    version = found.json()
    assert (version["standing"], len(version["cases"]), version["version"]) == ("in_force", 2, 6)
    assert version["effective_from"] == a_proposal()["effective_from"]
    assert (await before.scheme())["scheme_version"] == 1
    drafts = await (await certification.client(AUTHOR)).get("/v1/scheme-drafts", params={"scheme": "primary"})
    [draft] = drafts.json()["data"]
    assert (draft["status"], draft["published_version"], draft["author_id"]) == ("published", 6, str(AUTHOR.id))
    assert draft["decided_by"] == str(SECOND.id)


async def test_every_step_is_on_record(certification: ServiceHarness) -> None:
    await published(certification, AUTHOR, SECOND)
    async with certification.session() as session:
        rows = await session.execute(text("SELECT action FROM audit_entry WHERE action LIKE 'scheme_draft.%'"))
        assert [row.action.partition(".")[2] for row in rows] == ["proposed", "tested", "approved", "published"]


async def test_nobody_approves_their_own_draft(certification: ServiceHarness) -> None:
    draft_id = await proposed(certification, AUTHOR)
    await step(certification, AUTHOR, draft_id, "test")
    assert told(await step(certification, AUTHOR, draft_id, "approval", APPROVED)) == (403, "own-scheme-draft")
    with pytest.raises(IntegrityError, match="ck_scheme_draft_second_person"):
        await decided_behind_the_service(certification, draft_id)


async def test_no_step_is_taken_out_of_turn(certification: ServiceHarness) -> None:
    draft_id = await proposed(certification, AUTHOR)
    not_ready = (409, "scheme-draft-not-ready")
    assert told(await step(certification, SECOND, draft_id, "approval", APPROVED)) == not_ready
    assert told(await step(certification, AUTHOR, draft_id, "publication")) == not_ready
    await step(certification, AUTHOR, draft_id, "test")
    assert told(await step(certification, AUTHOR, draft_id, "publication")) == not_ready
    assert (await step(certification, SECOND, draft_id, "approval", APPROVED)).status_code == 200
    assert told(await step(certification, SECOND, draft_id, "approval", APPROVED)) == not_ready
    assert told(await rewritten(certification, AUTHOR, draft_id, 3)) == not_ready
    assert (await step(certification, AUTHOR, draft_id, "publication")).status_code == 200
    assert told(await step(certification, AUTHOR, draft_id, "publication")) == not_ready


async def test_a_case_that_fails_keeps_a_draft_from_approval(certification: ServiceHarness) -> None:
    proposal = a_proposal()
    wrong = {**proposal["cases"][0], "expect": {"is_complete": False}}
    draft_id = await proposed(certification, AUTHOR, {**proposal, "cases": [wrong, *proposal["cases"][1:]]})
    report = (await step(certification, AUTHOR, draft_id, "test")).json()
    assert report["status"] == "draft"
    assert report["complaints"] == [
        "The cases show nobody who completes the certificate and somebody who does not: there has to be one of each."
    ]
    assert report["cases"][0]["differences"] == ["It completes the certificate."]
    assert [case["is_passed"] for case in report["cases"]] == [False, True]
    reply = await step(certification, SECOND, draft_id, "approval", APPROVED)
    assert told(reply) == (409, "scheme-draft-not-ready")


async def test_a_rewritten_draft_has_to_be_tested_again(certification: ServiceHarness) -> None:
    draft_id = await proposed(certification, AUTHOR)
    await step(certification, AUTHOR, draft_id, "test")
    assert told(await rewritten(certification, AUTHOR, draft_id, 1)) == (412, "stale-version")
    assert told(await rewritten(certification, SECOND, draft_id, 2)) == (403, "scheme-draft-of-another")
    reply = await rewritten(certification, AUTHOR, draft_id, 2, source="Another decision of the board")
    assert (reply.json()["status"], reply.headers["ETag"]) == ("draft", '"3"')
    reply = await step(certification, SECOND, draft_id, "approval", APPROVED)
    assert told(reply) == (409, "scheme-draft-not-ready")


async def test_rules_are_not_changed_for_days_gone_by(certification: ServiceHarness) -> None:
    for on in (clock.today() - timedelta(days=1), clock.today() - timedelta(days=3000)):
        draft_id = await proposed(certification, AUTHOR, a_proposal(effective_from=str(on)))
        await step(certification, AUTHOR, draft_id, "test")
        await step(certification, SECOND, draft_id, "approval", APPROVED)
        reply = await step(certification, AUTHOR, draft_id, "publication")
        assert told(reply) == (409, "scheme-draft-too-late")
        assert str(clock.today()) in reply.json()["detail"]


async def test_rules_for_the_record_may_be_of_any_day_and_enrol_nobody(certification: ServiceHarness) -> None:
    proposal = a_proposal(effective_from="2018-01-01", standing="on_record")
    assert await published(certification, AUTHOR, SECOND, proposal) == 6
    assert (await (await Log(certification).register()).scheme())["scheme_version"] == 1


async def test_a_declined_draft_goes_no_further(certification: ServiceHarness) -> None:
    draft_id = await proposed(certification, AUTHOR)
    await step(certification, AUTHOR, draft_id, "test")
    declined = {"outcome": "declined", "reason": "Fifteen hours are too few."}
    reply = await step(certification, SECOND, draft_id, "approval", declined)
    assert (reply.json()["status"], reply.json()["reason"]) == ("declined", "Fifteen hours are too few.")
    assert (await step(certification, AUTHOR, draft_id, "publication")).status_code == 409


async def test_drafts_are_for_staff_alone(certification: ServiceHarness) -> None:
    draft_id = await proposed(certification, AUTHOR)
    for caller, status in ((anonymous(), 401), (a_teacher(), 403), (staff("hub_lead"), 403), (staff("moderator"), 200)):
        client = await certification.client(caller)
        assert (await client.get(f"/v1/scheme-drafts/{draft_id}")).status_code == status
    client = await certification.client(staff("moderator"), **a_fresh_key())
    assert (await client.post("/v1/scheme-drafts", json=a_proposal())).status_code == 403


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"effective_from": "soon"}, "/effective_from"),
        ({"source": "x"}, "/source"),
        ({"rules": {}}, "/rules/components"),
        ({"cases": [{"name": "Nothing expected"}]}, "/cases/0/expect"),
        ({"surprise": True}, "/surprise"),
    ],
)
async def test_a_proposal_that_is_wrong_is_refused_with_the_place(
    certification: ServiceHarness, changes: JSON, pointer: str
) -> None:
    client = await certification.client(AUTHOR, **a_fresh_key())
    reply = await client.post("/v1/scheme-drafts", json=a_proposal(**changes))
    assert told(reply) == (422, "validation-failed")
    assert pointer in [one["pointer"] for one in reply.json()["errors"]]


async def test_a_draft_for_no_scheme_is_refused(certification: ServiceHarness) -> None:
    client = await certification.client(AUTHOR, **a_fresh_key())
    reply = await client.post("/v1/scheme-drafts", json=a_proposal("tertiary"))
    assert told(reply) == (404, "scheme-not-found")
