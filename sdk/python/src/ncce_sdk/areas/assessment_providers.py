"""Assessment providers. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from ncce_sdk.models.assessment_providers import (
    CertificationProviderOut,
    LaunchOut,
    ProviderFacts,
    ProviderList,
    ReceiptOut,
    ResultDecision,
    ResultOut,
    ResultStatus,
)
from ncce_sdk.transport import Area, answer, segment


class AssessmentProvidersArea(Area):
    """Results that providers of assessments deliver."""

    def decide_on_result(
        self, provider: str, result_id: UUID, body: ResultDecision, *, idempotency_key: str | None = None
    ) -> ResultOut:
        """Count or dismiss a result that nobody could place."""
        return answer(
            ResultOut,
            self._transport.send(
                "POST",
                f"/v1/assessment-providers/{segment(provider)}/results/{segment(result_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def launch_attempt(self, attempt_id: UUID) -> LaunchOut:
        """A link that takes you to your attempt at the provider. Ask again if it was lost: each link works once."""
        return answer(LaunchOut, self._transport.send("POST", f"/v1/assessment-attempts/{segment(attempt_id)}/launch"))

    def list_providers(self) -> ProviderList:
        """Those who hold assessments for us."""
        return answer(ProviderList, self._transport.send("GET", "/v1/assessment-providers"))

    def list_results(
        self, provider: str, *, status: ResultStatus | None = None, limit: int | None = None
    ) -> Iterator[ResultOut]:
        """What a provider of your organisation's sent, oldest first; `?status=parked` is what waits for you."""
        return self._transport.each(
            ResultOut,
            "GET",
            f"/v1/assessment-providers/{segment(provider)}/results",
            query={"status": status, "limit": limit},
        )

    def receive_result(
        self, provider: str, body: dict[str, Any], *, webhook_id: str, webhook_timestamp: str, webhook_signature: str
    ) -> ReceiptOut:
        """Take in what a provider found, signed by the rules of Standard Webhooks."""
        return answer(
            ReceiptOut,
            self._transport.send(
                "POST",
                f"/v1/assessment-providers/{segment(provider)}/results",
                headers={
                    "webhook-id": webhook_id,
                    "webhook-timestamp": webhook_timestamp,
                    "webhook-signature": webhook_signature,
                },
                body=body,
            ),
        )

    def set_up_provider(self, body: ProviderFacts, *, idempotency_key: str | None = None) -> CertificationProviderOut:
        """Make a provider known. Assessments are held by it from the question bank on that names it."""
        return answer(
            CertificationProviderOut,
            self._transport.send(
                "POST",
                "/v1/assessment-providers",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
