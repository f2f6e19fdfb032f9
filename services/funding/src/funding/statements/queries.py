"""Reads of statements, each limited in the SQL to the parties that the caller speaks for."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, false, or_, select, true, tuple_

from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal
from funding.base import Queryable
from funding.roles import HUB_STAFF, PARTNER_ADMIN, SCHOOL_LEAD, reads_all
from funding.statements import service
from funding.statements.errors import PartyNotYours, StatementNotFound
from funding.statements.models import PartyKind, Statement
from funding.statements.schemas import OpenStatement


def parties_of(caller: Principal) -> set[tuple[PartyKind, str]]:
    """The parties a caller speaks for, staff who read everything aside."""
    found = {(PartyKind.HUB, str(one)) for one in caller.organisations(*HUB_STAFF)}
    found |= {(PartyKind.ORGANISATION, str(one)) for one in caller.organisations(PARTNER_ADMIN)}
    if caller.kind == "partner" and caller.organisation_id is not None:
        found.add((PartyKind.ORGANISATION, str(caller.organisation_id)))
    if caller.has_role(SCHOOL_LEAD) and caller.attributes.get("school_urn"):
        found.add((PartyKind.SCHOOL, caller.attributes["school_urn"]))
    return found


def _seen_by(caller: Principal) -> ColumnElement[bool]:
    if reads_all(caller):
        return true()
    own = [and_(Statement.party_kind == kind, Statement.party == party) for kind, party in parties_of(caller)]
    return or_(false(), *own)


async def find(db: Queryable, caller: Principal, statement_id: UUID) -> Row[Any]:
    """A statement of the caller's, or StatementNotFound."""
    query = select(Statement.__table__).where(Statement.id == statement_id, _seen_by(caller))
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise StatementNotFound(statement_id)
    return row


async def list_statements(
    db: Queryable, caller: Principal, page: PageOf, month: date | None, kind: PartyKind | None, party: str | None
) -> Sequence[Row[Any]]:
    """Statements, the latest month first, one more than the page holds."""
    columns = [column for column in Statement.__table__.c if column.name != "document"]
    query = select(*columns).where(_seen_by(caller)).order_by(Statement.month.desc(), Statement.id.desc())
    for column, wanted in ((Statement.month, month), (Statement.party_kind, kind), (Statement.party, party)):
        if wanted is not None:
            query = query.where(column == wanted)
    after = page.after_as(date.fromisoformat, UUID)
    if after is not None:
        query = query.where(tuple_(Statement.month, Statement.id) < after)
    return (await db.execute(query.limit(page.limit + 1))).all()


async def still_open(db: Queryable, caller: Principal, kind: PartyKind | None, party: str | None) -> OpenStatement:
    """What stands on no statement of a party yet; PartyNotYours."""
    kind, party = _chosen(caller, kind, party)
    facts = await service.unlisted(db, clock.now(), date.max, kind, party)
    originals = await service.originals(db, facts)
    lines = service.numbered(facts, originals)
    return OpenStatement(
        party_kind=kind,
        party=party,
        total_pence=sum(line.amount_pence for line in lines),
        totals_pence=service.totals(lines),
        lines=lines,
    )


def _chosen(caller: Principal, kind: PartyKind | None, party: str | None) -> tuple[PartyKind, str]:
    if kind is not None and party is not None and reads_all(caller):
        return kind, party
    own = {one for one in parties_of(caller) if kind in (None, one[0]) and party in (None, one[1])}
    if len(own) != 1:
        raise PartyNotYours("Name one party whose statements you may see: party_kind and party.")
    return own.pop()
