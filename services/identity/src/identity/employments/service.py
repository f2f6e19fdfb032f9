"""Moving from school to school. The past is kept, and the services that know a teacher's school are told."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.base import Event
from contracts.identity import TeacherRegistered, TeacherUpdated
from identity.employments.errors import EmploymentNotOpen, LeavingBeforePresentSchool, MoveBeforePresentSchool
from identity.employments.schemas import Move
from identity.people.models import Employment, Person, Phase
from identity.people.service import hold_person

EmploymentRow = Row[UUID, str, date, date | None]

_COLUMNS = (Employment.id, Employment.school_urn, Employment.from_on, Employment.to_on)


async def move(session: AsyncSession, caller: Principal, person_id: UUID | None, move: Move) -> None:
    """Let somebody teach at a school from a day on; MoveBeforePresentSchool. Said again, it changes nothing.

    From the day on which the present employment began, it replaces that one: it was entered wrongly.
    """
    person = await hold_person(session, person_id)
    present = await session.scalar(
        select(Employment).where(Employment.person_id == person.id, Employment.to_on.is_(None))
    )
    if present is not None and (present.school_urn, person.phase) == (move.school_urn, move.phase.value):
        return
    left = present.school_urn if present else None
    if left != move.school_urn:
        await _move(session, person.id, present, move)
    changed = _news(person, move)
    person.phase = move.phase.value
    await session.flush()
    details: dict[str, audit.JSON] = {"from": left, "to": move.school_urn, "from_on": f"{move.from_on}"}
    await audit.record(session, caller, "employment.changed", f"person:{person.id}", details)
    await publish(session, changed)


async def leave(session: AsyncSession, caller: Principal, person_id: UUID | None, to_on: date) -> None:
    """Let somebody teach nowhere after a day; EmploymentNotOpen, LeavingBeforePresentSchool.

    What they booked, learned and earned stays with the school that it was made for.
    """
    person = await hold_person(session, person_id)
    query = select(Employment).where(Employment.person_id == person.id, Employment.to_on.is_(None))
    present = await session.scalar(query)
    if present is None:
        raise EmploymentNotOpen("Nothing says where you teach now.")
    if to_on < present.from_on:
        raise LeavingBeforePresentSchool(f"Your present employment began on {present.from_on}.")
    present.to_on = to_on
    await session.flush()
    details: dict[str, audit.JSON] = {"from": present.school_urn, "to": None, "to_on": f"{to_on}"}
    await audit.record(session, caller, "employment.ended", f"person:{person.id}", details)
    if person.phase is None:
        return
    left = TeacherUpdated(
        teacher_id=person.id,
        school_urn=present.school_urn,
        phase=Phase(person.phase).value,
        from_on=present.from_on,
        updated_at=clock.now(),
        left_on=to_on,
    )
    await publish(session, left)


async def _move(session: AsyncSession, person_id: UUID, present: Employment | None, move: Move) -> None:
    if present is not None and move.from_on < present.from_on:
        raise MoveBeforePresentSchool(f"Your present employment began on {present.from_on}.")
    if present is not None and move.from_on == present.from_on:
        present.school_urn = move.school_urn
        return
    if present is not None:
        present.to_on = move.from_on - timedelta(days=1)
        await session.flush()
    session.add(Employment(person_id=person_id, school_urn=move.school_urn, from_on=move.from_on))


def _news(person: Person, move: Move) -> Event:
    """Staff who begin to teach are new teachers to everybody else."""
    known = {"teacher_id": person.id, "school_urn": move.school_urn, "phase": move.phase.value}
    if person.phase is None:
        return TeacherRegistered.model_validate({**known, "registered_at": clock.now()})
    return TeacherUpdated.model_validate({**known, "from_on": move.from_on, "updated_at": clock.now()})


async def employments_of(reader: AsyncConnection | AsyncSession, person_id: UUID | None) -> Sequence[EmploymentRow]:
    """All employments of a person, the newest first."""
    query = select(*_COLUMNS).where(Employment.person_id == person_id).order_by(Employment.from_on.desc())
    return (await reader.execute(query)).all()
