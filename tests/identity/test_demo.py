"""The demo's people."""

from uuid import NAMESPACE_URL, uuid5

import jwt

from builders import staff
from identity.people.demo import PASSWORD, STAFF
from identity_steps import IdentitySteps


async def test_loading_the_demo_twice_changes_nothing(identity: IdentitySteps) -> None:
    snapshots = []
    for _ in range(2):
        await identity.harness.seed("demo-people")
        tables = ("person", "account", "role_grant", "audit_entry", "outbox")
        snapshots.append([await identity.query(f"SELECT * FROM {table} ORDER BY 1") for table in tables])
    assert snapshots[0] == snapshots[1]
    assert len(snapshots[0][0]) == len(STAFF) == 18


async def test_demo_staff_sign_in_with_their_role(identity: IdentitySteps) -> None:
    identity.ask_for_no_factor()
    await identity.harness.seed()
    hub = str(uuid5(NAMESPACE_URL, "https://ncce.example.org/hubs/greater-manchester"))
    for email, role, organisation in (
        ("hub.lead@demo.example.org", "hub_lead", hub),
        ("payment.officer@demo.example.org", "payment_officer", None),
    ):
        answer = await identity.log_in(email, PASSWORD)
        assert answer.status_code == 200
        claims = jwt.decode(answer.json()["access_token"], options={"verify_signature": False})
        assert claims["roles"] == [{"role": role, "organisation_id": organisation}]
        assert claims["attributes"].keys() == {"sign_in_id", "auth_time", "amr"}, "staff have no school"


async def test_demo_staff_see_their_role_and_hub(identity: IdentitySteps) -> None:
    await identity.harness.seed("demo-people")
    me = (await identity.call("GET", "/v1/me", caller=staff("hub_lead", person_id=STAFF[0].id))).json()
    assert (me["school"], me["phase"]) == (None, None)
    assert [role["role"] for role in me["roles"]] == ["hub_lead"]
    assert me["organisation"] == {"id": me["roles"][0]["organisation_id"], "name": None}
