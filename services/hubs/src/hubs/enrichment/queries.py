"""Reads of offers: what schools find, and what the organisation and the moderators see."""

from collections.abc import Sequence
from datetime import date
from typing import get_args
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, literal, literal_column, or_, select, true, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import String

from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs import faceting
from hubs.areas.models import District
from hubs.base import AnyRow, AnySelect
from hubs.enrichment.errors import OfferNotFound
from hubs.enrichment.models import EnrichmentInterest, EnrichmentOffer, OfferStatus
from hubs.enrichment.schemas import OfferFilter
from hubs.faceting import Counts, Facet
from hubs.parties import organisations_of
from hubs.run_search.schemas import Region
from hubs.schools.models import School
from hubs.sets import any_of

Condition = ColumnElement[bool]
MODERATOR = "moderator"

TABLE = EnrichmentOffer.__table__
_ENGLISH: ColumnElement[str] = literal_column("'english'::regconfig")
_IS_NATIONAL = func.cardinality(EnrichmentOffer.regions) == 0
_EVERY_REGION = literal(list(get_args(Region)), ARRAY(String))
_COST = case((EnrichmentOffer.amount_pence == 0, "free"), else_="charged")
SHOWN: tuple[OfferStatus, ...] = ("published", "closed")
"""Published once, and for everybody to read."""


def offer_columns() -> AnySelect:
    """Offers as they are shown today."""
    columns = [column for column in TABLE.columns if column.name != "words"]
    is_expired = EnrichmentOffer.expires_on < clock.today()
    return select(*columns, _IS_NATIONAL.label("is_national"), is_expired.label("is_expired"))


def offered_by(caller: Principal) -> Condition:
    """Offers of organisations for which the caller acts."""
    return any_of(EnrichmentOffer.organisation_id, organisations_of(caller))


async def list_offers(reader: AsyncConnection, wanted: OfferFilter, page: PageOf) -> Sequence[AnyRow]:
    """Open offers, those that end soonest first, one row more than the page holds."""
    chosen = [facet.chosen for facet in _facets(wanted)]
    query = offer_columns().where(*_always(wanted), *chosen)
    if (after := page.after_as(date.fromisoformat, UUID)) is not None:
        query = query.where(tuple_(EnrichmentOffer.expires_on, EnrichmentOffer.id) > after)
    query = query.order_by(EnrichmentOffer.expires_on, EnrichmentOffer.id)
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def count_offers(reader: AsyncConnection, wanted: OfferFilter) -> Counts:
    """Counts of the same search."""
    return await faceting.count(reader, TABLE, _always(wanted), _facets(wanted))


def _always(wanted: OfferFilter) -> list[Condition]:
    conditions = [EnrichmentOffer.status == "published", EnrichmentOffer.expires_on >= clock.today()]
    if wanted.q:
        conditions.append(EnrichmentOffer.words.op("@@")(func.websearch_to_tsquery(_ENGLISH, wanted.q)))
    if wanted.organisation_id is not None:
        conditions.append(EnrichmentOffer.organisation_id == wanted.organisation_id)
    if wanted.with_places:
        has_place = EnrichmentOffer.registered_count < EnrichmentOffer.capacity
        conditions.append(or_(EnrichmentOffer.capacity.is_(None), has_place))
    return conditions


def _facets(wanted: OfferFilter) -> list[Facet]:
    def of_one(name: str, column: InstrumentedAttribute[str], values: Sequence[str]) -> Facet:
        return Facet(name, column, column.in_(values) if values else true())

    offer = EnrichmentOffer
    for_region = or_(_IS_NATIONAL, offer.regions.overlap(wanted.region)) if wanted.region else true()
    of_stage = offer.key_stages.overlap(wanted.key_stage) if wanted.key_stage else true()
    return [
        Facet("kind", offer.kind, offer.kind.in_(wanted.kind) if wanted.kind else true()),
        Facet("key_stage", offer.key_stages, of_stage, is_list=True),
        Facet("region", case((_IS_NATIONAL, _EVERY_REGION), else_=offer.regions), for_region, is_list=True),
        of_one("academic_year", offer.academic_year, wanted.academic_year),
        Facet("term", offer.term, offer.term.in_(wanted.term) if wanted.term else true()),
        Facet("cost", _COST, _COST.in_([wanted.cost]) if wanted.cost else true()),
    ]


async def find_offer(reader: AsyncConnection | AsyncSession, caller: Principal, offer_id: UUID) -> AnyRow:
    """One offer: once published everybody's, before that its organisation's and, once submitted, the moderators'."""
    visible = or_(EnrichmentOffer.published_at.is_not(None), offered_by(caller))
    if caller.has_role(MODERATOR):
        visible = or_(visible, EnrichmentOffer.status != "draft")
    row = (await reader.execute(offer_columns().where(EnrichmentOffer.id == offer_id, visible))).first()
    if row is None:
        raise OfferNotFound("No offer has this id.")
    return row


async def own_offers(
    reader: AsyncConnection, caller: Principal, status: OfferStatus | None, page: PageOf
) -> Sequence[AnyRow]:
    """Offers of the caller's organisations, oldest first, one row more than the page holds."""
    query = offer_columns().where(offered_by(caller))
    return await _by_id(reader, query if status is None else query.where(EnrichmentOffer.status == status), page)


async def submitted_offers(reader: AsyncConnection, caller: Principal, page: PageOf) -> Sequence[AnyRow]:
    """Offers that wait for a moderator, without those of organisations for which the caller acts."""
    query = offer_columns().where(EnrichmentOffer.status == "submitted", ~offered_by(caller))
    return await _by_id(reader, query, page)


async def _by_id(reader: AsyncConnection, query: AnySelect, page: PageOf) -> Sequence[AnyRow]:
    if (after := page.after_as(UUID)) is not None:
        query = query.where(EnrichmentOffer.id > after[0])
    return (await reader.execute(query.order_by(EnrichmentOffer.id).limit(page.limit + 1))).all()


async def interests_in(reader: AsyncConnection, caller: Principal, offer_id: UUID, page: PageOf) -> Sequence[AnyRow]:
    """Schools interested in an offer of the caller's organisation, by URN; OfferNotFound for another's."""
    own = select(EnrichmentOffer.id).where(EnrichmentOffer.id == offer_id, offered_by(caller))
    if (await reader.execute(own)).first() is None:
        raise OfferNotFound("No offer of yours has this id.")
    query = (
        select(EnrichmentInterest.__table__, School.name.label("school_name"), region_of_school().label("region"))
        .join(School, School.urn == EnrichmentInterest.school_urn)
        .outerjoin(District, District.code == School.district_code)
        .where(EnrichmentInterest.offer_id == offer_id, EnrichmentInterest.status != "withdrawn")
    )
    if (after := page.after_as(str)) is not None:
        query = query.where(EnrichmentInterest.school_urn > after[0])
    return (await reader.execute(query.order_by(EnrichmentInterest.school_urn).limit(page.limit + 1))).all()


def region_of_school() -> ColumnElement[str]:
    """The region the register names, else that of the school's district. Needs School joined to District."""
    return func.coalesce(School.region, District.region)
