"""Second factors, from adding one to being asked for it."""

import asyncio

import pyotp
import pytest

from factor_steps import Factors
from identity.people.models import Role
from identity_steps import PASSWORD, IdentitySteps
from software_authenticator import Authenticator

CODE = {"method": "totp", "code": "000000"}


async def test_whoever_has_an_app_is_asked_for_its_code_after_the_password(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    added = await sam.add_app()
    assert (added.status_code, len(added.json()["recovery_codes"])) == (200, 10)
    asked = await sam.sign_in()
    assert (asked["status"], asked["methods"]) == ("second_factor_required", ["totp", "recovery_code"])
    assert "access_token" not in asked
    answer = await sam.prove(asked["challenge"], method="totp", code=await sam.code())
    assert answer.status_code == 200
    assert sam.caller.attributes["amr"] == "pwd otp mfa"
    again = await sam.prove(asked["challenge"], method="totp", code=await sam.code())
    assert (again.status_code, again.json()["code"]) == (401, "challenge-not-valid"), "answered once"
    held = " ".join(row.held for row in await identity.query("SELECT totp_factor::text AS held FROM totp_factor"))
    assert sam.secret.encode().hex() not in held


async def test_a_code_works_once_even_twice_at_the_same_moment(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    await sam.add_app()
    challenges = [(await sam.sign_in())["challenge"] for _ in range(4)]
    code = await sam.code()
    answers = await asyncio.gather(*(sam.prove(one, method="totp", code=code) for one in challenges))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]


async def test_a_secret_is_no_factor_before_a_code_confirms_it(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    first = (await sam.call("POST", "/second-factors/totp")).json()
    second = (await sam.call("POST", "/second-factors/totp")).json()
    assert first["secret"] != second["secret"]
    assert second["otpauth_uri"].startswith("otpauth://totp/")
    assert sam.email not in second["otpauth_uri"]
    wrong = await sam.call("POST", "/second-factors/totp/confirmation", {"code": pyotp.TOTP(first["secret"]).now()})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "proof-refused")
    assert (await sam.sign_in())["status"] == "signed_in"
    await sam.add_app()
    there = await sam.call("POST", "/second-factors/totp")
    assert (there.status_code, there.json()["code"]) == (409, "factor-there-already")


async def test_guessing_codes_ends_the_challenge_and_is_slowed_down(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    await sam.add_app()
    challenge = (await sam.sign_in())["challenge"]
    answers = [await sam.prove(challenge, **CODE) for _ in range(6)]
    assert [answer.json()["code"] for answer in answers] == ["proof-refused"] * 5 + ["challenge-not-valid"]
    challenge = (await sam.sign_in())["challenge"]
    slowed = await sam.prove(challenge, **CODE)
    assert (slowed.status_code, slowed.json()["code"]) == (429, "too-many-failures")
    await identity.query("UPDATE sign_in_attempts SET retry_at = now()")
    assert (await sam.prove(challenge, method="totp", code=await sam.code())).status_code == 200, "nobody is locked out"


async def test_a_challenge_lasts_for_five_minutes(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    await sam.add_app()
    challenge = (await sam.sign_in())["challenge"]
    await identity.query("UPDATE proof_challenge SET expires_at = now()")
    assert (await sam.prove(challenge, method="totp", code=await sam.code())).json()["code"] == "challenge-not-valid"
    await sam.sign_in()
    assert len(await identity.query("SELECT 1 FROM proof_challenge")) == 1, "what was never answered goes"


async def test_a_recovery_code_works_once_and_is_told_by_mail(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    await sam.add_app()
    code = sam.recovery_codes[3].upper().replace("-", " ")
    statuses = []
    for _ in range(2):
        challenge = (await sam.sign_in())["challenge"]
        statuses.append((await sam.prove(challenge, method="recovery_code", code=code)).status_code)
    assert statuses == [200, 401]
    assert (await sam.call("GET", "/second-factors")).json()["recovery_codes_left"] == 9
    told = await sam.mailed()
    assert ["authenticator app was added" in told[0], "recovery codes of your account was used up" in told[1]] == [
        True
    ] * 2
    held = await identity.query("SELECT recovery_code::text AS held FROM recovery_code")
    assert not any(code.replace("-", "").encode().hex() in row.held for code in sam.recovery_codes for row in held)


async def test_new_recovery_codes_replace_the_old(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    assert (await sam.call("POST", "/second-factors/recovery-codes")).status_code == 404, "nothing to recover from"
    await sam.add_app()
    old = sam.recovery_codes[0]
    new = (await sam.call("POST", "/second-factors/recovery-codes")).json()["recovery_codes"]
    assert len({*new, *sam.recovery_codes}) == 20
    challenge = (await sam.sign_in())["challenge"]
    assert (await sam.prove(challenge, method="recovery_code", code=old)).status_code == 401
    assert (await sam.prove(challenge, method="recovery_code", code=new[0])).status_code == 200


async def test_a_passkey_is_a_second_factor(identity: IdentitySteps) -> None:
    sam, device = await Factors(identity).sign_up(), Authenticator(verifies=False)
    added = await sam.add_passkey(device)
    assert (added.status_code, len(added.json()["recovery_codes"])) == (201, 10)
    asked = await sam.sign_in()
    assert asked["methods"] == ["passkey", "recovery_code"]
    answer = await sam.prove(asked["challenge"], method="passkey", credential=device.sign(asked["passkey_options"]))
    assert answer.status_code == 200
    assert sam.caller.attributes["amr"] == "pwd pop user mfa"
    stranger = Authenticator(credential_id=device.credential_id)
    asked = await sam.sign_in()
    signed = stranger.sign(asked["passkey_options"])
    assert (await sam.prove(asked["challenge"], method="passkey", credential=signed)).status_code == 401


async def test_a_passkey_that_verifies_its_holder_signs_in_alone(identity: IdentitySteps) -> None:
    sam, device = await Factors(identity).sign_up(), Authenticator()
    await sam.add_passkey(device)
    asked = (await identity.post("/v1/auth/passkey-challenges", {})).json()
    assert asked["options"].get("allowCredentials", []) == [], "whose passkey it is, it says itself"
    body = {"challenge": asked["challenge"], "credential": device.sign(asked["options"])}
    answer = await identity.post("/v1/auth/passkey", body)
    assert answer.status_code == 200
    assert (await identity.post("/v1/auth/passkey", body)).json()["code"] == "challenge-not-valid"


@pytest.mark.parametrize(
    "device",
    [Authenticator(verifies=False), Authenticator(origin="https://evil.example.org"), Authenticator(counts_by=0)],
    ids=["a device that verifies nobody", "a page of somebody else's", "a copy, which has not counted on"],
)
async def test_what_is_not_the_holder_at_this_site_does_not_sign_in(
    identity: IdentitySteps, device: Authenticator
) -> None:
    sam, honest = await Factors(identity).sign_up(), Authenticator()
    await sam.add_passkey(honest)
    device.credential_id, device.key, device.count = honest.credential_id, honest.key, 1
    await identity.query("UPDATE passkey SET sign_count = 1")
    asked = (await identity.post("/v1/auth/passkey-challenges", {})).json()
    body = {"challenge": asked["challenge"], "credential": device.sign(asked["options"])}
    refused = await identity.post("/v1/auth/passkey", body)
    assert (refused.status_code, refused.json()["code"]) == (401, "proof-refused")


@pytest.mark.parametrize("credential", [{}, {"id": "x"}, {"id": 7}, {"id": "AAAA", "response": {"signature": []}}])
async def test_what_is_no_passkey_at_all_is_refused(identity: IdentitySteps, credential: dict[str, object]) -> None:
    sam = await Factors(identity).sign_up()
    asked = (await identity.post("/v1/auth/passkey-challenges", {})).json()
    body = {"challenge": asked["challenge"], "credential": credential}
    assert (await identity.post("/v1/auth/passkey", body)).status_code == 401
    asked = (await sam.call("POST", "/second-factors/passkeys/challenges")).json()
    body = {"challenge": asked["challenge"], "name": "Phone", "credential": credential}
    refused = await sam.call("POST", "/second-factors/passkeys", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "passkey-not-accepted")


async def test_a_passkey_is_somebodys_alone_and_is_removed_by_them(identity: IdentitySteps) -> None:
    sam, device = await Factors(identity).sign_up(), Authenticator()
    await sam.add_passkey(device)
    other = await Factors(identity, "another@example.org").sign_up()
    taken = await other.add_passkey(device)
    assert (taken.status_code, taken.json()["code"]) == (409, "passkey-not-accepted")
    [mine] = (await sam.call("GET", "/second-factors")).json()["passkeys"]
    assert (await other.call("DELETE", f"/second-factors/passkeys/{mine['id']}")).status_code == 404
    assert (await sam.call("DELETE", f"/second-factors/passkeys/{mine['id']}")).status_code == 204
    assert (await sam.call("GET", "/second-factors")).json() == {
        "is_required": False,
        "totp": None,
        "passkeys": [],
        "recovery_codes_left": 0,
    }
    assert "passkey was removed" in (await sam.mailed())[-1]


async def test_staff_without_a_factor_can_set_one_up_and_do_nothing_else(identity: IdentitySteps) -> None:
    ada = await Factors(identity).sign_up(Role.ADMINISTRATOR)
    assert (ada.caller.roles, ada.caller.is_limited) == ((), True)
    for method, path in (("GET", "/sign-ins"), ("PUT", "/password"), ("GET", "/mail-preferences")):
        refused = await ada.call(method, path, {} if method == "PUT" else None)
        assert (refused.status_code, refused.json()["code"]) == (403, "second-factor-required")
    refused = await identity.call("GET", "/v1/api-keys", caller=ada.caller)
    assert refused.json()["code"] == "second-factor-required"
    assert (await ada.call("GET", "/second-factors")).json()["is_required"] is True
    assert (await ada.call("GET", "")).status_code == 200
    await ada.add_app()
    await ada.refresh()
    assert [grant.role for grant in ada.caller.roles] == ["administrator"]
    assert (await identity.call("GET", "/v1/api-keys", caller=ada.caller)).status_code == 200
    needed = await ada.call("DELETE", "/second-factors/totp")
    assert (needed.status_code, needed.json()["code"]) == (409, "factor-needed")


async def test_a_role_that_comes_later_asks_for_a_factor_at_the_next_refresh(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    assert sam.caller.id is not None
    await sam.grant(sam.caller.id, Role.PAYMENT_OFFICER)
    await sam.refresh()
    assert (sam.caller.roles, sam.caller.is_limited) == ((), True)


async def test_changing_factors_needs_a_proof_of_the_last_ten_minutes(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    await sam.grow_old()
    refused = await sam.call("POST", "/second-factors/totp")
    assert (refused.status_code, refused.json()["code"]) == (403, "fresh-proof-required")
    assert (await sam.prove_again(method="password", password="not the password")).status_code == 403
    assert (await sam.prove_again()).json()["status"] == "proven"
    await sam.add_app()
    await sam.grow_old()
    assert (await sam.call("DELETE", "/second-factors/totp")).json()["code"] == "fresh-proof-required"
    assert (await sam.prove_again()).status_code == 401, "a password is not enough where there is a factor"
    assert (await sam.prove_again(method="totp", code=await sam.code())).status_code == 200
    assert (await sam.call("DELETE", "/second-factors/totp")).status_code == 204


async def test_an_account_with_a_factor_is_changed_with_both_password_and_factor(identity: IdentitySteps) -> None:
    sam, device = await Factors(identity).sign_up(), Authenticator()
    await sam.add_passkey(device)
    await sam.grow_old()
    change = {"password": PASSWORD, "new_password": "another three words"}
    assert (await sam.call("PUT", "/password", change)).json()["code"] == "fresh-proof-required"
    email = {"password": PASSWORD, "email": "sam.new@example.org"}
    assert (await sam.call("POST", "/email-changes", email)).json()["code"] == "fresh-proof-required"
    asked = (await sam.call("POST", "/proofs/challenges")).json()
    body = {
        "challenge": asked["challenge"],
        "proof": {"method": "passkey", "credential": device.sign(asked["options"])},
    }
    assert (await sam.call("POST", "/proofs", body)).status_code == 200
    assert (await sam.call("POST", "/proofs", body)).status_code == 401, "a question is answered once"
    assert (await sam.call("PUT", "/password", change)).status_code == 200


async def test_a_cookie_is_replaced_whenever_it_can_do_more_and_when_the_password_changes(
    identity: IdentitySteps,
) -> None:
    sam = await Factors(identity).sign_up()
    cookies = [await identity.log_in_by_cookie()]
    [row] = await identity.query("SELECT sign_in_id FROM browser_session")
    sam.caller = sam.caller.model_copy(update={"attributes": {"sign_in_id": str(row.sign_in_id)}})
    for answer in (
        await sam.add_app(),
        await sam.prove_again(method="totp", code=await sam.code()),
        await sam.call("PUT", "/password", {"password": PASSWORD, "new_password": "another three words"}),
    ):
        assert answer.status_code == 200, answer.text
        cookies.append(answer.cookies["__Host-ncce_session"])
    assert len(set(cookies)) == 4
    assert len(await identity.query("SELECT 1 FROM browser_session WHERE replaced_at IS NULL")) == 1


async def test_the_second_step_gives_a_browser_its_session(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    await sam.add_app()
    answer = await sam.prove((await sam.sign_in())["challenge"], "cookie", method="totp", code=await sam.code())
    assert answer.json()["status"] == "session_started"
    assert answer.cookies["__Host-ncce_session"]
