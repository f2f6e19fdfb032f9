"""Defects such as people make, put into the product to see whether a simulation finds them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from uuid import UUID

from fastapi import Request
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import idempotency
from chassis.bus import Msg
from chassis.subscriptions import Consumer, handle, read
from hubs.bookings import places
from hubs.bookings.models import Booking
from hubs.courses.models import CourseRun
from simulation.awards import Awards
from simulation.bookings import Bookings
from simulation.world import World


@dataclass(frozen=True)
class Defect:
    """What is made wrong, where, and how; and a seed that finds it."""

    says: str
    kind: type[World]
    where: ModuleType | type
    name: str
    wrong: object
    seed: int

    def __str__(self) -> str:
        """What it is."""
        return self.says


@contextmanager
def planted(defect: Defect) -> Iterator[None]:
    """The defect is there until the block ends."""
    right = getattr(defect.where, defect.name)
    setattr(defect.where, defect.name, defect.wrong)
    try:
        yield
    finally:
        setattr(defect.where, defect.name, right)


async def _hold_nothing(session: AsyncSession, run_id: UUID) -> CourseRun:
    return await session.get_one(CourseRun, run_id, populate_existing=True)


async def _forget_keys(request: Request, session: AsyncSession) -> None:
    request.state.session = session


def _last_in_line(run: CourseRun) -> Select[Booking]:
    waiting = select(Booking).where(Booking.course_run_id == run.id, Booking.status == "waiting")
    return waiting.order_by(Booking.id.desc()).limit(1)


async def _acknowledge_first(self: Consumer, messages: Sequence[Msg]) -> None:
    for message in messages:
        await message.ack()
    async with self._database.transaction() as session:
        await handle(session, self._subscription, [read(self._subscription, message.data) for message in messages])


DEFECTS = (
    Defect("places are counted without holding the run", Bookings, places, "hold_run", _hold_nothing, 1),
    Defect("a key is not looked up", Bookings, idempotency, "begin", _forget_keys, 6),
    Defect("the last in the line is offered the place", Bookings, places, "_next_in_line", _last_in_line, 7),
    Defect("an event is acknowledged before the commit", Awards, Consumer, "_handle", _acknowledge_first, 8),
)
