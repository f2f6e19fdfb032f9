"""Reads of offers."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import aliased

from chassis.paging import PageOf
from hubs.base import AnyRow
from hubs.gcse_offers.models import GcseOfferAttestation as Attestation

TABLE = Attestation.__table__


async def offers_of(reader: AsyncConnection, urn: str) -> Sequence[AnyRow]:
    """What counts for a school, newest year first."""
    contrary = aliased(Attestation)
    is_disputed = exists().where(
        contrary.urn == Attestation.urn,
        contrary.academic_year == Attestation.academic_year,
        contrary.status == "in_review",
    )
    query = (
        select(TABLE, is_disputed.label("is_disputed"))
        .where(Attestation.urn == urn, Attestation.status == "standing")
        .order_by(Attestation.academic_year.desc())
    )
    return (await reader.execute(query)).all()


async def in_review(reader: AsyncConnection, page: PageOf) -> Sequence[AnyRow]:
    """Attestations that wait for a decision, oldest first, one row more than the page holds."""
    query = select(TABLE).where(Attestation.status == "in_review").order_by(Attestation.id)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(Attestation.id > after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def attested_offers(session: AsyncSession, academic_year: str) -> dict[str, bool]:
    """What counts in a year, by school."""
    query = select(Attestation.urn, Attestation.offers).where(
        Attestation.academic_year == academic_year, Attestation.status == "standing"
    )
    return {row.urn: row.offers for row in await session.execute(query)}
