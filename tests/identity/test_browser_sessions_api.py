"""Being signed in by cookie."""

from http.cookies import SimpleCookie
from typing import Any

import httpx

from builders import a_teacher, the_gateway
from chassis.principal import Principal, RoleGrant
from contracts.identity import SessionEnded, TeacherRegistered
from identity.people.models import Role
from identity.people.service import grant_role
from identity_steps import PASSWORD, IdentitySteps

SESSION, CSRF = "__Host-ncce_session", "ncce_csrf"


def _cookies(answer: httpx.Response) -> dict[str, Any]:
    jar: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        jar.load(header)
    return dict(jar)


async def _recognise(identity: IdentitySteps, session: str) -> httpx.Response:
    return await identity.post("/internal/sessions/authenticate", {"session": session}, caller=the_gateway())


async def _caller(identity: IdentitySteps, session: str) -> Principal:
    claims = (await _recognise(identity, session)).json()["claims"]
    roles = tuple(RoleGrant(**role) for role in claims["roles"])
    return Principal(kind="person", id=claims["sub"], roles=roles, attributes=claims["attributes"])


async def test_signing_in_by_cookie_gives_a_session_that_no_script_can_read(identity: IdentitySteps) -> None:
    await identity.sign_up()
    body = {"email": "sam.teacher@example.org", "password": PASSWORD, "mode": "cookie"}
    answer = await identity.post("/v1/auth/login", body)
    told, cookies = answer.json(), _cookies(answer)
    session, csrf = cookies[SESSION], cookies[CSRF]
    assert answer.headers["Cache-Control"] == "no-store"
    assert (told["status"], told["idle_seconds"]) == ("session_started", 7 * 24 * 3600)
    assert session.value not in answer.text
    assert (session["httponly"], session["secure"], session["samesite"], session["path"]) == (True, True, "lax", "/")
    assert (csrf["httponly"], csrf["secure"], csrf["samesite"], csrf["path"]) == ("", True, "lax", "/")
    assert session["domain"] == csrf["domain"] == "", "a cookie of this host alone"
    assert csrf.value == told["csrf_token"] != session.value
    held = await identity.query("SELECT browser_session::text AS held FROM browser_session")
    assert session.value not in held[0].held


async def test_the_gateway_learns_from_a_cookie_what_a_token_would_say(identity: IdentitySteps) -> None:
    await identity.sign_up()
    session = await identity.log_in_by_cookie()
    known = (await _recognise(identity, session)).json()
    [event] = await identity.harness.published(TeacherRegistered)
    [sign_in] = await identity.query("SELECT id FROM sign_in")
    claims = known["claims"]
    assert (claims["sub"], claims["kind"], claims["roles"]) == (str(event.teacher_id), "person", [])
    assert claims["attributes"]["sign_in_id"] == known["sign_in_id"] == str(sign_in.id)
    assert claims["attributes"]["school_urn"] == "900001"
    assert (await _recognise(identity, "x" + session[1:])).json()["code"] == "session-not-valid"
    assert (await identity.post("/internal/sessions/authenticate", {"session": session})).status_code == 401


async def test_use_keeps_a_session_alive_and_idleness_ends_it(identity: IdentitySteps) -> None:
    await identity.sign_up()
    session = await identity.log_in_by_cookie()
    await identity.query("UPDATE browser_session SET last_seen_at = last_seen_at - interval '6 days'")
    assert (await _recognise(identity, session)).status_code == 200
    [row] = await identity.query("SELECT now() - last_seen_at AS ago FROM browser_session")
    assert row.ago.total_seconds() < 60
    await identity.query("UPDATE browser_session SET last_seen_at = now() - interval '7 days'")
    assert (await _recognise(identity, session)).status_code == 401
    assert (await identity.query("SELECT last_used_at FROM sign_in"))[0].last_used_at is not None


async def test_no_use_keeps_a_session_beyond_its_absolute_end(identity: IdentitySteps) -> None:
    await identity.sign_up()
    session = await identity.log_in_by_cookie()
    await identity.query("UPDATE sign_in SET expires_at = now() + interval '20 seconds'")
    known = (await _recognise(identity, session)).json()
    [row] = await identity.query("SELECT expires_at FROM sign_in")
    assert known["expires_at"] == row.expires_at.isoformat().replace("+00:00", "Z")
    await identity.query("UPDATE sign_in SET expires_at = now()")
    assert (await _recognise(identity, session)).status_code == 401


async def test_staff_are_signed_out_after_an_hour_of_nothing_and_after_twelve_hours(identity: IdentitySteps) -> None:
    await identity.sign_up()
    [event] = await identity.harness.published(TeacherRegistered)
    today = (await identity.query("SELECT (now() AT TIME ZONE 'Europe/London')::date AS day"))[0].day
    async with identity.harness.session() as session:
        await grant_role(session, None, event.teacher_id, Role.MODERATOR, from_on=today)
    cookie = await identity.log_in_by_cookie()
    assert (await identity.query("SELECT expires_at - started_at AS life FROM sign_in"))[0].life.seconds == 12 * 3600
    await identity.query("UPDATE browser_session SET last_seen_at = now() - interval '59 minutes'")
    assert (await _recognise(identity, cookie)).status_code == 200
    await identity.query("UPDATE browser_session SET last_seen_at = now() - interval '60 minutes'")
    assert (await _recognise(identity, cookie)).status_code == 401


async def test_renewing_replaces_both_cookies_and_the_old_one_lasts_for_a_moment(identity: IdentitySteps) -> None:
    await identity.sign_up()
    old = await identity.log_in_by_cookie()
    renewed = await identity.post("/v1/auth/browser-session/renewal", {}, caller=await _caller(identity, old))
    new = _cookies(renewed)[SESSION].value
    assert (await _recognise(identity, old)).status_code == 200, "requests that are under way"
    known = (await _recognise(identity, new)).json()
    assert (
        known["csrf_token"] == _cookies(renewed)[CSRF].value != (await _recognise(identity, old)).json()["csrf_token"]
    )
    await identity.query("UPDATE browser_session SET replaced_at = replaced_at - interval '10 seconds'")
    assert [(await _recognise(identity, one)).status_code for one in (old, new)] == [401, 200]


async def test_signing_out_ends_the_session_everywhere_and_takes_the_cookies_back(identity: IdentitySteps) -> None:
    await identity.sign_up()
    session = await identity.log_in_by_cookie()
    caller = await _caller(identity, session)
    ended = []
    for _ in range(2):
        gone = await identity.call("DELETE", "/v1/auth/browser-session", caller=caller)
        assert gone.status_code == 204
        ended.append(gone.headers.get("X-NCCE-Ended"))
        assert {(name, cookie.value, cookie["max-age"]) for name, cookie in _cookies(gone).items()} == {
            (SESSION, "", "0"),
            (CSRF, "", "0"),
        }
    assert (await _recognise(identity, session)).status_code == 401
    [told] = await identity.harness.published(SessionEnded)
    assert (str(told.sign_in_id), told.reason) == (caller.attributes["sign_in_id"], "logged_out")
    assert ended == [str(told.sign_in_id), None], "the gateway need not wait for the event"


async def test_a_holder_of_tokens_gets_no_cookie(identity: IdentitySteps) -> None:
    await identity.sign_up()
    await identity.log_in()
    [sign_in] = await identity.query("SELECT id, person_id FROM sign_in")
    caller = a_teacher(person_id=sign_in.person_id).model_copy(update={"attributes": {"sign_in_id": str(sign_in.id)}})
    refused = await identity.post("/v1/auth/browser-session/renewal", {}, caller=caller)
    assert (refused.status_code, refused.json()["code"]) == (409, "not-signed-in-by-cookie")
    assert refused.headers.get("set-cookie") is None


async def test_everything_that_ends_a_sign_in_says_so(identity: IdentitySteps) -> None:
    await identity.sign_up()
    tokens = [(await identity.log_in()).json()["refresh_token"] for _ in range(3)]
    await identity.log_in_by_cookie()
    [event] = await identity.harness.published(TeacherRegistered)
    await identity.post("/v1/auth/logout", {"refresh_token": tokens[0]})
    await identity.refresh(tokens[1])
    await identity.query("UPDATE refresh_token SET used_at = used_at - interval '11 seconds'")
    await identity.refresh(tokens[1])
    changed = {"password": PASSWORD, "new_password": "another three words"}
    caller = a_teacher(person_id=event.teacher_id)
    assert (await identity.call("PUT", "/v1/me/password", changed, caller=caller)).status_code == 200
    told = await identity.harness.published(SessionEnded)
    assert [one.reason for one in told] == ["logged_out", "token_reused", "password_changed", "password_changed"]
    assert {one.person_id for one in told} == {event.teacher_id}
    assert len({one.sign_in_id for one in told}) == 4
