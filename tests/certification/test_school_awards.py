"""The award of a school: earned by its teachers between them, once, naming the school and no person."""

import asyncio
from datetime import timedelta
from uuid import UUID

import jwt
import pytest
from sqlalchemy import text

from builders import a_fresh_key, a_teacher, anonymous
from certification.credits.pending import award_due
from certification.schools.awards import look_at_one
from certification_facts import JSON, Log, completed, moved, registered
from chassis import clock
from contracts.certification import CertificateAwarded
from contracts.hubs import SchoolChanged
from harness import ServiceHarness

URN, SCHOOL = "900001", "Ashgrove High School (synthetic)"
RESOURCES = ("download-and-use-the-i-belong-handbook", "request-your-i-belong-in-computer-science-posters")
ENGAGEMENT = "participate-in-a-computing-related-competition"
FORTNIGHT = timedelta(days=14)


def school(name: str = SCHOOL, urn: str = URN) -> SchoolChanged:
    return SchoolChanged(
        urn=urn,
        name=name,
        phase="secondary",
        establishment_type=1,
        is_open=True,
        is_in_england=True,
        is_state_funded=True,
        district_code=None,
        district_vintage=None,
        offers_gcse_computer_science=True,
        lowest_age=11,
        highest_age=18,
        source="register",
        as_of_on=clock.today(),
    )


async def at_school(certification: ServiceHarness, urn: str = URN, *, leads: bool = False) -> Log:
    """A teacher of a school, who may work towards its award."""
    log = Log(certification, "secondary")
    log.teacher = a_teacher(urn, "secondary", log.id)
    await certification.deliver(registered(log.id, "secondary").model_copy(update={"school_urn": urn}))
    if leads:
        assert (await log.post("/v1/enrolments", {"scheme": "i_belong"})).status_code == 201
    return log


async def look(certification: ServiceHarness) -> None:
    """Let the background look at every school that waits."""
    is_busy = True
    while is_busy:
        async with certification.session() as session:
            is_busy = await look_at_one(session)


async def a_fortnight_later(certification: ServiceHarness) -> None:
    async with certification.session() as session:
        await award_due(session, clock.now() + FORTNIGHT)


async def shared_work(certification: ServiceHarness, urn: str = URN) -> tuple[Log, Log]:
    """A lead and a colleague who have done between them what the award asks for."""
    lead, colleague = await at_school(certification, urn, leads=True), await at_school(certification, urn)
    await lead.contribute(RESOURCES[0], ENGAGEMENT)
    await colleague.contribute(RESOURCES[1])
    await certification.deliver(completed(colleague.id, "1", "CO409"))
    return lead, colleague


async def awarded(certification: ServiceHarness) -> tuple[Log, Log, JSON]:
    """The same once the award is made, and the certificate."""
    await certification.deliver(school())
    lead, colleague = await shared_work(certification)
    await look(certification)
    await a_fortnight_later(certification)
    [certificate] = await lead.certificates()
    return lead, colleague, certificate


async def test_what_teachers_of_a_school_do_between_them_earns_its_award(certification: ServiceHarness) -> None:
    lead, colleague, certificate = await awarded(certification)
    assert (certificate["school_name"], certificate["holder_name"]) == (SCHOOL, None)
    assert certificate["number"].startswith("I-BELONG-")
    assert await colleague.certificates() == []
    progress = await lead.scheme("i_belong")
    assert (progress["awarded_to"], progress["status"], progress["why_not_complete"]) == ("school", "awarded", [])
    assert [one.teacher_id for one in await certification.published(CertificateAwarded)] == [lead.id]


async def test_verification_names_the_school_and_no_person(certification: ServiceHarness) -> None:
    lead, _, certificate = await awarded(certification)
    everybody = await certification.client(anonymous())
    reply = await everybody.get(f"/v1/verify/{certificate['code']}")
    told = reply.json()
    assert (told["status"], told["school_name"], told["holder_name"]) == ("valid", SCHOOL, None)
    assert told["evidence"]["record"]["school_name"] == SCHOOL
    assert str(lead.id) not in reply.text
    page = await everybody.get(f"/v1/verify/{certificate['code']}/page")
    assert SCHOOL in page.text
    document = await everybody.get(f"/v1/verify/{certificate['code']}/document")
    assert (document.status_code, document.content[:5]) == (200, b"%PDF-")
    assert (await lead.post(f"/v1/certificates/{certificate['id']}/name", {"name": "Ada Example"})).json()[
        "code"
    ] == "certificate-names-school"
    badge = await (await certification.client(lead.teacher)).get(f"/v1/certificates/{certificate['id']}/badge")
    subject = jwt.decode(badge.text, options={"verify_signature": False})["credentialSubject"]
    assert [(one["identityHash"], one["hashed"]) for one in subject["identifier"]] == [(SCHOOL, False)]


async def test_what_is_missing_is_told_of_the_school_and_not_of_one_teacher(certification: ServiceHarness) -> None:
    await certification.deliver(school())
    lead, colleague = await at_school(certification, leads=True), await at_school(certification)
    stranger = await at_school(certification, "900002")
    await colleague.contribute(RESOURCES[0])
    await stranger.contribute(RESOURCES[1], ENGAGEMENT)
    have = {one["title"]: one["have"] for one in (await lead.scheme("i_belong"))["requirements"]}
    assert have == {
        "One course about girls in computing": "0",
        "Resources in use": "1",
        "Increase girls' engagement": "0",
    }
    await look(certification)
    await a_fortnight_later(certification)
    assert await lead.certificates() == []


async def test_two_who_lead_earn_one_award_for_their_school(certification: ServiceHarness) -> None:
    await certification.deliver(school())
    lead, _ = await shared_work(certification)
    second = await at_school(certification, leads=True)
    await look(certification)
    await asyncio.gather(*(a_fortnight_later(certification) for _ in range(3)))
    assert len(await lead.certificates()) + len(await second.certificates()) == 1
    assert [(await one.scheme("i_belong"))["status"] for one in (lead, second)] == ["awarded", "awarded"]


async def test_the_same_done_by_two_teachers_counts_once(certification: ServiceHarness) -> None:
    await certification.deliver(school())
    lead, colleague = await at_school(certification, leads=True), await at_school(certification)
    for log in (lead, colleague):
        await log.contribute(RESOURCES[0])
    have = {one["title"]: one["have"] for one in (await lead.scheme("i_belong"))["requirements"]}
    assert have["Resources in use"] == "1"


async def test_no_award_is_made_while_it_is_not_known_what_the_school_is_called(certification: ServiceHarness) -> None:
    lead, colleague = await shared_work(certification)
    await look(certification)
    await a_fortnight_later(certification)
    assert await lead.certificates() == []
    await certification.deliver(school())
    await colleague.contribute("become-an-i-belong-champion")
    await look(certification)
    await a_fortnight_later(certification)
    assert [one["school_name"] for one in await lead.certificates()] == [SCHOOL]


@pytest.mark.parametrize("order", [(2, 1), (1, 2)])
async def test_the_newest_name_of_a_school_counts_and_a_later_one_changes_no_certificate(
    certification: ServiceHarness, order: tuple[int, int]
) -> None:
    names = {1: "Old Name (synthetic)", 2: SCHOOL}
    for sequence in order:
        await certification.deliver(school(names[sequence]), sequence=sequence)
    lead, _ = await shared_work(certification)
    await look(certification)
    await a_fortnight_later(certification)
    await certification.deliver(school("Newest Name (synthetic)"), sequence=3)
    [certificate] = await lead.certificates()
    assert certificate["school_name"] == SCHOOL
    found = await (await certification.client(anonymous(), **a_fresh_key())).get(f"/v1/verify/{certificate['code']}")
    assert found.json()["status"] == "valid"


async def test_a_registration_heard_after_the_work_still_finds_its_school(certification: ServiceHarness) -> None:
    await certification.deliver(school())
    lead = await at_school(certification, leads=True)
    await lead.contribute(*RESOURCES, ENGAGEMENT)
    late = UUID(int=7)
    await certification.deliver(completed(late, "1", "CO409"))
    await look(certification)
    await certification.deliver(registered(late, "secondary").model_copy(update={"school_urn": URN}), times=2)
    await look(certification)
    await a_fortnight_later(certification)
    assert len(await lead.certificates()) == 1


async def test_a_teacher_who_moved_counts_at_the_new_school_and_both_are_looked_at_again(
    certification: ServiceHarness,
) -> None:
    await at_school(certification, leads=True)
    colleague = await at_school(certification)
    await look(certification)
    await certification.deliver(moved(colleague.id, "900003"), sequence=3)
    await certification.deliver(moved(colleague.id, "900002"), sequence=2)
    async with certification.session() as session:
        at = await session.scalar(text("SELECT school_urn FROM teacher WHERE teacher_id = :id"), {"id": colleague.id})
        due = (await session.scalars(text("SELECT urn FROM school_due"))).all()
    assert (at, due) == ("900003", [URN])
