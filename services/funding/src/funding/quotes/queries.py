"""Reads of quotes, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select, true, tuple_

from chassis.known_as import is_theirs
from chassis.paging import PageOf
from chassis.principal import Principal
from funding.base import Queryable
from funding.cursors import instant
from funding.fee_policies.rules import Price, PriceInputs
from funding.quotes.errors import QuoteNotFound
from funding.quotes.models import Quote
from funding.quotes.schemas import QuoteOut
from funding.roles import reads_all


def _seen_by(caller: Principal) -> ColumnElement[bool]:
    return true() if reads_all(caller) else is_theirs(Quote.teacher_id, caller.id)


def _shown(row: Row[Any]) -> QuoteOut:
    told = Price.model_validate_json(row.result).model_dump(exclude={"version", "takes_free_place"})
    run = PriceInputs.model_validate_json(row.inputs).run.model_dump(
        include={"phase", "programme", "mode", "starts_on"}
    )
    held = {name: value for name, value in row._mapping.items() if name in QuoteOut.model_fields}
    return QuoteOut.model_validate(told | run | held)


async def find_quote(db: Queryable, caller: Principal, quote_id: UUID) -> QuoteOut:
    """One quote that the caller may see; QuoteNotFound."""
    query = select(Quote.__table__).where(Quote.id == quote_id, _seen_by(caller))
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise QuoteNotFound(quote_id)
    return _shown(row)


async def list_quotes(db: Queryable, caller: Principal, page: PageOf, course_run_id: UUID | None) -> Sequence[QuoteOut]:
    """Quotes, the latest first, one more than the page holds."""
    query = select(Quote.__table__).where(_seen_by(caller))
    query = query.order_by(Quote.quoted_at.desc(), Quote.id.desc()).limit(page.limit + 1)
    if course_run_id is not None:
        query = query.where(Quote.course_run_id == course_run_id)
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(Quote.quoted_at, Quote.id) < after)
    return [_shown(row) for row in await db.execute(query)]
