"""A version of the fee policy is written, tested by its cases, approved by a second person, and then charged."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from builders import a_fresh_key, a_teacher, anonymous, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from funding.fee_policies.rules import FeePolicy
from funding.fee_policy_drafts.cases import CASES, FeeCase, complaints
from funding.fee_policy_drafts.schemas import EXAMPLE, FeeDraftContent
from funding_facts import LEEDS, Steps, booked, placed_at, run_changed, school_changed
from guards import refused
from harness import ServiceHarness

JSON = dict[str, Any]
APPROVED = {"outcome": "approved", "reason": "As the board decided."}
WRITTEN = FeeDraftContent.model_validate(EXAMPLE)
FUNDED, INDEPENDENT = {"school.is_state_funded": True}, {"school.is_state_funded": False}


def a_draft(**policy: Any) -> JSON:
    """The example, in force from tomorrow."""
    known: JSON = dict(EXAMPLE)
    return known | {"policy": known["policy"] | {"effective_from": str(clock.today() + timedelta(days=1))} | policy}


async def proposed(steps: Steps, author: Principal | None = None, **policy: Any) -> JSON:
    """A draft of the officer's."""
    reply = await steps.post(author or steps.officer, "/v1/fee-policy-drafts", a_draft(**policy))
    assert reply.status_code == 201, reply.text
    found: JSON = reply.json()
    return found


async def step(steps: Steps, by: Principal, draft: JSON, name: str, body: JSON | None = None) -> Any:
    """One step of a draft."""
    return await steps.post(by, f"/v1/fee-policy-drafts/{draft['id']}/{name}", body)


def a_case(expect: JSON, **said: Any) -> FeeCase:
    """A day of a primary course, but for what is said otherwise."""
    return FeeCase.model_validate({"name": "A case", "expect": expect, **said})


@pytest.mark.parametrize(
    ("case", "differences"),
    [
        (a_case({"outcome": "priced", "row": "state-funded", "amount_pence": 4_000}, facts=FUNDED), []),
        (a_case({"outcome": "priced", "row": "online", "amount_pence": 0}, mode="online", days=None), []),
        (
            a_case({"outcome": "priced", "row": "others", "amount_pence": 22_000}, facts=FUNDED),
            ["row is state-funded, not others", "amount_pence is 4000, not 22000"],
        ),
        (a_case({"outcome": "priced", "row": "state-funded", "amount_pence": 1}, facts=FUNDED, charge_pence=1), []),
        (
            a_case({"outcome": "priced", "row": "others", "amount_pence": 22_000}),
            ["outcome is needs_review, not priced", "row is None, not others", "amount_pence is None, not 22000"],
        ),
        (a_case({"outcome": "needs_review"}, days=None, facts=FUNDED), []),
    ],
)
def test_a_case_says_how_it_comes_out_otherwise(case: FeeCase, differences: list[str]) -> None:
    assert case.run(WRITTEN.policy) == differences


def test_each_row_needs_a_case_and_a_case_names_only_what_is_asked() -> None:
    assert complaints(WRITTEN.policy, WRITTEN.cases) == []
    assert all(case.run(WRITTEN.policy) == [] for case in WRITTEN.cases)
    assert CASES.validate_json(CASES.dump_json(WRITTEN.cases)) == WRITTEN.cases
    idle = a_case({"outcome": "needs_review"}, facts={"school.is_open": True, "course.mode": "online"})
    assert complaints(WRITTEN.policy, (idle,)) == [
        "A case: the policy does not ask for course.mode, school.is_open",
        "No case comes to online, state-funded, others: each row needs one.",
    ]


ROW = WRITTEN.policy.model_dump(mode="json")["rows"][1]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"rows": []}, "at least 1"),
        ({"rows": [ROW, ROW]}, "same name"),
        ({"rows": [ROW | {"fee_per_day_pence": -1}]}, "greater than or equal to 0"),
        ({"rows": [ROW | {"fee_per_day_pence": 2**31}]}, "less than or equal to 1000000"),
        ({"rows": [ROW | {"when": {**ROW["when"], "fact": "school.is_opne"}}]}, "not a fact"),
        ({"version": 0}, "greater than or equal to 1"),
    ],
)
def test_a_policy_that_cannot_be_read_is_refused_as_it_is_written(said: JSON, fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        FeePolicy.model_validate(WRITTEN.policy.model_dump(mode="json") | said)


async def test_a_changed_figure_goes_from_a_draft_to_what_a_booking_is_charged(
    steps: Steps, funding: ServiceHarness
) -> None:
    await funding.deliver(school_changed(district_code=LEEDS))
    run = run_changed()
    await funding.deliver(run)
    draft = await proposed(steps)
    early = await step(steps, steps.approver, draft, "approval", APPROVED)
    assert (early.status_code, early.json()["code"]) == (409, "policy-draft-not-ready")
    report = (await step(steps, steps.officer, draft, "test")).json()
    assert (report["status"], report["complaints"]) == ("tested", [])
    assert (await step(steps, steps.approver, draft, "approval", APPROVED)).json()["status"] == "approved"
    published = (await step(steps, steps.officer, draft, "publication")).json()
    assert (published["status"], published["published_version"]) == ("published", 8)
    assert (await step(steps, steps.officer, draft, "publication")).json()["code"] == "policy-draft-not-ready"
    listed = (await steps.get(anonymous(), "/v1/fee-policies")).json()["data"]
    assert [(one["version"], one["effective_to"]) for one in listed][-2:] == [(7, str(clock.today())), (8, None)]
    today, tomorrow = a_teacher(), a_teacher()
    before, after = booked(today, run), booked(tomorrow, run)
    await funding.deliver(before)
    await placed_at(funding, after, clock.now() + timedelta(days=1))
    assert (await steps.fee(today, before))["policy_version"] == 7
    fee = await steps.fee(tomorrow, after)
    assert (fee["policy_version"], fee["status"], fee["amount_pence"]) == (8, "due", 8_000)


async def test_a_draft_whose_cases_fail_or_whose_day_has_come_is_not_published(steps: Steps) -> None:
    rows = [dict(row) for row in a_draft()["policy"]["rows"]]
    rows[1]["fee_per_day_pence"] = 3_900
    draft = await proposed(steps, rows=rows)
    report = (await step(steps, steps.officer, draft, "test")).json()
    assert report["status"] == "draft"
    assert [one["differences"] for one in report["cases"]] == [[], ["amount_pence is 7800, not 8000"], [], []]
    assert (await step(steps, steps.approver, draft, "approval", APPROVED)).status_code == 409
    for late, code in (
        ({"effective_from": str(clock.today())}, "policy-too-late"),
        ({"version": 9}, "policy-draft-not-ready"),
    ):
        draft = await proposed(steps, **late)
        await step(steps, steps.officer, draft, "test")
        await step(steps, steps.approver, draft, "approval", APPROVED)
        assert (await step(steps, steps.officer, draft, "publication")).json()["code"] == code
    listed = (await steps.get(steps.auditor, "/v1/fee-policy-drafts", status="approved")).json()["data"]
    assert [one["policy"]["version"] for one in listed] == [8, 9]


async def test_nobody_approves_their_own_fees_nor_what_was_edited_here_or_in_the_database(
    steps: Steps, funding: ServiceHarness
) -> None:
    both = steps.approver.model_copy(update={"roles": (*steps.officer.roles, *steps.approver.roles)})
    draft = await proposed(steps, both)
    await step(steps, both, draft, "test")
    own = await step(steps, both, draft, "approval", APPROVED)
    assert (own.status_code, own.json()["code"]) == (403, "own-policy-draft")
    approved = "status = 'approved', decided_at = now(), approved_checksum = checksum"
    approve = f"UPDATE fee_policy_draft SET {approved}, decided_by ="
    await refused(
        funding,
        (f"{approve} author_id", "second_person"),
        (f"{approve} gen_random_uuid(), cases = '[]'", "edited|does not change"),
        ("UPDATE fee_policy_draft SET status = 'published'", "does not go"),
        ("UPDATE fee_policy_draft SET document = '{}'", "edited"),
        ("UPDATE fee_policy_draft SET author_id = gen_random_uuid()", "who wrote"),
        ("DELETE FROM fee_policy_draft", "not removed"),
    )
    assert (await step(steps, staff("funding_approver"), draft, "approval", APPROVED)).json()["status"] == "approved"
    path = f"/v1/fee-policy-drafts/{draft['id']}"
    seen = (await steps.get(both, path)).headers["ETag"]
    client = await funding.client(both, **a_fresh_key(), **{"If-Match": seen})
    edited = await client.put(path, json=a_draft(title="Something else"))
    assert (edited.status_code, edited.json()["code"]) == (409, "policy-draft-not-ready")
    copied = (
        "INSERT INTO fee_policy_version (version, effective_from, document, checksum, imported_at, draft_id, "
        "author_id, approved_by) SELECT {2}, current_date + 1, {0}, "
        "encode(sha256(convert_to({0}, 'UTF8')), 'hex'), now(), id, author_id, {1} FROM fee_policy_draft"
    )
    cheaper = "replace(document, '4000', '1')"
    await refused(
        funding,
        ("UPDATE fee_policy_draft SET document = '{}'", "does not change|stays"),
        ("UPDATE fee_policy_draft SET decided_by = gen_random_uuid()", "does not change|stays"),
        (copied.format(cheaper, "decided_by", "8"), "not what was approved"),
        (copied.format("document", "decided_by", "9"), "of another version"),
        (copied.format("document", "gen_random_uuid()", "8"), "not what was approved"),
        (copied.format("document", "author_id", "8"), "second_person|not what was approved"),
    )


async def test_who_pays_more_and_who_less(steps: Steps, funding: ServiceHarness) -> None:
    await funding.deliver(school_changed("900001"))
    await funding.deliver(school_changed("900004", is_state_funded=False, establishment_type=11))
    run = run_changed()
    await funding.deliver(run)
    priority, independent, undecided = a_teacher("900001"), a_teacher("900004"), a_teacher("900099")
    for teacher in (priority, independent, undecided):
        await steps.quote(teacher, run)
    await steps.quote(undecided, run)
    await funding.deliver(booked(priority, run))
    draft = await proposed(steps)
    path = f"/v1/fee-policy-drafts/{draft['id']}/preview"
    found = (await steps.get(steps.auditor, path)).json()
    assert (found["compared_with"], found["bookings"], found["quotes"]) == (7, 1, 2)
    assert (found["more"], found["less"], found["same"]) == (1, 0, 1)
    assert (found["unsettled"], found["newly_settled"], found["difference_pence"]) == (1, 0, 8_000)
    [dearer] = [one for one in found["kinds"] if one["basis_before"] == "priority"]
    assert dearer == {
        "basis_before": "priority",
        "basis_after": "state-funded",
        "amount_before_pence": 0,
        "amount_after_pence": 8_000,
        "places": 1,
        "examples": ["900001"],
    }
    missing = await steps.get(steps.auditor, f"/v1/fee-policy-drafts/{new_id()}/preview")
    assert missing.json()["code"] == "policy-draft-not-found"
