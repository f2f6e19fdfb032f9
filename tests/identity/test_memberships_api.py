"""Organisations look after their own people; the strongest roles take two administrators."""

import asyncio
from uuid import UUID

import httpx
import pytest

from builders import a_fresh_key, a_teacher, staff
from chassis.ids import new_id
from chassis.principal import Principal, RoleGrant
from contracts.identity import TeacherRegistered
from identity.memberships.rules import STRONG, may_grant
from identity.organisations.seed import organisation_id
from identity.people.models import Role
from identity_steps import IdentitySteps

STEM, BCS, HUB = organisation_id("stem-learning"), organisation_id("bcs"), new_id()
ADMINISTRATOR, SECOND = staff("administrator"), staff("administrator")
DELEGATES = {
    "partner_admin": {"partner_admin", "assessor", "moderator", "network_lead", "lead_evaluator"},
    "hub_lead": {"hub_lead", "hub_administrator"},
}


@pytest.mark.parametrize("held", Role)
def test_nobody_grants_more_than_the_table_says(held: Role) -> None:
    own, elsewhere = [RoleGrant(role=held, organisation_id=HUB)], [RoleGrant(role=held, organisation_id=STEM)]
    granted = {role.value for role in Role if may_grant(own, role, HUB)}
    weak = {role.value for role in Role if role not in STRONG}
    assert granted == (weak if held is Role.ADMINISTRATOR else DELEGATES.get(held.value, set()))
    if held is not Role.ADMINISTRATOR:
        assert not any(may_grant(elsewhere, role, HUB) or may_grant(own, role, None) for role in Role)


async def send(identity: IdentitySteps, caller: Principal, path: str, body: object) -> httpx.Response:
    client = await identity.harness.client(caller, **a_fresh_key())
    return await client.post(f"/v1/memberships{path}", json=body)


async def a_person(identity: IdentitySteps, email: str = "sam.teacher@example.org") -> UUID:
    await identity.sign_up(email)
    return (await identity.harness.published(TeacherRegistered))[-1].teacher_id


async def roles_of(identity: IdentitySteps, person_id: str) -> list[str]:
    """What the next access token is made of."""
    me = await identity.call("GET", "/v1/me", caller=a_teacher(person_id=UUID(person_id)))
    return [one["role"] for one in me.json()["roles"]]


async def test_an_invited_stranger_gets_an_account_and_the_role(identity: IdentitySteps) -> None:
    await identity.harness.seed("organisations", "demo-people")
    [boss] = await identity.query("SELECT person_id FROM role_grant WHERE role = 'hub_lead'")
    hub = (await identity.query("SELECT organisation_id FROM role_grant WHERE role = 'hub_lead'"))[0].organisation_id
    lead = staff("hub_lead", organisation_id=hub, person_id=boss.person_id)
    wanted = {"email": "kim@example.org", "role": "hub_administrator", "organisation_id": str(hub)}
    sent = await send(identity, lead, "/invitations", wanted)
    assert sent.status_code == 201, sent.text
    [token] = await identity.tokens_mailed("kim@example.org")
    bare = await identity.post("/v1/auth/invitations", {"token": token})
    assert bare.json()["code"] == "account-details-missing"
    details = {"given_name": "Kim", "family_name": "Keeper", "password": "walnut copper lighthouse"}
    taken = await identity.post("/v1/auth/invitations", {"token": token, **details})
    assert taken.json() == {"status": "accepted", "has_new_account": True}
    again = await identity.post("/v1/auth/invitations", {"token": token, **details})
    assert again.json()["code"] == "invitation-not-valid"
    assert (await identity.log_in("kim@example.org")).status_code == 200
    listed = await identity.call("GET", f"/v1/memberships?organisation_id={hub}", caller=lead)
    [kim] = [one for one in listed.json()["data"] if one["email"] == "kim@example.org"]
    assert kim["granted_by"] == str(boss.person_id)
    assert await roles_of(identity, kim["person_id"]) == ["hub_administrator"]
    ended = await send(identity, lead, f"/{kim['id']}/end", {})
    assert ended.json()["ended_at"] is not None
    assert await roles_of(identity, kim["person_id"]) == [], "an ended role is out of the next token"


async def test_an_invitation_lapses_with_the_role_of_who_invited(identity: IdentitySteps) -> None:
    inviter = await a_person(identity)
    caller = staff("partner_admin", organisation_id=STEM, person_id=inviter)
    wanted = {"email": "kim@example.org", "role": "moderator", "organisation_id": str(STEM)}
    assert (await send(identity, caller, "/invitations", wanted)).status_code == 201
    [token] = await identity.tokens_mailed("kim@example.org")
    taken = await identity.post("/v1/auth/invitations", {"token": token})
    assert taken.json()["code"] == "invitation-not-valid", "in the database, the inviter holds no role"


async def test_an_organisation_grants_at_itself_to_its_own_and_never_above(identity: IdentitySteps) -> None:
    person_id = await a_person(identity)
    own, other = (staff("partner_admin", organisation_id=one) for one in (STEM, BCS))
    at_stem = {"person_id": str(person_id), "role": "moderator", "organisation_id": str(STEM)}
    stranger = await send(identity, own, "", at_stem)
    assert stranger.json()["code"] == "person-not-found", "whom they do not know they invite"
    assert (await send(identity, ADMINISTRATOR, "", at_stem)).status_code == 201
    assert (await send(identity, own, "", at_stem | {"role": "assessor"})).status_code == 201
    refused = [
        await send(identity, other, "", at_stem | {"role": "partner_admin"}),
        await send(identity, own, "", at_stem | {"role": "hub_lead"}),
        await send(identity, own, "", at_stem | {"role": "administrator", "organisation_id": None}),
        await send(identity, own, "", at_stem | {"role": "moderator", "organisation_id": None}),
    ]
    assert [one.json()["code"] for one in refused] == ["role-not-yours"] * 4
    twice = await send(identity, ADMINISTRATOR, "", at_stem)
    assert twice.json()["code"] == "role-held-already"
    nowhere = await send(identity, ADMINISTRATOR, "", {"person_id": str(person_id), "role": "hub_lead"})
    assert nowhere.json()["code"] == "role-misplaced"
    seen = await identity.call("GET", "/v1/memberships", caller=other)
    assert seen.json()["data"] == []
    mine = (await identity.call("GET", "/v1/memberships", caller=own)).json()["data"]
    hidden = await send(identity, other, f"/{mine[0]['id']}/end", {})
    assert (hidden.status_code, hidden.json()["code"]) == (404, "held-role-not-found")


async def test_the_strongest_roles_take_two_administrators(identity: IdentitySteps) -> None:
    person_id = await a_person(identity)
    wanted = {"person_id": str(person_id), "role": "payment_officer"}
    alone = await send(identity, ADMINISTRATOR, "", wanted)
    assert alone.json()["code"] == "role-needs-two"
    invited = {"email": "x@example.org", "role": "administrator"}
    assert (await send(identity, ADMINISTRATOR, "/invitations", invited)).json()["code"] == "role-needs-two"
    proposed = (await send(identity, ADMINISTRATOR, "/proposals", wanted | {"reason": "The runs."})).json()
    path, approved = f"/proposals/{proposed['id']}/decision", {"outcome": "approved"}
    for caller in (ADMINISTRATOR, staff("administrator", person_id=person_id)):
        assert (await send(identity, caller, path, approved)).json()["code"] == "second-administrator-needed"
    both = await asyncio.gather(*(send(identity, staff("administrator"), path, approved) for _ in range(2)))
    assert sorted(one.status_code for one in both) == [200, 409]
    [held] = await identity.query("SELECT role FROM role_grant")
    assert held.role == "payment_officer"


async def test_two_administrators_who_end_one_another_leave_one(identity: IdentitySteps) -> None:
    await identity.harness.seed("organisations", "demo-people")
    rows = await identity.query("SELECT id FROM role_grant WHERE role = 'administrator'")
    ended = await asyncio.gather(*(send(identity, ADMINISTRATOR, f"/{row.id}/end", {}) for row in rows))
    assert sorted(one.status_code for one in ended) == [200, 409]
    assert {one.json().get("code") for one in ended} == {None, "last-administrator"}


async def test_teachers_look_after_nobody(identity: IdentitySteps) -> None:
    assert (await identity.call("GET", "/v1/memberships", caller=a_teacher())).status_code == 403
