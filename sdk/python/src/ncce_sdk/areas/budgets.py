"""Budgets. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.budgets import (
    AllocationOut,
    AllocationProposal,
    BudgetList,
    BudgetOpening,
    BudgetOut,
    Forecast,
    ForecastOut,
    FundList,
)
from ncce_sdk.models.shared import ApprovalDecision
from ncce_sdk.transport import Area, answer, segment


class BudgetsArea(Area):
    """Money set aside, and what of it is left."""

    def decide_allocation(
        self, allocation_id: UUID, body: ApprovalDecision, *, idempotency_key: str | None = None
    ) -> AllocationOut:
        """Approve, which moves the money, or decline, as somebody else than proposed it."""
        return answer(
            AllocationOut,
            self._transport.send(
                "POST",
                f"/v1/allocations/{segment(allocation_id)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def list_allocations(self, *, limit: int | None = None) -> Iterator[AllocationOut]:
        """Allocations, the latest first."""
        return self._transport.each(AllocationOut, "GET", "/v1/allocations", query={"limit": limit})

    def list_budgets(self) -> BudgetList:
        """Every budget: allocated, available, reserved, payable, paid, and the forecast."""
        return answer(BudgetList, self._transport.send("GET", "/v1/budgets"))

    def list_funds(self) -> FundList:
        """Every fund and lot: what was awarded, and the sums of its budgets and of those of its parts."""
        return answer(FundList, self._transport.send("GET", "/v1/funds"))

    def make_forecast(self, budget: str, body: Forecast, *, idempotency_key: str | None = None) -> ForecastOut:
        """Say what a budget is expected to spend in all; earlier forecasts are kept."""
        return answer(
            ForecastOut,
            self._transport.send(
                "POST",
                f"/v1/budgets/{segment(budget)}/forecasts",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def open_budget(self, body: BudgetOpening, *, idempotency_key: str | None = None) -> BudgetOut:
        """Open an empty budget of a fund, for a scheme, a hub, a year."""
        return answer(
            BudgetOut,
            self._transport.send(
                "POST", "/v1/budgets", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def propose_allocation(self, body: AllocationProposal, *, idempotency_key: str | None = None) -> AllocationOut:
        """Propose to put money into a budget, from its fund or from another budget. Another person decides."""
        return answer(
            AllocationOut,
            self._transport.send(
                "POST", "/v1/allocations", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )
