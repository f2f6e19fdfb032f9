"""Equipment. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.equipment import (
    DamageIn,
    DamageOutcomeIn,
    DamageReportOut,
    ExtensionDecision,
    ExtensionIn,
    HistoryStep,
    KitDetail,
    KitEdit,
    KitIn,
    KitOut,
    LoanCancellation,
    LoanDecision,
    LoanDetail,
    LoanIn,
    LoanOut,
    ReturnIn,
)
from ncce_sdk.transport import Area, answer, segment


class EquipmentArea(Area):
    """Kits that schools borrow, loans and damage."""

    def add_kit(self, body: KitIn, *, idempotency_key: str | None = None) -> KitDetail:
        """Keep a kit of the caller's hub or school."""
        return answer(
            KitDetail,
            self._transport.send(
                "POST", "/v1/kits", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def ask_extension(self, loan_id: UUID, body: ExtensionIn, *, idempotency_key: str | None = None) -> LoanDetail:
        """Ask to keep the kit longer; asking again replaces what was asked."""
        return answer(
            LoanDetail,
            self._transport.send(
                "POST",
                f"/v1/loans/{segment(loan_id)}/extension",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def cancel_loan(self, loan_id: UUID, body: LoanCancellation, *, idempotency_key: str | None = None) -> LoanDetail:
        """Call a loan off before the kit was collected; by either side."""
        return answer(
            LoanDetail,
            self._transport.send(
                "POST",
                f"/v1/loans/{segment(loan_id)}/cancellation",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def collect_loan(self, loan_id: UUID, *, idempotency_key: str | None = None) -> LoanDetail:
        """Say that the kit was handed over; by who lends it."""
        return answer(
            LoanDetail,
            self._transport.send(
                "POST",
                f"/v1/loans/{segment(loan_id)}/collection",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def decide_damage(
        self, report_id: UUID, body: DamageOutcomeIn, *, idempotency_key: str | None = None
    ) -> DamageReportOut:
        """Say what became of the damage, by who lends the kit; then it can be handed out again."""
        return answer(
            DamageReportOut,
            self._transport.send(
                "POST",
                f"/v1/damage-reports/{segment(report_id)}/outcome",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_extension(
        self, loan_id: UUID, body: ExtensionDecision, *, idempotency_key: str | None = None
    ) -> LoanDetail:
        """Let the borrower keep the kit longer, or not; by who lends it."""
        return answer(
            LoanDetail,
            self._transport.send(
                "POST",
                f"/v1/loans/{segment(loan_id)}/extension/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_loan(self, loan_id: UUID, body: LoanDecision, *, idempotency_key: str | None = None) -> LoanDetail:
        """Agree to a request, or refuse it; by who lends the kit."""
        return answer(
            LoanDetail,
            self._transport.send(
                "POST",
                f"/v1/loans/{segment(loan_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def edit_kit(self, kit_id: UUID, body: KitEdit, *, if_match: str) -> KitDetail:
        """Change or withdraw a kit that the caller lends, from the version that was read."""
        return answer(
            KitDetail,
            self._transport.send("PATCH", f"/v1/kits/{segment(kit_id)}", headers={"if-match": if_match}, body=body),
        )

    def get_kit(self, kit_id: UUID) -> KitDetail:
        """One kit, and the days on which it is somebody's. Its ETag is what an edit needs."""
        return answer(KitDetail, self._transport.send("GET", f"/v1/kits/{segment(kit_id)}"))

    def get_kit_history(self, kit_id: UUID, *, limit: int | None = None) -> Iterator[HistoryStep]:
        """Everything that happened to a kit that the caller lends, newest first."""
        return self._transport.each(HistoryStep, "GET", f"/v1/kits/{segment(kit_id)}/history", query={"limit": limit})

    def get_loan(self, loan_id: UUID) -> LoanDetail:
        """One loan with what happened to it, for the borrower and who lends."""
        return answer(LoanDetail, self._transport.send("GET", f"/v1/loans/{segment(loan_id)}"))

    def list_damage_reports(
        self, *, kit_id: UUID | None = None, is_open: bool | None = None, limit: int | None = None
    ) -> Iterator[DamageReportOut]:
        """Reports on loans of the caller's school, and on kits that the caller lends; `is_open=true` lists what
        waits.
        """
        return self._transport.each(
            DamageReportOut, "GET", "/v1/damage-reports", query={"kit_id": kit_id, "is_open": is_open, "limit": limit}
        )

    def list_kits(
        self,
        *,
        hub_id: UUID | None = None,
        kind: Literal["microbits", "sensors", "single_board_computers", "robots", "electronics", "laptops", "other"]
        | None = None,
        free_from: dt.date | None = None,
        free_to: dt.date | None = None,
        limit: int | None = None,
    ) -> Iterator[KitOut]:
        """Kits that the caller lends, and those of hubs to which the caller's school belongs."""
        return self._transport.each(
            KitOut,
            "GET",
            "/v1/kits",
            query={"hub_id": hub_id, "kind": kind, "free_from": free_from, "free_to": free_to, "limit": limit},
        )

    def list_loans(
        self,
        *,
        kit_id: UUID | None = None,
        hub_id: UUID | None = None,
        status: Literal["requested", "agreed", "lent", "returned", "lost", "refused", "cancelled"] | None = None,
        is_overdue: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[LoanOut]:
        """Loans of the caller's school, and of kits that the caller lends; `is_overdue=true` lists what should be
        back.
        """
        return self._transport.each(
            LoanOut,
            "GET",
            "/v1/loans",
            query={"kit_id": kit_id, "hub_id": hub_id, "status": status, "is_overdue": is_overdue, "limit": limit},
        )

    def report_damage(self, loan_id: UUID, body: DamageIn, *, idempotency_key: str | None = None) -> DamageReportOut:
        """Report damage found while the kit is out or after it came back; by either side."""
        return answer(
            DamageReportOut,
            self._transport.send(
                "POST",
                f"/v1/loans/{segment(loan_id)}/damage-reports",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def report_loss(self, loan_id: UUID, *, idempotency_key: str | None = None) -> LoanDetail:
        """Say that a kit that is out is lost; by either side. If it is found, it is returned."""
        return answer(
            LoanDetail,
            self._transport.send(
                "POST",
                f"/v1/loans/{segment(loan_id)}/loss",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def request_loan(self, body: LoanIn, *, idempotency_key: str | None = None) -> LoanDetail:
        """Ask for a kit. Days that are taken may be asked for too; the request then waits."""
        return answer(
            LoanDetail,
            self._transport.send(
                "POST", "/v1/loans", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def return_loan(self, loan_id: UUID, body: ReturnIn, *, idempotency_key: str | None = None) -> LoanDetail:
        """Check the kit in, by who lends it. What is damaged or missing becomes a report."""
        return answer(
            LoanDetail,
            self._transport.send(
                "POST",
                f"/v1/loans/{segment(loan_id)}/return",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
