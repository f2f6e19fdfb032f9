"""Diagnostics. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.diagnostics import (
    AnswersSaved,
    DiagnosticList,
    DiagnosticOut,
    DiagnosticResultOut,
    DiagnosticSubmission,
    QuestionnaireContent,
    QuestionnaireDraftOut,
    QuestionnaireRequest,
    SavedSittingOut,
    SittingOut,
    SittingRequest,
)
from ncce_sdk.models.shared import DraftDecision, DraftStatus, TrialReport
from ncce_sdk.transport import Area, answer, segment


class DiagnosticsArea(Area):
    """Questionnaires that say where somebody stands."""

    def decide_on_questionnaire_draft(
        self, questionnaire_id: UUID, body: DraftDecision, *, idempotency_key: str | None = None
    ) -> QuestionnaireDraftOut:
        """Approve or decline a tested draft of somebody else's."""
        return answer(
            QuestionnaireDraftOut,
            self._transport.send(
                "POST",
                f"/v1/questionnaire-drafts/{segment(questionnaire_id)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def finish_sitting(self, sitting_id: UUID, *, idempotency_key: str | None = None) -> DiagnosticResultOut:
        """Finish a sitting in which nothing more is asked. Its result recommends a pathway; the first earns
        credits.
        """
        return answer(
            DiagnosticResultOut,
            self._transport.send(
                "POST",
                f"/v1/diagnostic-sittings/{segment(sitting_id)}/completion",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def get_diagnostic(self, slug: str) -> DiagnosticOut:
        """The questions of a diagnostic and the answers to choose from."""
        return answer(DiagnosticOut, self._transport.send("GET", f"/v1/diagnostics/{segment(slug)}"))

    def get_questionnaire_draft(self, questionnaire_id: UUID) -> QuestionnaireDraftOut:
        """One draft."""
        return answer(
            QuestionnaireDraftOut, self._transport.send("GET", f"/v1/questionnaire-drafts/{segment(questionnaire_id)}")
        )

    def get_sitting(self, sitting_id: UUID) -> SittingOut:
        """A sitting of yours, with the question to ask next."""
        return answer(SittingOut, self._transport.send("GET", f"/v1/diagnostic-sittings/{segment(sitting_id)}"))

    def give_up_sitting(self, sitting_id: UUID) -> None:
        """Forget the answers of a sitting that is not finished."""
        self._transport.send("DELETE", f"/v1/diagnostic-sittings/{segment(sitting_id)}")

    def list_diagnostics(self) -> DiagnosticList:
        """The diagnostics that can be taken."""
        return answer(DiagnosticList, self._transport.send("GET", "/v1/diagnostics"))

    def list_questionnaire_drafts(
        self, *, slug: str | None = None, status: DraftStatus | None = None, limit: int | None = None
    ) -> Iterator[QuestionnaireDraftOut]:
        """Drafts, oldest first."""
        return self._transport.each(
            QuestionnaireDraftOut,
            "GET",
            "/v1/questionnaire-drafts",
            query={"slug": slug, "status": status, "limit": limit},
        )

    def list_responses(self, *, limit: int | None = None) -> Iterator[DiagnosticResultOut]:
        """Your results, oldest first."""
        return self._transport.each(DiagnosticResultOut, "GET", "/v1/diagnostic-responses", query={"limit": limit})

    def list_sittings(self, *, is_open: bool | None = None, limit: int | None = None) -> Iterator[SittingOut]:
        """Your sittings, oldest first."""
        return self._transport.each(
            SittingOut, "GET", "/v1/diagnostic-sittings", query={"is_open": is_open, "limit": limit}
        )

    def propose_questionnaire(
        self, body: QuestionnaireRequest, *, idempotency_key: str | None = None
    ) -> QuestionnaireDraftOut:
        """Propose a questionnaire, with cases that it has to pass. Nobody is asked anything until it is published."""
        return answer(
            QuestionnaireDraftOut,
            self._transport.send(
                "POST",
                "/v1/questionnaire-drafts",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def publish_questionnaire_draft(
        self, questionnaire_id: UUID, *, idempotency_key: str | None = None
    ) -> QuestionnaireDraftOut:
        """Make an approved draft the diagnostic's next version, for good. Whoever is sitting one finishes that
        one.
        """
        return answer(
            QuestionnaireDraftOut,
            self._transport.send(
                "POST",
                f"/v1/questionnaire-drafts/{segment(questionnaire_id)}/publication",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def rewrite_questionnaire_draft(
        self, questionnaire_id: UUID, body: QuestionnaireContent, *, if_match: str
    ) -> QuestionnaireDraftOut:
        """Replace what your draft says. It has to be tested again."""
        return answer(
            QuestionnaireDraftOut,
            self._transport.send(
                "PUT",
                f"/v1/questionnaire-drafts/{segment(questionnaire_id)}",
                headers={"if-match": if_match},
                body=body,
            ),
        )

    def save_answers(self, sitting_id: UUID, body: AnswersSaved, *, if_match: str) -> SavedSittingOut:
        """Save answers as they are given. Another answer to an earlier question drops what it does not lead to any
        more.
        """
        return answer(
            SavedSittingOut,
            self._transport.send(
                "PATCH", f"/v1/diagnostic-sittings/{segment(sitting_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def sit_diagnostic(self, body: SittingRequest, *, idempotency_key: str | None = None) -> SittingOut:
        """Begin to sit a diagnostic, or go on where you left off."""
        return answer(
            SittingOut,
            self._transport.send(
                "POST",
                "/v1/diagnostic-sittings",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def submit_answers(
        self, slug: str, body: DiagnosticSubmission, *, idempotency_key: str | None = None
    ) -> DiagnosticResultOut:
        """Take a diagnostic. It may be taken again: each attempt recommends a pathway, the first earns credits."""
        return answer(
            DiagnosticResultOut,
            self._transport.send(
                "POST",
                f"/v1/diagnostics/{segment(slug)}/responses",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def test_questionnaire_draft(self, questionnaire_id: UUID, *, idempotency_key: str | None = None) -> TrialReport:
        """Run the cases stored with the draft. It is tested when all pass and every pathway that it recommends has
        one.
        """
        return answer(
            TrialReport,
            self._transport.send(
                "POST",
                f"/v1/questionnaire-drafts/{segment(questionnaire_id)}/test",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )
