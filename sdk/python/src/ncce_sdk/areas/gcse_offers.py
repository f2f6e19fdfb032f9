"""GCSE offers. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.gcse_offers import AttestationIn, AttestationOut, HubsGcseOffersSchemasOfferDecisionIn, OffersOut
from ncce_sdk.transport import Area, answer, segment


class GcseOffersArea(Area):
    """Which schools offer computer science at GCSE."""

    def attest_offer(self, body: AttestationIn, *, idempotency_key: str | None = None) -> AttestationOut:
        """Attest for your school, or for one in your hub's area. A contrary word goes to review and changes
        nothing yet.
        """
        return answer(
            AttestationOut,
            self._transport.send(
                "POST", "/v1/gcse-offers", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def decide_offer(
        self, attestation_id: UUID, body: HubsGcseOffersSchemasOfferDecisionIn, *, idempotency_key: str | None = None
    ) -> AttestationOut:
        """Accept a contrary attestation, which then counts, or refuse it."""
        return answer(
            AttestationOut,
            self._transport.send(
                "POST",
                f"/v1/gcse-offers/reviews/{segment(attestation_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def list_offers(self, *, urn: str) -> OffersOut:
        """What counts for a school, year by year."""
        return answer(OffersOut, self._transport.send("GET", "/v1/gcse-offers", query={"urn": urn}))

    def list_reviews(self, *, limit: int | None = None) -> Iterator[AttestationOut]:
        """Attestations that contradict a standing one, oldest first."""
        return self._transport.each(AttestationOut, "GET", "/v1/gcse-offers/reviews", query={"limit": limit})
