"""Reads of the past of schools."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from chassis import clock
from chassis.paging import PageOf
from hubs.academic_years import academic_year_of
from hubs.base import AnyRow
from hubs.gcse_offers.models import GcseOfferAttestation
from hubs.school_history.errors import SchoolNotKnownThen
from hubs.school_history.models import SchoolVersion
from hubs.schools.models import School, SchoolLink, Trust, TrustMembership
from hubs.schools.queries import find_school

VERSION = SchoolVersion.__table__
NOT_OF_THE_REGISTER = "offers_gcse_computer_science"


async def versions_of(reader: AsyncConnection, urn: str, page: PageOf) -> Sequence[Mapping[str, Any]]:
    """Versions of a school, the newest first, one more than the page holds, with the facts in which each differs."""
    await find_school(reader, urn)
    in_order = func.lag(SchoolVersion.facts).over(order_by=(SchoolVersion.as_of_on, SchoolVersion.id))
    said = select(VERSION, in_order.label("before")).where(SchoolVersion.urn == urn).subquery()
    query = select(said).order_by(said.c.as_of_on.desc(), said.c.id.desc()).limit(page.limit + 1)
    if (after := page.after_as(date.fromisoformat, int)) is not None:
        query = query.where(tuple_(said.c.as_of_on, said.c.id) < after)
    return [_version(row) for row in await reader.execute(query)]


async def school_on(reader: AsyncConnection, urn: str, on: date, known_on: date | None) -> dict[str, Any]:
    """A school as it stood on a day, with its trusts and links of then. Raises SchoolNotKnownThen."""
    await find_school(reader, urn)
    query = select(VERSION).where(SchoolVersion.urn == urn, SchoolVersion.as_of_on <= on)
    if known_on is not None:
        midnight = datetime.combine(known_on + timedelta(days=1), time(), clock.ENGLAND)
        query = query.where(SchoolVersion.recorded_at < midnight)
    latest = query.order_by(SchoolVersion.as_of_on.desc(), SchoolVersion.id.desc()).limit(1)
    version = (await reader.execute(latest)).first()
    if version is None:
        raise SchoolNotKnownThen(f"Nothing is known of {urn} as it stood on {on}.")
    return {
        **version.facts,
        "as_of_on": version.as_of_on,
        NOT_OF_THE_REGISTER: await _offer(reader, urn, on),
        "trusts": await _trusts(reader, urn, on),
        "links": await _links(reader, urn, on),
        "successions": [],
    }


def _version(row: AnyRow) -> dict[str, Any]:
    before: dict[str, object] | None = row.before
    return {
        **{name: getattr(row, name) for name in ("id", "as_of_on", "recorded_at", "cause", "import_id")},
        "differs": None if before is None else sorted(k for k, v in row.facts.items() if before.get(k) != v),
        "school": {**row.facts, "as_of_on": row.as_of_on, NOT_OF_THE_REGISTER: None},
    }


async def _offer(reader: AsyncConnection, urn: str, on: date) -> bool | None:
    """What the school attested for the academic year of the day."""
    query = select(GcseOfferAttestation.offers).where(
        GcseOfferAttestation.urn == urn,
        GcseOfferAttestation.academic_year == academic_year_of(on),
        GcseOfferAttestation.status == "standing",
    )
    return await reader.scalar(query)


async def _trusts(reader: AsyncConnection, urn: str, on: date) -> Sequence[AnyRow]:
    query = (
        select(TrustMembership.__table__, Trust.name.label("trust_name"))
        .join(Trust, Trust.code == TrustMembership.trust_code)
        .where(TrustMembership.school_urn == urn, TrustMembership.since_on <= on)
        .where(TrustMembership.until_on.is_(None) | (TrustMembership.until_on > on))
        .order_by(TrustMembership.since_on.desc())
    )
    return (await reader.execute(query)).all()


async def _links(reader: AsyncConnection, urn: str, on: date) -> Sequence[AnyRow]:
    other = aliased(School)
    query = (
        select(
            SchoolLink.linked_urn.label("urn"),
            other.name.label("name"),
            SchoolLink.kind,
            SchoolLink.link_type,
            SchoolLink.established_on,
        )
        .outerjoin(other, other.urn == SchoolLink.linked_urn)
        .where(SchoolLink.urn == urn, SchoolLink.established_on.is_(None) | (SchoolLink.established_on <= on))
        .order_by(SchoolLink.established_on, SchoolLink.linked_urn, SchoolLink.link_type)
    )
    return (await reader.execute(query)).all()
