"""The declarative base of the service's tables, and column types they share."""

from datetime import datetime
from decimal import Decimal
from typing import Any, get_args
from uuid import UUID

from sqlalchemy import Enum, Numeric, Row, Select, Uuid
from sqlalchemy.orm import DeclarativeBase

from chassis.db import UtcDateTime, service_metadata

AnyRow = Row[*tuple[Any, ...]]
"""A row whose columns its query names."""

AnySelect = Select[*tuple[Any, ...]]


class Base(DeclarativeBase):
    """Parent of every table of the service."""

    metadata = service_metadata()
    type_annotation_map = {datetime: UtcDateTime, UUID: Uuid, Decimal: Numeric(6, 2)}  # noqa: RUF012  read by SQLAlchemy


def one_of(name: str, values: object) -> Enum:
    """A text column that holds one of the strings of a `Literal`, checked by the database."""
    return Enum(*get_args(values), name=name, native_enum=False, create_constraint=True, length=30)
