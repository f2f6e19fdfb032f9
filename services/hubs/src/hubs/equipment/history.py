"""What happened to loans and their kits, step by step."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.equipment.models import Loan, LoanStep


async def note(session: AsyncSession, caller: Principal, loan: Loan, step: str) -> None:
    """Add a step to the history of a loan, and to the audit trail."""
    session.add(LoanStep(id=new_id(), loan_id=loan.id, step=step, at=clock.now(), due_on=loan.due_on))
    await session.flush()
    details: dict[str, audit.JSON] = {"kit": str(loan.kit_id), "due_on": str(loan.due_on)}
    await audit.record(session, caller, f"loan.{step.replace('_', '-')}", f"loan:{loan.id}", details)
