"""Audit. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.audit import (
    AuditClearance,
    AuditDisputes,
    AuditEntry,
    AuditExplanation,
    AuditVerification,
    NewestHead,
    WitnessedHeads,
)
from ncce_sdk.transport import Area, answer


class AuditArea(Area):
    """What was done and by whom, chained so that nothing can be left out."""

    def clear_disputes_at_certification(self, body: AuditExplanation) -> AuditClearance:
        """Say at certification how disputed links of another trail came about. Nothing is taken off."""
        return answer(
            AuditClearance, self._transport.send("POST", "/v1/audit/certification/disputes/clearances", body=body)
        )

    def clear_disputes_at_funding(self, body: AuditExplanation) -> AuditClearance:
        """Say at funding how disputed links of another trail came about. Nothing is taken off."""
        return answer(AuditClearance, self._transport.send("POST", "/v1/audit/funding/disputes/clearances", body=body))

    def clear_disputes_at_hubs(self, body: AuditExplanation) -> AuditClearance:
        """Say at hubs how disputed links of another trail came about. Nothing is taken off."""
        return answer(AuditClearance, self._transport.send("POST", "/v1/audit/hubs/disputes/clearances", body=body))

    def clear_disputes_at_identity(self, body: AuditExplanation) -> AuditClearance:
        """Say at identity how disputed links of another trail came about. Nothing is taken off."""
        return answer(AuditClearance, self._transport.send("POST", "/v1/audit/identity/disputes/clearances", body=body))

    def disputes_audit_of_certification(self) -> AuditDisputes:
        """What certification knows of audit trails, its own and others', that do not agree with held heads."""
        return answer(AuditDisputes, self._transport.send("GET", "/v1/audit/certification/disputes"))

    def disputes_audit_of_funding(self) -> AuditDisputes:
        """What funding knows of audit trails, its own and others', that do not agree with held heads."""
        return answer(AuditDisputes, self._transport.send("GET", "/v1/audit/funding/disputes"))

    def disputes_audit_of_hubs(self) -> AuditDisputes:
        """What hubs knows of audit trails, its own and others', that do not agree with held heads."""
        return answer(AuditDisputes, self._transport.send("GET", "/v1/audit/hubs/disputes"))

    def disputes_audit_of_identity(self) -> AuditDisputes:
        """What identity knows of audit trails, its own and others', that do not agree with held heads."""
        return answer(AuditDisputes, self._transport.send("GET", "/v1/audit/identity/disputes"))

    def head_audit_of_certification(self) -> NewestHead:
        """The newest head of certification's audit trail, signed. It says nothing about anybody; keep it."""
        return answer(NewestHead, self._transport.send("GET", "/v1/audit/certification/head"))

    def head_audit_of_funding(self) -> NewestHead:
        """The newest head of funding's audit trail, signed. It says nothing about anybody; keep it."""
        return answer(NewestHead, self._transport.send("GET", "/v1/audit/funding/head"))

    def head_audit_of_hubs(self) -> NewestHead:
        """The newest head of hubs's audit trail, signed. It says nothing about anybody; keep it."""
        return answer(NewestHead, self._transport.send("GET", "/v1/audit/hubs/head"))

    def head_audit_of_identity(self) -> NewestHead:
        """The newest head of identity's audit trail, signed. It says nothing about anybody; keep it."""
        return answer(NewestHead, self._transport.send("GET", "/v1/audit/identity/head"))

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
