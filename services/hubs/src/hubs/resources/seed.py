"""Loading the vocabulary, and for demonstrations a handful of invented resources."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import ENGLAND
from chassis.service import Progress
from hubs.base import Base
from hubs.reference import rows
from hubs.resources.models import CurriculumAim, Resource, ResourceTopic, ResourceVersion
from hubs.upsert import upsert

ORGANISATION = uuid5(NAMESPACE_URL, "https://ncce.example.org/organisations/ncce")
"""The national centre, as whose the invented resources are shown."""


def resource_id(slug: str) -> UUID:
    """An invented resource's identifier, the same on every platform."""
    return uuid5(NAMESPACE_URL, f"https://ncce.example.org/resources/{slug}")


async def load_vocabulary(session: AsyncSession, progress: Progress) -> None:
    """Topics and aims; what a later file no longer lists stays, because resources name it."""
    topics = [dict(row) for row in rows("resource_topics.csv")]
    aims = [dict[str, str | None](row) | {"key_stage": row["key_stage"] or None} for row in rows("curriculum_aims.csv")]
    await _upsert(session, ResourceTopic, topics)
    await _upsert(session, CurriculumAim, aims)
    progress(len(topics) + len(aims), len(topics) + len(aims))


async def load_demo_resources(session: AsyncSession, progress: Progress) -> None:
    """Invented resources of the national centre, published; every title says that they are synthetic."""
    found = rows("resources_synthetic.csv")
    known = set(await session.scalars(Resource.__table__.select().with_only_columns(Resource.id)))
    fresh = [row for row in found if resource_id(row["slug"]) not in known]
    session.add_all(_resource(row) for row in fresh)
    await session.flush()
    session.add_all(_version(row) for row in fresh)
    progress(len(found), len(found))


def _resource(row: dict[str, str]) -> Resource:
    at = _moment(row)
    return Resource(id=resource_id(row["slug"]), organisation_id=ORGANISATION, created_at=at, first_published_at=at)


def _version(row: dict[str, str]) -> ResourceVersion:
    lists = {name: [part for part in row[name].split(";") if part] for name in ("key_stages", "topics", "aims")}
    named: dict[str, Any] = {name: row[name] for name in ("title", "summary", "type", "licence", "link")}
    at = _moment(row)
    return ResourceVersion(
        resource_id=resource_id(row["slug"]),
        number=1,
        status="published",
        created_at=at,
        submitted_at=at,
        decided_at=at,
        published_at=at,
        reason="Made up for demonstrations.",
        **named,
        **lists,
    )


def _moment(row: dict[str, str]) -> datetime:
    return datetime.fromisoformat(row["published_on"]).replace(hour=12, tzinfo=ENGLAND)


async def _upsert(session: AsyncSession, model: type[Base], new: Sequence[dict[str, Any]]) -> None:
    await upsert(session, cast(Table, model.__table__), new)
