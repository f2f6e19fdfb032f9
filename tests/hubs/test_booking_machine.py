"""Bookings, waiting list and register against a small model: whatever is done in whatever order, both say the same."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, text, update

from booking_model import CAPACITY, MINUTES, Model
from builders import a_teacher
from chassis import clock
from chassis.errors import ServiceError
from chassis.principal import Principal
from harness import Databases, ServiceHarness, settings_for
from hubs.app import SERVICE
from hubs.bookings import service as bookings
from hubs.bookings.models import PASSES, Booking
from hubs.bookings.schemas import NewBooking
from hubs.courses import service as runs
from hubs.courses.models import CourseRun, CourseSession
from hubs.courses.schemas import RunCancellation
from hubs.registers import closures, queries
from hubs.registers import service as registers
from hubs.registers.models import Presence
from hubs.registers.schemas import ClosureIn, EntryIn, RegisterIn, SessionEntryIn, SessionMarksIn
from hubs_network import Network

T = TypeVar("T")
TEACHERS = 5
STEPS_BEFORE_BEING_OVER = 8
STEPS_BEFORE_CALLING_OFF = 25
"""After these less can happen."""
WHY = "The machine says so."
WHO = st.integers(0, TEACHERS - 1)
TO_BE_MET = {"close_run", "cancel_run", "counted again", "withdrawn"} | {
    "run-full",
    "offer-passed",
    "booking-started",
    "correction-needs-reason",
    "register-incomplete",
    "run-has-attendance",
}
NEWS = text(
    "SELECT data->>'teacher_id' AS teacher, type, data->>'hours' AS hours, data->>'hours_before' AS before, "
    "data->>'revision' AS revision FROM outbox "
    "WHERE type LIKE 'uk.ncce.cpd.%' AND data->>'course_run_id' = :run ORDER BY position"
)


class World:
    """One service for all examples, in an event loop of its own."""

    def __init__(self, databases: Databases) -> None:
        self.loop = asyncio.new_event_loop()
        self.databases = databases
        self.url = self.do(databases.of(SERVICE))
        self.network = self.do(self._network())
        self.met: set[str] = set()
        """What happened in any story, so that none of it is left out by chance."""

    async def _network(self) -> Network:
        return await Network.build(ServiceHarness(SERVICE, settings_for(SERVICE, self.url)))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def close(self) -> None:
        self.do(self.network.service.close())
        self.do(self.databases.drop(self.url))
        self.loop.close()


class BookingMachine(RuleBasedStateMachine):
    """One run of two sessions, five teachers, two places."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.network = world.network
        self.lead = world.network.lead()
        self.model = Model()
        self.teachers: list[Principal] = [a_teacher() for _ in range(TEACHERS)]
        self.ids: dict[int, UUID] = {}
        self.steps = 0

    @initialize(unbooked=st.integers(0, TEACHERS), is_over=st.booleans())
    def begin(self, unbooked: int, is_over: bool) -> None:
        """Stories begin in the middle: hypothesis leaves rules out, and without anybody booked little can happen."""
        self.run_id = self.world.do(self.network.run(capacity=CAPACITY, minutes=MINUTES))
        self.sessions: list[CourseSession] = self.world.do(self.network.sessions(self.run_id))
        for who in range(TEACHERS - unbooked):
            self.book(who, hold=False, wait=True)
        if is_over:
            self.let_the_run_be_over()

    async def _attempt(self, *arguments: Any, of: Any) -> str | None:
        try:
            async with self.network.service.session() as session:
                made = await of(session, *arguments)
        except ServiceError as refused:
            self.world.met.add(refused.code)
            return refused.code
        self.world.met.add(of.__name__)
        self.made = made
        return None

    @rule(who=WHO, action=st.sampled_from(["book", "hold", "wait", "confirm", "cancel", "let time pass"]))
    def change_a_booking(self, who: int, action: str) -> None:
        """One rule for all of it, since hypothesis leaves whole rules out of a story."""
        self.steps += 1
        if action in ("book", "hold", "wait"):
            self.book(who, hold=action == "hold", wait=action == "wait")
        elif who in self.ids:
            {"confirm": self.confirm, "cancel": self.cancel, "let time pass": self.let_time_pass}[action](who)

    def book(self, who: int, hold: bool, wait: bool) -> None:
        wish = NewBooking(course_run_id=self.run_id, hold=hold, waiting_list=wait)
        said = self.world.do(self._attempt(self.teachers[who], wish, of=bookings.place_booking))
        assert said == self.model.book(who, hold, wait)
        if said is None:
            self.ids[who] = self.made.id

    def confirm(self, who: int) -> None:
        said = self.world.do(self._attempt(self.teachers[who], self.ids[who], of=bookings.confirm_booking))
        assert said == self.model.confirm(who)

    def cancel(self, who: int) -> None:
        said = self.world.do(self._attempt(self.teachers[who], self.ids[who], of=bookings.cancel_booking))
        assert said == self.model.cancel(who)

    def let_time_pass(self, who: int) -> None:
        if self.model.states.get(who) in ("held", "offered"):
            self.world.do(self.network.let_pass(str(self.ids[who])))
            self.world.do(self.network.sweep())
            self.model.expire(who)

    @precondition(lambda self: self.steps > STEPS_BEFORE_BEING_OVER)
    @rule()
    def let_the_run_be_over(self) -> None:
        if not self.model.over:
            self.world.do(self._end())
            self.model.end()

    async def _end(self) -> None:
        await self.network.hold(self.run_id)
        passing = update(Booking).where(Booking.course_run_id == self.run_id, Booking.status.in_(PASSES))
        async with self.network.service.session() as session:
            await session.execute(passing.values(expires_at=clock.now()))
        await self.network.sweep()

    @rule(
        who=WHO,
        session=st.sampled_from([0, 1, 1, None]),
        seen=st.sampled_from(
            [("present", None), ("present", None), ("present", 20), ("absent", None), ("excused", None)]
        ),
        reason=st.sampled_from([True, True, False]),
    )
    def mark(self, who: int, session: int | None, seen: tuple[Presence, int | None], reason: bool) -> None:
        """Mark one session, or the whole run."""
        self.steps += 1
        if self.model.on_register and session is not None:
            who = self.model.on_register[who % len(self.model.on_register)]
        if who not in self.ids:
            return
        if session is None:
            self.mark_the_whole_run(who, attended=seen[0] == "present")
        else:
            self.mark_a_session(who, session, *seen, has_reason=reason or not self.model.over)

    def mark_the_whole_run(self, who: int, attended: bool) -> None:
        entry = EntryIn(booking_id=self.ids[who], outcome="attended" if attended else "absent")
        body = RegisterIn(entries=[entry], early=True, reason=WHY)
        said = self.world.do(self._attempt(self.lead, self.run_id, body, of=registers.mark_register))
        assert said == self.model.mark_all(who, attended)

    def mark_a_session(self, who: int, ordinal: int, presence: Presence, minutes: int | None, has_reason: bool) -> None:
        entry = SessionEntryIn(booking_id=self.ids[who], presence=presence, minutes=minutes)
        body = SessionMarksIn(entries=[entry], early=not self.model.over, reason=WHY if has_reason else None)
        of_session = self.sessions[ordinal].id
        said = self.world.do(self._attempt(self.lead, self.run_id, of_session, body, of=registers.mark_session))
        counted = (minutes or MINUTES[ordinal]) if presence == "present" else 0
        assert said == self.model.mark(who, ordinal, presence, counted, has_reason)

    @rule(unmarked_are_absent=st.booleans())
    def close(self, unmarked_are_absent: bool) -> None:
        body = ClosureIn(unmarked_are_absent=unmarked_are_absent)
        said = self.world.do(self._attempt(self.lead, self.run_id, body, of=closures.close_run))
        assert said == self.model.close(unmarked_are_absent)

    @precondition(lambda self: self.steps > STEPS_BEFORE_CALLING_OFF)
    @rule(withdraw=st.booleans())
    def call_off(self, withdraw: bool) -> None:
        body = RunCancellation(reason=WHY, withdraw_attendance=withdraw)
        said = self.world.do(self._attempt(self.lead, self.run_id, body, of=runs.cancel_run))
        assert said == self.model.call_off(withdraw)

    @invariant()
    def both_say_the_same(self) -> None:
        if hasattr(self, "run_id"):
            self.world.do(self._compare())

    async def _compare(self) -> None:
        async with self.network.service.session() as session:
            run = await session.get_one(CourseRun, self.run_id)
            held = {
                one.id: one for one in await session.scalars(select(Booking).where(Booking.course_run_id == run.id))
            }
            known = await queries.attendances(session, await queries.run_kept_by(session, self.lead, run.id))
            news = (await session.execute(NEWS, {"run": str(self.run_id)})).all()
        assert {who: held[id_].status for who, id_ in self.ids.items()} == self.model.states
        assert run.places_taken == self.model.taken <= CAPACITY
        assert (run.status == "cancelled") is self.model.called_off
        for who in self.model.on_register:
            marks = known.of(self.ids[who])
            seen = {ordinal: marks[one.id] for ordinal, one in enumerate(self.sessions) if one.id in marks}
            assert {at: (mark.presence, mark.minutes) for at, mark in seen.items()} == self.model.marks[who]
        self._compare_news(news)

    def _compare_news(self, news: Any) -> None:
        standing: dict[str, tuple[int, float]] = {}
        for row in news:
            if row.type == "uk.ncce.cpd.completed.v1":
                assert row.teacher not in standing, "a completion was told of twice"
                standing[row.teacher] = (0, float(row.hours))
            else:
                self.world.met.add("counted again" if float(row.hours) else "withdrawn")
                assert standing[row.teacher] == (int(row.revision) - 1, float(row.before)), "a correction was lost"
                standing[row.teacher] = (int(row.revision), float(row.hours))
        told = {teacher: hours for teacher, (_, hours) in standing.items()}
        assert told == {str(self.teachers[who].id): hours for who, hours in self.model.told.items()}


def play(databases: Databases, beginnings: int, examples: int, steps: int) -> None:
    """Play stories, always the same. Those of one beginning are much alike, so there are several."""
    world = World(databases)
    told = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        for number in range(beginnings):
            run_state_machine_as_test(seed(number)(lambda: BookingMachine(world)), settings=told)  # type: ignore[arg-type]  # any factory will do
        assert world.met >= TO_BE_MET
    finally:
        world.close()


def test_bookings_waiting_list_and_register_do_what_the_model_does(databases: Databases) -> None:
    play(databases, beginnings=10, examples=3, steps=40)


@pytest.mark.campaign
def test_they_do_for_a_thousand_stories(databases: Databases, request: pytest.FixtureRequest) -> None:
    if "campaign" not in request.config.option.markexpr:
        pytest.skip("a campaign")
    play(databases, beginnings=100, examples=10, steps=60)
