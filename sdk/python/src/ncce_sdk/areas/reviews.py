"""Reviews. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.reviews import (
    Assignment,
    Effect,
    FundingReviewOut,
    ImpactItemOut,
    ImpactOut,
    OverrideDecision,
    OverrideEnd,
    OverrideOut,
    OverrideRequest,
    OverrideStatus,
    ReviewStatus,
)
from ncce_sdk.transport import Area, answer, segment


class ReviewsArea(Area):
    """Decisions looked at again."""

    def assign_review(
        self, review_id: UUID, body: Assignment, *, idempotency_key: str | None = None
    ) -> FundingReviewOut:
        """Say who looks into it, oneself or a colleague."""
        return answer(
            FundingReviewOut,
            self._transport.send(
                "POST",
                f"/v1/reviews/{segment(review_id)}/assignment",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_override(
        self, override_id: UUID, body: OverrideDecision, *, idempotency_key: str | None = None
    ) -> OverrideOut:
        """Approve or decline somebody else's. Bursaries and fees that wait for the fact are decided at once."""
        return answer(
            OverrideOut,
            self._transport.send(
                "POST",
                f"/v1/overrides/{segment(override_id)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def end_override(self, override_id: UUID, body: OverrideEnd, *, idempotency_key: str | None = None) -> OverrideOut:
        """Let it hold no longer. What was approved on it stays; what was not is decided again."""
        return answer(
            OverrideOut,
            self._transport.send(
                "POST",
                f"/v1/overrides/{segment(override_id)}/end",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_impact(self, impact_id: UUID) -> ImpactOut:
        """One change, and how far it is worked off."""
        return answer(ImpactOut, self._transport.send("GET", f"/v1/impacts/{segment(impact_id)}"))

    def get_override(self, override_id: UUID) -> OverrideOut:
        """One override."""
        return answer(OverrideOut, self._transport.send("GET", f"/v1/overrides/{segment(override_id)}"))

    def get_review(self, review_id: UUID) -> FundingReviewOut:
        """One task."""
        return answer(FundingReviewOut, self._transport.send("GET", f"/v1/reviews/{segment(review_id)}"))

    def list_funding_reviews(
        self,
        *,
        status: ReviewStatus | None = None,
        owner_id: UUID | None = None,
        school_urn: str | None = None,
        limit: int | None = None,
    ) -> Iterator[FundingReviewOut]:
        """What is to be found out, the first due first, with everything that waits for it."""
        return self._transport.each(
            FundingReviewOut,
            "GET",
            "/v1/reviews",
            query={"status": status, "owner_id": owner_id, "school_urn": school_urn, "limit": limit},
        )

    def list_impacts(self, *, limit: int | None = None) -> Iterator[ImpactOut]:
        """Changes with what came of them, the latest first."""
        return self._transport.each(ImpactOut, "GET", "/v1/impacts", query={"limit": limit})

    def list_items(
        self, impact_id: UUID, *, effect: Effect | None = None, limit: int | None = None
    ) -> Iterator[ImpactItemOut]:
        """Every bursary that the change may touch, before and after."""
        return self._transport.each(
            ImpactItemOut, "GET", f"/v1/impacts/{segment(impact_id)}/items", query={"effect": effect, "limit": limit}
        )

    def list_overrides(
        self, *, status: OverrideStatus | None = None, school_urn: str | None = None, limit: int | None = None
    ) -> Iterator[OverrideOut]:
        """Overrides, the latest first."""
        return self._transport.each(
            OverrideOut, "GET", "/v1/overrides", query={"status": status, "school_urn": school_urn, "limit": limit}
        )

    def propose_override(self, body: OverrideRequest, *, idempotency_key: str | None = None) -> OverrideOut:
        """Say what a fact is, with evidence. It counts once a second person approves it, until its last day."""
        return answer(
            OverrideOut,
            self._transport.send(
                "POST", "/v1/overrides", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )
