"""Whether a school belongs to a hub on given days, or is its guest."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from hubs.alliances.models import HubGuest
from hubs.directory.models import HubSchool

HubColumn = InstrumentedAttribute[UUID] | UUID


def belongs(hub_id: HubColumn, urn: str | None, first_on: date, last_on: date) -> ColumnElement[bool]:
    """Whether the school belongs to the hub from the first day to the last, inside a query."""
    return exists().where(
        HubSchool.hub_id == hub_id,
        HubSchool.urn == urn,
        HubSchool.joined_on <= first_on,
        HubSchool.left_on.is_(None) | (HubSchool.left_on >= last_on),
    )


async def is_of_hub(session: AsyncSession, hub_id: UUID, urn: str, first_on: date, last_on: date) -> bool:
    """Whether the school belongs to the hub from the first day to the last."""
    return bool(await session.scalar(select(belongs(hub_id, urn, first_on, last_on))))


def shares_with(hub_id: HubColumn, urn: str | None, first_on: date, last_on: date) -> ColumnElement[bool]:
    """Whether the hub's centre and equipment are there for the school on all these days: it belongs, or is a guest."""
    is_guest = exists().where(
        HubGuest.hub_id == hub_id, HubGuest.urn == urn, HubGuest.from_on <= first_on, HubGuest.until_on >= last_on
    )
    return belongs(hub_id, urn, first_on, last_on) | is_guest


async def is_shared_with(session: AsyncSession, hub_id: UUID, urn: str, first_on: date, last_on: date) -> bool:
    """The same of one school and hub."""
    return bool(await session.scalar(select(shares_with(hub_id, urn, first_on, last_on))))
