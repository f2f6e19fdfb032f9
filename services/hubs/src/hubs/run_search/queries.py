"""One search, asked in two ways: for a page of runs, and for counts by what else could be chosen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVarTuple
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Numeric,
    Select,
    String,
    and_,
    cast,
    exists,
    false,
    func,
    literal,
    literal_column,
    null,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from chassis import clock
from chassis.paging import PageOf
from hubs.areas.queries import distance_km, locate, within
from hubs.areas.rules import Position, read_postcode
from hubs.base import AnyRow
from hubs.courses.errors import DistanceNeedsPlace
from hubs.courses.models import BOOKABLE, UNLISTED, Course, CourseRun
from hubs.courses.queries import RUN
from hubs.directory.models import Hub
from hubs.run_search.schemas import CourseRunFilter, Facets, FacetValue, RunCounts

NOWHERE_KM = Decimal(100_000)
"""Sorts runs without a venue behind all others."""
ALIKE = 0.5
"""Least trigram similarity of a title to words that nothing has: takes one wrong or missing letter in a short word."""
FACETS = ("mode", "key_stage", "subject", "programme", "region", "hub_id")
LISTS = ("key_stage", "subject")
"""Facets of which a run has several values."""

Condition = ColumnElement[bool]
Columns = TypeVarTuple("Columns")

_ENGLISH: ColumnElement[str] = literal_column("'english'::regconfig")
# The catalogue and the hubs are small, so their words are read from them as they are at this moment.
_COURSE_TEXT = Course.title + " " + Course.code + " " + func.array_to_string(Course.subjects, " ")
# Materialized, or PostgreSQL would work the words out anew for every run.
_COURSE_WORDS = (
    select(Course.code, func.to_tsvector(_ENGLISH, _COURSE_TEXT).label("words"))
    .cte("course_words")
    .prefix_with("MATERIALIZED")
)
_HUB_WORDS = (
    select(Hub.id, func.to_tsvector(_ENGLISH, Hub.name).label("words")).cte("hub_words").prefix_with("MATERIALIZED")
)
_ALL_WORDS = _COURSE_WORDS.c.words.op("||")(CourseRun.place_words).op("||")(
    func.coalesce(_HUB_WORDS.c.words, literal_column("''::tsvector"))
)


@dataclass(frozen=True)
class Search:
    """A search as conditions on a run, its course and its hub: those of the facets by name, and all others."""

    always: tuple[Condition, ...]
    chosen: Mapping[str, Condition]
    """A condition for each name of FACETS: true when nothing was chosen."""
    near: Condition
    """True when no radius was given."""
    km: ColumnElement[Decimal] | ColumnElement[Decimal | None]
    by_words: bool
    """Whether a condition reads the words of courses and hubs, so that they have to be joined."""

    @property
    def everything(self) -> Condition:
        """All conditions together."""
        return and_(*self.always, *self.chosen.values(), self.near)


async def list_runs(reader: AsyncConnection, wanted: CourseRunFilter, page: PageOf) -> Sequence[AnyRow]:
    """Runs of listed courses, nearest or soonest first, one row more than the page holds."""
    search = await _search(reader, wanted)
    query = _joined(RUN, search).where(search.everything).add_columns(search.km.label("distance_km"))
    query = query.limit(page.limit + 1)
    if wanted.near is None:
        query = query.order_by(CourseRun.starts_on, CourseRun.id)
        if (soonest := page.after_as(date.fromisoformat, UUID)) is not None:
            query = query.where(tuple_(CourseRun.starts_on, CourseRun.id) > soonest)
    else:
        order = func.coalesce(search.km, literal(NOWHERE_KM, Numeric))
        query = query.order_by(order, CourseRun.id)
        if (nearest := page.after_as(Decimal, UUID)) is not None:
            query = query.where(tuple_(order, CourseRun.id) > nearest)
    return (await reader.execute(query)).all()


def key_of_run(row: AnyRow, by_distance: bool) -> tuple[str, str]:
    """The sort key of a listed run, as its cursor holds it."""
    if not by_distance:
        return row.starts_on.isoformat(), str(row.id)
    return str(NOWHERE_KM if row.distance_km is None else row.distance_km), str(row.id)


async def _search(reader: AsyncConnection, wanted: CourseRunFilter) -> Search:
    if wanted.near is None and wanted.within_km is not None:
        raise DistanceNeedsPlace("Send near with within_km.", parameter="within_km")
    always: list[Condition] = [
        Course.is_listed.is_(true()),
        CourseRun.status.not_in(_constants(UNLISTED)),
        CourseRun.starts_on >= (wanted.starts_from or clock.today()),
    ]
    if wanted.starts_to:
        always.append(CourseRun.starts_on <= wanted.starts_to)
    if wanted.course is not None:
        always.append(CourseRun.course_code == wanted.course)
    if wanted.with_places:
        always.append(_has_places())
    said = await _said(reader, wanted.q) if wanted.q else None
    if said is not None:
        always.append(said)
    elif wanted.q:
        always.append(_spelt_like(wanted.q))
    near: Condition = true()
    km: ColumnElement[Decimal] | ColumnElement[Decimal | None] = literal(None, Numeric)
    if wanted.near is not None:
        origin = (await locate(reader, read_postcode(wanted.near))).position
        near, km = _distance(origin, wanted.within_km)
    return Search(tuple(always), _chosen(wanted), near, km, by_words=said is not None)


def _has_places() -> Condition:
    return and_(
        CourseRun.places_taken < CourseRun.capacity,
        CourseRun.status.in_(_constants(BOOKABLE)),
        CourseRun.starts_on > clock.today(),  # as bookings take a run: not on its first day any more
    )


def _chosen(wanted: CourseRunFilter) -> dict[str, Condition]:
    return {
        "mode": Course.mode.in_(wanted.mode) if wanted.mode else true(),
        "key_stage": _any(Course.key_stages, wanted.key_stage) if wanted.key_stage else true(),
        "subject": _any(Course.subjects, wanted.subject) if wanted.subject else true(),
        "programme": Course.programme == wanted.programme if wanted.programme else true(),
        "region": Hub.region.in_(wanted.region) if wanted.region else true(),
        "hub_id": CourseRun.hub_id.in_(wanted.hub_id) if wanted.hub_id else true(),
    }


def _any(column: InstrumentedAttribute[list[str]], values: Sequence[str]) -> Condition:
    return column.bool_op("&&")(cast(values, column.type))


def _distance(origin: Position, within_km: float | None) -> tuple[Condition, ColumnElement[Decimal]]:
    latitude, longitude = CourseRun.__table__.c.latitude, CourseRun.__table__.c.longitude
    km = distance_km(origin, latitude, longitude)
    if within_km is None:
        return true(), km
    # Never null: a facet's count leaves conditions out one by one, and null is neither left out nor held.
    return func.coalesce(and_(within(origin, within_km, latitude), km <= within_km), false()), km


async def _said(reader: AsyncConnection, words: str) -> Condition | None:
    """The condition that a run says all of these words; None when no run at all does."""
    # As a subquery it is worked out once; a plan kept for any words would work it out for every run.
    asked = select(func.websearch_to_tsquery(_ENGLISH, words)).scalar_subquery()
    said = _ALL_WORDS.bool_op("@@")(asked)
    runs = _with_words(select(CourseRun.id)).where(said)
    return said if await reader.scalar(select(exists(runs))) else None


def _spelt_like(words: str) -> Condition:
    return func.word_similarity(words, Course.title) >= ALIKE


def _joined(query: Select[*Columns], search: Search) -> Select[*Columns]:
    return _with_words(query) if search.by_words else query


def _with_words(query: Select[*Columns]) -> Select[*Columns]:
    of_course = query.join(_COURSE_WORDS, _COURSE_WORDS.c.code == CourseRun.course_code)
    return of_course.outerjoin(_HUB_WORDS, _HUB_WORDS.c.id == CourseRun.hub_id)


def _constants(values: Collection[str]) -> list[ColumnElement[str]]:
    """The values in the statement itself: a plan kept for any statuses would expect next to no runs."""
    return [literal(value, literal_execute=True) for value in sorted(values)]


async def count_runs(reader: AsyncConnection, wanted: CourseRunFilter) -> RunCounts:
    """Counts of the same search, in one statement."""
    found = _candidates(await _search(reader, wanted))
    chosen = and_(*(found.c[f"is_{name}"] for name in FACETS))
    counts = [
        *(_facet(found, name) for name in FACETS),
        _tally("total", found, and_(chosen, found.c.is_near)),
        _tally("with_places", found, and_(chosen, found.c.is_near, found.c.has_places)),
        _tally("beyond", found, and_(chosen, ~found.c.is_near, found.c.has_venue)),
        _tally("without_venue", found, and_(chosen, ~found.c.is_near, ~found.c.has_venue)),
    ]
    return _counted((await reader.execute(union_all(*counts))).all())


def _candidates(search: Search) -> CTE:
    """Every run that what always holds lets through: the values to count by, and which of the choices it meets."""
    candidates = (
        select(
            Course.mode,
            Course.key_stages.label("key_stage"),
            Course.subjects.label("subject"),
            Course.programme,
            Hub.region,
            CourseRun.hub_id,
            Hub.name.label("hub_name"),
            *(func.coalesce(condition, false()).label(f"is_{name}") for name, condition in search.chosen.items()),
            search.near.label("is_near"),
            _has_places().label("has_places"),
            CourseRun.latitude.is_not(None).label("has_venue"),
        )
        .select_from(CourseRun)
        .join(Course, Course.code == CourseRun.course_code)
        .outerjoin(Hub, Hub.id == CourseRun.hub_id)
        .where(*search.always)
    )
    return _joined(candidates, search).cte("found")


def _facet(found: CTE, name: str) -> Select[str, str, str, int]:
    """How many runs each value of a facet would find, whatever is chosen of this facet itself."""
    column = found.c[name]
    value = func.unnest(column).label("value") if name in LISTS else cast(column, String).label("value")
    label = found.c.hub_name if name == "hub_id" else null()
    others = [found.c[f"is_{other}"] for other in FACETS if other != name]
    values = select(value, cast(label, String).label("label")).where(*others, found.c.is_near).subquery()
    return (
        select(literal(name).label("facet"), values.c.value, func.max(values.c.label), func.count().label("runs"))
        .where(values.c.value.is_not(None))
        .group_by(values.c.value)
    )


def _tally(name: str, found: CTE, condition: Condition) -> Select[str, str, str, int]:
    nothing = cast(null(), String)
    return select(literal(name), nothing, nothing, func.count().label("runs")).select_from(found).where(condition)


def _counted(rows: Sequence[AnyRow]) -> RunCounts:
    tallies = {row.facet: row.runs for row in rows if row.value is None}
    facets: dict[str, list[FacetValue]] = {name: [] for name in FACETS}
    for row in sorted(rows, key=lambda row: (-row.runs, row.value or "")):
        if row.value is not None:
            facets[row.facet].append(FacetValue(value=row.value, label=row.max or row.value, count=row.runs))
    return RunCounts(**tallies, facets=Facets(**facets))
