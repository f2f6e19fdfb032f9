"""Reads of kits and loans, each limited in the SQL to what the caller may see. What time decides is read, not kept."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import aliased

from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow, AnySelect
from hubs.equipment.access import borrows, lends, may_see
from hubs.equipment.errors import KitNotFound, LoanNotFound
from hubs.equipment.models import HOLDS_KIT, DamageReport, Kit, Loan, LoanStep
from hubs.equipment.schemas import DamageFilter, KitFilter, LoanFilter

KIT = Kit.__table__
LOAN = Loan.__table__
_OTHER = aliased(Loan)


def _loan_is(*states: str) -> ColumnElement[bool]:
    return exists().where(Loan.kit_id == Kit.id, Loan.status.in_(states)).correlate(Kit)


_OPEN_REPORT = (
    exists()
    .where(DamageReport.loan_id == Loan.id, Loan.kit_id == Kit.id, DamageReport.outcome.is_(None))
    .correlate(Kit)
)
STATUS = case(
    (Kit.is_withdrawn, "withdrawn"),
    (_loan_is("lost"), "lost"),
    (_loan_is("lent"), "out"),
    (_OPEN_REPORT, "in_repair"),
    else_="available",
)
"""Where a kit stands."""


def _overlapping() -> ColumnElement[bool]:
    """Another loan of the kit that shares a day with this one."""
    days = (_OTHER.from_on <= Loan.due_on, _OTHER.due_on >= Loan.from_on)
    return and_(_OTHER.kit_id == Loan.kit_id, _OTHER.id != Loan.id, *days)


def _loans() -> AnySelect:
    late = and_(Loan.status == "lent", Loan.due_on < clock.today())
    taken = exists().where(_overlapping(), _OTHER.status.in_(HOLDS_KIT)).correlate(Loan)
    ahead = select(func.count()).where(_overlapping(), _OTHER.status == "requested", _OTHER.id < Loan.id)
    return select(
        LOAN,
        Kit.title.label("kit_title"),
        late.label("is_overdue"),
        case((late, clock.today() - Loan.due_on), else_=0).label("days_overdue"),
        (~taken).label("is_free"),
        ahead.correlate(Loan).scalar_subquery().label("asked_before"),
    ).join(Kit, Kit.id == Loan.kit_id)


async def find_kit(reader: AsyncConnection | AsyncSession, caller: Principal, kit_id: UUID) -> dict[str, Any]:
    """One kit with the days on which it is somebody's from today on, or KitNotFound."""
    row = (await reader.execute(select(KIT, STATUS.label("status")).where(Kit.id == kit_id, may_see(caller)))).first()
    if row is None:
        raise KitNotFound("No kit that you can see has this id.")
    taken = select(Loan.from_on, Loan.due_on).where(
        Loan.kit_id == kit_id, Loan.status.in_(HOLDS_KIT), Loan.due_on >= clock.today()
    )
    return {**row._mapping, "taken": (await reader.execute(taken.order_by(Loan.from_on))).all()}


async def list_kits(reader: AsyncConnection, caller: Principal, wanted: KitFilter, page: PageOf) -> Sequence[AnyRow]:
    """Kits that the caller lends or may borrow, one row more than the page holds."""
    query = select(KIT, STATUS.label("status")).where(may_see(caller)).order_by(Kit.id)
    if wanted.hub_id:
        query = query.where(Kit.hub_id == wanted.hub_id)
    if wanted.kind:
        query = query.where(Kit.kind == wanted.kind)
    if wanted.free_from or wanted.free_to:
        first, last = wanted.free_from or wanted.free_to, wanted.free_to or wanted.free_from
        days = (Loan.from_on <= last, Loan.due_on >= first)
        query = query.where(
            ~exists().where(Loan.kit_id == Kit.id, Loan.status.in_(HOLDS_KIT), *days).correlate(Kit),
            STATUS.in_(("available", "out", "in_repair")),
        )
    if (after := page.after_as(UUID)) is not None:
        query = query.where(Kit.id > after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def find_loan(reader: AsyncConnection | AsyncSession, caller: Principal, loan_id: UUID) -> dict[str, Any]:
    """One loan with its steps and reports of damage, for borrower and lender; LoanNotFound."""
    query = _loans().where(Loan.id == loan_id, or_(borrows(caller), lends(caller)))
    row = (await reader.execute(query)).first()
    if row is None:
        raise LoanNotFound("No loan of yours has this id.")
    steps = select(LoanStep.__table__).where(LoanStep.loan_id == loan_id).order_by(LoanStep.id)
    return {
        **row._mapping,
        "steps": (await reader.execute(steps)).all(),
        "damage_reports": await reports_of(reader, loan_id),
    }


async def reports_of(reader: AsyncConnection | AsyncSession, loan_id: UUID) -> Sequence[AnyRow]:
    """The reports of damage on a loan, oldest first."""
    reports = select(DamageReport.__table__).where(DamageReport.loan_id == loan_id).order_by(DamageReport.id)
    return (await reader.execute(reports)).all()


async def list_reports(
    reader: AsyncConnection, caller: Principal, wanted: DamageFilter, page: PageOf
) -> Sequence[AnyRow]:
    """Reports of damage on loans of the caller's school and on kits that the caller lends, oldest first."""
    query: AnySelect = (
        select(DamageReport.__table__)
        .join(Loan, Loan.id == DamageReport.loan_id)
        .join(Kit, Kit.id == Loan.kit_id)
        .where(or_(borrows(caller), lends(caller)))
        .order_by(DamageReport.id)
    )
    if wanted.kit_id:
        query = query.where(Loan.kit_id == wanted.kit_id)
    if wanted.is_open is not None:
        query = query.where(DamageReport.outcome.is_(None) == wanted.is_open)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(DamageReport.id > after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def list_loans(reader: AsyncConnection, caller: Principal, wanted: LoanFilter, page: PageOf) -> Sequence[AnyRow]:
    """Loans of the caller's school and of kits that the caller lends, in the order they were asked for."""
    query = _loans().where(or_(borrows(caller), lends(caller))).order_by(Loan.id)
    equal = ((Loan.kit_id, wanted.kit_id), (Kit.hub_id, wanted.hub_id), (Loan.status, wanted.status))
    for column, value in equal:
        if value is not None:
            query = query.where(column == value)
    if wanted.is_overdue is not None:
        late = and_(Loan.status == "lent", Loan.due_on < clock.today())
        query = query.where(late == true() if wanted.is_overdue else ~late)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(Loan.id > after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def history_of(reader: AsyncConnection, caller: Principal, kit_id: UUID, page: PageOf) -> Sequence[AnyRow]:
    """Everything that happened to a kit, newest first, for who lends it; KitNotFound."""
    if (await reader.execute(select(Kit.id).where(Kit.id == kit_id, lends(caller)))).first() is None:
        raise KitNotFound("No kit of yours has this id.")
    query = (
        select(LoanStep.__table__, Loan.borrower_urn)
        .join(Loan, Loan.id == LoanStep.loan_id)
        .where(Loan.kit_id == kit_id)
        .order_by(LoanStep.id.desc())
    )
    if (after := page.after_as(UUID)) is not None:
        query = query.where(LoanStep.id < after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()
