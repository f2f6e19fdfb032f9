"""`course_run.changed`: each run told whole when it is new or was changed, by whomever, and not otherwise."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, text, update

from builders import a_fresh_key, a_teacher, staff
from chassis.tables import outbox, outbox_sequence
from contracts.hubs import BookingPlaced, CourseRunChanged, SchoolChanged
from harness import ServiceHarness
from hubs.catching_up import tell_what_was_not
from hubs.courses.models import Course, CourseRun
from hubs.reference import rows
from hubs.schools.models import School
from hubs_network import Network

SESSION = {"starts_at": "2027-03-01T09:30:00+00:00", "ends_at": "2027-03-01T15:30:00+00:00", "minutes": 300}
STRIPPED = text("UPDATE outbox SET data = data - 'trust_codes' WHERE aggregate = 'school:900003'")
"""What the release before told of a school."""


async def a_run(network: Network, **facts: Any) -> dict[str, Any]:
    plan = {"hub_id": str(network.hub_id), "course_code": "CP008", "sessions": [SESSION], "capacity": 5}
    answer = await network.post(network.lead(), "/v1/course-runs", **(plan | facts))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def edit(network: Network, run: dict[str, Any], **body: Any) -> Any:
    client = await network.service.client(network.lead(), **a_fresh_key())
    headers = {"If-Match": f'"{run["version"]}"'}
    return await client.patch(f"/v1/course-runs/{run['id']}", json=body, headers=headers)


async def test_every_edit_of_a_run_tells_it_whole(network: Network) -> None:
    run = await a_run(network, charge_pence=2_500)
    edited = (await edit(network, run, status="open", charge_pence=None, independent_charge_pence=30_000)).json()
    cancelled = await network.post(network.lead(), f"/v1/course-runs/{run['id']}/cancellation", reason="No trainer.")
    assert cancelled.json()["status"] == "cancelled"
    told = await network.service.published(CourseRunChanged)
    assert [(one.status, one.charge_pence, one.independent_charge_pence) for one in told] == [
        ("draft", 2_500, None),
        ("open", None, 30_000),
        ("cancelled", None, 30_000),
    ]
    first = told[0]
    assert (str(first.course_run_id), first.hub_id, first.course_code) == (run["id"], network.hub_id, "CP008")
    assert (first.mode, first.phases, first.programme) == ("face_to_face", ("primary",), "core")
    assert (first.days, first.hours) == (Decimal(2), Decimal(12))
    assert (str(first.starts_on), str(first.ends_on)) == ("2027-03-01", "2027-03-01")
    assert (edited["charge_pence"], edited["independent_charge_pence"]) == (None, 30_000)


async def test_an_edit_that_is_refused_tells_nothing(network: Network) -> None:
    run = await a_run(network)
    stranger = staff("hub_lead", organisation_id=network.other_hub_id)
    client = await network.service.client(stranger)
    refused = await client.patch(f"/v1/course-runs/{run['id']}", json={"charge_pence": 1}, headers={"If-Match": '"1"'})
    assert refused.status_code == 404
    for wrong in (-1, 1_000_001, "12", 1.5, True):
        assert (await edit(network, run, charge_pence=wrong)).status_code == 422, wrong
    assert len(await network.service.published(CourseRunChanged)) == 1


async def test_a_booking_says_what_the_hub_asked_when_it_was_placed(network: Network) -> None:
    run = await a_run(network, charge_pence=2_500, independent_charge_pence=9_000, status="open")
    await network.book(run["id"], a_teacher())
    await edit(network, run, charge_pence=3_000)
    await network.book(run["id"], a_teacher())
    placed = await network.service.published(BookingPlaced)
    assert [(one.charge_pence, one.independent_charge_pence) for one in placed] == [(2_500, 9_000), (3_000, 9_000)]


async def test_runs_are_told_when_first_loaded_and_when_they_or_their_course_differ(hubs: ServiceHarness) -> None:
    await hubs.seed("areas", "hubs", "courses", "course_runs")
    first = await hubs.published(CourseRunChanged)
    assert len(first) == len(rows("runs.csv")) == len({one.course_run_id for one in first})
    await hubs.seed("courses", "course_runs", "untold")
    assert len(await hubs.published(CourseRunChanged)) == len(first)
    code, run_id = first[0].course_code, first[1].course_run_id
    async with hubs.session() as session:
        await session.execute(update(Course).where(Course.code == code).values(hours=Decimal(99)))
        await session.execute(update(CourseRun).where(CourseRun.id == run_id).values(venue="Moved"))
    await hubs.seed("courses", "course_runs")
    again = (await hubs.published(CourseRunChanged))[len(first) :]
    of_course = {one.course_run_id for one in first if one.course_code == code}
    assert {one.course_run_id for one in again} == {*of_course, run_id}


async def test_what_an_earlier_release_never_told_is_told_once(hubs: ServiceHarness) -> None:
    await hubs.seed("areas", "hubs", "courses", "course_runs", "schools")
    runs, schools = await hubs.published(CourseRunChanged), await hubs.published(SchoolChanged)
    async with hubs.session() as session:
        await session.execute(delete(outbox).where(outbox.c.subject == "course_run.changed"))
        await session.execute(delete(outbox_sequence).where(outbox_sequence.c.aggregate.startswith("course_run:")))
        await session.execute(update(School).where(School.urn == "900003").values(trust_code="2087", la_code="357"))
        await session.execute(STRIPPED)
    for _ in range(2):
        async with hubs.session() as session:
            await tell_what_was_not(session, lambda done, total: None)
    told = await hubs.published(CourseRunChanged)
    assert sorted(told, key=lambda one: one.course_run_id) == sorted(runs, key=lambda one: one.course_run_id)
    [again] = (await hubs.published(SchoolChanged))[len(schools) :]
    assert (again.urn, again.local_authority_code, again.trust_codes) == ("900003", "357", ("2087",))


@pytest.mark.parametrize(
    ("row_hash", "trust_code", "told"), [(b"x", "2087", ("2087",)), (b"x", None, ()), (None, None, None)]
)
async def test_no_trust_is_told_only_of_schools_that_an_import_wrote(
    hubs: ServiceHarness, row_hash: bytes | None, trust_code: str | None, told: tuple[str, ...] | None
) -> None:
    await hubs.seed("areas", "schools")
    async with hubs.session() as session:
        values = {"row_hash": row_hash, "trust_code": trust_code, "la_code": "357"}
        await session.execute(update(School).where(School.urn == "900003").values(**values))
        await session.execute(STRIPPED)
        await tell_what_was_not(session, lambda done, total: None)
    news = [one for one in await hubs.published(SchoolChanged) if one.urn == "900003"]
    assert news[-1].trust_codes == told
