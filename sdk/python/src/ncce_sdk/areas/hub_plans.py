"""Hub plans. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.hub_plans import (
    HubPlanDetail,
    HubPlanIn,
    HubPlanOut,
    NetworkPlanOut,
    PlanDecisionIn,
    PlanLinesIn,
    PlanReopeningIn,
    PlanRevisionOut,
    PlanSubmissionIn,
)
from ncce_sdk.transport import Area, answer, segment


class HubPlansArea(Area):
    """What hubs mean to run in a year: findings, agreement, and all plans together."""

    def begin_hub_plan(self, body: HubPlanIn, *, idempotency_key: str | None = None) -> HubPlanDetail:
        """Begin the plan of the caller's hub for a network's year."""
        return answer(
            HubPlanDetail,
            self._transport.send(
                "POST", "/v1/hub-plans", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def decide_hub_plan(
        self, hub_plan_id: UUID, body: PlanDecisionIn, *, idempotency_key: str | None = None
    ) -> HubPlanDetail:
        """Agree a plan that was handed in, or return it to the hub."""
        return answer(
            HubPlanDetail,
            self._transport.send(
                "POST",
                f"/v1/hub-plans/{segment(hub_plan_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_hub_plan(self, hub_plan_id: UUID) -> HubPlanDetail:
        """A plan with its newest lines, and everything that the network's documents say of them."""
        return answer(HubPlanDetail, self._transport.send("GET", f"/v1/hub-plans/{segment(hub_plan_id)}"))

    def get_network_plan(
        self, network: str, project_year: str, *, basis: Literal["agreed", "newest"] | None = None
    ) -> NetworkPlanOut:
        """All hubs' plans by project and region, held against the network's aims and limits."""
        return answer(
            NetworkPlanOut,
            self._transport.send(
                "GET", f"/v1/networks/{segment(network)}/{segment(project_year)}/plan", query={"basis": basis}
            ),
        )

    def get_network_plan_csv(
        self, network: str, project_year: str, *, basis: Literal["agreed", "newest"] | None = None
    ) -> bytes:
        """The same as CSV: a line for each line of each hub's plan."""
        return self._transport.send(
            "GET", f"/v1/networks/{segment(network)}/{segment(project_year)}/plan.csv", query={"basis": basis}
        ).content

    def list_hub_plan_revisions(self, hub_plan_id: UUID, *, limit: int | None = None) -> Iterator[PlanRevisionOut]:
        """Every state of a plan, newest first, and what changed in it."""
        return self._transport.each(
            PlanRevisionOut, "GET", f"/v1/hub-plans/{segment(hub_plan_id)}/revisions", query={"limit": limit}
        )

    def list_hub_plans(
        self,
        *,
        network: str | None = None,
        year: str | None = None,
        hub_id: UUID | None = None,
        status: Literal["draft", "submitted", "returned", "agreed"] | None = None,
        limit: int | None = None,
    ) -> Iterator[HubPlanOut]:
        """Plans of the caller's hubs and networks, newest first."""
        return self._transport.each(
            HubPlanOut,
            "GET",
            "/v1/hub-plans",
            query={"network": network, "year": year, "hub_id": hub_id, "status": status, "limit": limit},
        )

    def reopen_hub_plan(
        self, hub_plan_id: UUID, body: PlanReopeningIn, *, idempotency_key: str | None = None
    ) -> HubPlanDetail:
        """Take a hub's plan in after the network's window, until a day."""
        return answer(
            HubPlanDetail,
            self._transport.send(
                "POST",
                f"/v1/hub-plans/{segment(hub_plan_id)}/reopening",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def submit_hub_plan(
        self, hub_plan_id: UUID, body: PlanSubmissionIn, *, idempotency_key: str | None = None
    ) -> HubPlanDetail:
        """Hand the plan in as it stands, with an explanation when it has faults."""
        return answer(
            HubPlanDetail,
            self._transport.send(
                "POST",
                f"/v1/hub-plans/{segment(hub_plan_id)}/submission",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def write_hub_plan(self, hub_plan_id: UUID, body: PlanLinesIn, *, if_match: str) -> HubPlanDetail:
        """Write the whole plan, from the version that was read. After a decision this begins the next revision."""
        return answer(
            HubPlanDetail,
            self._transport.send(
                "PUT", f"/v1/hub-plans/{segment(hub_plan_id)}", headers={"if-match": if_match}, body=body
            ),
        )
