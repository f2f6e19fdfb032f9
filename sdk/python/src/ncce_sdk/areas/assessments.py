"""Assessments. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.assessments import (
    AdjustmentOut,
    AdjustmentRequest,
    AssessmentDetail,
    AssessmentList,
    AttemptOut,
    AttemptRequest,
    AttemptSummary,
    CertificationAnswers,
    SavedOut,
    Submission,
)
from ncce_sdk.transport import Area, answer, segment


class AssessmentsArea(Area):
    """Tests that are sat and marked."""

    def begin_attempt(self, assessment: str, body: AttemptRequest, *, idempotency_key: str | None = None) -> AttemptOut:
        """Begin an attempt: a paper of your own, and the time runs."""
        return answer(
            AttemptOut,
            self._transport.send(
                "POST",
                f"/v1/assessments/{segment(assessment)}/attempts",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def end_extra_time(self, adjustment_id: UUID) -> AdjustmentOut:
        """Let attempts to come have the ordinary time."""
        return answer(
            AdjustmentOut, self._transport.send("POST", f"/v1/assessment-adjustments/{segment(adjustment_id)}/end")
        )

    def get_assessment(self, assessment: str) -> AssessmentDetail:
        """One assessment and where you stand with it: whether you may begin an attempt now, why not, and when."""
        return answer(AssessmentDetail, self._transport.send("GET", f"/v1/assessments/{segment(assessment)}"))

    def get_attempt(self, attempt_id: UUID) -> AttemptOut:
        """An attempt of yours: its paper and your answers while it is in progress, its result afterwards."""
        return answer(AttemptOut, self._transport.send("GET", f"/v1/assessment-attempts/{segment(attempt_id)}"))

    def grant_extra_time(
        self, assessment: str, body: AdjustmentRequest, *, idempotency_key: str | None = None
    ) -> AdjustmentOut:
        """Grant a teacher extra time, before the attempt that it is for begins."""
        return answer(
            AdjustmentOut,
            self._transport.send(
                "POST",
                f"/v1/assessments/{segment(assessment)}/adjustments",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def hand_in_attempt(self, attempt_id: UUID, body: Submission, *, idempotency_key: str | None = None) -> AttemptOut:
        """Hand in. It is marked at once, and a pass counts towards your certificate at once."""
        return answer(
            AttemptOut,
            self._transport.send(
                "POST",
                f"/v1/assessment-attempts/{segment(attempt_id)}/submission",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def list_adjustments(self, assessment: str, *, limit: int | None = None) -> Iterator[AdjustmentOut]:
        """Extra time granted at an assessment of your organisation, oldest first, and what has ended."""
        return self._transport.each(
            AdjustmentOut, "GET", f"/v1/assessments/{segment(assessment)}/adjustments", query={"limit": limit}
        )

    def list_assessments(self) -> AssessmentList:
        """The summative assessments that can be sat, with their limits and conditions."""
        return answer(AssessmentList, self._transport.send("GET", "/v1/assessments"))

    def list_attempts(self, *, assessment: str | None = None, limit: int | None = None) -> Iterator[AttemptSummary]:
        """Your attempts, oldest first."""
        return self._transport.each(
            AttemptSummary, "GET", "/v1/assessment-attempts", query={"assessment": assessment, "limit": limit}
        )

    def save_attempt_answers(self, attempt_id: UUID, body: CertificationAnswers) -> SavedOut:
        """Save all your answers so far, as often as you like. When the time is up, what was saved last is marked."""
        return answer(
            SavedOut, self._transport.send("PUT", f"/v1/assessment-attempts/{segment(attempt_id)}/answers", body=body)
        )
