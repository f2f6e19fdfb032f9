"""The professional development log and its moderators."""

from datetime import timedelta
from typing import Any

import pytest

from builders import a_fresh_key, a_teacher, anonymous, partner, staff
from certification_facts import Log
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal, RoleGrant
from harness import ServiceHarness

MEETING, FORUM = "attend-a-cas-community-meeting", "contribute-to-online-discussion"
ACCEPTED = {"outcome": "accepted", "reason": "Well described."}


async def decide(certification: ServiceHarness, moderator: Principal, entry_id: str, body: dict[str, Any]) -> Any:
    client = await certification.client(moderator)
    return await client.post(f"/v1/log-entries/{entry_id}/decision", json=body, headers=a_fresh_key())


async def test_an_accepted_entry_earns_the_catalogue_s_credits(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    entry = await log.record(MEETING)
    assert (entry["status"], entry["decided_at"], entry["reason"]) == ("submitted", None, None)
    assert (await log.component("community"))["recorded"] == "0"
    assert "Log entries waiting for a moderator: 1." in [one["hint"] for one in (await log.scheme())["what_next"]]
    reply = await decide(certification, staff("moderator"), entry["id"], ACCEPTED)
    assert (reply.status_code, reply.json()["status"]) == (200, "accepted")
    [credited] = (await log.component("community"))["entries"]
    assert (credited["credits"], credited["activity"], credited["source"]) == (
        "10",
        MEETING,
        f"log-entry:{entry['id']}",
    )


async def test_an_activity_listed_for_both_phases_earns_once(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await log.contribute(MEETING, f"{MEETING}-secondary", MEETING)
    assert (await log.component("community"))["recorded"] == "10"


async def test_community_credits_beyond_25_are_kept_as_surplus(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await log.contribute(MEETING, FORUM, "lead-a-cas-community-of-practice")
    component = await log.component("community")
    assert (component["recorded"], component["counted"], component["surplus"]) == ("35", "25", "10")


async def test_a_returned_entry_earns_nothing_and_may_be_recorded_again(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    entry = await log.record(MEETING)
    returned = {"outcome": "returned", "reason": "Say what you contributed."}
    assert (await decide(certification, staff("moderator"), entry["id"], returned)).status_code == 200
    assert (await log.component("community"))["recorded"] == "0"
    assert (await log.get(f"/v1/log-entries/{entry['id']}"))["reason"] == "Say what you contributed."
    await log.contribute(MEETING)
    assert (await log.component("community"))["recorded"] == "10"
    statuses = [one["status"] for one in (await log.get("/v1/log-entries"))["data"]]
    assert statuses == ["returned", "accepted"]


@pytest.mark.parametrize("reason", [None, "", "   "])
async def test_a_return_needs_a_reason(certification: ServiceHarness, reason: str | None) -> None:
    entry = await Log(certification).record(MEETING)
    reply = await decide(certification, staff("moderator"), entry["id"], {"outcome": "returned", "reason": reason})
    assert (reply.status_code, reply.json()["code"]) == (422, "validation-failed")


async def test_a_decision_is_not_made_twice(certification: ServiceHarness) -> None:
    entry = await Log(certification).record(MEETING)
    await decide(certification, staff("moderator"), entry["id"], ACCEPTED)
    again = await decide(
        certification, staff("moderator"), entry["id"], {"outcome": "returned", "reason": "On reflection."}
    )
    assert (again.status_code, again.json()["code"]) == (409, "log-entry-already-decided")


async def test_a_moderator_cannot_decide_on_their_own_entry(certification: ServiceHarness) -> None:
    log = Log(certification)
    entry = await log.record(MEETING)
    promoted = log.teacher.model_copy(update={"roles": (RoleGrant(role="moderator"),)})
    reply = await decide(certification, promoted, entry["id"], ACCEPTED)
    assert (reply.status_code, reply.json()["code"]) == (403, "own-log-entry")
    client = await certification.client(promoted)
    queue = await client.get("/v1/log-entries", params={"status": "submitted"})
    assert queue.json()["data"] == []
    own = await client.get("/v1/log-entries")
    assert [one["id"] for one in own.json()["data"]] == [entry["id"]]


async def test_only_a_moderator_decides(certification: ServiceHarness) -> None:
    entry = await Log(certification).record(MEETING)
    for caller, status in ((a_teacher(), 403), (staff("administrator"), 403), (partner(), 403), (anonymous(), 401)):
        assert (await decide(certification, caller, entry["id"], ACCEPTED)).status_code == status


async def test_another_teacher_s_entry_does_not_exist(certification: ServiceHarness) -> None:
    entry = await Log(certification).record(MEETING)
    client = await certification.client(a_teacher())
    reply = await client.get(f"/v1/log-entries/{entry['id']}")
    assert (reply.status_code, reply.json()["code"]) == (404, "log-entry-not-found")
    listed = await client.get("/v1/log-entries", params={"status": "submitted"})
    assert listed.json()["data"] == []
    missing = await decide(certification, staff("moderator"), str(new_id()), ACCEPTED)
    assert missing.json()["code"] == "log-entry-not-found"


async def test_moderators_page_through_what_waits_oldest_first(certification: ServiceHarness) -> None:
    recorded = [(await Log(certification).record(MEETING))["id"] for _ in range(5)]
    moderator = await certification.client(staff("moderator"))
    await decide(certification, staff("moderator"), recorded.pop(1), ACCEPTED)
    seen: list[str] = []
    cursor: str | None = None
    while True:
        parameters = {"status": "submitted", "limit": "3"} | ({"cursor": cursor} if cursor else {})
        page = (await moderator.get("/v1/log-entries", params=parameters)).json()
        seen += [one["id"] for one in page["data"]]
        cursor = page["page"]["next_cursor"]
        if cursor is None:
            break
    assert seen == recorded


@pytest.mark.parametrize(
    "activity", ["CP228", "subject-knowledge-diagnostic-tool", "provide-feedback-on-a-cas-resource", "juggling"]
)
async def test_only_community_activity_of_the_catalogue_can_be_recorded(
    certification: ServiceHarness, activity: str
) -> None:
    body = {"activity": activity, "occurred_on": "2026-03-04", "description": "Something quite different."}
    reply = await Log(certification).post("/v1/log-entries", body)
    assert (reply.status_code, reply.json()["code"]) == (422, "activity-not-self-certifiable")


async def test_the_future_cannot_be_recorded(certification: ServiceHarness) -> None:
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    body = {"activity": MEETING, "occurred_on": tomorrow, "description": "I intend to attend."}
    reply = await Log(certification).post("/v1/log-entries", body)
    assert (reply.status_code, reply.json()["code"]) == (422, "activity-in-future")


@pytest.mark.parametrize("description", ["", "             ", "short", "x" * 4001])
async def test_a_description_says_something(certification: ServiceHarness, description: str) -> None:
    body = {"activity": MEETING, "occurred_on": "2026-03-04", "description": description}
    reply = await Log(certification).post("/v1/log-entries", body)
    assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (422, "/description")
