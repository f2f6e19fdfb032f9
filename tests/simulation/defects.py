"""Defects such as people make, put into the product to see whether a simulation finds them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from uuid import UUID

from fastapi import Request
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import idempotency
from hubs.bookings import places
from hubs.bookings.models import Booking
from hubs.courses.models import CourseRun


@contextmanager
def planted(module: ModuleType, name: str, made_wrong: Callable[..., Any]) -> Iterator[None]:
    """The defect is there until the block ends."""
    right = getattr(module, name)
    setattr(module, name, made_wrong)
    try:
        yield
    finally:
        setattr(module, name, right)


async def _hold_nothing(session: AsyncSession, run_id: UUID) -> CourseRun:
    return await session.get_one(CourseRun, run_id, populate_existing=True)


async def _forget_keys(request: Request, session: AsyncSession) -> None:
    request.state.session = session


def _last_in_line(run: CourseRun) -> Select[Booking]:
    waiting = select(Booking).where(Booking.course_run_id == run.id, Booking.status == "waiting")
    return waiting.order_by(Booking.id.desc()).limit(1)


OF_BOOKINGS: dict[str, tuple[ModuleType, str, Callable[..., Any]]] = {
    "places are counted without holding the run": (places, "hold_run", _hold_nothing),
    "a key is not looked up": (idempotency, "begin", _forget_keys),
    "the last in the line is offered the place": (places, "_next_in_line", _last_in_line),
}
"""What is made wrong, where, and how."""
