"""Reads of payees, and who can be paid now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, tuple_

from chassis.paging import PageOf
from funding.base import Queryable
from funding.cursors import instant
from funding.payees.errors import PayeeNotFound
from funding.payees.models import Payee, PayeeCollection, PayeeDetails, PayeeKind
from funding.payees.schemas import DetailsOut, PayeeOut


@dataclass(frozen=True)
class Route:
    """Where the money of one that is owed goes: a payee, and its latest approved details."""

    payee_id: UUID
    payee_name: str
    details_id: UUID
    version: int
    usable_from_at: datetime


async def find_payee(db: Queryable, payee_id: UUID) -> PayeeOut:
    """A payee with its history, or PayeeNotFound."""
    payee = (await db.execute(select(Payee.__table__).where(Payee.id == payee_id))).one_or_none()
    if payee is None:
        raise PayeeNotFound(payee_id)
    versions = select(PayeeDetails.__table__).where(PayeeDetails.payee_id == payee_id)
    rows = await db.execute(versions.order_by(PayeeDetails.version.desc()))
    return PayeeOut.model_validate(dict(payee._mapping) | {"details": [DetailsOut.model_validate(row) for row in rows]})


async def list_payees(db: Queryable, page: PageOf, kind: PayeeKind | None, reference: str | None) -> Sequence[Row[Any]]:
    """Payees, the latest first, one more than the page holds."""
    query = select(Payee.__table__).order_by(Payee.created_at.desc(), Payee.id.desc())
    if kind is not None:
        query = query.where(Payee.kind == kind)
    if reference is not None:
        query = query.where(Payee.reference == reference)
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(Payee.created_at, Payee.id) < after)
    return (await db.execute(query.limit(page.limit + 1))).all()


async def routes(db: Queryable, payee_keys: Collection[str]) -> dict[str, Route]:
    """By whom money is owed to, such as `school:900001`: where it goes. Those without an approved payee are missing."""
    query = (
        select(PayeeCollection.payee_key, Payee.id, Payee.name, PayeeDetails.id.label("details_id"))
        .add_columns(PayeeDetails.version, PayeeDetails.usable_from_at)
        .join(Payee, Payee.id == PayeeCollection.payee_id)
        .join(PayeeDetails, PayeeDetails.id == PayeeCollection.details_id)
        .where(PayeeCollection.payee_key.in_(payee_keys))
    )
    found = {}
    for row in await db.execute(query):
        assert row.usable_from_at is not None
        found[row.payee_key] = Route(row.id, row.name, row.details_id, row.version, row.usable_from_at)
    return found
