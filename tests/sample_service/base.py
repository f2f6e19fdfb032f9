"""The sample's declarative base."""

from sqlalchemy.orm import DeclarativeBase

from chassis.db import service_metadata


class Base(DeclarativeBase):
    """Base of the sample's models."""

    metadata = service_metadata()
