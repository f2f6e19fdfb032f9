"""Reports of damage, from either side of a loan, and what became of it, from who lends."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.equipment.access import lends
from hubs.equipment.errors import DamageDecided, DamageReportNotFound, DamageWrong
from hubs.equipment.history import note
from hubs.equipment.kits import hold_kit
from hubs.equipment.models import DamageReport, Kit, Loan
from hubs.equipment.rules import items_gone
from hubs.equipment.schemas import DamageIn, DamageOutcomeIn


async def keep_report(session: AsyncSession, caller: Principal, loan: Loan, word: DamageIn) -> DamageReport:
    """Keep what was found on a loan that the caller holds. Raises DamageWrong."""
    if word.items_damaged + word.items_missing > (loan.items_lent or 0):
        raise DamageWrong(f"{loan.items_lent or 0} items went out.", items_lent=loan.items_lent)
    report = DamageReport(
        id=new_id(), loan_id=loan.id, **word.model_dump(), reported_at=clock.now(), reported_by=caller.id
    )
    session.add(report)
    await session.flush()
    details: dict[str, audit.JSON] = {"loan": str(loan.id), "kit": str(loan.kit_id)}
    await audit.record(session, caller, "damage.reported", f"damage_report:{report.id}", details)
    await note(session, caller, loan, "damage_reported")
    return report


async def decide(session: AsyncSession, caller: Principal, report_id: UUID, word: DamageOutcomeIn) -> DamageReport:
    """Say what became of the damage: the kit is what is left of it. Raises DamageReportNotFound and DamageDecided."""
    own = (
        select(Loan.kit_id)
        .join(Kit, Kit.id == Loan.kit_id)
        .join(DamageReport, DamageReport.loan_id == Loan.id)
        .where(DamageReport.id == report_id, lends(caller))
    )
    kit_id: UUID | None = await session.scalar(own)
    if kit_id is None:
        raise DamageReportNotFound("No report on a kit of yours has this id.")
    kit = await hold_kit(session, kit_id)
    report = await session.get_one(DamageReport, report_id, populate_existing=True)
    if report.outcome is not None:
        raise DamageDecided(f"The outcome is {report.outcome}.", outcome=report.outcome)
    report.outcome, report.cost_pence = word.outcome, word.cost_pence
    report.decided_at, report.decided_by = clock.now(), caller.id
    await session.flush()
    kit.items_count = max(0, kit.items_count - items_gone(report, word.outcome))
    kit.is_withdrawn = kit.is_withdrawn or kit.items_count == 0
    if kit.condition == "damaged" and not await session.scalar(select(_has_open_report(kit_id))):
        kit.condition = "good"
    kit.version += 1
    await session.flush()
    details: dict[str, audit.JSON] = {"kit": str(kit_id), "outcome": word.outcome, "cost_pence": word.cost_pence}
    await audit.record(session, caller, "damage.decided", f"damage_report:{report_id}", details)
    await note(session, caller, await session.get_one(Loan, report.loan_id), "damage_decided")
    return report


def _has_open_report(kit_id: UUID) -> ColumnElement[bool]:
    return exists().where(DamageReport.loan_id == Loan.id, Loan.kit_id == kit_id, DamageReport.outcome.is_(None))
