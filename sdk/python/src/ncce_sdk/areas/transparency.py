"""Transparency. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator

from ncce_sdk.models.shared import InclusionProof, TreeHead
from ncce_sdk.models.transparency import (
    CertificationTransparencySchemasLogEntryOut,
    ConsistencyProof,
    LogHead,
    VerificationKeys,
)
from ncce_sdk.transport import Area, answer, segment


class TransparencyArea(Area):
    """The public log that every certificate is in."""

    def get_head_of_size(self, tree_size: int) -> TreeHead:
        """The head that was signed when the log had this many entries."""
        return answer(TreeHead, self._transport.send("GET", f"/v1/transparency/heads/{segment(tree_size)}"))

    def get_log_head(self) -> LogHead:
        """The newest signed head. Keep it: a later log has to be consistent with it."""
        return answer(LogHead, self._transport.send("GET", "/v1/transparency/head"))

    def list_issuance_entries(
        self, *, limit: int | None = None
    ) -> Iterator[CertificationTransparencySchemasLogEntryOut]:
        """Everything that was ever logged, in order."""
        return self._transport.each(
            CertificationTransparencySchemasLogEntryOut, "GET", "/v1/transparency/entries", query={"limit": limit}
        )

    def list_log_keys(self) -> VerificationKeys:
        """The public keys that heads of the log are signed with: the first signs now, the others did up to some
        size.
        """
        return answer(VerificationKeys, self._transport.send("GET", "/v1/transparency/keys"))

    def prove_consistency(self, *, older: int, newer: int) -> ConsistencyProof:
        """Prove that the log of one size is the beginning of the log of another."""
        return answer(
            ConsistencyProof,
            self._transport.send("GET", "/v1/transparency/consistency", query={"older": older, "newer": newer}),
        )

    def prove_inclusion(self, position: int, *, tree_size: int | None = None) -> InclusionProof:
        """Prove that an entry is in the log of a size, or in the newest."""
        return answer(
            InclusionProof,
            self._transport.send(
                "GET", f"/v1/transparency/entries/{segment(position)}/proof", query={"tree_size": tree_size}
            ),
        )
