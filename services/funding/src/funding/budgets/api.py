"""`/v1/budgets`: where the money stands."""

from typing import Annotated

from chassis.access import allow, role
from chassis.db import Reader
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from funding.budgets import service
from funding.budgets.schemas import BudgetList
from funding.roles import READERS

router = ServiceRouter(prefix="/v1/budgets", tags=["budgets"])


@router.get("")
async def list_budgets(reader: Reader, caller: Annotated[Principal, allow(role(*READERS))]) -> BudgetList:
    """Every budget: allocated, available, reserved, payable and paid."""
    return BudgetList(data=await service.list_budgets(reader))
