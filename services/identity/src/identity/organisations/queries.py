"""Reading organisations."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.paging import PageOf
from identity.organisations.models import Organisation

OrganisationRow = Row[UUID, str, str, str, list[str]]


async def list_organisations(reader: AsyncConnection, page: PageOf) -> Sequence[OrganisationRow]:
    """One page by slug, with one row more when there are more."""
    query = select(
        Organisation.id, Organisation.slug, Organisation.name, Organisation.kind, Organisation.responsibilities
    )
    if (after := page.after_as(str)) is not None:
        query = query.where(Organisation.slug > after[0])
    return (await reader.execute(query.order_by(Organisation.slug).limit(page.limit + 1))).all()
