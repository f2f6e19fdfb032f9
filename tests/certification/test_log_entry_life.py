"""The life of a log entry: drafts, changes, returns, withdrawal, and what is kept of it all."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from builders import a_fresh_key, a_teacher, staff
from certification_facts import Log
from chassis import clock
from chassis.ids import new_id
from contracts.certification import LogEntryDecided
from harness import ServiceHarness

JSON = dict[str, Any]
MEETING = "attend-a-cas-community-meeting"
TOLD = {"activity": MEETING, "occurred_on": "2026-09-04", "description": "Led the autumn meeting of our community."}
RETURNED = {"outcome": "returned", "reason_code": "no_evidence", "reason": "Add the notes that you took."}
ACCEPTED = {"outcome": "accepted"}


class Desk:
    """A moderator at work."""

    def __init__(self, certification: ServiceHarness) -> None:
        self.certification = certification
        self.moderator = staff("moderator")

    async def ask(self, method: str, path: str, body: JSON | None = None) -> httpx.Response:
        client = await self.certification.client(self.moderator, **a_fresh_key())
        return await client.request(method, path, json=body)

    async def decide(self, entry_id: str, body: JSON) -> JSON:
        reply = await self.ask("POST", f"/v1/log-entries/{entry_id}/decision", body)
        assert reply.status_code == 200, reply.text
        return dict(reply.json())


async def a_draft(log: Log, **changes: object) -> JSON:
    reply = await log.post("/v1/log-entries", {**TOLD, "as_draft": True, **changes})
    assert reply.status_code == 201, reply.text
    return dict(reply.json())


async def put(log: Log, entry_id: str, version: int, **changes: object) -> httpx.Response:
    client = await log.certification.client(log.teacher)
    headers = {"If-Match": f'"{version}"'}
    return await client.put(f"/v1/log-entries/{entry_id}", json={**TOLD, **changes}, headers=headers)


async def history_of(log: Log, entry_id: str) -> JSON:
    return dict(await log.get(f"/v1/log-entries/{entry_id}/history"))


async def test_a_draft_is_nobody_elses_until_it_is_put_in(certification: ServiceHarness) -> None:
    log, desk = await Log(certification).register(), Desk(certification)
    draft = await a_draft(log)
    assert (draft["status"], draft["decided_at"], draft["due_at"], draft["submission"]) == ("draft", None, None, 0)
    for path in (f"/v1/log-entries/{draft['id']}", f"/v1/log-entries/{draft['id']}/history"):
        assert (await desk.ask("GET", path)).status_code == 404
    assert (await desk.ask("POST", f"/v1/log-entries/{draft['id']}/decision", ACCEPTED)).status_code == 404
    assert (await desk.ask("GET", "/v1/moderation/queue")).json()["data"] == []
    assert (await put(log, draft["id"], 1, occurred_on="2026-09-03")).json()["occurred_on"] == "2026-09-03"
    submitted = (await log.post(f"/v1/log-entries/{draft['id']}/submission", {})).json()
    assert (submitted["status"], submitted["submission"]) == ("submitted", 1)
    assert (await desk.decide(draft["id"], ACCEPTED))["status"] == "accepted"
    assert (await log.component("community"))["recorded"] == "10"


async def test_a_returned_entry_is_changed_and_put_in_again_and_all_of_it_stays_on_record(
    certification: ServiceHarness,
) -> None:
    log, desk = await Log(certification).register(), Desk(certification)
    entry = await log.record(MEETING)
    assert (await desk.decide(entry["id"], RETURNED))["reason_code"] == "no_evidence"
    found = await log.get(f"/v1/log-entries/{entry['id']}")
    changed = await put(log, entry["id"], found["version"], description="Led the meeting; the notes are attached.")
    assert changed.status_code == 200, changed.text
    again = (await log.post(f"/v1/log-entries/{entry['id']}/submission", {})).json()
    assert (again["status"], again["submission"], again["reason"]) == ("submitted", 2, None)
    await desk.decide(entry["id"], {"outcome": "accepted", "reason": "Thank you."})
    told = await history_of(log, entry["id"])
    kinds = [(one["kind"], one["actor"], one["reason_code"]) for one in told["events"]]
    assert kinds == [
        ("begun", "teacher", None),
        ("submitted", "teacher", None),
        ("returned", "moderator", "no_evidence"),
        ("changed", "teacher", None),
        ("resubmitted", "teacher", None),
        ("accepted", "moderator", "well_described"),
    ]
    first, second = told["submissions"]
    assert (first["description"], first["outcome"], first["reason"]) == (
        TOLD["description"],
        "returned",
        "Add the notes that you took.",
    )
    assert (second["description"], second["outcome"]) == ("Led the meeting; the notes are attached.", "accepted")
    assert str(desk.moderator.id) not in str(told)
    news = await certification.published(LogEntryDecided)
    assert [(one.submission, one.outcome) for one in news] == [(1, "returned"), (2, "accepted")]
    assert "notes" not in str(news)


async def test_a_withdrawn_entry_leaves_the_queue_and_stays_withdrawn(certification: ServiceHarness) -> None:
    log, desk = await Log(certification).register(), Desk(certification)
    entry = await log.record(MEETING)
    for _ in range(2):
        withdrawn = await log.post(f"/v1/log-entries/{entry['id']}/withdrawal", {})
        assert (withdrawn.status_code, withdrawn.json()["status"]) == (200, "withdrawn")
    assert (await desk.ask("GET", f"/v1/log-entries/{entry['id']}")).status_code == 404
    assert (await desk.ask("POST", f"/v1/log-entries/{entry['id']}/decision", ACCEPTED)).status_code == 404
    again = await log.post(f"/v1/log-entries/{entry['id']}/submission", {})
    assert (again.status_code, again.json()["code"]) == (409, "log-entry-not-open")


async def test_what_counts_can_be_neither_changed_nor_withdrawn(certification: ServiceHarness) -> None:
    log, desk = await Log(certification).register(), Desk(certification)
    entry = await log.record(MEETING)
    decided = await desk.decide(entry["id"], ACCEPTED)
    for reply in (
        await put(log, entry["id"], decided["version"]),
        await log.post(f"/v1/log-entries/{entry['id']}/submission", {}),
        await log.post(f"/v1/log-entries/{entry['id']}/withdrawal", {}),
    ):
        assert (reply.status_code, reply.json()["code"]) == (409, "log-entry-not-open")


async def test_a_change_made_from_an_old_reading_is_refused(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    draft = await a_draft(log)
    assert (await put(log, draft["id"], draft["version"])).status_code == 200
    stale = await put(log, draft["id"], draft["version"], description="Something that would be lost.")
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-version")


async def test_the_future_is_refused_again_when_a_draft_is_put_in_or_changed(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    draft = await a_draft(log)
    tomorrow = str(clock.today() + timedelta(days=1))
    assert (await put(log, draft["id"], draft["version"], occurred_on=tomorrow)).json()["code"] == "activity-in-future"
    unknown = await put(log, draft["id"], draft["version"], activity="CP228")
    assert unknown.json()["code"] == "activity-not-self-certifiable"


async def test_an_activity_of_long_before_the_platform_counts(certification: ServiceHarness) -> None:
    log, desk = await Log(certification).register(), Desk(certification)
    entry = await log.record(MEETING, "2017-05-02")
    await desk.decide(entry["id"], ACCEPTED)
    assert (await log.component("community"))["recorded"] == "10"


@pytest.mark.parametrize(
    "description", ["​" * 40, ". . . . . . . . . .", "          \n\t        ", '[""]', "----------------------"]
)
async def test_nothing_in_other_characters_is_no_description(certification: ServiceHarness, description: str) -> None:
    reply = await Log(certification).post("/v1/log-entries", {**TOLD, "description": description})
    assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (422, "/description")


async def test_a_list_is_no_description(certification: ServiceHarness) -> None:
    reply = await Log(certification).post("/v1/log-entries", {**TOLD, "description": [""]})
    assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (422, "/description")


async def test_other_community_activity_earns_each_time(certification: ServiceHarness) -> None:
    log = await Log(certification).register()
    await log.contribute("other-community-activity", "other-community-activity")
    assert (await log.component("community"))["recorded"] == "10"


async def test_hours_are_kept_and_told(certification: ServiceHarness) -> None:
    log, desk = await Log(certification).register(), Desk(certification)
    draft = await a_draft(log, hours="2.50")
    assert draft["hours"] == "2.50"
    await log.post(f"/v1/log-entries/{draft['id']}/submission", {})
    await desk.decide(draft["id"], ACCEPTED)
    [credited] = (await log.component("community"))["entries"]
    assert (credited["credits"], credited["hours"]) == ("10", "2.5")


async def test_the_same_activity_on_the_same_day_is_hinted_at_and_not_refused(certification: ServiceHarness) -> None:
    log, desk = await Log(certification).register(), Desk(certification)
    first = await log.record(MEETING)
    assert first["duplicates"] == []
    second = await log.record(f"{MEETING}-secondary")
    assert second["duplicates"] == [{"entry_id": first["id"], "because": "same_day"}]
    seen = (await desk.ask("GET", f"/v1/log-entries/{first['id']}")).json()
    assert seen["duplicates"] == [{"entry_id": second["id"], "because": "same_day"}]
    assert (await log.record(MEETING, "2026-09-05"))["duplicates"] == []


async def test_another_teacher_finds_nothing_of_an_entry(certification: ServiceHarness) -> None:
    entry = await a_draft(await Log(certification).register())
    stranger = await certification.client(a_teacher(), **a_fresh_key(), **{"If-Match": '"1"'})
    path = f"/v1/log-entries/{entry['id']}"
    for method, where, body in (
        ("GET", path, None),
        ("PUT", path, TOLD),
        ("POST", f"{path}/submission", None),
        ("POST", f"{path}/withdrawal", None),
        ("GET", f"{path}/history", None),
    ):
        found = await stranger.request(method, where, json=body)
        absent = await stranger.request(method, where.replace(entry["id"], str(new_id())), json=body)
        assert (found.status_code, found.json()["code"]) == (404, "log-entry-not-found")
        assert found.json()["detail"] == absent.json()["detail"]
