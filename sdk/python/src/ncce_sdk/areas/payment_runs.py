"""Payment runs. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.payment_runs import (
    BankConfirmation,
    Cancellation,
    FileFormat,
    FileList,
    PaymentRunOut,
    PaymentRunRequest,
    PaymentRunSummary,
    ProcessingDay,
    ReissueDecision,
    ReissueRequest,
    Removal,
    RunApproval,
    RunCheck,
    WaitingList,
)
from ncce_sdk.transport import Area, answer, segment


class PaymentRunsArea(Area):
    """Payments made together, released by a second person."""

    def cancel_payment_run(
        self, run_id: UUID, body: Cancellation, *, idempotency_key: str | None = None
    ) -> PaymentRunOut:
        """Give a run up that is not released. What was in it waits for another."""
        return answer(
            PaymentRunOut,
            self._transport.send(
                "POST",
                f"/v1/payment-runs/{segment(run_id)}/cancellation",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def check_payment_run(self, run_id: UUID, body: RunCheck, *, idempotency_key: str | None = None) -> PaymentRunOut:
        """Vouch for every line, as somebody else than prepared the run."""
        return answer(
            PaymentRunOut,
            self._transport.send(
                "POST",
                f"/v1/payment-runs/{segment(run_id)}/check",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def confirm_payment_run(
        self, run_id: UUID, body: BankConfirmation, *, idempotency_key: str | None = None
    ) -> PaymentRunOut:
        """Note that the bank debited the sum of the run. What came back before stays returned; the rest has
        arrived.
        """
        return answer(
            PaymentRunOut,
            self._transport.send(
                "POST",
                f"/v1/payment-runs/{segment(run_id)}/confirmation",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_bank_file_again(
        self, run_id: UUID, format: FileFormat, body: ReissueDecision, *, idempotency_key: str | None = None
    ) -> FileList:
        """Permit one more download, having made sure that the bank has nothing of it yet, or refuse."""
        return answer(
            FileList,
            self._transport.send(
                "POST",
                f"/v1/payment-runs/{segment(run_id)}/files/{segment(format)}/reissue/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_payment_run(
        self, run_id: UUID, body: RunApproval, *, idempotency_key: str | None = None
    ) -> PaymentRunOut:
        """Approve what was checked, or send it back. Not by the preparer; of a flagged run not by the checker
        either.
        """
        return answer(
            PaymentRunOut,
            self._transport.send(
                "POST",
                f"/v1/payment-runs/{segment(run_id)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def download_bank_file(self, run_id: UUID, format: FileFormat) -> bytes:
        """Download a file of a released run, once. It holds whole account numbers: take it to the bank and delete
        it.
        """
        return self._transport.send(
            "POST", f"/v1/payment-runs/{segment(run_id)}/files/{segment(format)}/download"
        ).content

    def get_payment_run(self, run_id: UUID) -> PaymentRunOut:
        """One payment run with its payments."""
        return answer(PaymentRunOut, self._transport.send("GET", f"/v1/payment-runs/{segment(run_id)}"))

    def list_bank_files(self, run_id: UUID) -> FileList:
        """The files of a released run: totals, hashes, and who downloaded what when."""
        return answer(FileList, self._transport.send("GET", f"/v1/payment-runs/{segment(run_id)}/files"))

    def list_payment_runs(self, *, limit: int | None = None) -> Iterator[PaymentRunSummary]:
        """Payment runs, the latest first."""
        return self._transport.each(PaymentRunSummary, "GET", "/v1/payment-runs", query={"limit": limit})

    def list_waiting_payments(self, *, budget: str) -> WaitingList:
        """Everything of a budget that is owed and in no run, and what holds up what cannot be paid now."""
        return answer(WaitingList, self._transport.send("GET", "/v1/payment-runs/waiting", query={"budget": budget}))

    def move_payment_run(
        self, run_id: UUID, body: ProcessingDay, *, idempotency_key: str | None = None
    ) -> PaymentRunOut:
        """Have the banks process it on another day. Check and approval are void."""
        return answer(
            PaymentRunOut,
            self._transport.send(
                "POST",
                f"/v1/payment-runs/{segment(run_id)}/processing-day",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def prepare_payment_run(self, body: PaymentRunRequest, *, idempotency_key: str | None = None) -> PaymentRunOut:
        """Collect everything of a budget that is owed, is in no run yet, and whose payee can be paid now."""
        return answer(
            PaymentRunOut,
            self._transport.send(
                "POST", "/v1/payment-runs", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def release_payment_run(self, run_id: UUID, *, idempotency_key: str | None = None) -> PaymentRunOut:
        """Pay an approved run, as somebody who had no part in it or in anything that it pays."""
        return answer(
            PaymentRunOut,
            self._transport.send(
                "POST",
                f"/v1/payment-runs/{segment(run_id)}/release",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def remove_payment(self, run_id: UUID, body: Removal, *, idempotency_key: str | None = None) -> PaymentRunOut:
        """Take a payment out. Check and approval are void: the run is a draft again."""
        return answer(
            PaymentRunOut,
            self._transport.send(
                "POST",
                f"/v1/payment-runs/{segment(run_id)}/removals",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def request_bank_file_again(
        self, run_id: UUID, format: FileFormat, body: ReissueRequest, *, idempotency_key: str | None = None
    ) -> FileList:
        """Ask to download a file again. Another person decides."""
        return answer(
            FileList,
            self._transport.send(
                "POST",
                f"/v1/payment-runs/{segment(run_id)}/files/{segment(format)}/reissue",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
