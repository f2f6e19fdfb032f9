"""What becomes of an API key: limits of its own, rotation, notices of its end, reports of a leak."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import anonymous, staff, the_gateway
from chassis import clock
from chassis.ids import new_id
from chassis.service import ServiceContext
from contracts.identity import ApiKeyChanged
from identity.api_keys import rules
from identity.api_keys.models import Environment
from identity.api_keys.notices import tell_of_ending_keys, tell_some
from identity.organisations.seed import organisation_id
from identity.people.models import Role
from identity.people.service import grant_role
from identity_steps import IdentitySteps
from real_parts import until

STEM = organisation_id("stem-learning")
ADMINISTRATOR = staff("administrator")
MANAGER = "sam.teacher@example.org"


@pytest.fixture
async def identity(identity: IdentitySteps) -> IdentitySteps:
    """Identity with the organisations, one of which somebody manages."""
    await identity.harness.seed("organisations")
    await identity.sign_up(MANAGER)
    [person] = await identity.query("SELECT id FROM person")
    async with identity.harness.session() as session:
        await grant_role(session, None, person.id, Role.PARTNER_ADMIN, STEM, from_on=clock.today())
    return identity


async def _made(identity: IdentitySteps, **changes: object) -> dict[str, Any]:
    body = {"organisation_id": str(STEM), "name": "Nightly export", "scopes": ["completions:write"], **changes}
    answer = await identity.post("/v1/api-keys", body, caller=ADMINISTRATOR)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def _authenticate(identity: IdentitySteps, key: str) -> dict[str, Any]:
    answer = await identity.post("/internal/api-keys/authenticate", {"key": key}, caller=the_gateway())
    told: dict[str, Any] = answer.json()
    return told


async def _rotate(identity: IdentitySteps, key_id: str, **body: object) -> Any:
    return await identity.post(f"/v1/api-keys/{key_id}/rotation", body, caller=ADMINISTRATOR)


async def _notices(identity: IdentitySteps, kind: str) -> list[str]:
    mails = await identity.mails(MANAGER)
    return [str(mail["Subject"]) for mail in mails if kind in str(mail["Subject"])]


async def test_the_gateway_is_told_the_limits_of_a_key_and_of_its_organisation(identity: IdentitySteps) -> None:
    made = await _made(
        identity,
        environment="test",
        allowed_networks=["192.0.2.0/24", " 2001:DB8::/48", "198.51.100.7"],
        requests_per_minute=60,
    )
    limit = f"/v1/organisations/{STEM}/request-limit"
    assert (await identity.call("PUT", limit, {"requests_per_minute": 900}, caller=ADMINISTRATOR)).status_code == 200
    told = await _authenticate(identity, made["key"])
    assert told["environment"] == "test"
    assert told["allowed_networks"] == ["192.0.2.0/24", "2001:db8::/48", "198.51.100.7/32"]
    assert (told["requests_per_minute"], told["organisation_requests_per_minute"]) == (60, 900)
    shown = await identity.call("GET", limit, caller=staff("partner_admin", organisation_id=STEM))
    assert shown.json() == {"requests_per_minute": 900}


async def test_a_key_without_limits_has_none(identity: IdentitySteps) -> None:
    told = await _authenticate(identity, (await _made(identity))["key"])
    assert told["allowed_networks"] == []
    assert told["requests_per_minute"] is told["organisation_requests_per_minute"] is None


@pytest.mark.parametrize(
    "changes",
    [
        {"allowed_networks": ["192.0.2.1/24"]},
        {"allowed_networks": ["everywhere"]},
        {"allowed_networks": ["192.0.2.0/24"] * 21},
        {"requests_per_minute": 0},
        {"requests_per_minute": 100_001},
    ],
)
async def test_limits_that_mean_nothing_are_refused(identity: IdentitySteps, changes: dict[str, object]) -> None:
    body = {"organisation_id": str(STEM), "name": "Nightly export", "scopes": ["completions:write"], **changes}
    assert (await identity.post("/v1/api-keys", body, caller=ADMINISTRATOR)).status_code == 422


async def test_both_keys_work_while_one_is_rotated(identity: IdentitySteps) -> None:
    old = await _made(identity, environment="test", allowed_networks=["192.0.2.0/24"], requests_per_minute=60)
    new = (await _rotate(identity, old["id"], overlap_days=3)).json()
    alike = ("name", "scopes", "environment", "allowed_networks", "requests_per_minute", "organisation_id")
    assert [new[name] for name in alike] == [old[name] for name in alike]
    for key in (old, new):
        assert (await _authenticate(identity, key["key"]))["key_id"] == key["id"]
    told = await identity.harness.published(ApiKeyChanged)
    ends = {str(event.key_id): event.expires_on for event in told}
    today = clock.now().date()
    assert ends[old["id"]] == today + timedelta(days=3)
    assert ends[new["id"]] > today + timedelta(days=300)
    assert (await _rotate(identity, new["id"])).json()["code"] == "too-many-api-keys"


async def test_a_key_rotated_without_overlap_stops_at_once(identity: IdentitySteps) -> None:
    old = await _made(identity)
    new = (await _rotate(identity, old["id"], overlap_days=0)).json()
    assert (await _authenticate(identity, old["key"]))["code"] == "api-key-not-valid"
    assert (await _authenticate(identity, new["key"]))["key_id"] == new["id"]
    assert (await _rotate(identity, old["id"])).status_code == 404
    listed = (await identity.call("GET", "/v1/api-keys", caller=ADMINISTRATOR)).json()["data"]
    assert [key["revoked_because"] for key in listed] == ["rotated", None]


async def test_whoever_finds_a_key_in_the_open_ends_it_and_its_managers_learn_where(identity: IdentitySteps) -> None:
    key = await _made(identity)
    report = {"key": key["key"], "found_where": "https://code.example.org/settings.py\nBcc: all"}
    first = await identity.post("/v1/api-keys/leak-reports", report, caller=anonymous())
    again = await identity.post("/v1/api-keys/leak-reports", report, caller=anonymous())
    assert [first.json()["outcome"], again.json()["outcome"]] == ["revoked", "not_in_use"]
    assert (await _authenticate(identity, key["key"]))["code"] == "api-key-not-valid"
    assert [event.state for event in await identity.harness.published(ApiKeyChanged)] == ["live", "revoked"]
    assert len(await _notices(identity, "found in the open")) == 1
    unknown = {**report, "key": rules.make_key(Environment.LIVE).text}
    assert (await identity.post("/v1/api-keys/leak-reports", unknown)).json() == {"outcome": "not_in_use"}


async def test_managers_are_told_a_month_a_week_and_a_day_before_a_key_ends(identity: IdentitySteps) -> None:
    await _made(identity)
    today = clock.now().date()
    for day in range(40):
        left = 39 - day
        await identity.query("UPDATE api_key SET expires_on = :day", day=today + timedelta(days=left))
        told = await tell_some(identity.harness.database, today)
        assert told == (1 if left in rules.NOTICE_DAYS else 0), left
    assert len(await _notices(identity, "ends on")) == 3


async def test_without_a_manager_the_administrators_are_told(identity: IdentitySteps) -> None:
    await _made(identity, expires_on=str(clock.today() + timedelta(days=5)))
    await identity.query("UPDATE role_grant SET role = 'administrator', organisation_id = NULL")
    assert await tell_some(identity.harness.database, clock.now().date()) == 1
    assert len(await _notices(identity, "ends on")) == 1


@pytest.mark.parametrize(
    ("left", "notice"), [(31, None), (30, 30), (8, 30), (7, 7), (2, 7), (1, 1), (0, 1), (-1, None)]
)
def test_the_notice_that_is_due_follows_from_the_days_left(left: int, notice: int | None) -> None:
    today = clock.now().date()
    assert rules.notice_due(today + timedelta(days=left), today) == notice


async def test_limits_are_of_organisations_that_there_are(identity: IdentitySteps) -> None:
    limit = f"/v1/organisations/{new_id()}/request-limit"
    for method, body in (("GET", None), ("PUT", {"requests_per_minute": 1})):
        assert (await identity.call(method, limit, body, caller=ADMINISTRATOR)).status_code == 404


async def test_a_job_that_looks_rarely_looks_at_once_when_a_sandboxs_clock_is_moved(
    identity: IdentitySteps, tmp_path: Path
) -> None:
    clock.follow(tmp_path / "clock")
    await _made(identity, expires_on=str(clock.today() + timedelta(days=60)))
    harness = identity.harness
    job = asyncio.create_task(tell_of_ending_keys(ServiceContext(harness.database, harness.settings)))

    async def is_told() -> bool:
        [key] = await identity.query("SELECT noticed_days FROM api_key")
        return bool(key.noticed_days == 30)

    await asyncio.wait([job], timeout=0.2)
    assert not await is_told()
    clock.move(timedelta(days=40))
    await until(is_told)
    job.cancel()
    await asyncio.wait([job])
