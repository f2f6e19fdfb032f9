"""Chartered status. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.chartered_status import (
    ApplicationList,
    ApplicationOut,
    ApplicationRequest,
    BundleOut,
    CertificationCharteredSubmissionsSchemasSubmissionOut,
    CharteredPathwayList,
    ConsentRequest,
    DecisionRequest,
    StatementRequest,
    WithdrawalRequest,
)
from ncce_sdk.transport import Area, answer, segment


class CharteredStatusArea(Area):
    """The pathway to chartered status."""

    def begin_application(self, body: ApplicationRequest, *, idempotency_key: str | None = None) -> ApplicationOut:
        """Begin a pathway to chartered status. Whatever you have done already counts; nothing is sent to anybody
        yet.
        """
        return answer(
            ApplicationOut,
            self._transport.send(
                "POST",
                "/v1/chartered-applications",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_on_submission(
        self, submission_id: UUID, body: DecisionRequest, *, idempotency_key: str | None = None
    ) -> CertificationCharteredSubmissionsSchemasSubmissionOut:
        """Say what you decided. Said differently later it is a revision; all are kept, and the teacher sees them."""
        return answer(
            CertificationCharteredSubmissionsSchemasSubmissionOut,
            self._transport.send(
                "POST",
                f"/v1/chartered-submissions/{segment(submission_id)}/decisions",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def fetch_bundle(self, submission_id: UUID) -> BundleOut:
        """The evidence, signed. Each time it is fetched goes on record, and the teacher sees how often it was."""
        return answer(
            BundleOut, self._transport.send("GET", f"/v1/chartered-submissions/{segment(submission_id)}/bundle")
        )

    def get_application(self, application_id: UUID) -> ApplicationOut:
        """One application of yours."""
        return answer(
            ApplicationOut, self._transport.send("GET", f"/v1/chartered-applications/{segment(application_id)}")
        )

    def get_submission(self, submission_id: UUID) -> CertificationCharteredSubmissionsSchemasSubmissionOut:
        """One of them, with your decisions on it."""
        return answer(
            CertificationCharteredSubmissionsSchemasSubmissionOut,
            self._transport.send("GET", f"/v1/chartered-submissions/{segment(submission_id)}"),
        )

    def give_consent(self, application_id: UUID, body: ConsentRequest) -> ApplicationOut:
        """Agree that your evidence is sent to who decides, once. Nothing is sent by this."""
        return answer(
            ApplicationOut,
            self._transport.send("PUT", f"/v1/chartered-applications/{segment(application_id)}/consent", body=body),
        )

    def list_applications(self) -> ApplicationList:
        """Your applications, with how far each stage is, what was sent and what was decided."""
        return answer(ApplicationList, self._transport.send("GET", "/v1/chartered-applications"))

    def list_chartered_pathways(self) -> CharteredPathwayList:
        """The pathways to chartered status, stage by stage, and who decides at their end."""
        return answer(CharteredPathwayList, self._transport.send("GET", "/v1/chartered-pathways"))

    def list_submissions(
        self, *, limit: int | None = None
    ) -> Iterator[CertificationCharteredSubmissionsSchemasSubmissionOut]:
        """What teachers have sent to your organisation, oldest first. It names nobody."""
        return self._transport.each(
            CertificationCharteredSubmissionsSchemasSubmissionOut,
            "GET",
            "/v1/chartered-submissions",
            query={"limit": limit},
        )

    def send_application(self, application_id: UUID, *, idempotency_key: str | None = None) -> ApplicationOut:
        """Send your evidence to who decides, signed. Every stage has to be met, and your consent to stand."""
        return answer(
            ApplicationOut,
            self._transport.send(
                "POST",
                f"/v1/chartered-applications/{segment(application_id)}/submission",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def take_consent_back(self, application_id: UUID) -> None:
        """Take your consent back, while nothing was sent by it."""
        self._transport.send("DELETE", f"/v1/chartered-applications/{segment(application_id)}/consent")

    def withdraw_application(
        self, application_id: UUID, body: WithdrawalRequest, *, idempotency_key: str | None = None
    ) -> ApplicationOut:
        """Withdraw an application. What was sent can be fetched no more."""
        return answer(
            ApplicationOut,
            self._transport.send(
                "POST",
                f"/v1/chartered-applications/{segment(application_id)}/withdrawal",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def write_statement(
        self, application_id: UUID, body: StatementRequest, *, idempotency_key: str | None = None
    ) -> ApplicationOut:
        """Write what a stage asks you to. Another for the same need replaces it; both are kept."""
        return answer(
            ApplicationOut,
            self._transport.send(
                "POST",
                f"/v1/chartered-applications/{segment(application_id)}/statements",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
