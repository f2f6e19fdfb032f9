"""Getting back into an account by mail, and changing its password."""

import asyncio
from uuid import UUID

import pytest

from builders import a_teacher
from chassis.principal import Principal
from identity_steps import PASSWORD, IdentitySteps

EMAIL = "sam.teacher@example.org"
ANOTHER = "marble orchard telegram"


async def _owner(identity: IdentitySteps, sign_in: UUID | None = None) -> Principal:
    [row] = await identity.query("SELECT person_id FROM account WHERE email_key = :key", key=EMAIL)
    caller = a_teacher(person_id=row.person_id)
    if sign_in is None:
        return caller
    return caller.model_copy(update={"attributes": {**caller.attributes, "sign_in_id": str(sign_in)}})


async def _ask(identity: IdentitySteps, email: str = EMAIL) -> int:
    return (await identity.post("/v1/auth/password-resets", {"email": email})).status_code


async def _reset(identity: IdentitySteps, token: str, password: str = ANOTHER) -> tuple[int, str | None]:
    answer = await identity.post("/v1/auth/password-reset", {"token": token, "new_password": password})
    return answer.status_code, answer.json().get("code")


async def test_a_forgotten_password_is_replaced_by_mail_and_everybody_is_signed_out(identity: IdentitySteps) -> None:
    await identity.sign_up()
    elsewhere = (await identity.log_in()).json()["refresh_token"]
    assert await _ask(identity) == 202
    token = (await identity.tokens_mailed())[-1]
    assert await _reset(identity, token) == (200, None)
    assert (await identity.log_in()).status_code == 401
    assert (await identity.log_in(password=ANOTHER)).status_code == 200
    assert (await identity.refresh(elsewhere)).status_code == 401
    assert [mail["Subject"] for mail in await identity.mails()][-1] == "Your password was changed"
    assert await _reset(identity, token) == (410, "reset-link-not-valid")
    assert {"password.reset_requested", "password.changed", "sign_in.ended"} <= set(await identity.audited())


async def test_every_address_is_answered_alike_and_only_its_mailbox_learns_more(identity: IdentitySteps) -> None:
    await identity.sign_up()
    answers = [
        await identity.post("/v1/auth/password-resets", {"email": email}) for email in (EMAIL, "nobody@example.org")
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json() == answers[1].json() == {"status": "mail_sent"}
    [mail] = await identity.mails("nobody@example.org")
    assert mail["Subject"] == "There is no account with this address"
    assert await identity.tokens_mailed("nobody@example.org") == []


async def test_nobodys_mailbox_is_flooded(identity: IdentitySteps) -> None:
    await identity.sign_up()
    for _ in range(8):
        assert await _ask(identity) == 202
    assert len(await identity.mails()) == 5


async def test_a_link_is_over_after_an_hour(identity: IdentitySteps) -> None:
    await identity.sign_up()
    await _ask(identity)
    await identity.write_letters()
    await identity.query("UPDATE password_reset SET expires_at = now()")
    assert await _reset(identity, (await identity.tokens_mailed())[-1]) == (410, "reset-link-not-valid")
    assert (await identity.log_in()).status_code == 200


async def test_the_first_link_that_is_used_spoils_the_others(identity: IdentitySteps) -> None:
    await identity.sign_up()
    await _ask(identity)
    await _ask(identity)
    *_, first, second = await identity.tokens_mailed()
    assert await _reset(identity, first) == (200, None)
    assert await _reset(identity, second, "another marble orchard") == (410, "reset-link-not-valid")


async def test_of_two_uses_of_a_link_at_once_one_counts(identity: IdentitySteps) -> None:
    await identity.sign_up()
    await _ask(identity)
    token = (await identity.tokens_mailed())[-1]
    answers = await asyncio.gather(*(_reset(identity, token, f"marble orchard {n}") for n in range(5)))
    assert sorted(status for status, _ in answers) == [200, 410, 410, 410, 410]


@pytest.mark.parametrize(
    ("password", "status"), [("short", 422), ("password123456", 422), (f"my {EMAIL} password", 422), (ANOTHER, 200)]
)
async def test_a_poor_password_is_refused_and_the_link_stays_good(
    identity: IdentitySteps, password: str, status: int
) -> None:
    await identity.sign_up()
    await _ask(identity)
    token = (await identity.tokens_mailed())[-1]
    assert (await _reset(identity, token, password))[0] == status
    assert (await _reset(identity, token, "another marble orchard"))[0] == (200 if status == 422 else 410)


async def test_getting_back_in_by_mail_ends_the_waiting_after_failures(identity: IdentitySteps) -> None:
    await identity.sign_up()
    # Allowance comes back with time: on a slow machine it takes some more until it is spent.
    tries = [(await identity.log_in(password="not the password")).status_code for _ in range(24)]
    assert 429 in tries
    await _ask(identity)
    await _reset(identity, (await identity.tokens_mailed())[-1])
    assert (await identity.log_in(password=ANOTHER)).status_code == 200


async def _change(
    identity: IdentitySteps, caller: Principal, password: str, new: str = ANOTHER
) -> tuple[int, str | None]:
    body = {"password": password, "new_password": new}
    answer = await identity.call("PUT", "/v1/me/password", body, caller=caller)
    return answer.status_code, answer.json().get("code")


async def test_a_changed_password_signs_out_everybody_else(identity: IdentitySteps) -> None:
    await identity.sign_up()
    here, elsewhere = [(await identity.log_in()).json()["refresh_token"] for _ in range(2)]
    [first, _] = await identity.query("SELECT id FROM sign_in ORDER BY started_at")
    assert await _change(identity, await _owner(identity, first.id), PASSWORD) == (200, None)
    assert (await identity.refresh(here)).status_code == 200
    assert (await identity.refresh(elsewhere)).status_code == 401
    assert (await identity.log_in(password=ANOTHER)).status_code == 200


async def test_being_signed_in_is_not_enough_to_change_the_password(identity: IdentitySteps) -> None:
    await identity.sign_up()
    owner = await _owner(identity)
    for _ in range(10):
        assert await _change(identity, owner, "not the password") == (403, "password-not-confirmed")
    assert await _change(identity, owner, "not the password") == (429, "too-many-failures")
    await identity.query("UPDATE sign_in_attempts SET retry_at = now() + interval '30 seconds'")
    assert (await identity.log_in()).status_code == 429, "tries here count as tries there"
    await identity.query("UPDATE sign_in_attempts SET retry_at = now()")
    assert await _change(identity, owner, PASSWORD, f"so {EMAIL} it is") == (422, "password-holds-address")
    assert await _change(identity, owner, PASSWORD) == (200, None)


async def test_of_two_changes_at_once_one_counts(identity: IdentitySteps) -> None:
    await identity.sign_up()
    owner = await _owner(identity)
    answers = await asyncio.gather(*(_change(identity, owner, PASSWORD, f"marble orchard {n}") for n in range(4)))
    assert sorted(status for status, _ in answers) == [200, 403, 403, 403]
    assert (await identity.log_in()).status_code == 401
