"""Question banks. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.question_banks import (
    AssessmentFacts,
    AssessmentFigures,
    AssessmentOut,
    BankDecision,
    BankEdit,
    BankOut,
    BankRequest,
    BankStatus,
    BankSummary,
    ReMarkingDecision,
    ReMarkingOut,
    ReMarkingRequest,
    Retirement,
    RetirementOut,
)
from ncce_sdk.transport import Area, answer, segment


class QuestionBanksArea(Area):
    """Questions of assessments, in versions."""

    def decide_on_question_bank(
        self, bank_id: UUID, body: BankDecision, *, idempotency_key: str | None = None
    ) -> BankSummary:
        """Approve or decline a bank that another assessor wrote."""
        return answer(
            BankSummary,
            self._transport.send(
                "POST",
                f"/v1/question-banks/{segment(bank_id)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_on_re_marking(
        self, re_marking_id: UUID, body: ReMarkingDecision, *, idempotency_key: str | None = None
    ) -> ReMarkingOut:
        """Approve or decline what another assessor proposed. Approved, every marked attempt with it is marked
        again.
        """
        return answer(
            ReMarkingOut,
            self._transport.send(
                "POST",
                f"/v1/re-markings/{segment(re_marking_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_question_bank(self, bank_id: UUID) -> BankOut:
        """A bank with its questions and their answers."""
        return answer(BankOut, self._transport.send("GET", f"/v1/question-banks/{segment(bank_id)}"))

    def get_re_marking(self, re_marking_id: UUID) -> ReMarkingOut:
        """A re-marking, how far it has come and what it changed."""
        return answer(ReMarkingOut, self._transport.send("GET", f"/v1/re-markings/{segment(re_marking_id)}"))

    def get_statistics(self, assessment: str, *, version: int | None = None) -> AssessmentFigures:
        """How questions of your organisation's assessment do: how hard they are, how well they tell people apart."""
        return answer(
            AssessmentFigures,
            self._transport.send(
                "GET", f"/v1/assessments/{segment(assessment)}/statistics", query={"version": version}
            ),
        )

    def list_question_banks(
        self, *, assessment: str | None = None, status: BankStatus | None = None, limit: int | None = None
    ) -> Iterator[BankSummary]:
        """Banks of your organisation's assessments, oldest first."""
        return self._transport.each(
            BankSummary, "GET", "/v1/question-banks", query={"assessment": assessment, "status": status, "limit": limit}
        )

    def list_re_markings(self, assessment: str, *, limit: int | None = None) -> Iterator[ReMarkingOut]:
        """Re-markings at an assessment of your organisation, oldest first."""
        return self._transport.each(
            ReMarkingOut, "GET", f"/v1/assessments/{segment(assessment)}/re-markings", query={"limit": limit}
        )

    def propose_question_bank(self, body: BankRequest, *, idempotency_key: str | None = None) -> BankSummary:
        """Propose a version of your organisation's assessment: its limits and all its questions."""
        return answer(
            BankSummary,
            self._transport.send(
                "POST", "/v1/question-banks", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def propose_re_marking(
        self, assessment: str, body: ReMarkingRequest, *, idempotency_key: str | None = None
    ) -> ReMarkingOut:
        """Say that a question was wrong, and how whoever answered it is to be marked instead."""
        return answer(
            ReMarkingOut,
            self._transport.send(
                "POST",
                f"/v1/assessments/{segment(assessment)}/re-markings",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def publish_question_bank(self, bank_id: UUID, *, idempotency_key: str | None = None) -> BankSummary:
        """Make an approved bank the assessment's next version: new attempts are made from it."""
        return answer(
            BankSummary,
            self._transport.send(
                "POST",
                f"/v1/question-banks/{segment(bank_id)}/publication",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def retire_question(
        self, assessment: str, question: str, body: Retirement, *, idempotency_key: str | None = None
    ) -> RetirementOut:
        """Put a question to nobody any more. Attempts that were marked stay as they are."""
        return answer(
            RetirementOut,
            self._transport.send(
                "POST",
                f"/v1/assessments/{segment(assessment)}/questions/{segment(question)}/retirement",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def rewrite_question_bank(self, bank_id: UUID, body: BankEdit, *, if_match: str) -> BankSummary:
        """Replace what your draft says."""
        return answer(
            BankSummary,
            self._transport.send(
                "PUT", f"/v1/question-banks/{segment(bank_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def set_up_assessment(self, body: AssessmentFacts, *, idempotency_key: str | None = None) -> AssessmentOut:
        """Give a scheme its summative assessment. It can be sat once its assessors have published a question bank."""
        return answer(
            AssessmentOut,
            self._transport.send(
                "POST", "/v1/assessments", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )
