"""The declarative base of certification's tables."""

from sqlalchemy.orm import DeclarativeBase

from chassis.db import UtcDateTime, service_metadata

__all__ = ["Base", "UtcDateTime"]


class Base(DeclarativeBase):
    """All tables of this service."""

    metadata = service_metadata()
