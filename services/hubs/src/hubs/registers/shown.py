"""Registers as they are shown: sessions, and everybody's minutes beside the rule."""

from typing import Any
from uuid import UUID

from hubs.registers import queries
from hubs.registers.models import Origin
from hubs.registers.queries import Anything, Attendances, EntryRow, RunRow
from hubs.registers.rules import Mark, Session, judge, minutes_early, minutes_late


async def shown(connection: Anything, run: RunRow) -> dict[str, Any]:
    """A run's register as `RegisterOut` describes it."""
    entries, known = await queries.entries(connection, run.course_run_id), await queries.attendances(connection, run)
    origins = {
        (row.booking_id, row.session_id): row.origin
        for row in await queries.mark_rows(connection, [one.id for one in known.sessions])
    }
    on_register = {entry.booking_id for entry in entries}
    return {
        **run._mapping,
        "rule": known.rule,
        "sessions": [_session(one, known, on_register) for one in known.sessions],
        "entries": [_entry(entry, known, origins) for entry in entries],
    }


def _session(one: Session, known: Attendances, on_register: set[UUID]) -> dict[str, Any]:
    marked = sum(one.id in known.of(booking_id) for booking_id in on_register)
    return {**vars(one), "marked": marked, "unmarked": len(on_register) - marked}


def _entry(entry: EntryRow, known: Attendances, origins: dict[tuple[UUID, UUID], Origin]) -> dict[str, Any]:
    marks = known.of(entry.booking_id)
    sessions = [mark_shown(one, marks.get(one.id), origins.get((entry.booking_id, one.id))) for one in known.sessions]
    so_far: dict[str, Any] = {"is_met": None, "sessions": sessions}
    if known.standard is not None and not known.has_only_word_of(entry):
        verdict = judge(known.sessions, marks, known.standard)
        so_far |= {name: getattr(verdict, name) for name in ("is_met", "minutes_planned", "minutes_attended")}
        so_far["explanation"] = verdict.explanation
    return {**entry._mapping, **so_far}


def mark_shown(session: Session, mark: Mark | None, origin: Origin | None) -> dict[str, Any]:
    """One person's session as `MarkOut` describes it."""
    return {
        "session_id": session.id,
        "ordinal": session.ordinal,
        "presence": "pending" if mark is None else mark.presence,
        "minutes_planned": session.minutes,
        "minutes": None if mark is None else mark.minutes,
        "arrived_at": None if mark is None else mark.arrived_at,
        "left_at": None if mark is None else mark.left_at,
        "minutes_late": 0 if mark is None else minutes_late(session, mark.arrived_at),
        "minutes_left_early": 0 if mark is None else minutes_early(session, mark.left_at),
        "origin": origin,
    }
