"""Completion rules. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.completion_rules import CompletionRuleIn, CompletionRuleOut, RuleDecisionIn
from ncce_sdk.transport import Area, answer, segment


class CompletionRulesArea(Area):
    """How much attendance completes a course."""

    def decide_completion_rule(
        self, rule_id: UUID, body: RuleDecisionIn, *, idempotency_key: str | None = None
    ) -> CompletionRuleOut:
        """Approve or refuse what somebody else proposed."""
        return answer(
            CompletionRuleOut,
            self._transport.send(
                "POST",
                f"/v1/completion-rules/{segment(rule_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def list_completion_rules(
        self,
        *,
        scope: Literal["default", "programme", "course"] | None = None,
        applies_to: str | None = None,
        status: Literal["proposed", "approved", "refused"] | None = None,
        limit: int | None = None,
    ) -> Iterator[CompletionRuleOut]:
        """Approved versions, newest first; administrators may ask for proposed and refused ones."""
        return self._transport.each(
            CompletionRuleOut,
            "GET",
            "/v1/completion-rules",
            query={"scope": scope, "applies_to": applies_to, "status": status, "limit": limit},
        )

    def propose_completion_rule(
        self, body: CompletionRuleIn, *, idempotency_key: str | None = None
    ) -> CompletionRuleOut:
        """Propose the next version of a rule. It counts once another administrator has approved it."""
        return answer(
            CompletionRuleOut,
            self._transport.send(
                "POST", "/v1/completion-rules", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )
