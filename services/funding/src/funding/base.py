"""The tables of this service hang on one base, with the house's constraint names."""

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import DeclarativeBase

from chassis.db import service_metadata

Queryable = AsyncSession | AsyncConnection
"""What a Core select may run on: a transaction, or a reader."""


class Base(DeclarativeBase):
    """Base of every model."""

    metadata = service_metadata()
