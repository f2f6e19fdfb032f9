"""For demonstrations: invented offers for the terms around today, every one called synthetic."""

from datetime import timedelta
from typing import Any, cast
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.service import Progress
from hubs.academic_years import academic_year_of, days_of
from hubs.enrichment.models import EnrichmentOffer, Term
from hubs.enrichment.rules import is_open, term_days
from hubs.reference import rows

ORGANISATION = uuid5(NAMESPACE_URL, "https://ncce.example.org/organisations/stem-learning")
"""As whose the invented offers are shown."""


def offer_id(slug: str) -> UUID:
    """An invented offer's identifier, the same on every platform."""
    return uuid5(NAMESPACE_URL, f"https://ncce.example.org/enrichment-offers/{slug}")


async def load_demo_offers(session: AsyncSession, progress: Progress) -> None:
    """Published offers of the terms that are not over; one that is there already stays as it is."""
    found = rows("enrichment_offers_synthetic.csv")
    known = set(await session.scalars(select(EnrichmentOffer.id)))
    session.add_all(_offer(row) for row in found if offer_id(row["slug"]) not in known)
    progress(len(found), len(found))


def _offer(row: dict[str, str]) -> EnrichmentOffer:
    term = cast(Term, row["term"])
    year = _next_year_with(term)
    named: dict[str, Any] = {name: row[name] for name in ("offered_by", "title", "kind", "summary", "link")}
    lists = {name: [part for part in row[name].split(";") if part] for name in ("key_stages", "regions")}
    now = clock.now()
    return EnrichmentOffer(
        id=offer_id(row["slug"]),
        organisation_id=ORGANISATION,
        academic_year=year,
        term=term,
        expires_on=term_days(year, term).last,
        capacity=int(row["capacity"]) if row["capacity"] else None,
        amount_pence=int(row["amount_pence"]),
        status="published",
        created_at=now,
        submitted_at=now,
        decided_at=now,
        published_at=now,
        reason="Made up for demonstrations.",
        **named,
        **lists,
    )


def _next_year_with(term: Term) -> str:
    """The academic year of the next such term that is not over."""
    today = clock.today()
    this_year = academic_year_of(today)
    if is_open(this_year, term, today):
        return this_year
    return academic_year_of(days_of(this_year)[1] + timedelta(days=1))
