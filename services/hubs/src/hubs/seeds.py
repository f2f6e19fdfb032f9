"""Loading the reference data of `hubs.reference`, each in the order the tables need. Loading twice changes nothing."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.clock import ENGLAND
from chassis.outbox import publish
from chassis.service import Progress, Seed
from contracts.hubs import DeliveryMode, HubChanged
from hubs.academic_years import academic_year_of
from hubs.alliances.demo_hub import load_demo_stem_hub
from hubs.alliances.seed import load_demo_alliance
from hubs.area_lists.models import AreaList
from hubs.area_lists.schemas import AreaListHead
from hubs.area_lists.service import add_reference_version
from hubs.areas.models import District, DistrictSuccessor, Outcode, PostcodeSector
from hubs.base import Base
from hubs.catching_up import tell_what_was_not
from hubs.centres.seed import load_demo_centre
from hubs.completion_thresholds.seed import load_thresholds
from hubs.completions.models import Activity
from hubs.courses.models import CalendarShift, Course, CourseRun, CourseSession
from hubs.courses.news import tell_of_runs, tell_of_runs_of
from hubs.courses.rules import learning_hours, release_days, sessions_told, weeks_to_shift
from hubs.coverage.service import add_reference_coverage
from hubs.directory.models import Hub
from hubs.enrichment.seed import load_demo_offers
from hubs.equipment.seed import load_demo_kits
from hubs.establishment_types.service import add_reference_verdicts, state_funded_on
from hubs.gcse_offers.queries import attested_offers
from hubs.network_demo.seed import load_demo_network_years
from hubs.network_demo.spaces import load_demo_spaces
from hubs.networks.seed import load_networks, load_synthetic_networks
from hubs.programmes.seed import load_programmes
from hubs.pupil_events.seed import load_demo_event
from hubs.reference import rows
from hubs.resources.seed import load_demo_resources, load_vocabulary
from hubs.school_history.service import remember
from hubs.schools.models import School
from hubs.schools.news import school_changed
from hubs.sets import any_of
from hubs.upsert import upsert

FACE_TO_FACE_PLACES = 20
REMOTE_PLACES = 30
"""Capacities are ours: the source holds none."""
SYNTHETIC = "synthetic"
OFFERS = "offers_gcse_computer_science"


def _table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)


def _degrees(row: dict[str, str]) -> dict[str, float | None]:
    return {name: float(row[name]) if row[name] else None for name in ("latitude", "longitude")}


def _verdict(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)


def hub_id(slug: str) -> UUID:
    """A hub's identifier, the same on every platform."""
    return uuid5(NAMESPACE_URL, f"https://ncce.example.org/hubs/{slug}")


def course_session_id(source_ref: str, ordinal: int) -> UUID:
    """A session's identifier, the same on every platform."""
    return uuid5(NAMESPACE_URL, f"https://ncce.example.org/course-runs/{source_ref}/sessions/{ordinal}")


def course_run_id(source_ref: str) -> UUID:
    """A run's identifier, the same on every platform."""
    return uuid5(NAMESPACE_URL, f"https://ncce.example.org/course-runs/{source_ref}")


async def load_areas(session: AsyncSession, progress: Progress) -> None:
    """Districts of all vintages, their successors, postcode sectors and outcodes."""
    districts: list[dict[str, Any]] = [
        {name: row[name] for name in ("code", "name", "region", "vintage")} | {"is_current": row["is_current"] == "yes"}
        for row in rows("districts.csv")
    ]
    successors = [
        row | {"effective_on": date.fromisoformat(row["effective_on"])} for row in rows("district_successors.csv")
    ]
    loads: list[tuple[type[Base], list[dict[str, Any]]]] = [
        (District, districts),
        (DistrictSuccessor, successors),
        (PostcodeSector, [_area(row) for row in rows("sectors.csv")]),
        (Outcode, [_area(row) for row in rows("outcodes.csv")]),
    ]
    done, total = 0, sum(len(new) for _, new in loads)
    for model, new in loads:
        await upsert(session, _table(model), new)
        done += len(new)
        progress(done, total)


def _area(row: dict[str, str]) -> dict[str, Any]:
    return row | _degrees(row) | {"district_share": float(row["district_share"])}


async def load_area_lists(session: AsyncSession, progress: Progress) -> None:
    """The first version of each list, which every service that needs it ships with: approved, and told to nobody."""
    lists, areas = rows("area_lists.csv"), rows("area_categories.csv")
    for done, row in enumerate(lists, start=1):
        head = AreaListHead.model_validate(row | {"valid_to": row["valid_to"] or None})
        if await session.scalar(select(AreaList.id).where(AreaList.scheme == head.scheme).limit(1)) is None:
            await add_reference_version(session, head, [one for one in areas if one["scheme"] == head.scheme])
        progress(done, len(lists))


async def load_hubs(session: AsyncSession, progress: Progress) -> None:
    """Hubs and the districts they cover; `hub.changed` for each that is new or differs."""
    hubs: list[dict[str, Any]] = [
        {name: row[name] for name in ("slug", "name", "kind", "region", "postcode", "district_code", "email")}
        | _degrees(row)
        | {"id": hub_id(row["slug"]), "lead_school": row["lead_school"] or None, "is_open": True}
        for row in rows("hubs.csv")
    ]
    # What people changed since is newer than this file; seeding again must not take it back.
    edited = set(await session.scalars(select(Hub.id).where(Hub.version > 1)))
    offered = [hub for hub in hubs if hub["id"] not in edited]
    changed = await upsert(session, _table(Hub), offered) if offered else []
    await publish(session, *(HubChanged.model_validate({**row._mapping, "hub_id": row.id}) for row in changed))
    coverage = [
        {"district_code": row["district_code"], "hub_id": hub_id(row["hub_slug"]), "basis": row["basis"]}
        for row in rows("coverage.csv")
    ]
    await add_reference_coverage(session, coverage)
    progress(len(hubs) + len(coverage), len(hubs) + len(coverage))


async def load_courses(session: AsyncSession, progress: Progress) -> None:
    """The catalogue, and the activities that partners may report."""
    courses = [_course(row) for row in rows("courses.csv")]
    activities = [dict(row) for row in rows("activities.csv")]
    changed = await upsert(session, _table(Course), courses)
    await tell_of_runs_of(session, [row.code for row in changed])
    progress(len(courses), len(courses) + len(activities))
    await upsert(session, _table(Activity), activities)
    progress(len(courses) + len(activities), len(courses) + len(activities))


def _course(row: dict[str, str]) -> dict[str, Any]:
    value = Decimal(row["duration_value"]) if row["duration_value"] else None
    lists = {name: [part for part in row[name].split(";") if part] for name in ("phases", "key_stages", "subjects")}
    return (
        {name: row[name] for name in ("code", "title", "programme", "mode")}
        | lists
        | {
            "hours": learning_hours(value, row["duration_unit"]),
            "days": release_days(value, row["duration_unit"], cast(DeliveryMode, row["mode"])),
            "is_listed": row["listed"] == "yes",
        }
    )


async def load_course_runs(session: AsyncSession, progress: Progress) -> None:
    """The runs, moved as a whole by whole weeks when first loaded, and by the same number ever after."""
    source = rows("runs.csv")
    shift = await _calendar_shift(session, date.fromisoformat(min(row["starts_at"] for row in source)[:10]))
    courses = {row["code"]: row for row in rows("courses.csv")}
    # A run that its hub has edited is the hub's from then on.
    edited = frozenset(await session.scalars(select(CourseRun.id).where(CourseRun.version > 1)))
    runs = [_run(row, courses[row["course_code"]], shift) for row in source]
    changed = await upsert(session, _table(CourseRun), [run for run in runs if run["id"] not in edited])
    await tell_of_runs(session, [row.id for row in changed])
    sessions = [one for row in source for one in _sessions(row, courses[row["course_code"]], shift)]
    await upsert(session, _table(CourseSession), [one for one in sessions if one["course_run_id"] not in edited])
    progress(len(source), len(source))


async def _calendar_shift(session: AsyncSession, first_on: date) -> timedelta:
    known = await session.scalar(select(CalendarShift.weeks))
    if known is None:
        today = clock.today()
        known = weeks_to_shift(first_on, today)
        session.add(CalendarShift(id=1, weeks=known, loaded_on=today))
    return timedelta(weeks=known)


def _run(row: dict[str, str], course: dict[str, str], shift: timedelta) -> dict[str, Any]:
    # Wall-clock times move, so that half past nine stays half past nine across a change of the clocks.
    starts, ends = (datetime.fromisoformat(row[name]) + shift for name in ("starts_at", "ends_at"))
    can_be_booked = bool(row["hub_slug"] and course["phases"] and course["duration_unit"])
    return (
        {name: row[name] or None for name in ("course_code", "instance_code", "venue", "town", "postcode")}
        | _degrees(row)
        | {
            "id": course_run_id(row["source_ref"]),
            "hub_id": hub_id(row["hub_slug"]) if row["hub_slug"] else None,
            "status": "open" if can_be_booked else "closed",
            "starts_at": starts.replace(tzinfo=ENGLAND),
            "ends_at": ends.replace(tzinfo=ENGLAND),
            "starts_on": starts.date(),
            "ends_on": ends.date(),
            "capacity": FACE_TO_FACE_PLACES if course["mode"] == "face_to_face" else REMOTE_PLACES,
        }
    )


def _sessions(row: dict[str, str], course: dict[str, str], shift: timedelta) -> list[dict[str, Any]]:
    starts, ends = (datetime.fromisoformat(row[name]) + shift for name in ("starts_at", "ends_at"))
    value = Decimal(course["duration_value"]) if course["duration_value"] else None
    unit = course["duration_unit"]
    told = sessions_told(starts, ends, learning_hours(value, unit), value if unit == "days" else None)
    return [
        {
            "id": course_session_id(row["source_ref"], ordinal),
            "course_run_id": course_run_id(row["source_ref"]),
            "ordinal": ordinal,
            "starts_at": begins.replace(tzinfo=ENGLAND),
            "ends_at": finishes.replace(tzinfo=ENGLAND),
            "minutes": minutes,
        }
        for ordinal, (begins, finishes, minutes) in enumerate(told, start=1)
    ]


async def load_schools(session: AsyncSession, progress: Progress) -> None:
    """The synthetic register; `school.changed` for each school that is new or differs."""
    await add_reference_verdicts(session)
    funded = await state_funded_on(session, clock.today())
    # What a school has attested since stays: the file only says where it began.
    attested = await attested_offers(session, academic_year_of(clock.today()))
    schools = [
        school | {OFFERS: attested.get(school["urn"], school[OFFERS])}
        for school in (_school(row, funded) for row in rows("schools_synthetic.csv"))
    ]
    # What an import has written since is newer than this file; seeding again must not take it back.
    imported = set(await session.scalars(select(School.urn).where(School.row_hash.is_not(None))))
    offered = [school for school in schools if school["urn"] not in imported]
    changed = await upsert(session, _table(School), offered) if offered else []
    await publish(session, *(school_changed(row._mapping) for row in changed))
    for as_of_on in sorted({row.as_of_on for row in changed}):
        urns = [row.urn for row in changed if row.as_of_on == as_of_on]
        await remember(session, any_of(School.urn, urns), "seed", as_of_on)
    progress(len(schools), len(schools))


def _school(row: dict[str, str], funded: dict[int, bool | None]) -> dict[str, Any]:
    return (
        {name: row[name] for name in ("urn", "name", "phase", "country")}
        | {name: row[name] or None for name in ("sector", "district_code", "district_vintage")}
        | {name: int(row[name]) if row[name] else None for name in ("lowest_age", "highest_age")}
        | _degrees(row)
        | {
            "establishment_type": int(row["establishment_type"]),
            "is_open": row["status"] == "open",
            "is_state_funded": funded[int(row["establishment_type"])],
            "offers_gcse_computer_science": _verdict(row["offers_gcse_computer_science"]),
            "source": SYNTHETIC,
            "as_of_on": date.fromisoformat(row["as_of_on"]),
        }
    )


SEEDS = [
    Seed("areas", load_areas),
    Seed("area_lists", load_area_lists),
    Seed("hubs", load_hubs),
    Seed("courses", load_courses),
    Seed("completion_thresholds", load_thresholds),
    Seed("programmes", load_programmes),
    Seed("networks", load_networks),
    Seed("untold", tell_what_was_not),
    Seed("resource_vocabulary", load_vocabulary),
]
DEMO_SEEDS = [
    Seed("course_runs", load_course_runs),
    Seed("schools", load_schools),
    Seed("resources", load_demo_resources),
    Seed("enrichment_offers", load_demo_offers),
    Seed("pupil_events", load_demo_event),
    Seed("centres", load_demo_centre),
    Seed("kits", load_demo_kits),
    Seed("synthetic-networks", load_synthetic_networks),
    Seed("network-years", load_demo_network_years),
    Seed("group-spaces", load_demo_spaces),
    Seed("alliances", load_demo_alliance),
    Seed("stem-hubs", load_demo_stem_hub),
]
"""Invented schools, resources and offers, and a calendar with moved dates: for demonstrations, sandboxes and tests."""
