"""Reads of the bank: what everybody finds, and what its author or a moderator sees beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Numeric,
    cast,
    extract,
    func,
    literal_column,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs import faceting
from hubs.base import AnyRow
from hubs.faceting import Counts, Facet
from hubs.reference import rows
from hubs.resources.access import REVIEWER, authored_by
from hubs.resources.errors import ResourceNotFound, ResourceWithdrawn
from hubs.resources.models import READABLE, CurriculumAim, Resource, ResourceTopic, ResourceVersion, VersionStatus
from hubs.resources.schemas import ResourceFilter, Sort

Condition = ColumnElement[bool]

TABLE = ResourceVersion.__table__
VERSION = [column for column in TABLE.columns if column.name != "words"]
_ENGLISH: ColumnElement[str] = literal_column("'english'::regconfig")
_BOTH = Resource.__table__.join(TABLE, ResourceVersion.resource_id == Resource.id)
_SHOWN = (ResourceVersion.status == "published", Resource.withdrawn_at.is_(None))
_AVERAGE = func.round(cast(Resource.rating_sum, Numeric) / func.nullif(Resource.rating_count, 0), 1)
_IS_BY_TEACHER = Resource.teacher_id.is_not(None).label("is_by_teacher")
_PUBLISHED = select(
    *(column for column in VERSION if column.name != "resource_id"),
    Resource.id,
    Resource.organisation_id,
    Resource.first_published_at,
    Resource.used_count,
    Resource.rating_count,
    Resource.withdrawn_at,
    _IS_BY_TEACHER,
    _AVERAGE.label("rating_average"),
).select_from(_BOTH)


@dataclass(frozen=True)
class Seen:
    """A version, and whether everybody may see it."""

    row: AnyRow
    is_public: bool


async def list_resources(reader: AsyncConnection, wanted: ResourceFilter, page: PageOf) -> Sequence[AnyRow]:
    """Published resources in the order wanted, one row more than the page holds."""
    key = _sort_key(wanted.sort or ("relevance" if wanted.q else "newest"), wanted.q)
    chosen = [facet.chosen for facet in _facets(wanted)]
    query = _PUBLISHED.add_columns(key.label("sort_key")).where(*_SHOWN, *_always(wanted), *chosen)
    if (after := page.after_as(int, UUID)) is not None:
        query = query.where(tuple_(key, Resource.id) < after)
    query = query.order_by(key.desc(), Resource.id.desc()).limit(page.limit + 1)
    return (await reader.execute(query)).all()


async def count_resources(reader: AsyncConnection, wanted: ResourceFilter) -> Counts:
    """Counts of the same search."""
    return await faceting.count(reader, _BOTH, [*_SHOWN, *_always(wanted)], _facets(wanted))


def _always(wanted: ResourceFilter) -> list[Condition]:
    conditions: list[Condition] = []
    if wanted.q:
        conditions.append(ResourceVersion.words.op("@@")(_said(wanted.q)))
    if wanted.organisation_id is not None:
        conditions.append(Resource.organisation_id == wanted.organisation_id)
    return conditions


def _said(words: str) -> ColumnElement[str]:
    return func.websearch_to_tsquery(_ENGLISH, words)


def _facets(wanted: ResourceFilter) -> list[Facet]:
    def of_list(name: str, column: InstrumentedAttribute[list[str]], values: Sequence[str]) -> Facet:
        return Facet(name, column, column.overlap(values) if values else true(), is_list=True)

    return [
        of_list("key_stage", ResourceVersion.key_stages, wanted.key_stage),
        of_list("topic", ResourceVersion.topics, wanted.topic),
        of_list("aim", ResourceVersion.aims, wanted.aim),
        Facet("type", TABLE.c.type, ResourceVersion.type.in_(wanted.type) if wanted.type else true()),
        Facet("licence", TABLE.c.licence, ResourceVersion.licence.in_(wanted.licence) if wanted.licence else true()),
    ]


def _sort_key(sort: Sort, words: str | None) -> ColumnElement[int]:
    """The higher, the further up: whole numbers, which a cursor holds exactly."""
    if sort == "relevance" and words:
        return cast(func.ts_rank_cd(ResourceVersion.words, _said(words)) * 1_000_000, BigInteger)
    if sort == "best_rated":
        return func.coalesce(Resource.rating_sum * 1000 / func.nullif(Resource.rating_count, 0), 0).cast(BigInteger)
    if sort == "most_used":
        return cast(Resource.used_count, BigInteger)
    return cast(extract("epoch", ResourceVersion.published_at) * 1_000_000, BigInteger)


async def find_resource(reader: AsyncConnection, resource_id: UUID) -> dict[str, object]:
    """A published resource with its history; ResourceNotFound, or ResourceWithdrawn."""
    query = _PUBLISHED.where(Resource.id == resource_id, ResourceVersion.status.in_((*READABLE, "withdrawn")))
    found = (await reader.execute(query.order_by(ResourceVersion.number.desc()))).all()
    _refuse_withdrawn(found)
    shown = next(row for row in found if row.status == "published")
    return {**shown._mapping, "versions": found}


def _refuse_withdrawn(found: Sequence[AnyRow]) -> None:
    if not found:
        raise ResourceNotFound("No published resource has this id.")
    if found[0].withdrawn_at is not None:
        raise ResourceWithdrawn("This resource was withdrawn and is not to be used any more.")


async def find_version(reader: AsyncConnection, caller: Principal, resource_id: UUID, number: int) -> Seen:
    """One version: a published one for everybody, others for their author, and once submitted for moderators."""
    own = authored_by(caller)
    if caller.has_role(REVIEWER):
        own = own | (ResourceVersion.status != "draft")
    columns = (*VERSION, Resource.withdrawn_at, own.label("is_own"))
    query = select(*columns).select_from(_BOTH).where(Resource.id == resource_id, ResourceVersion.number == number)
    row = (await reader.execute(query)).first()
    was_published = row is not None and row.status in (*READABLE, "withdrawn")
    if row is None or not (row.is_own or was_published):
        raise ResourceNotFound("No published version of a resource has this number.")
    is_public = was_published and row.withdrawn_at is None
    if not (row.is_own or is_public):
        raise ResourceWithdrawn("This resource was withdrawn and is not to be used any more.")
    return Seen(row, is_public)


async def own_versions(
    reader: AsyncConnection, caller: Principal, status: VersionStatus | None, page: PageOf
) -> Sequence[AnyRow]:
    """Versions of the caller's resources, oldest resource first, one row more than the page holds."""
    query = select(*VERSION).select_from(_BOTH).where(authored_by(caller))
    if status is not None:
        query = query.where(ResourceVersion.status == status)
    if (after := page.after_as(UUID, int)) is not None:
        query = query.where(tuple_(ResourceVersion.resource_id, ResourceVersion.number) > after)
    ordered = query.order_by(ResourceVersion.resource_id, ResourceVersion.number)
    return (await reader.execute(ordered.limit(page.limit + 1))).all()


async def in_review(reader: AsyncConnection, caller: Principal, page: PageOf) -> Sequence[AnyRow]:
    """Versions that wait for a decision, oldest resource first, without the caller's own."""
    alike = TABLE.alias()
    same = select(alike.c.resource_id).distinct()
    same = same.where(alike.c.link == ResourceVersion.link, alike.c.resource_id != ResourceVersion.resource_id)
    columns = (
        *VERSION,
        Resource.organisation_id,
        _IS_BY_TEACHER,
        func.array(same.scalar_subquery(), type_=ARRAY(Resource.__table__.c.id.type)).label("same_link_as"),
    )
    query = select(*columns).select_from(_BOTH)
    query = query.where(ResourceVersion.status.in_(("submitted", "in_review")), ~authored_by(caller))
    if (after := page.after_as(UUID)) is not None:
        query = query.where(ResourceVersion.resource_id > after[0])
    return (await reader.execute(query.order_by(ResourceVersion.resource_id).limit(page.limit + 1))).all()


async def vocabulary(reader: AsyncConnection) -> dict[str, object]:
    """Topics, aims and licences in the order of their codes."""
    topics, aims = ResourceTopic.__table__, CurriculumAim.__table__
    return {
        "topics": (await reader.execute(select(topics).order_by(topics.c.code))).all(),
        "aims": (await reader.execute(select(aims).order_by(aims.c.code))).all(),
        "licences": [row | {name: row[name] == "yes" for name in _YES_OR_NO} for row in rows("licences.csv")],
    }


_YES_OR_NO = ("attribution", "share_alike", "commercial")
