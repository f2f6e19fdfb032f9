"""Privacy. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from ncce_sdk.models.privacy import (
    ErasureCertificate,
    ErasureConfirmation,
    ErasureOut,
    Export,
    PersonExport,
    PersonExportOut,
    RetentionTable,
)
from ncce_sdk.transport import Area, answer, segment


class PrivacyArea(Area):
    """What the platform holds about the caller."""

    def ask_for_erasure(self) -> ErasureOut:
        """Ask to be forgotten, everywhere. A mail asks to confirm; after that there is a fortnight to change your
        mind.
        """
        return answer(ErasureOut, self._transport.send("POST", "/v1/privacy/erasures"))

    def ask_for_export(self) -> PersonExportOut:
        """Ask for everything that the platform holds about you, in all its parts. A mail tells when it is there."""
        return answer(PersonExportOut, self._transport.send("POST", "/v1/privacy/exports"))

    def cancel_erasure(self, erasure_id: UUID) -> ErasureOut:
        """Change your mind, as long as nothing was erased."""
        return answer(
            ErasureOut, self._transport.send("POST", f"/v1/privacy/erasures/{segment(erasure_id)}/cancellation")
        )

    def confirm_erasure(self, body: ErasureConfirmation) -> ErasureOut:
        """Confirm it with the token from the mail, signed in as the same person."""
        return answer(ErasureOut, self._transport.send("POST", "/v1/privacy/erasures/confirmation", body=body))

    def download_certification_export(self) -> bytes:
        """The same as an archive, with the files that you added to your log."""
        return self._transport.send("GET", "/v1/me/certification-export/archive").content

    def download_export(self, export_id: UUID) -> bytes:
        """One archive of all parts. It says in its index which parts are missing or could not be fetched just now."""
        return self._transport.send("GET", f"/v1/privacy/exports/{segment(export_id)}/archive").content

    def get_certification_export(self) -> Export:
        """Everything that certification holds about you: log, evidence, credits, answers, certificates,
        applications.
        """
        return answer(Export, self._transport.send("GET", "/v1/me/certification-export"))

    def get_certification_export_part(self, export_id: UUID) -> dict[str, Any]:
        """What certification put by for an export of everything. The archive holds it with the other parts."""
        return answer(
            dict[str, Any], self._transport.send("GET", f"/v1/me/certification-export/parts/{segment(export_id)}")
        )

    def get_certification_retention(self, *, count_due: bool | None = None) -> RetentionTable:
        """How long certification keeps what it holds about people, and what its rules last met."""
        return answer(
            RetentionTable,
            self._transport.send("GET", "/v1/privacy/retention/certification", query={"count_due": count_due}),
        )

    def get_erasure_certificate(self, certificate_code: str) -> ErasureCertificate:
        """What was erased and what stays, by the code from the last mail. It names nobody."""
        return answer(
            ErasureCertificate,
            self._transport.send("GET", f"/v1/privacy/erasure-certificates/{segment(certificate_code)}"),
        )

    def get_export(self, export_id: UUID) -> PersonExportOut:
        """One of your exports: which parts are there."""
        return answer(PersonExportOut, self._transport.send("GET", f"/v1/privacy/exports/{segment(export_id)}"))

    def get_funding_export(self) -> PersonExport:
        """Everything that funding holds about you, and who of the staff looked at it there."""
        return answer(PersonExport, self._transport.send("GET", "/v1/me/funding-export"))

    def get_funding_export_part(self, export_id: UUID) -> dict[str, Any]:
        """What funding put by for an export of everything. The archive holds it with the other parts."""
        return answer(dict[str, Any], self._transport.send("GET", f"/v1/me/funding-export/parts/{segment(export_id)}"))

    def get_funding_retention(self, *, count_due: bool | None = None) -> RetentionTable:
        """How long funding keeps what it holds about people, and what its rules last met."""
        return answer(
            RetentionTable, self._transport.send("GET", "/v1/privacy/retention/funding", query={"count_due": count_due})
        )

    def get_hubs_export(self) -> PersonExport:
        """Everything that hubs holds about you, and who of the staff looked at it there."""
        return answer(PersonExport, self._transport.send("GET", "/v1/me/hubs-export"))

    def get_hubs_export_part(self, export_id: UUID) -> dict[str, Any]:
        """What hubs put by for an export of everything. The archive holds it with the other parts."""
        return answer(dict[str, Any], self._transport.send("GET", f"/v1/me/hubs-export/parts/{segment(export_id)}"))

    def get_hubs_retention(self, *, count_due: bool | None = None) -> RetentionTable:
        """How long hubs keeps what it holds about people, and what its rules last met."""
        return answer(
            RetentionTable, self._transport.send("GET", "/v1/privacy/retention/hubs", query={"count_due": count_due})
        )

    def get_identity_export(self) -> PersonExport:
        """Everything that identity holds about you, and who of the staff looked at it there."""
        return answer(PersonExport, self._transport.send("GET", "/v1/me/identity-export"))

    def get_identity_export_part(self, export_id: UUID) -> dict[str, Any]:
        """What identity put by for an export of everything. The archive holds it with the other parts."""
        return answer(dict[str, Any], self._transport.send("GET", f"/v1/me/identity-export/parts/{segment(export_id)}"))

    def get_identity_retention(self, *, count_due: bool | None = None) -> RetentionTable:
        """How long identity keeps what it holds about people, and what its rules last met."""
        return answer(
            RetentionTable,
            self._transport.send("GET", "/v1/privacy/retention/identity", query={"count_due": count_due}),
        )

    def list_erasures(self, *, limit: int | None = None) -> Iterator[ErasureOut]:
        """Your own erasures; for administrators and auditors everybody's, and which service's part is out."""
        return self._transport.each(ErasureOut, "GET", "/v1/privacy/erasures", query={"limit": limit})

    def list_exports(self, *, limit: int | None = None) -> Iterator[PersonExportOut]:
        """Your exports, the newest first."""
        return self._transport.each(PersonExportOut, "GET", "/v1/privacy/exports", query={"limit": limit})
