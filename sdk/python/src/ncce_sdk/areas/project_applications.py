"""Project applications. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.project_applications import (
    CriterionOverride,
    ProjectApplicationIn,
    ProjectApplicationOut,
    ProjectCommitmentIn,
    ProjectSelectionIn,
    ProjectSubmissionIn,
    ProjectWithdrawalIn,
)
from ncce_sdk.transport import Area, answer, segment


class ProjectApplicationsArea(Area):
    """Schools and people who want to take part in projects, and what hubs decide."""

    def apply_for_project(
        self, body: ProjectApplicationIn, *, idempotency_key: str | None = None
    ) -> ProjectApplicationOut:
        """Express interest in a project, or apply for it, at a hub. The criteria are decided at once, with
        reasons.
        """
        return answer(
            ProjectApplicationOut,
            self._transport.send(
                "POST",
                "/v1/project-applications",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def commit_to_project(self, project_application_id: UUID, body: ProjectCommitmentIn) -> ProjectApplicationOut:
        """Make the school's statement of commitment, by who speaks for it. A repeat changes nothing."""
        return answer(
            ProjectApplicationOut,
            self._transport.send(
                "POST", f"/v1/project-applications/{segment(project_application_id)}/commitment", body=body
            ),
        )

    def get_project_application(self, project_application_id: UUID) -> ProjectApplicationOut:
        """One application with its reasons."""
        return answer(
            ProjectApplicationOut,
            self._transport.send("GET", f"/v1/project-applications/{segment(project_application_id)}"),
        )

    def list_project_applications(
        self,
        *,
        network: str | None = None,
        project_id: UUID | None = None,
        project_code: str | None = None,
        project_year: str | None = None,
        hub_id: UUID | None = None,
        status: Literal["interested", "applied", "waiting", "selected", "declined", "withdrawn"] | None = None,
        limit: int | None = None,
    ) -> Iterator[ProjectApplicationOut]:
        """Applications of the caller or their school, and those to their hub or network; the waiting ones in turn."""
        return self._transport.each(
            ProjectApplicationOut,
            "GET",
            "/v1/project-applications",
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

    def override_project_criterion(
        self, project_application_id: UUID, body: CriterionOverride
    ) -> ProjectApplicationOut:
        """Decide one criterion as a person, for a reason; the application is decided again."""
        return answer(
            ProjectApplicationOut,
            self._transport.send(
                "POST", f"/v1/project-applications/{segment(project_application_id)}/overrides", body=body
            ),
        )

    def select_project_application(
        self, project_application_id: UUID, body: ProjectSelectionIn
    ) -> ProjectApplicationOut:
        """Give the applicant a place in a group, keep them waiting, or decline. A repeat changes nothing."""
        return answer(
            ProjectApplicationOut,
            self._transport.send(
                "POST", f"/v1/project-applications/{segment(project_application_id)}/selection", body=body
            ),
        )

    def submit_project_application(
        self, project_application_id: UUID, body: ProjectSubmissionIn
    ) -> ProjectApplicationOut:
        """Turn interest into an application, with what is declared now. A repeat changes nothing."""
        return answer(
            ProjectApplicationOut,
            self._transport.send(
                "POST", f"/v1/project-applications/{segment(project_application_id)}/submission", body=body
            ),
        )

    def withdraw_project_application(
        self, project_application_id: UUID, body: ProjectWithdrawalIn
    ) -> ProjectApplicationOut:
        """Take an application back before the hub selects it. A repeat changes nothing."""
        return answer(
            ProjectApplicationOut,
            self._transport.send(
                "POST", f"/v1/project-applications/{segment(project_application_id)}/withdrawal", body=body
            ),
        )
