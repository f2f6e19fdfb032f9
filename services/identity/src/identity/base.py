"""The tables of identity share one metadata, so that a migration sees them all."""

from sqlalchemy.orm import DeclarativeBase

from chassis.db import service_metadata


class Base(DeclarativeBase):
    """Every model of this service."""

    metadata = service_metadata()
