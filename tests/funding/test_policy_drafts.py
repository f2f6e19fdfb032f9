"""A policy is written, tested by its own cases, approved by a second person, and published for good."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from builders import a_fresh_key, anonymous, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from funding.policy_drafts.schemas import EXAMPLE
from funding_facts import Steps, school_changed
from guards import refused
from harness import ServiceHarness

JSON = dict[str, Any]
APPROVED = {"outcome": "approved", "reason": "As the board decided."}


def a_draft(**policy: Any) -> JSON:
    """The example, in force from tomorrow."""
    known: JSON = dict(EXAMPLE)
    written: JSON = dict(known["policy"])
    return known | {"policy": written | {"effective_from": str(clock.today() + timedelta(days=1))} | policy}


async def proposed(steps: Steps, author: Principal | None = None, **policy: Any) -> JSON:
    """A draft of the officer's."""
    reply = await steps.post(author or steps.officer, "/v1/policy-drafts", a_draft(**policy))
    assert reply.status_code == 201, reply.text
    found: JSON = reply.json()
    return found


async def step(steps: Steps, by: Principal, draft: JSON, name: str, body: JSON | None = None) -> Any:
    """One step of a draft."""
    return await steps.post(by, f"/v1/policy-drafts/{draft['id']}/{name}", body)


async def test_a_policy_goes_from_a_draft_to_a_version(steps: Steps, funding: ServiceHarness) -> None:
    _, _, before = await steps.an_eligible_bursary("900001")
    draft = await proposed(steps)
    early = await step(steps, steps.approver, draft, "approval", APPROVED)
    assert (early.status_code, early.json()["code"]) == (409, "policy-draft-not-ready")
    report = (await step(steps, steps.officer, draft, "test")).json()
    assert (report["status"], report["complaints"]) == ("tested", [])
    approved = await step(steps, steps.approver, draft, "approval", APPROVED)
    assert approved.json()["status"] == "approved"
    published = (await step(steps, steps.officer, draft, "publication")).json()
    assert (published["status"], published["published_version"]) == ("published", 5)
    listed = (await steps.get(anonymous(), "/v1/policies", policy="primary-cpd")).json()["data"]
    assert [one["version"] for one in listed] == [1, 2, 3, 4, 5]
    assert (await steps.bursary(before))["policy_version"] == 4
    [impact] = (await steps.get(steps.auditor, "/v1/impacts")).json()["data"]
    assert (impact["cause"], impact["found"]) == ("policy:primary-cpd/5", 1)
    again = await step(steps, steps.officer, draft, "publication")
    assert again.json()["code"] == "policy-draft-not-ready"
    for statement in ("UPDATE policy_version SET author_id = NULL", "DELETE FROM policy_version"):
        with pytest.raises(Exception, match="append-only"):
            async with funding.session() as session:
                await session.execute(text(statement))


async def test_a_draft_whose_cases_fail_is_not_tested(steps: Steps) -> None:
    cheaper = [dict(EXAMPLE["policy"]["rows"][0]) | {"bursary_per_day_pence": 1}, EXAMPLE["policy"]["rows"][1]]  # type: ignore[index,call-overload,arg-type]
    report = (await step(steps, steps.officer, await proposed(steps, rows=cheaper), "test")).json()
    assert report["status"] == "draft"
    assert "amount_pence is 0, not 20500" in report["cases"][0]["differences"]
    third = {"row": "third", "when": {"all": []}, "fee_per_day_pence": 0, "bursary_per_day_pence": 0, "reason": "None."}
    rows = [*EXAMPLE["policy"]["rows"], third]  # type: ignore[index,call-overload,misc]
    report = (await step(steps, steps.officer, await proposed(steps, rows=rows), "test")).json()
    assert report["complaints"] == ["No case comes to third: each row needs one."]
    wrong = a_draft(entry={"fact": "school.is_opne", "criterion": "c", "title": "t", "not_met": "n", "unknown": "u"})
    refused = await steps.post(steps.officer, "/v1/policy-drafts", wrong)
    assert refused.status_code == 422
    assert "school.is_opne is not a fact" in refused.text
    late = await proposed(steps, effective_from=str(clock.today() - timedelta(days=1)))
    await step(steps, steps.officer, late, "test")
    await step(steps, steps.approver, late, "approval", APPROVED)
    assert (await step(steps, steps.officer, late, "publication")).json()["code"] == "policy-too-late"


async def test_nobody_approves_their_own_nor_what_was_edited_here_or_in_the_database(
    steps: Steps, funding: ServiceHarness
) -> None:
    both = steps.approver.model_copy(update={"roles": (*steps.officer.roles, *steps.approver.roles)})
    draft = await proposed(steps, both)
    await step(steps, both, draft, "test")
    own = await step(steps, both, draft, "approval", APPROVED)
    assert (own.status_code, own.json()["code"]) == (403, "own-policy-draft")
    assert (await step(steps, staff("administrator"), draft, "approval", APPROVED)).status_code == 403
    approve = (
        "UPDATE policy_draft SET status = 'approved', decided_at = now(), approved_checksum = checksum, decided_by ="
    )
    forged = (
        (f"{approve} author_id", "second_person"),
        (f"{approve} gen_random_uuid(), cases = '[]'", "edited|does not change"),
        ("UPDATE policy_draft SET status = 'approved'", "ck_policy_draft"),
        ("UPDATE policy_draft SET status = 'published'", "does not go"),
        ("UPDATE policy_draft SET document = '{}'", "edited|does not change"),
        ("UPDATE policy_draft SET author_id = gen_random_uuid()", "who wrote"),
        ("DELETE FROM policy_draft", "not removed"),
    )
    await refused(funding, *forged)
    other = staff("funding_approver")
    assert (await step(steps, other, draft, "approval", APPROVED)).json()["status"] == "approved"
    path = f"/v1/policy-drafts/{draft['id']}"
    seen = (await steps.get(both, path)).headers["ETag"]
    client = await funding.client(both, **a_fresh_key(), **{"If-Match": seen})
    edited = await client.put(path, json=a_draft(title="Something else"))
    assert (edited.status_code, edited.json()["code"]) == (409, "policy-draft-not-ready")
    copied = (
        "INSERT INTO policy_version (policy, version, effective_from, budget, document, checksum, imported_at, "
        "draft_id, author_id, approved_by) SELECT policy, 9, DATE '2030-01-01', budget, {0}, "
        "encode(sha256(convert_to({0}, 'UTF8')), 'hex'), now(), id, author_id, {1} FROM policy_draft"
    )
    await refused(
        funding,
        ("UPDATE policy_draft SET document = '{}'", "does not change|stays"),
        ("UPDATE policy_draft SET decided_by = gen_random_uuid()", "does not change|stays"),
        (copied.format("'{}'", "decided_by"), "not what was approved"),
        (copied.format("document", "gen_random_uuid()"), "not what was approved"),
        (copied.format("document", "author_id"), "second_person|not what was approved"),
    )


async def test_who_gains_and_who_loses(steps: Steps) -> None:
    for number in range(3):
        await steps.funding.deliver(school_changed(f"90000{number}"))
    await steps.funding.deliver(school_changed("900009", establishment_type=11, is_state_funded=False))
    await steps.funding.deliver(school_changed("900010", establishment_type=24))
    draft = await proposed(steps)
    found = (await steps.get(steps.auditor, f"/v1/policy-drafts/{draft['id']}/preview")).json()
    assert (found["compared_with"], found["schools"]) == (4, 5)
    assert (found["gain"], found["lose"], found["stay"], found["unsettled"]) == (3, 0, 1, 1)
    [better] = [one for one in found["kinds"] if one["outcome_after"] == "eligible"]
    assert (better["amount_before_pence"], better["amount_after_pence"], better["schools"]) == (18_500, 20_500, 3)
    missing = await steps.get(steps.auditor, f"/v1/policy-drafts/{new_id()}/preview")
    assert missing.json()["code"] == "policy-draft-not-found"
    assert UUID(draft["id"])
