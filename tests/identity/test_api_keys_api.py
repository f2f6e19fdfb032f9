"""API keys from the first day to the last."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import httpx
import pytest

from builders import a_teacher, anonymous, partner, staff, the_gateway
from chassis import clock
from chassis.principal import Principal
from contracts.identity import ApiKeyChanged
from identity.api_keys import rules
from identity.api_keys.models import Environment
from identity.organisations.seed import organisation_id
from identity_steps import IdentitySteps

STEM = organisation_id("stem-learning")
BCS = organisation_id("bcs")
ADMINISTRATOR = staff("administrator")


@pytest.fixture
async def identity(identity: IdentitySteps) -> IdentitySteps:
    """Identity with the organisations."""
    await identity.harness.seed("organisations")
    return identity


async def _make(identity: IdentitySteps, caller: Principal = ADMINISTRATOR, **changes: object) -> httpx.Response:
    body = {"organisation_id": str(STEM), "name": "Nightly export", "scopes": ["completions:write"], **changes}
    return await identity.post("/v1/api-keys", body, caller=caller)


async def _authenticate(identity: IdentitySteps, key: str) -> httpx.Response:
    return await identity.post("/internal/api-keys/authenticate", {"key": key}, caller=the_gateway())


async def _made(identity: IdentitySteps, caller: Principal = ADMINISTRATOR, **changes: object) -> dict[str, Any]:
    answer = await _make(identity, caller, **changes)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_a_key_is_made_shown_once_recognised_and_revoked(identity: IdentitySteps) -> None:
    made = await _made(identity)
    _, environment, public_id, _, _ = made["key"].split("_")
    assert (environment, public_id) == ("live", made["public_id"])

    recognised = (await _authenticate(identity, made["key"])).json()
    assert (recognised["key_id"], recognised["organisation_id"]) == (made["id"], str(STEM))
    assert recognised["scopes"] == ["completions:write"]

    listed = await identity.call("GET", "/v1/api-keys", caller=ADMINISTRATOR)
    assert made["key"] not in listed.text
    assert listed.json()["data"][0]["last_used_at"] is not None

    for _ in range(2):
        gone = await identity.call("DELETE", f"/v1/api-keys/{made['id']}", caller=ADMINISTRATOR)
        assert gone.status_code == 204
    assert (await _authenticate(identity, made["key"])).json()["code"] == "api-key-not-valid"
    events = await identity.harness.published(ApiKeyChanged)
    assert [(str(event.key_id), event.state) for event in events] == [(made["id"], "live"), (made["id"], "revoked")]
    assert await identity.audited() == ["api_key.created", "api_key.revoked"]


async def test_only_the_digest_of_a_key_is_kept(identity: IdentitySteps) -> None:
    key = (await _made(identity))["key"]
    [row] = await identity.query("SELECT api_key::text AS held FROM api_key")
    secret = key.split("_")[3]
    assert secret not in row.held
    tables = await identity.query("SELECT details::text AS told FROM audit_entry UNION SELECT data::text FROM outbox")
    assert all(secret not in row.told for row in tables)


async def test_a_key_that_is_not_exactly_right_is_refused(identity: IdentitySteps) -> None:
    key = (await _made(identity))["key"]
    body, _, check = key.rpartition("_")
    other = rules.make_key(Environment.LIVE).text
    secret = other.split("_")[3]
    grafted = "_".join([*body.split("_")[:3], secret])
    wrong = {
        "wrong check": f"{body}_{check[::-1] if check != check[::-1] else '000000'}",
        "no check": body,
        "other environment": key.replace("_live_", "_test_"),
        "well formed but unknown": other,
        "known id, other secret, right check": f"{grafted}_{rules.check_of(grafted)}",
        "line end": key + "\n",
        "case": key.swapcase(),
        "empty": " ",
    }
    for reason, presented in wrong.items():
        refused = await _authenticate(identity, presented)
        assert (refused.status_code, refused.json()["code"]) == (401, "api-key-not-valid"), reason


async def test_a_key_works_to_the_end_of_its_last_day(identity: IdentitySteps) -> None:
    made = await _made(identity)
    today = clock.now().date()
    await identity.query("UPDATE api_key SET expires_on = :day", day=today)
    assert (await _authenticate(identity, made["key"])).status_code == 200
    await identity.query("UPDATE api_key SET expires_on = :day", day=today - timedelta(days=1))
    assert (await _authenticate(identity, made["key"])).status_code == 401


@pytest.mark.parametrize("days", [-1, 0, 366])
async def test_a_key_expires_within_a_year(identity: IdentitySteps, days: int) -> None:
    refused = await _make(identity, expires_on=str(clock.today() + timedelta(days=days)))
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/expires_on"]


async def test_two_keys_work_at_a_time_even_when_many_are_asked_for_at_once(identity: IdentitySteps) -> None:
    answers = await asyncio.gather(*(_make(identity) for _ in range(10)))
    assert Counter(answer.status_code for answer in answers) == {201: 2, 409: 8}
    kept = [answer.json()["id"] for answer in answers if answer.status_code == 201]
    assert (await _make(identity, organisation_id=str(BCS))).status_code == 201
    await identity.call("DELETE", f"/v1/api-keys/{kept[0]}", caller=ADMINISTRATOR)
    assert (await _make(identity)).status_code == 201


async def test_a_partner_manages_its_own_keys_only(identity: IdentitySteps) -> None:
    stem_admin = staff("partner_admin", organisation_id=STEM)
    own = await _made(identity, caller=stem_admin)
    foreign = await _made(identity, organisation_id=str(BCS))

    assert (await _make(identity, stem_admin, organisation_id=str(BCS))).status_code == 404
    listed = (await identity.call("GET", "/v1/api-keys", caller=stem_admin)).json()["data"]
    assert [key["id"] for key in listed] == [own["id"]]
    assert (await identity.call("DELETE", f"/v1/api-keys/{foreign['id']}", caller=stem_admin)).status_code == 404
    assert (await _authenticate(identity, foreign["key"])).status_code == 200
    assert (await identity.call("DELETE", f"/v1/api-keys/{own['id']}", caller=stem_admin)).status_code == 204


@pytest.mark.parametrize("caller", [a_teacher(), staff("auditor"), partner("completions:write"), anonymous()])
async def test_others_manage_no_keys(identity: IdentitySteps, caller: Principal) -> None:
    expected = 401 if caller.kind == "anonymous" else 403
    assert (await _make(identity, caller)).status_code == expected
    assert (await identity.call("GET", "/v1/api-keys", caller=caller)).status_code == expected


async def test_scopes_are_a_closed_list(identity: IdentitySteps) -> None:
    for scopes in (["everything"], [], ["hubs:read", "admin"]):
        assert (await _make(identity, scopes=scopes)).status_code == 422
    made = await _made(identity, scopes=["hubs:read", "courses:read"])
    assert made["scopes"] == ["courses:read", "hubs:read"]


@pytest.mark.parametrize("caller", [a_teacher(), ADMINISTRATOR, partner("completions:write"), anonymous()])
async def test_recognising_keys_is_for_services(identity: IdentitySteps, caller: Principal) -> None:
    key = (await _made(identity))["key"]
    answer = await identity.post("/internal/api-keys/authenticate", {"key": key}, caller=caller)
    assert answer.status_code == (401 if caller.kind == "anonymous" else 403)


async def test_recognising_keys_needs_the_gateways_statement(identity: IdentitySteps) -> None:
    client = await identity.harness.client(None)
    answer = await client.post("/internal/api-keys/authenticate", json={"key": "ncce_live"})
    assert answer.status_code == 401


async def test_last_use_is_noted_once_a_minute(identity: IdentitySteps) -> None:
    key = (await _made(identity))["key"]
    query = "SELECT last_used_at FROM api_key"
    await _authenticate(identity, key)
    first = await identity.query(query)
    await _authenticate(identity, key)
    assert await identity.query(query) == first
    await identity.query("UPDATE api_key SET last_used_at = last_used_at - interval '61 seconds'")
    await _authenticate(identity, key)
    assert (await identity.query(query))[0].last_used_at >= first[0].last_used_at


def test_the_check_tells_a_real_key_from_a_lookalike() -> None:
    key = rules.make_key(Environment.TEST)
    assert rules.public_id_of(key.text) == key.public_id
    for position in range(len(key.text)):
        changed = key.text[:position] + ("a" if key.text[position] != "a" else "b") + key.text[position + 1 :]
        assert rules.public_id_of(changed) is None
