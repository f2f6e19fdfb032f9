"""Changing the address that somebody signs in with, and taking a hostile change back."""

import asyncio

from builders import a_teacher
from chassis.principal import Principal
from identity_steps import PASSWORD, IdentitySteps, registration

OLD, NEW = "sam.teacher@example.org", "sam.new@example.org"


async def _owner(identity: IdentitySteps) -> Principal:
    [row] = await identity.query("SELECT person_id FROM account WHERE email_key IN (:old, :new)", old=OLD, new=NEW)
    return a_teacher(person_id=row.person_id)


async def _ask(identity: IdentitySteps, email: str = NEW, password: str = PASSWORD) -> int:
    body = {"email": email, "password": password}
    return (await identity.post("/v1/me/email-changes", body, caller=await _owner(identity))).status_code


async def _follow(identity: IdentitySteps, token: str) -> tuple[int, str]:
    answer = await identity.post("/v1/auth/email-changes", {"token": token})
    return answer.status_code, answer.json().get("status") if answer.is_success else answer.json()["code"]


async def test_an_address_is_changed_once_the_new_one_is_proven(identity: IdentitySteps) -> None:
    await identity.sign_up()
    assert await _ask(identity) == 202
    assert (await identity.log_in()).status_code == 200, "nothing has changed yet"
    [token] = await identity.tokens_mailed(NEW)
    assert await _follow(identity, token) == (200, "email_changed")
    assert (await identity.log_in(OLD)).status_code == 401
    assert (await identity.log_in(NEW)).status_code == 200
    assert [mail["Subject"] for mail in await identity.mails(OLD)][-1] == "Your e-mail address was changed"
    assert await _follow(identity, token) == (410, "email-change-link-not-valid")


async def test_whoever_lost_the_account_takes_it_back_by_the_old_address(identity: IdentitySteps) -> None:
    await identity.sign_up()
    await _ask(identity)
    await _follow(identity, (await identity.tokens_mailed(NEW))[-1])
    thief = await identity.log_in(NEW)
    body = {"password": PASSWORD, "new_password": "the password of a thief"}
    await identity.call("PUT", "/v1/me/password", body, caller=await _owner(identity))
    await identity.post("/v1/auth/password-resets", {"email": NEW})
    left_behind = (await identity.tokens_mailed(NEW))[-1]

    [undo] = (await identity.tokens_mailed(OLD))[1:]
    assert await _follow(identity, undo) == (200, "email_restored")
    for password in (PASSWORD, "the password of a thief"):
        assert (await identity.log_in(OLD, password)).status_code == 401
    assert (await identity.refresh(thief.json()["refresh_token"])).status_code == 401
    stolen = {"token": left_behind, "new_password": "marble orchard telegram"}
    assert (await identity.post("/v1/auth/password-reset", stolen)).status_code == 410
    link = (await identity.tokens_mailed(OLD))[-1]
    mine = {"token": link, "new_password": "mine again, for ever"}
    assert (await identity.post("/v1/auth/password-reset", mine)).status_code == 200
    assert (await identity.log_in(OLD, "mine again, for ever")).status_code == 200


async def test_a_change_can_be_taken_back_for_a_week(identity: IdentitySteps) -> None:
    await identity.sign_up()
    await _ask(identity)
    await _follow(identity, (await identity.tokens_mailed(NEW))[-1])
    [row] = await identity.query("SELECT expires_at - requested_at AS lifetime FROM email_change")
    assert row.lifetime.days == 7
    await identity.query("UPDATE email_change SET expires_at = now()")
    assert (await _follow(identity, (await identity.tokens_mailed(OLD))[-1]))[0] == 410


async def test_an_address_with_an_account_is_answered_alike_and_stays_its_owners(identity: IdentitySteps) -> None:
    await identity.sign_up("another@example.org")
    await identity.sign_up()
    assert await _ask(identity, "another@example.org") == 202
    assert [mail["Subject"] for mail in await identity.mails("another@example.org")][
        -1
    ] == "You already have an account"
    assert await identity.query("SELECT 1 FROM email_change") == []


async def test_an_address_that_was_registered_in_the_meantime_is_not_taken(identity: IdentitySteps) -> None:
    await identity.sign_up()
    await _ask(identity)
    [token] = await identity.tokens_mailed(NEW)
    await identity.post("/v1/auth/register", registration(NEW))
    mailed = (await identity.tokens_mailed(NEW))[-1]
    assert (await identity.post("/v1/auth/confirm", {"token": mailed})).status_code == 200
    assert await _follow(identity, token) == (410, "email-change-link-not-valid")
    assert (await identity.log_in(OLD)).status_code == 200


async def test_the_spelling_of_an_address_may_change(identity: IdentitySteps) -> None:
    await identity.sign_up()
    assert await _ask(identity, "Sam.Teacher@example.org") == 202
    token = (await identity.tokens_mailed("Sam.Teacher@example.org"))[-1]
    assert await _follow(identity, token) == (200, "email_changed")
    assert await identity.query("SELECT 1 FROM email_change") == [], "there is nothing to take back"


async def test_the_password_is_asked_for(identity: IdentitySteps) -> None:
    await identity.sign_up()
    assert await _ask(identity, password="not the password") == 403
    assert await identity.mails(NEW) == []


async def test_of_two_clicks_at_once_one_counts(identity: IdentitySteps) -> None:
    await identity.sign_up()
    await _ask(identity)
    [token] = await identity.tokens_mailed(NEW)
    answers = await asyncio.gather(*(_follow(identity, token) for _ in range(5)))
    assert sorted(status for status, _ in answers) == [200, 410, 410, 410, 410]


async def test_restoring_the_address_removes_factors_that_were_added_with_the_change(identity: IdentitySteps) -> None:
    await identity.sign_up()
    person_id = (await _owner(identity)).id
    await _ask(identity)
    factor = "INSERT INTO passkey (id, credential_id, person_id, public_key, sign_count, name, created_at)"
    for name, age in (("owner", "90 days"), ("thief", "1 hour")):
        values = f"VALUES (gen_random_uuid(), :name, :person_id, '', 0, 'key', now() - interval '{age}')"
        await identity.query(f"{factor} {values}", name=name.encode(), person_id=person_id)
    await _follow(identity, (await identity.tokens_mailed(NEW))[-1])
    await identity.query(
        "INSERT INTO totp_factor (person_id, secret, key_id, created_at, last_step) VALUES (:id, '', 'k', now(), 0)",
        id=person_id,
    )
    assert await _follow(identity, (await identity.tokens_mailed(OLD))[1]) == (200, "email_restored")
    left = await identity.query("SELECT credential_id FROM passkey")
    assert [row.credential_id for row in left] == [b"owner"]
    assert await identity.query("SELECT 1 FROM totp_factor") == []
