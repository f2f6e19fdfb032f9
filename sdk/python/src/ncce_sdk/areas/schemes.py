"""Schemes. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.schemes import (
    CertificationReevaluationsSchemasOutcome,
    DraftContent,
    DraftOut,
    DraftRequest,
    FindingOut,
    ReEvaluationOut,
    ReEvaluationRequest,
    SchemeList,
    SchemeOut,
    SchemeVersionDetail,
)
from ncce_sdk.models.shared import DraftDecision, DraftStatus, TrialReport
from ncce_sdk.transport import Area, answer, segment


class SchemesArea(Area):
    """Certificates on offer and the rules they are awarded by."""

    def ask_for_re_evaluation(
        self, body: ReEvaluationRequest, *, idempotency_key: str | None = None
    ) -> ReEvaluationOut:
        """Look at everybody enrolled in a scheme under other rules. No certificate is ever taken back by it."""
        return answer(
            ReEvaluationOut,
            self._transport.send(
                "POST", "/v1/re-evaluations", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def cancel_re_evaluation(self, re_evaluation_id: UUID, *, idempotency_key: str | None = None) -> ReEvaluationOut:
        """Call a re-evaluation off. What it has done so far stays."""
        return answer(
            ReEvaluationOut,
            self._transport.send(
                "POST",
                f"/v1/re-evaluations/{segment(re_evaluation_id)}/cancellation",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def decide_on_draft(self, draft_id: UUID, body: DraftDecision, *, idempotency_key: str | None = None) -> DraftOut:
        """Approve or decline a tested draft of somebody else's."""
        return answer(
            DraftOut,
            self._transport.send(
                "POST",
                f"/v1/scheme-drafts/{segment(draft_id)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_draft(self, draft_id: UUID) -> DraftOut:
        """One draft."""
        return answer(DraftOut, self._transport.send("GET", f"/v1/scheme-drafts/{segment(draft_id)}"))

    def get_re_evaluation(self, re_evaluation_id: UUID) -> ReEvaluationOut:
        """One re-evaluation: how many people are done, and how many would complete or lose."""
        return answer(ReEvaluationOut, self._transport.send("GET", f"/v1/re-evaluations/{segment(re_evaluation_id)}"))

    def get_scheme(self, scheme: str) -> SchemeOut:
        """One scheme with every version of its rules."""
        return answer(SchemeOut, self._transport.send("GET", f"/v1/schemes/{segment(scheme)}"))

    def get_scheme_version(self, scheme: str, version: int) -> SchemeVersionDetail:
        """One version of a scheme's rules, with the cases that it passed before it was published."""
        return answer(
            SchemeVersionDetail,
            self._transport.send("GET", f"/v1/schemes/{segment(scheme)}/versions/{segment(version)}"),
        )

    def list_drafts(
        self, *, scheme: str | None = None, status: DraftStatus | None = None, limit: int | None = None
    ) -> Iterator[DraftOut]:
        """Drafts, oldest first."""
        return self._transport.each(
            DraftOut, "GET", "/v1/scheme-drafts", query={"scheme": scheme, "status": status, "limit": limit}
        )

    def list_findings(
        self,
        re_evaluation_id: UUID,
        *,
        outcome: CertificationReevaluationsSchemasOutcome | None = None,
        limit: int | None = None,
    ) -> Iterator[FindingOut]:
        """What was found about each person so far."""
        return self._transport.each(
            FindingOut,
            "GET",
            f"/v1/re-evaluations/{segment(re_evaluation_id)}/findings",
            query={"outcome": outcome, "limit": limit},
        )

    def list_re_evaluations(self, *, scheme: str | None = None, limit: int | None = None) -> Iterator[ReEvaluationOut]:
        """Re-evaluations and how far they are, latest first."""
        return self._transport.each(
            ReEvaluationOut, "GET", "/v1/re-evaluations", query={"scheme": scheme, "limit": limit}
        )

    def list_schemes(self) -> SchemeList:
        """The certificate schemes, each with every version of its rules, their dates and their source."""
        return answer(SchemeList, self._transport.send("GET", "/v1/schemes"))

    def propose_rules(self, body: DraftRequest, *, idempotency_key: str | None = None) -> DraftOut:
        """Propose rules for a scheme, with cases that they have to pass. Nothing applies until it is published."""
        return answer(
            DraftOut,
            self._transport.send(
                "POST", "/v1/scheme-drafts", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def publish_draft(self, draft_id: UUID, *, idempotency_key: str | None = None) -> DraftOut:
        """Make an approved draft the scheme's next version, for good. Whoever is enrolled keeps the version they
        have.
        """
        return answer(
            DraftOut,
            self._transport.send(
                "POST",
                f"/v1/scheme-drafts/{segment(draft_id)}/publication",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def rewrite_draft(self, draft_id: UUID, body: DraftContent, *, if_match: str) -> DraftOut:
        """Replace what your draft says. It has to be tested again."""
        return answer(
            DraftOut,
            self._transport.send(
                "PUT", f"/v1/scheme-drafts/{segment(draft_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def test_draft(self, draft_id: UUID, *, idempotency_key: str | None = None) -> TrialReport:
        """Run the cases stored with the draft. It is tested when all pass and the rules ask for nothing
        impossible.
        """
        return answer(
            TrialReport,
            self._transport.send(
                "POST",
                f"/v1/scheme-drafts/{segment(draft_id)}/test",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )
