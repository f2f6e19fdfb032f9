"""Who the caller is."""

import time

import jwt
import pytest

from builders import GATEWAY_KEY, GATEWAY_SIGNER, a_key, a_teacher, anonymous, partner
from chassis.principal import HEADER, ISSUER, TOKEN_TYPE, sign_principal
from contracts.identity import TeacherRegistered
from identity_steps import IdentitySteps

CALLER = a_teacher()


def _claims(**changes: object) -> dict[str, object]:
    now = int(time.time())
    return {
        "kind": "person",
        "id": str(CALLER.id),
        "iss": ISSUER,
        "aud": "identity",
        "iat": now,
        "exp": now + 60,
        **changes,
    }


def _signed(claims: dict[str, object], typ: str = TOKEN_TYPE, kid: str = "gateway") -> str:
    return jwt.encode(claims, GATEWAY_SIGNER.key, algorithm="EdDSA", headers={"kid": kid, "typ": typ})


FORGED = {
    "nothing": "",
    "text": "person",
    "unsigned": jwt.encode(_claims(), "", algorithm="none", headers={"kid": "gateway", "typ": TOKEN_TYPE}),
    "another key": sign_principal(CALLER, jwt.PyJWK(a_key("gateway"), algorithm="EdDSA"), "identity"),
    "unknown kid": _signed(_claims(), kid="other"),
    "public key as a shared secret": jwt.encode(
        _claims(), GATEWAY_KEY["x"].ljust(32, "="), algorithm="HS256", headers={"kid": "gateway", "typ": TOKEN_TYPE}
    ),
    "another service": sign_principal(CALLER, GATEWAY_SIGNER, "funding"),
    "another issuer": _signed(_claims(iss="ncce-identity")),
    "an access token": _signed(_claims(), typ="at+jwt"),
    "expired": _signed(_claims(iat=1, exp=2)),
    "no expiry": _signed({name: value for name, value in _claims().items() if name != "exp"}),
    "another kind": _signed(_claims(kind="root")),
    "tail cut off": sign_principal(CALLER, GATEWAY_SIGNER, "identity")[:-4],
}


@pytest.mark.parametrize("statement", FORGED.values(), ids=FORGED.keys())
async def test_a_forged_statement_about_the_caller_is_refused(identity: IdentitySteps, statement: str) -> None:
    client = await identity.harness.client(None, **{HEADER: statement})
    for path in ("/v1/me", "/v1/organisations"):
        assert (await client.get(path)).status_code == 401


async def test_without_the_gateways_statement_even_a_public_route_is_closed(identity: IdentitySteps) -> None:
    client = await identity.harness.client(None)
    assert (await client.get("/v1/organisations")).status_code == 401


async def test_only_people_may_ask_who_they_are(identity: IdentitySteps) -> None:
    assert (await identity.call("GET", "/v1/me", caller=anonymous())).status_code == 401
    assert (await identity.call("GET", "/v1/me", caller=partner("courses:read"))).status_code == 403
    assert (await identity.call("GET", "/v1/me", caller=a_teacher())).status_code == 404


async def test_a_person_sees_themselves_and_nobody_else(identity: IdentitySteps) -> None:
    await identity.sign_up("one@example.org")
    await identity.sign_up("two@example.org", school_urn="900002", phase="post_16")
    seen = []
    for event in await identity.harness.published(TeacherRegistered):
        me = await identity.call("GET", "/v1/me", caller=a_teacher(person_id=event.teacher_id))
        seen.append((me.json()["email"], me.json()["school"]["urn"]))
    assert seen == [("one@example.org", "900001"), ("two@example.org", "900002")]
