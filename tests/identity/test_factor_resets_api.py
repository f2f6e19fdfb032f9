"""Lost second factors are removed by two administrators."""

import httpx

from builders import a_fresh_key, staff
from chassis.principal import Principal
from contracts.identity import SessionEnded
from factor_steps import Factors
from identity.people.models import Role
from identity_steps import IdentitySteps
from software_authenticator import Authenticator

REASON = "Lost the phone; recognised in a video call."
ASKS, DECIDES = staff("administrator"), staff("administrator")


async def _post(identity: IdentitySteps, caller: Principal, path: str, body: object) -> httpx.Response:
    client = await identity.harness.client(caller, **a_fresh_key())
    return await client.post(f"/v1/factor-resets{path}", json=body)


async def test_two_administrators_remove_what_somebody_has_lost_and_every_device_is_signed_out(
    identity: IdentitySteps,
) -> None:
    sam = await Factors(identity).sign_up(Role.AUDITOR)
    await sam.add_app()
    await sam.add_passkey(Authenticator())
    asked = await _post(identity, ASKS, "", {"email": sam.email, "reason": REASON})
    assert asked.status_code == 201, asked.text
    path = f"/{asked.json()['id']}/decision"
    assert (await _post(identity, ASKS, "", {"email": sam.email, "reason": REASON})).json()[
        "code"
    ] == "factor-reset-open"
    own = await _post(identity, ASKS, path, {"outcome": "approved"})
    assert (own.status_code, own.json()["code"]) == (403, "factor-reset-takes-two")
    assert (await sam.sign_in())["status"] == "second_factor_required", "asking alone removes nothing"

    done = await _post(identity, DECIDES, path, {"outcome": "approved"})
    assert (done.json()["outcome"], done.json()["decided_by"]) == ("approved", str(DECIDES.id))
    assert (await _post(identity, DECIDES, path, {"outcome": "approved"})).status_code == 404
    assert (await identity.refresh(sam.tokens["refresh_token"])).status_code == 401
    assert {one.reason for one in await identity.harness.published(SessionEnded)} == {"factors_reset"}
    assert (await sam.sign_in())["status"] == "signed_in"
    assert sam.caller.is_limited, "a new factor comes first"
    told = await sam.mailed()
    assert ["asked to remove all" in told[-2], "administrators removed all" in told[-1]] == [True, True]


async def test_nobody_resets_their_own_factors_and_a_refusal_removes_none(identity: IdentitySteps) -> None:
    sam = await Factors(identity).sign_up()
    await sam.add_app()
    assert sam.caller.id is not None
    body = {"email": sam.email, "reason": REASON}
    themself = staff("administrator", person_id=sam.caller.id)
    assert (await _post(identity, themself, "", body)).json()["code"] == "factor-reset-takes-two"
    asked = (await _post(identity, ASKS, "", body)).json()
    path = f"/{asked['id']}/decision"
    assert (await _post(identity, themself, path, {"outcome": "approved"})).json()["code"] == "factor-reset-takes-two"
    assert (await _post(identity, DECIDES, path, {"outcome": "refused"})).status_code == 200
    assert (await sam.sign_in())["status"] == "second_factor_required"
    listed = (await identity.call("GET", "/v1/factor-resets", caller=ASKS)).json()["data"]
    assert [one["outcome"] for one in listed] == ["refused"]
    nobody = {"email": "nobody@example.org", "reason": REASON}
    assert (await _post(identity, ASKS, "", nobody)).json()["code"] == "person-not-found"
