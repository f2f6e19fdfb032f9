"""Project reports. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.project_reports import (
    Answers,
    HubsProjectReportsSchemasDecisionIn,
    HubsProjectReportsSchemasReportOut,
    OverviewOut,
    ReportDetail,
)
from ncce_sdk.transport import Area, answer, segment


class ProjectReportsArea(Area):
    """What a project's evaluation asks for: written, handed in, decided on, counted."""

    def decide_project_report(self, project_report_id: UUID, body: HubsProjectReportsSchemasDecisionIn) -> ReportDetail:
        """Accept a report, or return it with a reason; who handed it in is told. A repeat changes nothing."""
        return answer(
            ReportDetail,
            self._transport.send("POST", f"/v1/project-reports/{segment(project_report_id)}/decision", body=body),
        )

    def get_evaluation_csv(self, *, network: str, project_year: str) -> bytes:
        """What was handed in, for national evaluation: a line per outcome, under pseudonyms and without texts."""
        return self._transport.send(
            "GET", "/v1/project-reports/evaluation.csv", query={"network": network, "project_year": project_year}
        ).content

    def get_project_report(self, project_report_id: UUID) -> ReportDetail:
        """One report: what it asks for, lacks and says, and what the registers say. Its ETag is what saving needs."""
        return answer(ReportDetail, self._transport.send("GET", f"/v1/project-reports/{segment(project_report_id)}"))

    def get_project_report_overview(self, *, network: str, project_year: str) -> OverviewOut:
        """The lead evaluator's view: by project what is owed, late, handed in and accepted, and how outcomes
        stand.
        """
        return answer(
            OverviewOut,
            self._transport.send(
                "GET", "/v1/project-reports/overview", query={"network": network, "project_year": project_year}
            ),
        )

    def list_project_reports(
        self,
        *,
        network: str | None = None,
        project_year: str | None = None,
        project_code: str | None = None,
        hub_id: UUID | None = None,
        group_id: UUID | None = None,
        status: Literal["draft", "submitted", "returned", "accepted", "withdrawn"] | None = None,
        duty: str | None = None,
        is_overdue: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[HubsProjectReportsSchemasReportOut]:
        """Reports that the caller writes, and those of their groups, hub or network, newest first."""
        return self._transport.each(
            HubsProjectReportsSchemasReportOut,
            "GET",
            "/v1/project-reports",
            query={
                "network": network,
                "project_year": project_year,
                "project_code": project_code,
                "hub_id": hub_id,
                "group_id": group_id,
                "status": status,
                "duty": duty,
                "is_overdue": is_overdue,
                "limit": limit,
            },
        )

    def save_project_report(self, project_report_id: UUID, body: Answers, *, if_match: str) -> ReportDetail:
        """Keep a draft, from the version that was read. What is missing is told; nothing of a draft is refused for
        it.
        """
        return answer(
            ReportDetail,
            self._transport.send(
                "PUT", f"/v1/project-reports/{segment(project_report_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def submit_project_report(self, project_report_id: UUID) -> ReportDetail:
        """Hand a report in. A repeat changes nothing."""
        return answer(
            ReportDetail, self._transport.send("POST", f"/v1/project-reports/{segment(project_report_id)}/submission")
        )
