"""Bookings, waiting list and register against a small model: whatever is done in whatever order, both say the same."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select, text

from builders import a_teacher
from chassis.errors import ServiceError
from chassis.principal import Principal
from harness import Databases, ServiceHarness, settings_for
from hubs.app import SERVICE
from hubs.bookings import service as bookings
from hubs.bookings.models import TAKES_PLACE, Booking, BookingStatus
from hubs.bookings.schemas import NewBooking
from hubs.courses.models import CourseRun
from hubs.registers import service as registers
from hubs.registers.schemas import EntryIn, RegisterIn
from hubs_network import Network

T = TypeVar("T")
TEACHERS = 5
CAPACITY = 2
HOURS = 12
WHO = st.integers(0, TEACHERS - 1)
NEWS = text(
    "SELECT data->>'teacher_id' AS teacher, type, data->>'hours' AS hours FROM outbox "
    "WHERE type LIKE 'uk.ncce.cpd.%' AND data->>'course_run_id' = :run ORDER BY position"
)


@dataclass
class Model:
    """What ought to be: a state for each teacher, and the line of those who wait."""

    states: dict[int, BookingStatus] = field(default_factory=dict)
    line: list[int] = field(default_factory=list)
    told: dict[int, int] = field(default_factory=dict)
    """Hours by teacher for whom a completion was ever told of; 0 once it was withdrawn."""

    @property
    def taken(self) -> int:
        return sum(state in TAKES_PLACE for state in self.states.values())

    def promote(self) -> None:
        while self.line and self.taken < CAPACITY:
            self.states[self.line.pop(0)] = "offered"

    def book(self, who: int, hold: bool, wait: bool) -> str | None:
        if self.states.get(who, "cancelled") not in ("cancelled", "expired"):
            return "already-booked"
        if self.taken < CAPACITY:
            self.states[who] = "held" if hold else "confirmed"
        elif wait:
            self.states[who] = "waiting"
            self.line.append(who)
        else:
            return "run-full"
        return None

    def confirm(self, who: int) -> str | None:
        state = self.states[who]
        if state in ("held", "offered"):
            self.states[who] = "confirmed"
        elif state != "confirmed":
            return "offer-passed" if state == "expired" else "booking-state"
        return None

    def cancel(self, who: int) -> str | None:
        state = self.states[who]
        if state in ("attended", "no_show"):
            return "booking-started"
        if state == "expired":
            return "booking-state"
        if state == "waiting":
            self.line.remove(who)
        self.states[who] = "cancelled"
        self.promote()
        return None

    def expire(self, who: int) -> None:
        if self.states[who] in ("held", "offered"):
            self.states[who] = "expired"
            self.promote()

    def mark(self, who: int, attended: bool) -> str | None:
        if self.states[who] not in ("confirmed", "attended", "no_show"):
            return "not-on-register"
        self.states[who] = "attended" if attended else "no_show"
        if attended or who in self.told:
            self.told[who] = HOURS if attended else 0
        return None


class World:
    """One service for all examples, in an event loop of its own."""

    def __init__(self, databases: Databases) -> None:
        self.loop = asyncio.new_event_loop()
        self.databases = databases
        self.url = self.do(databases.of(SERVICE))
        self.network = self.do(self._network())

    async def _network(self) -> Network:
        return await Network.build(ServiceHarness(SERVICE, settings_for(SERVICE, self.url)))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def close(self) -> None:
        self.do(self.network.service.close())
        self.do(self.databases.drop(self.url))
        self.loop.close()


class BookingMachine(RuleBasedStateMachine):
    """One run, five teachers, two places."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.network = world.network
        self.model = Model()
        self.teachers: list[Principal] = [a_teacher() for _ in range(TEACHERS)]
        self.ids: dict[int, UUID] = {}

    @initialize()
    def begin(self) -> None:
        self.run_id = self.world.do(self.network.run(capacity=CAPACITY))

    async def _attempt(self, *arguments: Any, of: Any) -> str | None:
        try:
            async with self.network.service.session() as session:
                made = await of(session, *arguments)
        except ServiceError as refused:
            return refused.code
        self.made = made
        return None

    @rule(who=WHO, hold=st.booleans(), wait=st.booleans())
    def book(self, who: int, hold: bool, wait: bool) -> None:
        wish = NewBooking(course_run_id=self.run_id, hold=hold, waiting_list=wait)
        said = self.world.do(self._attempt(self.teachers[who], wish, of=bookings.place_booking))
        assert said == self.model.book(who, hold, wait)
        if said is None:
            self.ids[who] = self.made.id

    @rule(who=WHO)
    def confirm(self, who: int) -> None:
        if who in self.ids:
            said = self.world.do(self._attempt(self.teachers[who], self.ids[who], of=bookings.confirm_booking))
            assert said == self.model.confirm(who)

    @rule(who=WHO)
    def cancel(self, who: int) -> None:
        if who in self.ids:
            said = self.world.do(self._attempt(self.teachers[who], self.ids[who], of=bookings.cancel_booking))
            assert said == self.model.cancel(who)

    @rule(who=WHO)
    def let_time_pass(self, who: int) -> None:
        if self.model.states.get(who) in ("held", "offered"):
            self.world.do(self.network.let_pass(str(self.ids[who])))
            self.world.do(self.network.sweep())
            self.model.expire(who)

    @rule(who=WHO, attended=st.booleans())
    def mark(self, who: int, attended: bool) -> None:
        if who in self.ids:
            entry = EntryIn(booking_id=self.ids[who], outcome="attended" if attended else "absent")
            body = RegisterIn(entries=[entry], early=True, reason="The machine says so.")
            said = self.world.do(self._attempt(self.network.lead(), self.run_id, body, of=registers.mark_register))
            assert said == self.model.mark(who, attended)

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
            news = (await session.execute(NEWS, {"run": str(self.run_id)})).all()
        assert {who: held[id_].status for who, id_ in self.ids.items()} == self.model.states
        assert run.places_taken == self.model.taken <= CAPACITY
        told: dict[str, int] = {}
        completed = [row.teacher for row in news if row.type == "uk.ncce.cpd.completed.v1"]
        assert len(completed) == len(set(completed)), "a completion was told of twice"
        for row in news:
            told[row.teacher] = int(float(row.hours))
        assert told == {str(self.teachers[who].id): hours for who, hours in self.model.told.items()}


def play(databases: Databases, examples: int, steps: int) -> None:
    world = World(databases)
    try:
        run_state_machine_as_test(
            lambda: BookingMachine(world),  # type: ignore[arg-type]  # any factory will do
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                derandomize=True,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        world.close()


def test_bookings_waiting_list_and_register_do_what_the_model_does(databases: Databases) -> None:
    play(databases, examples=15, steps=25)


@pytest.mark.campaign
def test_they_do_for_a_thousand_stories(databases: Databases, request: pytest.FixtureRequest) -> None:
    if "campaign" not in request.config.option.markexpr:
        pytest.skip("a campaign")
    play(databases, examples=1000, steps=60)
