"""Telling of schools."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping

from contracts.hubs import SchoolChanged
from hubs.areas.queries import ENGLAND

Columns = Mapping[str, Any] | RowMapping


def school_changed(school: Columns) -> SchoolChanged:
    """The event that says how a school now stands, from all its columns."""
    return SchoolChanged.model_validate(
        {
            **school,
            "is_in_england": school["country"] == ENGLAND,
            "local_authority_code": school["la_code"],
            "trust_codes": trusts_of(school),
        }
    )


def trusts_of(school: Columns) -> tuple[str, ...] | None:
    """A row that an import wrote and that names no trust is in none; of any other row we do not know."""
    if school["trust_code"] is not None:
        return (school["trust_code"],)
    return None if school["row_hash"] is None else ()
