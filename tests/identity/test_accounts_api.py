"""Registering and confirming."""

import asyncio
from collections import Counter

import pytest

from builders import a_teacher
from contracts.identity import TeacherRegistered
from identity.accounts.rules import MAILS_PER_ADDRESS, denied_passwords
from identity.reference.make_denied_passwords import every_password
from identity_steps import PASSWORD, IdentitySteps, registration


async def test_a_teacher_registers_confirms_signs_in_and_reads_who_they_are(identity: IdentitySteps) -> None:
    accepted = await identity.post("/v1/auth/register", registration("Sam.Teacher@EXAMPLE.org"))
    assert (accepted.status_code, accepted.json()) == (202, {"status": "confirmation_sent"})

    [token] = await identity.tokens_mailed("Sam.Teacher@example.org")
    confirmed = await identity.post("/v1/auth/confirm", {"token": token})
    assert (confirmed.status_code, confirmed.json()) == (200, {"status": "confirmed"})

    assert (await identity.log_in()).status_code == 200
    [event] = await identity.harness.published(TeacherRegistered)
    me = await identity.call("GET", "/v1/me", caller=a_teacher(person_id=event.teacher_id))
    body = me.json()
    assert body["email"] == "Sam.Teacher@example.org"
    assert (body["given_name"], body["family_name"], body["phase"]) == ("Samira", "Teechur", "primary")
    assert (body["school"]["urn"], body["roles"], body["organisation"]) == ("900001", [], None)
    assert body["registered_at"].endswith("Z")
    assert (event.school_urn, event.phase) == ("900001", "primary")
    assert await identity.audited() == ["registration.received", "teacher.registered", "sign_in.succeeded"]


async def test_nobody_signs_in_before_confirming(identity: IdentitySteps) -> None:
    await identity.post("/v1/auth/register", registration())
    refused = await identity.log_in()
    assert (refused.status_code, refused.json()["code"]) == (401, "sign-in-refused")
    assert await identity.harness.published(TeacherRegistered) == []


async def test_a_known_address_gets_the_same_answer_and_a_mail_that_says_so(identity: IdentitySteps) -> None:
    first = await identity.post("/v1/auth/register", registration())
    await identity.sign_up()
    again = await identity.post(
        "/v1/auth/register", registration("SAM.teacher@example.org", password="another fine one")
    )
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert (await identity.mails("SAM.teacher@example.org"))[-1]["Subject"] == "You already have an account"
    assert (await identity.log_in()).status_code == 200
    assert (await identity.log_in(password="another fine one")).status_code == 401


async def test_every_wrong_field_is_named_at_once_without_repeating_what_was_entered(identity: IdentitySteps) -> None:
    body = {
        "email": "nobody",
        "password": "short",
        "school_urn": "12345",
        "phase": "nursery",
        "given_name": " ",
        "admin": 1,
    }
    refused = await identity.post("/v1/auth/register", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "validation-failed")
    wrong = {error["pointer"].strip("/") for error in refused.json()["errors"]}
    assert wrong == {"email", "password", "school_urn", "phase", "given_name", "family_name", "admin"}
    assert "short" not in refused.text.replace("too-short", "").replace("too_short", "")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("eleven char", "password-too-short"),
        ("x" * 7 + "y" * 122, "password-too-long"),
        ("Password1234", "password-too-common"),
        ("qwertyuiop[]", "password-too-common"),
        ("my sam.teacher@example.org", "password-too-common"),
    ],
)
async def test_a_weak_password_is_refused_with_its_reason(identity: IdentitySteps, password: str, code: str) -> None:
    refused = await identity.post("/v1/auth/register", registration(password=password))
    assert [error["code"] for error in refused.json()["errors"]] == [code]


@pytest.mark.parametrize("password", ["twelve chars", "nur klein und lang", "żółć" * 32, "🐘 🦒 🦓 🦏 🐫 🐆 🐅"])
async def test_length_is_all_a_password_needs(identity: IdentitySteps, password: str) -> None:
    await identity.sign_up(password=password)
    assert (await identity.log_in(password=password)).status_code == 200


async def test_a_password_is_the_same_however_its_accents_are_composed(identity: IdentitySteps) -> None:
    await identity.sign_up(password="cafe\u0301 ole\u0301 ole\u0301")
    assert (await identity.log_in(password="caf\u00e9 ol\u00e9 ol\u00e9")).status_code == 200


def test_the_deny_list_is_what_its_program_makes() -> None:
    assert denied_passwords() - {""} == set(every_password())
    assert len(every_password()) >= 3_000


async def test_a_confirmation_link_works_once(identity: IdentitySteps) -> None:
    await identity.sign_up()
    [token] = await identity.tokens_mailed()
    again = await identity.post("/v1/auth/confirm", {"token": token})
    unknown = await identity.post("/v1/auth/confirm", {"token": "A" * 43})
    for refused in (again, unknown):
        assert (refused.status_code, refused.json()["code"]) == (410, "confirmation-link-not-valid")


async def test_a_confirmation_link_expires_after_a_day(identity: IdentitySteps) -> None:
    await identity.post("/v1/auth/register", registration())
    [row] = await identity.query("SELECT expires_at - created_at AS life FROM registration")
    assert row.life.total_seconds() == 24 * 3600
    await identity.query("UPDATE registration SET expires_at = now()")
    [token] = await identity.tokens_mailed()
    assert (await identity.post("/v1/auth/confirm", {"token": token})).status_code == 410


async def test_a_lost_link_is_replaced_by_registering_again_and_either_confirms_what_was_entered_with_it(
    identity: IdentitySteps,
) -> None:
    await identity.post("/v1/auth/register", registration(password="entered by a stranger"))
    await identity.post("/v1/auth/register", registration(school_urn="900002"))
    _, second = await identity.tokens_mailed()
    assert (await identity.post("/v1/auth/confirm", {"token": second})).status_code == 200
    assert (await identity.log_in(password="entered by a stranger")).status_code == 401
    assert (await identity.log_in(password=PASSWORD)).status_code == 200
    [event] = await identity.harness.published(TeacherRegistered)
    assert event.school_urn == "900002"


async def test_fifty_registrations_at_once_make_one_account_and_few_mails(identity: IdentitySteps) -> None:
    spellings = ["sam.teacher@example.org", "Sam.Teacher@example.org"]
    bodies = [registration(spellings[number % 2]) for number in range(50)]
    answers = await asyncio.gather(*(identity.post("/v1/auth/register", body) for body in bodies))
    assert Counter(answer.status_code for answer in answers) == {202: 50}

    tokens = [token for spelling in spellings for token in await identity.tokens_mailed(spelling)]
    assert len(tokens) == MAILS_PER_ADDRESS
    confirmed = await asyncio.gather(*(identity.post("/v1/auth/confirm", {"token": token}) for token in tokens))
    assert Counter(answer.status_code for answer in confirmed) == {200: 1, 410: MAILS_PER_ADDRESS - 1}
    assert len(await identity.query("SELECT 1 FROM account")) == 1
    assert len(await identity.query("SELECT 1 FROM person")) == 1
    assert len(await identity.harness.published(TeacherRegistered)) == 1


async def test_a_link_confirmed_many_times_at_once_registers_one_teacher(identity: IdentitySteps) -> None:
    await identity.post("/v1/auth/register", registration())
    [token] = await identity.tokens_mailed()
    answers = await asyncio.gather(*(identity.post("/v1/auth/confirm", {"token": token}) for _ in range(8)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 410: 7}
    assert len(await identity.harness.published(TeacherRegistered)) == 1


async def test_no_secret_and_no_plain_password_stays_in_the_database(identity: IdentitySteps) -> None:
    await identity.post("/v1/auth/register", registration())
    [token] = await identity.tokens_mailed()
    [mail] = await identity.query("SELECT body, sent_at FROM mail")
    assert mail.body == ""
    assert mail.sent_at is not None
    [row] = await identity.query("SELECT registration::text AS held FROM registration")
    assert token not in row.held
    assert PASSWORD not in row.held


async def test_personal_data_stays_out_of_events_and_audit_trail(identity: IdentitySteps) -> None:
    await identity.sign_up()
    await identity.log_in()
    await identity.log_in(password="not the password")
    rows = await identity.query("SELECT data::text FROM outbox UNION ALL SELECT audit_entry::text FROM audit_entry")
    told = " ".join(row[0] for row in rows)
    assert rows
    for private in ("@", "sam.teacher", "Samira", "Teechur"):
        assert private not in told
