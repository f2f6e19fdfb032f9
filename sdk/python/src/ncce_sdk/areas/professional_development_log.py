"""Professional development log. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from ncce_sdk.models.professional_development_log import (
    EvidenceAdded,
    EvidenceList,
    History,
    LogEntryChange,
    LogEntryDraft,
)
from ncce_sdk.models.shared import CertificationLogEntriesSchemasLogEntryOut, CertificationLogEntriesSchemasStatus
from ncce_sdk.transport import Area, answer, segment


class ProfessionalDevelopmentLogArea(Area):
    """What teachers record themselves, with evidence."""

    def add_evidence(self, entry_id: UUID, files: dict[str, Any]) -> EvidenceAdded:
        """Add a file to an entry of yours. What it is, its content says; pictures lose the notes about where and
        when.
        """
        return answer(
            EvidenceAdded, self._transport.send("POST", f"/v1/log-entries/{segment(entry_id)}/evidence", files=files)
        )

    def change_log_entry(
        self, entry_id: UUID, body: LogEntryChange, *, if_match: str
    ) -> CertificationLogEntriesSchemasLogEntryOut:
        """Change a draft of yours, or what was returned to you. What you had put in before stays on record."""
        return answer(
            CertificationLogEntriesSchemasLogEntryOut,
            self._transport.send(
                "PUT", f"/v1/log-entries/{segment(entry_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def download_evidence(self, evidence_id: UUID) -> bytes:
        """A file: your own, or one of an entry that you have claimed as its moderator. Who else opens it leaves a
        trace.
        """
        return self._transport.send("GET", f"/v1/log-entries/evidence/{segment(evidence_id)}").content

    def get_log_entry(self, entry_id: UUID) -> CertificationLogEntriesSchemasLogEntryOut:
        """One entry; its `ETag` is what a change needs as If-Match."""
        return answer(
            CertificationLogEntriesSchemasLogEntryOut,
            self._transport.send("GET", f"/v1/log-entries/{segment(entry_id)}"),
        )

    def get_log_entry_history(self, entry_id: UUID) -> History:
        """Everything that happened to an entry: each step, what was put in each time, and what was decided on it."""
        return answer(History, self._transport.send("GET", f"/v1/log-entries/{segment(entry_id)}/history"))

    def list_evidence(self, entry_id: UUID) -> EvidenceList:
        """The files of an entry that you may see."""
        return answer(EvidenceList, self._transport.send("GET", f"/v1/log-entries/{segment(entry_id)}/evidence"))

    def list_log_entries(
        self, *, status: CertificationLogEntriesSchemasStatus | None = None, limit: int | None = None
    ) -> Iterator[CertificationLogEntriesSchemasLogEntryOut]:
        """Your own entries, oldest first. A moderator who asks for `submitted` sees the queue: everybody else's."""
        return self._transport.each(
            CertificationLogEntriesSchemasLogEntryOut,
            "GET",
            "/v1/log-entries",
            query={"status": status, "limit": limit},
        )

    def put_in_log_entry(
        self, entry_id: UUID, *, idempotency_key: str | None = None
    ) -> CertificationLogEntriesSchemasLogEntryOut:
        """Put a draft in, or again what was returned."""
        return answer(
            CertificationLogEntriesSchemasLogEntryOut,
            self._transport.send(
                "POST",
                f"/v1/log-entries/{segment(entry_id)}/submission",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def remove_evidence(self, evidence_id: UUID) -> None:
        """Take a file back from an entry that is not decided on."""
        self._transport.send("DELETE", f"/v1/log-entries/evidence/{segment(evidence_id)}")

    def submit_log_entry(
        self, body: LogEntryDraft, *, idempotency_key: str | None = None
    ) -> CertificationLogEntriesSchemasLogEntryOut:
        """Record community activity of your own. A moderator decides; accepted, it earns the catalogue's credits
        once.
        """
        return answer(
            CertificationLogEntriesSchemasLogEntryOut,
            self._transport.send(
                "POST", "/v1/log-entries", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def withdraw_log_entry(self, entry_id: UUID) -> CertificationLogEntriesSchemasLogEntryOut:
        """Take an entry back that does not count yet. Its evidence is removed after a while."""
        return answer(
            CertificationLogEntriesSchemasLogEntryOut,
            self._transport.send("POST", f"/v1/log-entries/{segment(entry_id)}/withdrawal"),
        )
