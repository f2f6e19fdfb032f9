"""Reference numbers, staff who look at people, and people who see who looked."""

import asyncio
from uuid import UUID

import pytest

from builders import a_teacher, staff
from chassis.principal import Principal
from contracts.identity import TeacherRegistered
from identity_steps import IdentitySteps

ADMINISTRATOR = staff("administrator")


async def people(identity: IdentitySteps, count: int = 1) -> list[UUID]:
    for number in range(count):
        await identity.sign_up(f"teacher{number}@example.org", family_name=f"Number{number}")
    return [event.teacher_id for event in await identity.harness.published(TeacherRegistered)]


async def declare(identity: IdentitySteps, person_id: UUID, trn: str) -> tuple[int, str]:
    said = await identity.call("PUT", "/v1/me/trn", {"trn": trn}, caller=a_teacher(person_id=person_id))
    return said.status_code, said.json().get("standing") or said.json()["code"]


async def confirm(
    identity: IdentitySteps, person_id: UUID, trn: str, standing: str = "verified", by: Principal = ADMINISTRATOR
) -> tuple[int, str]:
    word = {"trn": trn, "standing": standing, "reason": "The register of teachers."}
    said = await identity.call("PUT", f"/v1/teachers/{person_id}/trn", word, caller=by)
    return said.status_code, said.json().get("standing") or said.json()["code"]


async def test_a_number_keeps_its_zeros_and_rises_from_declared_to_verified(identity: IdentitySteps) -> None:
    [person_id] = await people(identity)
    assert await declare(identity, person_id, "0012345") == (200, "self_declared")
    assert await confirm(identity, person_id, "0012345", "matched") == (200, "matched")
    assert await confirm(identity, person_id, "0012345") == (200, "verified")
    assert await declare(identity, person_id, "0012345") == (200, "verified"), "the same again changes nothing"
    assert await declare(identity, person_id, "7654321") == (409, "trn-verified")
    me = await identity.call("GET", "/v1/me", caller=a_teacher(person_id=person_id))
    assert me.json()["trn"]["trn"] == "0012345"
    [stored] = await identity.query("SELECT stated_by, reason FROM teacher_number")
    assert (stored.stated_by, stored.reason) == (ADMINISTRATOR.id, "The register of teachers.")
    trail = await identity.query("SELECT details::text AS said FROM audit_entry WHERE action = 'trn.stated'")
    assert len(trail) == 3
    assert not any("0012345" in row.said or "register" in row.said for row in trail), "nothing can be erased there"


@pytest.mark.parametrize("trn", ["123456", "12345678", "12 34567", "RP12345", "１２３４５６７", 1234567])
async def test_what_is_no_number_is_refused_without_being_repeated(identity: IdentitySteps, trn: object) -> None:
    said = await identity.call("PUT", "/v1/me/trn", {"trn": trn}, caller=a_teacher())
    assert said.status_code == 422
    assert str(trn) not in said.text


async def test_a_verified_number_is_one_persons(identity: IdentitySteps) -> None:
    one, two = await people(identity, 2)
    assert await declare(identity, one, "1234567") == (200, "self_declared")
    assert await declare(identity, two, "1234567") == (200, "self_declared"), "what people say may clash"
    both = await asyncio.gather(confirm(identity, one, "1234567"), confirm(identity, two, "1234567"))
    assert sorted(both) == [(200, "verified"), (409, "trn-taken")]


async def test_nobody_confirms_their_own_number(identity: IdentitySteps) -> None:
    [person_id] = await people(identity)
    itself = staff("administrator", person_id=person_id)
    assert await confirm(identity, person_id, "1234567", by=itself) == (403, "own-trn")


async def test_staff_find_people_and_the_people_see_who_looked(identity: IdentitySteps) -> None:
    one, two = await people(identity, 2)
    await declare(identity, one, "0000001")
    for searched in ({"trn": "0000001"}, {"email": "TEACHER0@example.org"}, {"family_name": "number0"}):
        found = await identity.post("/v1/teachers/search", searched, caller=ADMINISTRATOR)
        assert [person["id"] for person in found.json()["data"]] == [str(one)]
    wide = await identity.post("/v1/teachers/search", {"school_urn": "900001"}, caller=ADMINISTRATOR)
    assert wide.status_code == 422, "a list of a school's teachers is no search"
    record = await identity.call("GET", f"/v1/teachers/{one}", caller=ADMINISTRATOR)
    assert (record.json()["trn"]["trn"], record.json()["employments"][0]["school_urn"]) == ("0000001", "900001")
    views = await identity.call("GET", "/v1/me/data-views", caller=a_teacher(person_id=one))
    seen = [(view["what"], view["viewer_id"]) for view in views.json()["data"]]
    assert seen == [("record", str(ADMINISTRATOR.id)), *[("search", str(ADMINISTRATOR.id))] * 3]
    auditor = await identity.call("GET", f"/v1/teachers/{one}/views", caller=staff("auditor"))
    assert auditor.json()["data"] == views.json()["data"]
    others = await identity.call("GET", "/v1/me/data-views", caller=a_teacher(person_id=two))
    assert others.json()["data"] == []


async def test_only_staff_look_at_people(identity: IdentitySteps) -> None:
    [person_id] = await people(identity)
    for caller in (a_teacher(), staff("hub_lead"), staff("partner_admin")):
        assert (await identity.call("GET", f"/v1/teachers/{person_id}", caller=caller)).status_code == 403
        assert (await identity.post("/v1/teachers/search", {"trn": "0000001"}, caller=caller)).status_code == 403
