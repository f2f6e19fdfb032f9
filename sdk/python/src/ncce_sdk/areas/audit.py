"""Audit. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.audit import AuditEntry, AuditVerification, WitnessedHeads
from ncce_sdk.transport import Area, answer


class AuditArea(Area):
    """What was done and by whom, chained so that nothing can be left out."""

    def search_audit_of_certification(
        self,
        *,
        action: str | None = None,
        subject: str | None = None,
        caller_id: UUID | None = None,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[AuditEntry]:
        """Search certification's audit trail, the newest first: who did what to what."""
        return self._transport.each(
            AuditEntry,
            "GET",
            "/v1/audit/certification",
            query={
                "action": action,
                "subject": subject,
                "caller_id": caller_id,
                "since": since,
                "until": until,
                "limit": limit,
            },
        )

    def search_audit_of_funding(
        self,
        *,
        action: str | None = None,
        subject: str | None = None,
        caller_id: UUID | None = None,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[AuditEntry]:
        """Search funding's audit trail, the newest first: who did what to what."""
        return self._transport.each(
            AuditEntry,
            "GET",
            "/v1/audit/funding",
            query={
                "action": action,
                "subject": subject,
                "caller_id": caller_id,
                "since": since,
                "until": until,
                "limit": limit,
            },
        )

    def search_audit_of_hubs(
        self,
        *,
        action: str | None = None,
        subject: str | None = None,
        caller_id: UUID | None = None,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[AuditEntry]:
        """Search hubs's audit trail, the newest first: who did what to what."""
        return self._transport.each(
            AuditEntry,
            "GET",
            "/v1/audit/hubs",
            query={
                "action": action,
                "subject": subject,
                "caller_id": caller_id,
                "since": since,
                "until": until,
                "limit": limit,
            },
        )

    def search_audit_of_identity(
        self,
        *,
        action: str | None = None,
        subject: str | None = None,
        caller_id: UUID | None = None,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[AuditEntry]:
        """Search identity's audit trail, the newest first: who did what to what."""
        return self._transport.each(
            AuditEntry,
            "GET",
            "/v1/audit/identity",
            query={
                "action": action,
                "subject": subject,
                "caller_id": caller_id,
                "since": since,
                "until": until,
                "limit": limit,
            },
        )

    def verify_audit_of_certification(self) -> AuditVerification:
        """Compute the chain over certification's audit trail again and name what is not as written."""
        return answer(AuditVerification, self._transport.send("GET", "/v1/audit/certification/verification"))

    def verify_audit_of_funding(self) -> AuditVerification:
        """Compute the chain over funding's audit trail again and name what is not as written."""
        return answer(AuditVerification, self._transport.send("GET", "/v1/audit/funding/verification"))

    def verify_audit_of_hubs(self) -> AuditVerification:
        """Compute the chain over hubs's audit trail again and name what is not as written."""
        return answer(AuditVerification, self._transport.send("GET", "/v1/audit/hubs/verification"))

    def verify_audit_of_identity(self) -> AuditVerification:
        """Compute the chain over identity's audit trail again and name what is not as written."""
        return answer(AuditVerification, self._transport.send("GET", "/v1/audit/identity/verification"))

    def witnessed_audit_of_certification(self, *, of: str) -> WitnessedHeads:
        """The heads that certification holds of another service's chain."""
        return answer(
            WitnessedHeads, self._transport.send("GET", "/v1/audit/certification/witnessed", query={"of": of})
        )

    def witnessed_audit_of_funding(self, *, of: str) -> WitnessedHeads:
        """The heads that funding holds of another service's chain."""
        return answer(WitnessedHeads, self._transport.send("GET", "/v1/audit/funding/witnessed", query={"of": of}))

    def witnessed_audit_of_hubs(self, *, of: str) -> WitnessedHeads:
        """The heads that hubs holds of another service's chain."""
        return answer(WitnessedHeads, self._transport.send("GET", "/v1/audit/hubs/witnessed", query={"of": of}))

    def witnessed_audit_of_identity(self, *, of: str) -> WitnessedHeads:
        """The heads that identity holds of another service's chain."""
        return answer(WitnessedHeads, self._transport.send("GET", "/v1/audit/identity/witnessed", query={"of": of}))
