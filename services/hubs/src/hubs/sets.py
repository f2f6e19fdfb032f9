"""Sets of values inside a statement: one array parameter each, so that ten thousand cost one statement text."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import ARRAY, ColumnElement, TableValuedAlias, bindparam, column, func
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeEngine

T = TypeVar("T")


def any_of(attribute: InstrumentedAttribute[T], values: Iterable[object]) -> ColumnElement[bool]:
    """`attribute = ANY(values)`."""
    return attribute == func.any(bindparam(None, list(values), type_=ARRAY(attribute.type)))


def rows_of(name: str, columns: Mapping[str, tuple[TypeEngine[Any], Collection[object]]]) -> TableValuedAlias:
    """A table made of columns of equal length: name → (type, values)."""
    arrays = [bindparam(None, list(values), type_=ARRAY(kind)) for kind, values in columns.values()]
    named = [column(title, kind) for title, (kind, _) in columns.items()]
    return func.unnest(*arrays).table_valued(*named, name=name).render_derived()
