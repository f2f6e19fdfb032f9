"""Writing marks of sessions. The caller holds the run's row; what was marked before and is now otherwise is audited."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.principal import Principal
from hubs.registers.models import Origin, SessionAttendance
from hubs.registers.queries import Attendances
from hubs.registers.rules import Mark, Session

MARKED = ("presence", "minutes", "arrived_at", "left_at", "origin", "marked_at", "marked_by")


@dataclass(frozen=True)
class NewMark:
    """What is said of a booking at a session, and what was said before."""

    session: Session
    booking_id: UUID
    mark: Mark
    before: Mark | None

    @property
    def changes(self) -> bool:
        """Whether it says anything new."""
        return self.mark != self.before


def new_mark(known: Attendances, session: Session, booking_id: UUID, mark: Mark) -> NewMark:
    """A mark beside what is known."""
    return NewMark(session, booking_id, mark, known.of(booking_id).get(session.id))


async def write(
    session: AsyncSession, caller: Principal, marks: Sequence[NewMark], origin: Origin, reason: str | None
) -> None:
    """Keep marks, of which each changes something."""
    if not marks:
        return
    now = clock.now()
    rows = [
        {
            "session_id": one.session.id,
            "booking_id": one.booking_id,
            "presence": one.mark.presence,
            "minutes": one.mark.minutes,
            "arrived_at": one.mark.arrived_at,
            "left_at": one.mark.left_at,
            "origin": origin,
            "marked_at": now,
            "marked_by": caller.id,
        }
        for one in marks
    ]
    row = insert(SessionAttendance).values(rows)
    keys = [SessionAttendance.session_id, SessionAttendance.booking_id]
    fresh = {name: row.excluded[name] for name in MARKED}
    await session.execute(row.on_conflict_do_update(index_elements=keys, set_=fresh))
    await _audit(session, caller, marks, origin, reason)


async def _audit(
    session: AsyncSession, caller: Principal, marks: Sequence[NewMark], origin: Origin, reason: str | None
) -> None:
    for session_id in dict.fromkeys(one.session.id for one in marks):
        of_session = [one for one in marks if one.session.id == session_id]
        details: dict[str, audit.JSON] = {"origin": origin, "reason": reason}
        details["marks"] = [f"{one.booking_id}: {_told(one)}" for one in of_session]
        await audit.record(session, caller, "session.marked", f"course_session:{session_id}", details)


def _told(one: NewMark) -> str:
    after = _said(one.mark)
    return after if one.before is None else f"{_said(one.before)} → {after}"


def _said(mark: Mark) -> str:
    times = [
        f"{word} {at.isoformat(timespec='minutes')}"
        for word, at in (("from", mark.arrived_at), ("to", mark.left_at))
        if at
    ]
    return " ".join([mark.presence, *([f"{mark.minutes} min"] if mark.minutes else []), *times])
