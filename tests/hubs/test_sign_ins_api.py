"""`/v1/bookings/{id}/sign-in`: present from the moment a teacher enters the code of the session."""

import asyncio
from datetime import timedelta
from uuid import UUID

import httpx
from sqlalchemy import select, text, update

from builders import a_teacher
from chassis import clock
from chassis.principal import Principal
from chassis.tables import audit_entry
from hubs.registers.models import SessionAttendance, SignInCode, SignInTries
from hubs_network import Network

WRONG = "2222-2222"


async def a_session_now(network: Network, begun_minutes_ago: int) -> tuple[UUID, Principal, str]:
    """A run whose first session of two hours is on, and a teacher with a place."""
    run_id, teacher = await network.run(minutes=(120, 120)), a_teacher()
    booking_id = (await network.book(run_id, teacher)).json()["id"]
    await network.move(run_id, clock.now() - timedelta(minutes=begun_minutes_ago))
    return run_id, teacher, booking_id


async def sign_in(network: Network, teacher: Principal, booking_id: str, code: str) -> httpx.Response:
    return await (await network.service.client(teacher)).post(f"/v1/bookings/{booking_id}/sign-in", json={"code": code})


async def test_a_teacher_signs_in_and_is_late_after_the_beginning(network: Network) -> None:
    run_id, teacher, booking_id = await a_session_now(network, 20)
    opened = await network.open_code(run_id)
    assert (opened.status_code, opened.headers["Cache-Control"]) == (201, "no-store")
    code = opened.json()["code"]
    answers = [await sign_in(network, teacher, booking_id, said) for said in (code, code.lower().replace("-", " "))]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    told = answers[0].json()
    assert (told["presence"], told["minutes_late"], told["minutes"], told["origin"]) == ("present", 20, 100, "sign_in")
    entry = (await network.register(run_id))["entries"][0]
    assert (entry["minutes_attended"], entry["outcome"]) == (100, "pending")


async def test_who_signs_in_before_the_beginning_is_not_late(network: Network) -> None:
    run_id, teacher, booking_id = await a_session_now(network, -30)
    code = (await network.open_code(run_id)).json()["code"]
    told = (await sign_in(network, teacher, booking_id, code)).json()
    assert (told["minutes_late"], told["minutes"]) == (0, 120)


async def test_codes_are_opened_around_the_session_and_live_for_minutes(network: Network) -> None:
    run_id, teacher, booking_id = await a_session_now(network, -61)
    assert (await network.open_code(run_id)).json()["code"] == "sign-in-not-open"
    await network.move(run_id, clock.now() - timedelta(minutes=145))
    opened = (await network.open_code(run_id)).json()
    first = (await network.sessions(run_id))[0]
    assert opened["expires_at"] == first.ends_at.isoformat().replace("+00:00", "Z")
    assert (await network.open_code(run_id, 2)).json()["code"] == "sign-in-not-open"
    async with network.service.session() as session:
        await session.execute(update(SignInCode).values(expires_at=clock.now()))
    assert (await sign_in(network, teacher, booking_id, opened["code"])).json()["code"] == "sign-in-code-refused"
    await network.move(run_id, clock.now() - timedelta(minutes=151))
    assert (await network.open_code(run_id)).json()["code"] == "sign-in-not-open"


async def test_a_new_code_replaces_the_one_before_and_neither_is_kept_in_clear(network: Network) -> None:
    run_id, teacher, booking_id = await a_session_now(network, 0)
    old, new = [(await network.open_code(run_id)).json()["code"] for _ in range(2)]
    assert (await sign_in(network, teacher, booking_id, old)).json()["code"] == "sign-in-code-refused"
    assert (await sign_in(network, teacher, booking_id, new)).status_code == 200
    everything = text("SELECT string_agg(t::text, ' ') FROM (SELECT * FROM sign_in_code) AS t")
    async with network.service.session() as session:
        kept = (await session.execute(everything)).scalar_one()
        trail = str((await session.scalars(select(audit_entry.c.details))).all())
    for code in (old, new):
        assert code.replace("-", "") not in kept + trail
        assert code not in kept + trail


async def test_guesses_are_few_even_when_they_come_at_once(network: Network) -> None:
    run_id, teacher, booking_id = await a_session_now(network, 0)
    code = (await network.open_code(run_id)).json()["code"]
    answers = await asyncio.gather(*(sign_in(network, teacher, booking_id, WRONG) for _ in range(20)))
    said = sorted(answer.json()["code"] for answer in answers)
    assert said == ["sign-in-code-refused"] * 5 + ["too-many-sign-in-tries"] * 15
    late = await sign_in(network, teacher, booking_id, code)
    assert (late.status_code, int(late.headers["Retry-After"]) > 60) == (429, True)
    # One person's guesses are nobody else's, and staff can mark meanwhile.
    other = a_teacher()
    async with network.service.session() as session:
        await session.execute(update(SignInTries).values(since_at=clock.now() - timedelta(minutes=16)))
    assert (await sign_in(network, teacher, booking_id, code)).status_code == 200
    assert (await sign_in(network, other, booking_id, code)).json()["code"] == "booking-not-found"


async def test_signing_in_at_once_from_many_devices_marks_once(network: Network) -> None:
    run_id = await network.run(minutes=(120,))
    teachers = [a_teacher() for _ in range(12)]
    places = [(await network.book(run_id, one)).json()["id"] for one in teachers]
    await network.move(run_id, clock.now() - timedelta(minutes=3))
    code = (await network.open_code(run_id)).json()["code"]
    answers = await asyncio.gather(
        *(sign_in(network, one, place, code) for one, place in zip(teachers, places, strict=True) for _ in range(2))
    )
    assert {answer.status_code for answer in answers} == {200}
    async with network.service.session() as session:
        assert len((await session.scalars(select(SessionAttendance.booking_id))).all()) == 12


async def test_what_staff_have_marked_stays_and_staff_correct_what_was_signed(network: Network) -> None:
    run_id, teacher, booking_id = await a_session_now(network, 10)
    code = (await network.open_code(run_id)).json()["code"]
    await network.mark_session(run_id, 1, [{"booking_id": booking_id, "presence": "absent"}])
    assert (await sign_in(network, teacher, booking_id, code)).json()["code"] == "marked-by-staff"
    await network.mark_session(run_id, 1, [{"booking_id": booking_id, "presence": "present", "minutes": 90}])
    told = (await sign_in(network, teacher, booking_id, code)).json()
    assert (told["minutes"], told["origin"]) == (90, "staff")
    trail = (
        select(audit_entry.c.details).where(audit_entry.c.action == "session.marked").order_by(audit_entry.c.position)
    )
    async with network.service.session() as session:
        [_, corrected] = (await session.scalars(trail)).all()
    assert corrected["marks"] == [f"{booking_id}: absent → present 90 min"]


async def test_only_a_confirmed_place_signs_in(network: Network) -> None:
    run_id, waiting = await network.run(minutes=(120,), capacity=1), a_teacher()
    await network.book(run_id)
    booking_id = (await network.book(run_id, waiting, waiting_list=True)).json()["id"]
    await network.move(run_id, clock.now())
    code = (await network.open_code(run_id)).json()["code"]
    assert (await sign_in(network, waiting, booking_id, code)).json()["code"] == "booking-state"


async def test_a_code_of_one_run_opens_no_other(network: Network) -> None:
    run_id, _, _ = await a_session_now(network, 0)
    _, teacher, booking_id = await a_session_now(network, 0)
    code = (await network.open_code(run_id)).json()["code"]
    assert (await sign_in(network, teacher, booking_id, code)).json()["code"] == "sign-in-code-refused"
