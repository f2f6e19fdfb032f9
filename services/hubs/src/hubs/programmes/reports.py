"""Reports on a programme: counted in the database, grouped here, with the group counts that `rules` lets through."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import clock
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.directory.models import Hub
from hubs.programmes import queries
from hubs.programmes.rules import Groups, Part, is_settled, releasable, total_of
from hubs.programmes.schemas import ReportBy, ReportFilter
from hubs.pupil_events.models import PupilBooking, PupilEvent
from hubs.registers.access import hubs_staffed_by
from hubs.spreadsheets import Cell, csv_of

SEE_ALL_EVENTS = ("administrator", "auditor")
NOWHERE = ""
"""The region of events that have none."""
COLUMNS = (
    "academic_year",
    "region",
    "hub_id",
    "hub_name",
    "partner_id",
    "approach",
    "events",
    "events_cancelled",
    "schools_booked",
    "pupils_booked",
    "events_reported",
    "pupils_attended",
    "staff_attended",
    "girls",
    "boys",
    "not_stated",
    "pupils_in_groups",
    "pupils_left_out",
)
LEFT_OUT = "fewer than 5"

_SCHOOLS = (
    select(func.array_agg(PupilBooking.urn))
    .where(PupilBooking.event_id == PupilEvent.id, PupilBooking.status == "booked")
    .scalar_subquery()
)


async def report(reader: AsyncConnection, caller: Principal, slug: str, wanted: ReportFilter) -> dict[str, Any]:
    """Lines by what was asked for. Staff of hubs and partners get lines of their own events alone."""
    programme = await queries.find_programme(reader, slug)
    events = await _events(reader, slug, wanted.academic_year)
    parts = _parts(events, clock.today()) if programme.counts_groups else []
    own = None if caller.has_role(*SEE_ALL_EVENTS) else _organisers(caller)
    if own is not None:
        # After the parts were made of all events: one's own lines say the same, whoever asks for them.
        events = [event for event in events if _organiser(event) in own]
        parts = [part for part in parts if len(part.path) > 2 and part.path[2] in own]
    enrolled = await queries.schools_enrolled(reader, slug, wanted.academic_year) if own is None else None
    lines = _lines(events, parts, wanted.by, counts_groups=programme.counts_groups)
    return {"programme_slug": slug, "by": wanted.by, "schools_enrolled": enrolled, "lines": lines}


async def _events(reader: AsyncConnection, slug: str, academic_year: str | None) -> Sequence[AnyRow]:
    chosen: ColumnElement[bool] = PupilEvent.programme_slug == slug
    if academic_year:
        chosen &= PupilEvent.academic_year == academic_year
    query = (
        select(PupilEvent.__table__, Hub.name.label("hub_name"), _SCHOOLS.label("urns"))
        .outerjoin(Hub, Hub.id == PupilEvent.hub_id)
        .where(chosen, PupilEvent.status != "draft")
        .order_by(PupilEvent.academic_year, PupilEvent.id)
    )
    return (await reader.execute(query)).all()


def _organisers(caller: Principal) -> frozenset[str]:
    mine: frozenset[UUID] = hubs_staffed_by(caller) | caller.organisations("partner_admin")
    return frozenset(map(str, mine))


def _organiser(event: AnyRow) -> str:
    return str(event.hub_id or event.partner_id)


def _parts(events: Iterable[AnyRow], today: date) -> list[Part]:
    counted = [
        Part(
            (event.academic_year, event.region or NOWHERE, _organiser(event), str(event.id)),
            Groups(event.girls, event.boys, event.not_stated),
            event.approach,
        )
        for event in events
        if event.girls is not None and event.status == "open"
    ]
    years = {part.path[0] for part in counted}
    return releasable(counted, frozenset(year for year in years if is_settled(year, today)))


def _lines(
    events: Iterable[AnyRow], parts: Sequence[Part], by: ReportBy, *, counts_groups: bool
) -> list[dict[str, Any]]:
    grouped: dict[tuple[str, str], list[AnyRow]] = defaultdict(list)
    for event in events:
        grouped[event.academic_year, _key(event, by)].append(event)
    lines = []
    for (year, key), rows in sorted(grouped.items()):
        own = [part for part in parts if part.path[0] == year and _belongs(part, by, key)]
        lines.append(_line(rows, total_of(own), by, counts_groups=counts_groups))
    return lines


def _key(event: AnyRow, by: ReportBy) -> str:
    keys = {"region": event.region or NOWHERE, "organiser": _organiser(event), "approach": event.approach or ""}
    return keys.get(by, "")


def _belongs(part: Part, by: ReportBy, key: str) -> bool:
    if by == "region":
        return len(part.path) > 1 and part.path[1] == key
    if by == "organiser":
        return len(part.path) > 2 and part.path[2] == key
    # Pools are of no approach: only events that are safe by themselves count for one.
    return by == "total" or (len(part.path) > 3 and (part.approach or "") == key)


def _line(rows: Sequence[AnyRow], groups: Groups | None, by: ReportBy, *, counts_groups: bool) -> dict[str, Any]:
    first, held = rows[0], [row for row in rows if row.status == "open"]
    reported = [row for row in held if row.pupils_attended is not None]
    attended = sum(row.pupils_attended for row in reported)
    shown = groups.total if groups else 0
    return {
        "academic_year": first.academic_year,
        "region": first.region if by == "region" else None,
        "hub_id": first.hub_id if by == "organiser" else None,
        "hub_name": first.hub_name if by == "organiser" else None,
        "partner_id": first.partner_id if by == "organiser" else None,
        "approach": first.approach if by == "approach" else None,
        "events": len(held),
        "events_cancelled": len(rows) - len(held),
        "schools_booked": len({urn for row in held for urn in row.urns or ()}),
        "pupils_booked": sum(row.pupils_booked for row in held),
        "events_reported": len(reported),
        "pupils_attended": attended,
        "staff_attended": sum(row.staff_attended for row in reported),
        "groups": groups,
        "pupils_in_groups": shown,
        "pupils_left_out": attended - shown if counts_groups else 0,
    }


def as_csv(told: dict[str, Any]) -> bytes:
    """The lines of a report. Where pupils were counted and nothing can be shown, the groups read `fewer than 5`."""
    return csv_of(COLUMNS, [[_cell(line, name) for name in COLUMNS] for line in told["lines"]])


def _cell(line: dict[str, Any], name: str) -> Cell:
    if name in ("girls", "boys", "not_stated"):
        if line["groups"] is None:
            return LEFT_OUT if line["pupils_left_out"] else None
        return int(getattr(line["groups"], name))
    value = line[name]
    return str(value) if isinstance(value, UUID) else value
