"""Merges. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.merges import (
    MergeCandidate,
    MergeDecision,
    MergeEffects,
    MergeOut,
    MergePreview,
    MergeSeparation,
    NewMerge,
)
from ncce_sdk.transport import Area, answer, segment


class MergesArea(Area):
    """Two accounts that are one person's: found, merged by two people, separated."""

    def decide_merge(self, merge_id: UUID, body: MergeDecision, *, idempotency_key: str | None = None) -> MergeOut:
        """Decide on what another administrator proposed. Approved, the account's sign-ins end and every service
        follows.
        """
        return answer(
            MergeOut,
            self._transport.send(
                "POST",
                f"/v1/merges/{segment(merge_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_merge_effects_in_certification(self, merge_id: UUID) -> MergeEffects:
        """What a merge of two people did in certification, and what of it a person has to settle."""
        return answer(MergeEffects, self._transport.send("GET", f"/v1/merge-effects/certification/{segment(merge_id)}"))

    def get_merge_effects_in_funding(self, merge_id: UUID) -> MergeEffects:
        """What a merge of two people did in funding, and what of it a person has to settle."""
        return answer(MergeEffects, self._transport.send("GET", f"/v1/merge-effects/funding/{segment(merge_id)}"))

    def get_merge_effects_in_hubs(self, merge_id: UUID) -> MergeEffects:
        """What a merge of two people did in hubs, and what of it a person has to settle."""
        return answer(MergeEffects, self._transport.send("GET", f"/v1/merge-effects/hubs/{segment(merge_id)}"))

    def get_merge_effects_in_identity(self, merge_id: UUID) -> MergeEffects:
        """What a merge of two people did in identity, and what of it a person has to settle."""
        return answer(MergeEffects, self._transport.send("GET", f"/v1/merge-effects/identity/{segment(merge_id)}"))

    def list_merge_candidates(self, *, limit: int | None = None) -> Iterator[MergeCandidate]:
        """Accounts that may be one person's, with reasons. Both can read that you looked."""
        return self._transport.each(MergeCandidate, "GET", "/v1/merges/candidates", query={"limit": limit})

    def list_merges(self, *, limit: int | None = None) -> Iterator[MergeOut]:
        """What was proposed, decided and taken back, the latest first."""
        return self._transport.each(MergeOut, "GET", "/v1/merges", query={"limit": limit})

    def preview_merge(self, merge_id: UUID) -> MergePreview:
        """What approving a proposal would do here."""
        return answer(MergePreview, self._transport.send("GET", f"/v1/merges/{segment(merge_id)}/preview"))

    def propose_merge(self, body: NewMerge, *, idempotency_key: str | None = None) -> MergeOut:
        """Propose that one account goes by another."""
        return answer(
            MergeOut,
            self._transport.send(
                "POST", "/v1/merges", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def separate_merged(self, merge_id: UUID, body: MergeSeparation, *, idempotency_key: str | None = None) -> MergeOut:
        """Take a merge back. Each gets back what was theirs; what was made since stays with the account that was
        kept.
        """
        return answer(
            MergeOut,
            self._transport.send(
                "POST",
                f"/v1/merges/{segment(merge_id)}/separation",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
