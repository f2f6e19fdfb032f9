"""Keyset pages: `{"data": […], "page": {"next_cursor", "has_more"}}`, stable while rows are written.

A cursor holds the sort key of the last row seen, never an offset. It is opaque and versioned; it carries no authority,
because each query limits itself to what the caller may see.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from chassis.errors import BadRequest

T = TypeVar("T")
RowT = TypeVar("RowT")

VERSION = "1"
DEFAULT_LIMIT = 50
MAX_LIMIT = 100


class CursorInvalid(BadRequest):
    """The cursor was not made by this API."""

    code, title = "cursor-invalid", "The cursor is not one of ours"


@dataclass(frozen=True)
class PageOf:
    """What page the caller asks for: at most `limit` rows after the key `after`."""

    limit: int = DEFAULT_LIMIT
    after: tuple[str, ...] | None = None

    def after_as(self, *parsers: Callable[[str], object]) -> tuple[object, ...] | None:
        """`after` with each part parsed, as by `after_as(datetime.fromisoformat, UUID)`, or CursorInvalid."""
        if self.after is None:
            return None
        try:
            return tuple(parse(part) for parse, part in zip(parsers, self.after, strict=True))
        except (ValueError, ArithmeticError) as error:
            raise CursorInvalid("Use the next_cursor of a page as it is.") from error


async def page_of(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Rows per page")] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500, description="`next_cursor` of the page before")] = None,
) -> PageOf:
    """The page asked for; CursorInvalid."""
    return PageOf(limit, None if cursor is None else decode(cursor))


PageRequest = Annotated[PageOf, Depends(page_of)]


def encode(key: Sequence[str]) -> str:
    """A cursor for the row with this sort key."""
    return base64.urlsafe_b64encode(json.dumps([VERSION, *key], separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[str, ...]:
    """The sort key in a cursor, or CursorInvalid."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise CursorInvalid("Use the next_cursor of a page as it is.") from error
    if not isinstance(parts, list) or parts[:1] != [VERSION] or not all(isinstance(part, str) for part in parts):
        raise CursorInvalid("Use the next_cursor of a page as it is.")
    return tuple(parts[1:])


class PageInfo(BaseModel):
    """Where the next page starts."""

    next_cursor: str | None = Field(description="Send as `cursor` for the next page; null on the last")
    has_more: bool


class Page(BaseModel, Generic[T]):
    """One page of a list."""

    data: list[T]
    page: PageInfo

    @classmethod
    def of(cls, rows: Sequence[RowT], request: PageOf, key: Callable[[RowT], Sequence[str]]) -> dict[str, object]:
        """A page of rows, of which the query fetched `limit + 1` so as to know whether there are more."""
        shown = rows[: request.limit]
        more = len(rows) > request.limit
        cursor = encode(key(shown[-1])) if more else None
        return {"data": list(shown), "page": {"next_cursor": cursor, "has_more": more}}
