"""Moderators at work: the queue, claims, scopes, sampling, and second looks."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import httpx
import pytest
import time_machine
from sqlalchemy import text

from builders import a_fresh_key, a_teacher, staff
from certification.moderation.rules import draw
from certification_facts import COMMUNITY_WORTH_25, Log, a_policy, completed
from chassis import clock
from chassis.clock import ENGLAND
from chassis.principal import Principal, RoleGrant
from contracts.certification import ComponentReopened, CreditsRecorded, LogEntryDecided
from harness import ServiceHarness
from identity.organisations.seed import organisation_id

JSON = dict[str, Any]
MEETING, FORUM, MENTOR = "attend-a-cas-community-meeting", "contribute-to-online-discussion", "become-a-mentor"
REJECTED = {"outcome": "rejected", "reason_code": "not_genuine", "reason": "Nobody there knows of it."}


async def ask(
    certification: ServiceHarness, caller: Principal, method: str, path: str, body: JSON | None = None
) -> httpx.Response:
    return await (await certification.client(caller, **a_fresh_key())).request(method, path, json=body)


async def decide(certification: ServiceHarness, moderator: Principal, entry: JSON, outcome: str = "accepted") -> Any:
    body = {"outcome": outcome, "reason": "As described."}
    return await ask(certification, moderator, "POST", f"/v1/log-entries/{entry['id']}/decision", body)


async def queue(certification: ServiceHarness, moderator: Principal, section: str = "waiting") -> list[JSON]:
    reply = await ask(certification, moderator, "GET", f"/v1/moderation/queue?section={section}")
    assert reply.status_code == 200, reply.text
    return list(reply.json()["data"])


async def in_force(certification: ServiceHarness, **rules: Any) -> JSON:
    """A policy of these rules, proposed and approved yesterday, as far as the database knows."""
    author, other = staff("administrator"), staff("administrator")
    proposal = await ask(certification, author, "POST", "/v1/moderation/policies", a_policy(**rules))
    version = proposal.json()["version"]
    path = f"/v1/moderation/policies/{version}/approval"
    assert (await ask(certification, author, "POST", path)).json()["code"] == "moderation-policy-own"
    approved = await ask(certification, other, "POST", path)
    assert approved.status_code == 200, approved.text
    async with certification.session() as session:
        begun = text("UPDATE moderation_policy SET effective_from_on = :on WHERE version = :version")
        await session.execute(begun, {"on": clock.today(), "version": version})
    return dict(approved.json())


async def test_the_queue_is_in_the_order_in_which_entries_are_due(certification: ServiceHarness) -> None:
    moderator = staff("moderator")
    recorded = [await Log(certification).record(activity) for activity in (MEETING, FORUM, MENTOR)]
    async with certification.session() as session:
        late = text("UPDATE log_entry SET due_at = clock_timestamp() - interval '1 day' WHERE id = :id")
        await session.execute(late, {"id": UUID(recorded[1]["id"])})
    found = await queue(certification, moderator)
    assert [one["id"] for one in found] == [recorded[n]["id"] for n in (1, 0, 2)]
    assert [one["is_overdue"] for one in found] == [True, False, False]
    told = (await ask(certification, moderator, "GET", "/v1/moderation/summary")).json()
    assert (told["counts"], told["overdue"], told["audits_waiting"]) == ({"submitted": 3}, 1, 0)
    assert (told["decided_30_days"], told["decided_in_time_percent"]) == (0, None)
    for entry in recorded[:2]:
        await decide(certification, moderator, entry)
    told = (await ask(certification, staff("auditor"), "GET", "/v1/moderation/summary")).json()
    assert (told["decided_30_days"], told["decided_in_time_percent"]) == (2, "50.0")
    assert (await ask(certification, a_teacher(), "GET", "/v1/moderation/summary")).status_code == 403


async def test_an_entry_put_in_by_the_release_before_is_due_too(certification: ServiceHarness) -> None:
    entry = await Log(certification).record(MEETING)
    async with certification.session() as session:
        before = text(
            "INSERT INTO log_entry (id, teacher_id, activity, occurred_on, description, status)"
            " SELECT :id, teacher_id, activity, occurred_on, description, 'submitted' FROM log_entry"
        )
        await session.execute(before, {"id": uuid5(UUID(entry["id"]), "another")})
    [by_that_release] = [one for one in await queue(certification, staff("moderator")) if one["id"] != entry["id"]]
    assert datetime.fromisoformat(by_that_release["due_at"]) > clock.now() + timedelta(days=13)
    assert (await decide(certification, staff("moderator"), by_that_release)).json()["status"] == "accepted"


async def test_the_service_level_counts_weekdays_in_england(certification: ServiceHarness) -> None:
    with time_machine.travel(datetime(2026, 12, 4, 23, 30, tzinfo=ENGLAND), tick=True):  # a Friday
        entry = await Log(certification).record(MEETING)
    due_at = datetime.fromisoformat(entry["due_at"]).astimezone(ENGLAND)
    assert due_at == datetime(2026, 12, 19, tzinfo=ENGLAND)  # the end of the Friday two weeks on


async def test_a_claimed_entry_is_in_nobody_elses_queue_until_the_claim_lapses(certification: ServiceHarness) -> None:
    one, other = staff("moderator"), staff("moderator")
    log = await Log(certification).register()
    entry = await log.record(MEETING)
    path = f"/v1/log-entries/{entry['id']}/claim"
    claimed = await ask(certification, one, "POST", path)
    assert (claimed.status_code, claimed.json()["status"]) == (200, "in_review")
    assert (await log.get(f"/v1/log-entries/{entry['id']}"))["status"] == "in_review"
    assert await queue(certification, other) == []
    assert [item["is_mine"] for item in await queue(certification, one, "mine")] == [True]
    for refused in (await ask(certification, other, "POST", path), await decide(certification, other, entry)):
        assert (refused.status_code, refused.json()["code"]) == (409, "log-entry-claimed")
    assert (await ask(certification, other, "DELETE", path)).json()["code"] == "log-entry-not-claimed"
    with time_machine.travel(clock.now() + timedelta(minutes=121), tick=True):
        assert [item["id"] for item in await queue(certification, other)] == [entry["id"]]
        assert (await ask(certification, other, "POST", path)).status_code == 200
        released = await ask(certification, other, "DELETE", path)
        assert (released.status_code, released.json()["status"]) == (200, "submitted")
    assert (await decide(certification, one, entry)).json()["status"] == "accepted"


async def test_of_many_who_claim_at_once_one_gets_the_entry(certification: ServiceHarness) -> None:
    entry = await Log(certification).record(MEETING)
    path = f"/v1/log-entries/{entry['id']}/claim"
    replies = await asyncio.gather(*(ask(certification, staff("moderator"), "POST", path) for _ in range(20)))
    assert sorted(reply.status_code for reply in replies) == [200] + [409] * 19


async def test_fifty_acceptances_at_once_earn_once(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    entry = await log.record(MEETING)
    replies = await asyncio.gather(*(decide(certification, staff("moderator"), entry) for _ in range(50)))
    assert sorted(reply.status_code for reply in replies) == [200] + [409] * 49
    assert (await log.component("community"))["recorded"] == "10"
    community = [one for one in await certification.published(CreditsRecorded) if one.component == "community"]
    assert len(community) == len(await certification.published(LogEntryDecided)) == 1


async def test_a_moderator_sees_no_other_organisations_entries(certification: ServiceHarness) -> None:
    bcs, stem = (staff("moderator", organisation_id=organisation_id(slug)) for slug in ("bcs", "stem-learning"))
    centre = staff("moderator", organisation_id=organisation_id("ncce"))
    nowhere = staff("moderator", organisation_id=uuid5(UUID(int=0), "a hub"))
    of_cas, of_centre = await Log(certification).record(MEETING), await Log(certification).record(MENTOR)
    seen = [[one["id"] for one in await queue(certification, who)] for who in (bcs, stem, centre, nowhere)]
    assert seen == [[of_cas["id"]], [], [of_cas["id"], of_centre["id"]], []]
    counts = [
        (await ask(certification, who, "GET", "/v1/moderation/summary")).json()["counts"] for who in (bcs, stem, centre)
    ]
    assert counts == [{"submitted": 1}, {}, {"submitted": 2}]
    for path, body in (("", None), ("/history", None), ("/claim", {}), ("/decision", {"outcome": "accepted"})):
        method = "GET" if body is None else "POST"
        refused = await ask(certification, stem, method, f"/v1/log-entries/{of_cas['id']}{path}", body or None)
        assert refused.status_code in (404, 422), refused.text
        assert refused.json()["code"] in ("log-entry-not-found", "validation-failed")
    assert (await decide(certification, stem, of_cas)).json()["code"] == "log-entry-not-found"
    assert (await decide(certification, bcs, of_cas)).status_code == 200


async def test_a_colleague_of_the_same_school_does_not_moderate(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    entry = await log.record(MEETING)
    colleague, another = (
        a_teacher(urn).model_copy(update={"roles": (RoleGrant(role="moderator"),)}) for urn in ("900001", "900002")
    )
    assert await queue(certification, colleague) == []
    assert (await decide(certification, colleague, entry)).json()["code"] == "log-entry-not-found"
    assert (await decide(certification, another, entry)).status_code == 200


async def test_the_database_refuses_a_moderator_their_own_entry(certification: ServiceHarness) -> None:
    entry = await Log(certification).record(MEETING)
    for change in (
        "status = 'accepted', decided_at = clock_timestamp(), decided_by = teacher_id",
        "claimed_by = teacher_id, claimed_until = clock_timestamp()",
        "audited_by = teacher_id",
    ):
        with pytest.raises(Exception, match="ck_log_entry_other"):
            async with certification.session() as session:
                await session.execute(text(f"UPDATE log_entry SET {change} WHERE id = :id"), {"id": UUID(entry["id"])})


async def test_what_the_draw_leaves_out_is_accepted_unseen_and_says_so(certification: ServiceHarness) -> None:
    await in_force(certification, activities={FORUM: "0"}, audited="0")
    log = await Log(certification).register()
    first = await log.record(FORUM)
    assert (first["status"], first["is_sampled"]) == ("submitted", True), "the first entry is always looked at"
    await decide(certification, staff("moderator"), first)
    assert (await log.record(MEETING))["status"] == "submitted", "another activity is not trusted"
    unseen = await log.record(FORUM, "2026-09-11")
    assert (unseen["status"], unseen["is_sampled"], unseen["reason_code"]) == ("accepted", False, None)
    history = await log.get(f"/v1/log-entries/{unseen['id']}/history")
    assert [(one["kind"], one["actor"]) for one in history["events"]][-1] == ("accepted_unseen", "platform")
    assert (await log.component("community"))["recorded"] == "5", "the same activity earns once"
    assert (await certification.published(LogEntryDecided))[-1].outcome == "accepted"


async def test_the_draw_can_be_repeated_from_the_policys_seed(certification: ServiceHarness) -> None:
    policy = await in_force(certification, later_entries="0.5", activities={}, audited="0")
    logs = [await Log(certification).register() for _ in range(12)]
    for log in logs:
        await log.contribute(MENTOR)
        await log.record(FORUM)
    query = text(
        "SELECT teacher_id, occurred_on, sampling_rate, sampling_draw, is_sampled, policy_version FROM log_entry"
    )
    async with certification.session() as session:
        rows = [row for row in await session.execute(query) if row.sampling_rate < 1]
    assert len(rows) == 12
    for row in rows:
        again = draw(policy["seed"], "review", row.teacher_id, FORUM, row.occurred_on)
        assert (row.policy_version, row.sampling_draw) == (policy["version"], again)
        assert row.is_sampled is (again < row.sampling_rate)


async def test_withdrawing_and_telling_it_again_does_not_draw_until_it_goes_unseen(
    certification: ServiceHarness,
) -> None:
    await in_force(certification, later_entries="0.5", activities={}, audited="0")
    log = await Log(certification).register()
    await log.contribute(MENTOR)
    days = [f"2026-09-{day:02}" for day in range(1, 29)]
    for day in days:
        entry = await log.record(FORUM, day)
        if entry["status"] == "submitted":
            break
    await log.post(f"/v1/log-entries/{entry['id']}/withdrawal", {})
    after = days[days.index(day) :]
    assert after
    for day in after:
        again = await log.record(FORUM, day)
        assert again["status"] == "submitted"
        await log.post(f"/v1/log-entries/{again['id']}/withdrawal", {})


async def test_a_second_look_reverses_the_credit_and_puts_the_certificate_before_a_person(
    certification: ServiceHarness,
) -> None:
    await in_force(certification, activities={}, audited="1")
    log, moderator, other = await Log(certification).register(), staff("moderator"), staff("moderator")
    await log.take_diagnostic()
    entries = [await log.record(activity) for activity in COMMUNITY_WORTH_25]
    for entry in entries:
        await decide(certification, moderator, entry)
    await certification.deliver(completed(log.id, "20"))
    assert len(await log.certificates()) == 1
    path = f"/v1/log-entries/{entries[0]['id']}/audit"
    assert (await queue(certification, moderator, "audits")) == []
    assert {one["id"] for one in await queue(certification, other, "audits")} == {one["id"] for one in entries}
    own = await ask(certification, moderator, "POST", path, REJECTED)
    assert (own.status_code, own.json()["code"]) == (403, "log-entry-own-decision")
    confirmed = await ask(
        certification, other, "POST", f"/v1/log-entries/{entries[1]['id']}/audit", {"outcome": "confirmed"}
    )
    assert confirmed.json()["status"] == "accepted"
    rejected = await ask(certification, other, "POST", path, REJECTED)
    assert (rejected.status_code, rejected.json()["status"]) == (200, "reversed")
    assert (await ask(certification, other, "POST", path, REJECTED)).json()["code"] == "log-entry-not-auditable"
    component = await log.component("community")
    assert component["recorded"] == "5"
    assert sorted(one["credits"] for one in component["entries"]) == ["-20", "20", "5"]
    assert [one.component for one in await certification.published(ComponentReopened)] == ["community"]
    async with certification.session() as session:
        [review] = (await session.execute(text("SELECT log_entry_id, closed_at FROM certificate_review"))).all()
    assert (str(review.log_entry_id), review.closed_at) == (entries[0]["id"], None)
    assert (await certification.published(LogEntryDecided))[-1].outcome == "reversed"
    again = await log.record(COMMUNITY_WORTH_25[0], "2026-10-01")
    await decide(certification, moderator, again)
    assert (await log.component("community"))["recorded"] == "25", "done indeed, it earns again"


@pytest.mark.parametrize("body", [{"outcome": "rejected"}, {"outcome": "rejected", "reason": "Not so at all."}])
async def test_a_rejection_needs_a_reason_and_its_code(certification: ServiceHarness, body: JSON) -> None:
    entry = await Log(certification).record(MEETING)
    reply = await ask(certification, staff("moderator"), "POST", f"/v1/log-entries/{entry['id']}/audit", body)
    assert (reply.status_code, reply.json()["code"]) == (422, "validation-failed")


async def test_a_policy_begins_in_the_future_and_names_what_is_in_the_catalogue(certification: ServiceHarness) -> None:
    author = staff("administrator")
    for proposal, code in (
        (a_policy(str(clock.today())), "moderation-policy-too-early"),
        (a_policy(activities={"juggling": "0.5"}), "moderation-policy-activities-unknown"),
        (a_policy(audited="1.5"), "validation-failed"),
    ):
        reply = await ask(certification, author, "POST", "/v1/moderation/policies", proposal)
        assert (reply.status_code, reply.json()["code"]) == (422, code)
    listed = (await ask(certification, staff("auditor"), "GET", "/v1/moderation/policies")).json()["data"]
    assert [(one["version"], one["rules"]["later_entries"]) for one in listed] == [(1, "1")]
