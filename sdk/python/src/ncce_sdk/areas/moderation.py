"""Moderation. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.moderation import (
    AuditDecision,
    Decision,
    PolicyList,
    PolicyOut,
    PolicyProposal,
    QueueItem,
    Summary,
)
from ncce_sdk.models.shared import CertificationLogEntriesSchemasLogEntryOut
from ncce_sdk.transport import Area, answer, segment


class ModerationArea(Area):
    """The queue of log entries to be decided."""

    def approve_moderation_policy(self, policy_version: int, *, idempotency_key: str | None = None) -> PolicyOut:
        """Approve a version that another administrator proposed."""
        return answer(
            PolicyOut,
            self._transport.send(
                "POST",
                f"/v1/moderation/policies/{segment(policy_version)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def audit_log_entry(
        self, entry_id: UUID, body: AuditDecision, *, idempotency_key: str | None = None
    ) -> CertificationLogEntriesSchemasLogEntryOut:
        """Look at an accepted entry once more. Rejected, what it earned is reversed and the certificate reviewed."""
        return answer(
            CertificationLogEntriesSchemasLogEntryOut,
            self._transport.send(
                "POST",
                f"/v1/log-entries/{segment(entry_id)}/audit",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def claim_log_entry(self, entry_id: UUID) -> CertificationLogEntriesSchemasLogEntryOut:
        """Take an entry in hand, so that nobody else does; again, keep it longer. The claim lapses by itself."""
        return answer(
            CertificationLogEntriesSchemasLogEntryOut,
            self._transport.send("POST", f"/v1/log-entries/{segment(entry_id)}/claim"),
        )

    def decide_log_entry(
        self, entry_id: UUID, body: Decision, *, idempotency_key: str | None = None
    ) -> CertificationLogEntriesSchemasLogEntryOut:
        """Accept an entry or return it with a reason. Its author may change what was returned and put it in again."""
        return answer(
            CertificationLogEntriesSchemasLogEntryOut,
            self._transport.send(
                "POST",
                f"/v1/log-entries/{segment(entry_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_moderation_summary(self) -> Summary:
        """The queue in numbers: by status, overdue, and how much was decided in time."""
        return answer(Summary, self._transport.send("GET", "/v1/moderation/summary"))

    def list_moderation_policies(self) -> PolicyList:
        """Every version of the policy: shares looked at, service level, how long evidence is kept."""
        return answer(PolicyList, self._transport.send("GET", "/v1/moderation/policies"))

    def list_queue(
        self, *, section: Literal["waiting", "mine", "audits"] | None = None, limit: int | None = None
    ) -> Iterator[QueueItem]:
        """What waits for you, the entry due first at the top: neither your own nor what another moderator has in
        hand.
        """
        return self._transport.each(
            QueueItem, "GET", "/v1/moderation/queue", query={"section": section, "limit": limit}
        )

    def propose_moderation_policy(self, body: PolicyProposal, *, idempotency_key: str | None = None) -> PolicyOut:
        """Propose a version of the policy. It takes effect when another administrator has approved it."""
        return answer(
            PolicyOut,
            self._transport.send(
                "POST",
                "/v1/moderation/policies",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def release_log_entry(self, entry_id: UUID) -> CertificationLogEntriesSchemasLogEntryOut:
        """Let an entry go that you had taken."""
        return answer(
            CertificationLogEntriesSchemasLogEntryOut,
            self._transport.send("DELETE", f"/v1/log-entries/{segment(entry_id)}/claim"),
        )
