"""Project leads. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.project_leads import (
    LeadAttendanceIn,
    LeadDecisionIn,
    LeadEndIn,
    ProjectLeadDetail,
    ProjectLeadIn,
    ProjectLeadOut,
)
from ncce_sdk.transport import Area, answer, segment


class ProjectLeadsArea(Area):
    """Who leads projects at hubs, the days that gives them, and their duties."""

    def decide_project_lead(self, lead_id: UUID, body: LeadDecisionIn) -> ProjectLeadDetail:
        """Accept or decline who was proposed. A repeat changes nothing."""
        return answer(
            ProjectLeadDetail, self._transport.send("POST", f"/v1/project-leads/{segment(lead_id)}/decision", body=body)
        )

    def end_project_lead(self, lead_id: UUID, body: LeadEndIn) -> ProjectLeadDetail:
        """Let somebody lead no more. A repeat changes nothing."""
        return answer(
            ProjectLeadDetail, self._transport.send("POST", f"/v1/project-leads/{segment(lead_id)}/end", body=body)
        )

    def get_project_lead(self, lead_id: UUID) -> ProjectLeadDetail:
        """One lead: the days they are given for what they lead, and where they have to be."""
        return answer(ProjectLeadDetail, self._transport.send("GET", f"/v1/project-leads/{segment(lead_id)}"))

    def list_project_leads(
        self,
        *,
        network: str | None = None,
        project_id: UUID | None = None,
        project_code: str | None = None,
        project_year: str | None = None,
        hub_id: UUID | None = None,
        status: Literal["proposed", "accepted", "declined", "ended"] | None = None,
        limit: int | None = None,
    ) -> Iterator[ProjectLeadOut]:
        """Leads of the caller's hub or network, and the caller's own proposals."""
        return self._transport.each(
            ProjectLeadOut,
            "GET",
            "/v1/project-leads",
            query={
                "network": network,
                "project_id": project_id,
                "project_code": project_code,
                "project_year": project_year,
                "hub_id": hub_id,
                "status": status,
                "limit": limit,
            },
        )

    def mark_project_lead(self, lead_id: UUID, body: LeadAttendanceIn) -> ProjectLeadDetail:
        """Say at which of the network's occasions a lead was. Marking again corrects."""
        return answer(
            ProjectLeadDetail,
            self._transport.send("PUT", f"/v1/project-leads/{segment(lead_id)}/attendance", body=body),
        )

    def propose_project_lead(self, body: ProjectLeadIn, *, idempotency_key: str | None = None) -> ProjectLeadDetail:
        """Propose a person as lead. The project's requirements are decided at once, with reasons."""
        return answer(
            ProjectLeadDetail,
            self._transport.send(
                "POST", "/v1/project-leads", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )
