"""Signing in, staying signed in, signing out."""

import asyncio
import json
from typing import Any

import jwt
import pytest
from prometheus_client import REGISTRY

from builders import a_teacher
from chassis.principal import Principal
from contracts.identity import TeacherRegistered
from identity.people.models import Role
from identity.people.service import grant_role
from identity_steps import PASSWORD, IdentitySteps


def _verifications() -> float:
    return REGISTRY.get_sample_value("identity_password_hashes_total", {"purpose": "verify"}) or 0.0


def _without_request_id(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "request_id"}


async def _claims(identity: IdentitySteps, access_token: str) -> dict[str, Any]:
    published = (await identity.call("GET", "/.well-known/jwks.json")).text
    header = jwt.get_unverified_header(access_token)
    assert (header["alg"], header["typ"]) == ("EdDSA", "at+jwt")
    key = jwt.PyJWKSet.from_json(published)[header["kid"]]
    claims: dict[str, Any] = jwt.decode(access_token, key, ["EdDSA"], audience="ncce", issuer="ncce-identity")
    return claims


async def test_an_access_token_says_who_it_is_for_at_most_five_minutes(identity: IdentitySteps) -> None:
    await identity.sign_up()
    answer = await identity.log_in()
    tokens = answer.json()
    assert answer.headers["Cache-Control"] == "no-store"
    assert (tokens["token_type"], tokens["expires_in_seconds"]) == ("Bearer", 300)

    [event] = await identity.harness.published(TeacherRegistered)
    claims = await _claims(identity, tokens["access_token"])
    assert claims["exp"] - claims["iat"] == 300
    assert (claims["sub"], claims["kind"], claims["roles"]) == (str(event.teacher_id), "person", [])
    [sign_in] = await identity.query("SELECT id FROM sign_in")
    proven = {"amr": "pwd", "auth_time": str(claims["auth_time"])}
    told = {"school_urn": "900001", "phase": "primary", "sign_in_id": str(sign_in.id)}
    assert claims["attributes"] == told | proven
    assert claims["amr"] == ["pwd"]
    assert claims["auth_time"] <= claims["iat"]
    assert "@" not in json.dumps(claims)


async def test_a_role_is_in_the_token_from_its_first_to_its_last_day(identity: IdentitySteps) -> None:
    identity.ask_for_no_factor()
    await identity.sign_up()
    [event] = await identity.harness.published(TeacherRegistered)
    async with identity.harness.session() as session:
        today = (await identity.query("SELECT (now() AT TIME ZONE 'Europe/London')::date AS day"))[0].day
        for role in (Role.MODERATOR, Role.AUDITOR, Role.ADMINISTRATOR):
            await grant_role(session, None, event.teacher_id, role, from_on=today)
            await grant_role(session, None, event.teacher_id, role, from_on=today)
    await identity.query("UPDATE role_grant SET from_on = from_on - 9, to_on = from_on - 1 WHERE role = 'auditor'")
    await identity.query("UPDATE role_grant SET from_on = from_on + 1 WHERE role = 'administrator'")
    claims = await _claims(identity, (await identity.log_in()).json()["access_token"])
    assert claims["roles"] == [{"role": "moderator", "organisation_id": None}]
    assert (await identity.audited()).count("role.granted") == 3


async def test_a_wrong_password_and_an_unknown_address_are_answered_alike_after_the_same_work(
    identity: IdentitySteps,
) -> None:
    await identity.sign_up()
    answers = []
    for email in ("sam.teacher@example.org", "nobody@example.org"):
        before = _verifications()
        answers.append(await identity.log_in(email, "not the password"))
        assert _verifications() - before == 1
    wrong, unknown = answers
    assert wrong.status_code == unknown.status_code == 401
    assert _without_request_id(wrong.json()) == _without_request_id(unknown.json())
    assert wrong.headers.keys() == unknown.headers.keys()
    assert (await identity.audited())[-2:] == ["sign_in.failed", "sign_in.failed"]


@pytest.mark.parametrize("email", ["sam.teacher@example.org", "nobody@example.org"])
async def test_guessing_is_slowed_down_and_nobody_is_locked_out(identity: IdentitySteps, email: str) -> None:
    await identity.sign_up()
    for _ in range(10):
        assert (await identity.log_in(email, "not the password")).status_code == 401
    delayed = []
    for _ in range(9):
        too_early = await identity.log_in(email, "not the password")
        assert (too_early.status_code, too_early.json()["code"]) == (429, "too-many-failures")
        delayed.append(int(too_early.headers["Retry-After"]))
        await identity.query("UPDATE sign_in_attempts SET retry_at = now()")
        assert (await identity.log_in(email, "not the password")).status_code == 401
    await identity.query("UPDATE sign_in_attempts SET retry_at = now()")
    assert delayed == sorted(delayed)
    assert 55 <= delayed[-1] <= 60
    assert (await identity.log_in()).status_code == 200
    if email == "sam.teacher@example.org":
        assert await identity.query("SELECT 1 FROM sign_in_attempts") == []


async def test_a_hundred_guesses_at_once_are_not_all_the_first(identity: IdentitySteps) -> None:
    await identity.sign_up()
    answers = await asyncio.gather(*(identity.log_in(password=f"guess number {n}") for n in range(60)))
    assert sum(answer.status_code == 401 for answer in answers) <= 12
    assert {answer.status_code for answer in answers} == {401, 429}


async def test_failures_are_forgotten_after_a_quarter_of_an_hour(identity: IdentitySteps) -> None:
    for _ in range(12):
        await identity.log_in(password="not the password")
        await identity.query("UPDATE sign_in_attempts SET retry_at = now()")
    await identity.query("UPDATE sign_in_attempts SET counted_since = now() - interval '16 minutes'")
    await identity.log_in(password="not the password")
    assert (await identity.query("SELECT failures FROM sign_in_attempts"))[0].failures == 1


async def test_one_network_address_trying_many_accounts_is_slowed_down(identity: IdentitySteps) -> None:
    await identity.sign_up()
    caller = Principal(kind="anonymous", attributes={"client_address": "192.0.2.7"})
    for number in range(100):
        assert (await identity.log_in(f"teacher{number}@example.org", "a guess", caller=caller)).status_code == 401
    assert (await identity.log_in("one.more@example.org", "a guess", caller=caller)).status_code == 429
    assert (await identity.log_in()).status_code == 200, "from elsewhere"


async def test_a_success_does_not_clear_what_a_network_address_did(identity: IdentitySteps) -> None:
    await identity.sign_up()
    caller = Principal(kind="anonymous", attributes={"client_address": "192.0.2.7"})
    for _ in range(3):
        await identity.log_in("nobody@example.org", "a guess", caller=caller)
    assert (await identity.log_in(caller=caller)).status_code == 200
    [row] = await identity.query("SELECT failures FROM sign_in_attempts WHERE subject LIKE 'address:%'")
    assert row.failures == 3


async def test_a_hash_with_old_parameters_is_renewed_at_sign_in(identity: IdentitySteps) -> None:
    await identity.sign_up()
    [before] = await identity.query("SELECT password_hash FROM account")
    identity.harness.app.state.settings = identity.harness.settings.model_copy(update={"argon2_iterations": 2})
    del identity.harness.app.state.passwords
    assert (await identity.log_in()).status_code == 200
    [after] = await identity.query("SELECT password_hash FROM account")
    assert ("t=1" in before.password_hash, "t=2" in after.password_hash) == (True, True)
    assert (await identity.log_in(password=PASSWORD)).status_code == 200


async def test_a_refresh_token_is_exchanged_for_the_next(identity: IdentitySteps) -> None:
    await identity.sign_up()
    token = (await identity.log_in()).json()["refresh_token"]
    for _ in range(3):
        answer = await identity.refresh(token)
        assert answer.status_code == 200
        assert answer.json()["refresh_token"] != token
        token = answer.json()["refresh_token"]


async def test_a_lost_reply_is_repeated_within_ten_seconds(identity: IdentitySteps) -> None:
    await identity.sign_up()
    token = (await identity.log_in()).json()["refresh_token"]
    first, again = [(await identity.refresh(token)).json()["refresh_token"] for _ in range(2)]
    assert first == again
    assert (await identity.refresh(first)).status_code == 200


async def test_refreshes_at_once_get_the_same_successor(identity: IdentitySteps) -> None:
    await identity.sign_up()
    token = (await identity.log_in()).json()["refresh_token"]
    answers = await asyncio.gather(*(identity.refresh(token) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1


async def test_a_token_used_again_after_the_grace_ends_the_whole_sign_in(identity: IdentitySteps) -> None:
    await identity.sign_up()
    stolen = (await identity.log_in()).json()["refresh_token"]
    current = (await identity.refresh(stolen)).json()["refresh_token"]
    await identity.query("UPDATE refresh_token SET used_at = used_at - interval '11 seconds'")
    for token in (stolen, current):
        refused = await identity.refresh(token)
        assert (refused.status_code, refused.json()["code"]) == (401, "refresh-token-refused")
    [row] = await identity.query("SELECT ended_because FROM sign_in")
    assert row.ended_because == "token_reused"
    assert (await identity.audited()).count("sign_in.ended") == 1
    assert (await identity.log_in()).status_code == 200


async def test_a_token_used_again_after_its_successor_was_used_ends_the_sign_in(identity: IdentitySteps) -> None:
    await identity.sign_up()
    first = (await identity.log_in()).json()["refresh_token"]
    second = (await identity.refresh(first)).json()["refresh_token"]
    third = (await identity.refresh(second)).json()["refresh_token"]
    assert [(await identity.refresh(token)).status_code for token in (first, third)] == [401, 401]


async def test_signing_out_ends_the_sign_in_and_tells_nothing(identity: IdentitySteps) -> None:
    await identity.sign_up()
    token = (await identity.log_in()).json()["refresh_token"]
    other = (await identity.log_in()).json()["refresh_token"]
    for given in (token, token, "no such token"):
        assert (await identity.post("/v1/auth/logout", {"refresh_token": given})).status_code == 204
    assert (await identity.refresh(token)).status_code == 401
    assert (await identity.refresh(other)).status_code == 200


async def test_rotation_does_not_prolong_a_sign_in(identity: IdentitySteps) -> None:
    await identity.sign_up()
    token = (await identity.log_in()).json()["refresh_token"]
    token = (await identity.refresh(token)).json()["refresh_token"]
    [row] = await identity.query("SELECT expires_at - started_at AS life FROM sign_in")
    assert row.life.days == 30
    await identity.query("UPDATE sign_in SET expires_at = now()")
    assert (await identity.refresh(token)).status_code == 401


async def test_no_refresh_token_is_in_the_database(identity: IdentitySteps) -> None:
    await identity.sign_up()
    first = (await identity.log_in()).json()["refresh_token"]
    second = (await identity.refresh(first)).json()["refresh_token"]
    held = " ".join(row.held for row in await identity.query("SELECT refresh_token::text AS held FROM refresh_token"))
    assert held
    assert first not in held
    assert second not in held


async def test_many_right_passwords_at_once_from_one_network_address_are_not_slowed_down(
    identity: IdentitySteps,
) -> None:
    await identity.sign_up()
    school = Principal(kind="anonymous", attributes={"client_address": "192.0.2.7"})
    answers = await asyncio.gather(*(identity.log_in(caller=school) for _ in range(8)))
    assert [answer.status_code for answer in answers] == [200] * 8


def _as(event: TeacherRegistered, sign_in: object = None) -> Principal:
    caller = a_teacher(person_id=event.teacher_id)
    return caller.model_copy(update={"attributes": {"sign_in_id": str(sign_in)}}) if sign_in else caller


async def test_a_person_sees_where_they_are_signed_in_and_signs_one_device_out(identity: IdentitySteps) -> None:
    await identity.sign_up()
    await identity.sign_up("another@example.org")
    await identity.log_in("another@example.org")
    tokens = [(await identity.log_in()).json()["refresh_token"] for _ in range(3)]
    assert (await identity.refresh(tokens[0])).status_code == 200
    [event, another] = await identity.harness.published(TeacherRegistered)
    [current] = await identity.query("SELECT id FROM sign_in WHERE last_used_at IS NOT NULL")

    listed = (await identity.call("GET", "/v1/me/sign-ins?limit=2", caller=_as(event, current.id))).json()
    cursor = listed["page"]["next_cursor"]
    rest = (
        await identity.call("GET", f"/v1/me/sign-ins?limit=2&cursor={cursor}", caller=_as(event, current.id))
    ).json()
    shown = [*listed["data"], *rest["data"]]
    assert [one["is_current"] for one in shown] == [False, False, True]
    assert [one["last_used_at"] is None for one in shown] == [True, True, False]

    path = f"/v1/me/sign-ins/{shown[0]['id']}"
    assert (await identity.call("DELETE", path, caller=_as(another))).status_code == 404
    assert (await identity.call("DELETE", path, caller=_as(event))).status_code == 204
    assert (await identity.call("DELETE", path, caller=_as(event))).status_code == 404
    assert (await identity.refresh(tokens[2])).status_code == 401
    assert (await identity.refresh(tokens[1])).status_code == 200


async def test_every_other_device_is_signed_out_at_once(identity: IdentitySteps) -> None:
    await identity.sign_up()
    tokens = [(await identity.log_in()).json()["refresh_token"] for _ in range(3)]
    [event] = await identity.harness.published(TeacherRegistered)
    [first, *_] = await identity.query("SELECT id FROM sign_in ORDER BY started_at")
    ended = await identity.call("DELETE", "/v1/me/sign-ins", caller=_as(event, first.id))
    assert ended.json() == {"ended": 2}
    assert [(await identity.refresh(token)).status_code for token in tokens] == [200, 401, 401]
    assert (await identity.call("DELETE", "/v1/me/sign-ins", caller=_as(event))).json() == {"ended": 1}
