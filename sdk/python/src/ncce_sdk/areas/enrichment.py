"""Enrichment. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.enrichment import (
    CapacityIn,
    HubsEnrichmentSchemasClosureIn,
    HubsEnrichmentSchemasOfferDecisionIn,
    HubsEnrichmentSchemasOfferOut,
    InterestIn,
    InterestOut,
    OfferCounts,
    OfferFacts,
    OfferIn,
    OwnOfferOut,
    SchoolInterestOut,
)
from ncce_sdk.transport import Area, answer, segment


class EnrichmentArea(Area):
    """Offers of enrichment for schools."""

    def close_enrichment_offer(self, offer_id: UUID, body: HubsEnrichmentSchemasClosureIn) -> OwnOfferOut:
        """End a published offer early, by its organisation or a moderator."""
        return answer(
            OwnOfferOut, self._transport.send("POST", f"/v1/enrichment-offers/{segment(offer_id)}/closure", body=body)
        )

    def count_enrichment_offers(
        self,
        *,
        q: str | None = None,
        kind: list[
            Literal[
                "ambassador_visit",
                "club",
                "competition",
                "mentoring",
                "online_event",
                "site_visit",
                "workshop",
                "equipment",
            ]
        ]
        | None = None,
        key_stage: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]] | None = None,
        region: list[
            Literal[
                "North East",
                "North West",
                "Yorkshire and The Humber",
                "East Midlands",
                "West Midlands",
                "East of England",
                "London",
                "South East",
                "South West",
            ]
        ]
        | None = None,
        academic_year: list[str] | None = None,
        term: list[Literal["autumn", "spring", "summer"]] | None = None,
        cost: Literal["free", "charged"] | None = None,
        organisation_id: UUID | None = None,
        with_places: bool | None = None,
    ) -> OfferCounts:
        """How many offers the same search finds, and how many it would find with another value of each filter."""
        return answer(
            OfferCounts,
            self._transport.send(
                "GET",
                "/v1/enrichment-offers/facets",
                query={
                    "q": q,
                    "kind": kind,
                    "key_stage": key_stage,
                    "region": region,
                    "academic_year": academic_year,
                    "term": term,
                    "cost": cost,
                    "organisation_id": organisation_id,
                    "with_places": with_places,
                },
            ),
        )

    def create_enrichment_offer(self, body: OfferIn, *, idempotency_key: str | None = None) -> OwnOfferOut:
        """Begin an offer, by an organisation's key or its administrator."""
        return answer(
            OwnOfferOut,
            self._transport.send(
                "POST", "/v1/enrichment-offers", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def decide_enrichment_offer(
        self, offer_id: UUID, body: HubsEnrichmentSchemasOfferDecisionIn, *, idempotency_key: str | None = None
    ) -> OwnOfferOut:
        """Publish an offer or return it to its organisation."""
        return answer(
            OwnOfferOut,
            self._transport.send(
                "POST",
                f"/v1/enrichment-offers/{segment(offer_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def discard_enrichment_offer(self, offer_id: UUID) -> None:
        """Throw away a draft or a returned offer."""
        self._transport.send("DELETE", f"/v1/enrichment-offers/{segment(offer_id)}")

    def edit_enrichment_offer(self, offer_id: UUID, body: OfferFacts, *, if_match: str) -> OwnOfferOut:
        """Say anew what a draft or a returned offer says, from the version that was read."""
        return answer(
            OwnOfferOut,
            self._transport.send(
                "PUT", f"/v1/enrichment-offers/{segment(offer_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def get_enrichment_offer(self, offer_id: UUID) -> HubsEnrichmentSchemasOfferOut:
        """One offer: once published everybody's, expired and closed ones too."""
        return answer(
            HubsEnrichmentSchemasOfferOut, self._transport.send("GET", f"/v1/enrichment-offers/{segment(offer_id)}")
        )

    def get_own_interest(self, offer_id: UUID) -> InterestOut:
        """The interest of the caller's school."""
        return answer(InterestOut, self._transport.send("GET", f"/v1/enrichment-offers/{segment(offer_id)}/interest"))

    def list_enrichment_offers(
        self,
        *,
        q: str | None = None,
        kind: list[
            Literal[
                "ambassador_visit",
                "club",
                "competition",
                "mentoring",
                "online_event",
                "site_visit",
                "workshop",
                "equipment",
            ]
        ]
        | None = None,
        key_stage: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]] | None = None,
        region: list[
            Literal[
                "North East",
                "North West",
                "Yorkshire and The Humber",
                "East Midlands",
                "West Midlands",
                "East of England",
                "London",
                "South East",
                "South West",
            ]
        ]
        | None = None,
        academic_year: list[str] | None = None,
        term: list[Literal["autumn", "spring", "summer"]] | None = None,
        cost: Literal["free", "charged"] | None = None,
        organisation_id: UUID | None = None,
        with_places: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[HubsEnrichmentSchemasOfferOut]:
        """Open offers, those that end soonest first; 304 for who holds this page already."""
        return self._transport.each(
            HubsEnrichmentSchemasOfferOut,
            "GET",
            "/v1/enrichment-offers",
            query={
                "q": q,
                "kind": kind,
                "key_stage": key_stage,
                "region": region,
                "academic_year": academic_year,
                "term": term,
                "cost": cost,
                "organisation_id": organisation_id,
                "with_places": with_places,
                "limit": limit,
            },
        )

    def list_interests(self, offer_id: UUID, *, limit: int | None = None) -> Iterator[SchoolInterestOut]:
        """Schools that registered interest in an offer of the caller's organisation."""
        return self._transport.each(
            SchoolInterestOut, "GET", f"/v1/enrichment-offers/{segment(offer_id)}/interests", query={"limit": limit}
        )

    def list_own_offers(
        self,
        *,
        status: Literal["draft", "submitted", "returned", "published", "closed"] | None = None,
        limit: int | None = None,
    ) -> Iterator[OwnOfferOut]:
        """Offers of the caller's organisations, whatever became of them."""
        return self._transport.each(
            OwnOfferOut, "GET", "/v1/enrichment-offers/own", query={"status": status, "limit": limit}
        )

    def list_submitted_offers(self, *, limit: int | None = None) -> Iterator[OwnOfferOut]:
        """Offers that wait for a moderator, oldest first."""
        return self._transport.each(OwnOfferOut, "GET", "/v1/enrichment-offers/submitted", query={"limit": limit})

    def register_interest(self, offer_id: UUID, body: InterestIn) -> InterestOut:
        """Register the interest of the caller's school, or change its numbers; it keeps its turn."""
        return answer(
            InterestOut, self._transport.send("PUT", f"/v1/enrichment-offers/{segment(offer_id)}/interest", body=body)
        )

    def set_offer_capacity(self, offer_id: UUID, body: CapacityIn, *, if_match: str) -> OwnOfferOut:
        """Say how many schools it can take, also of a published offer. Schools that waited move up at once."""
        return answer(
            OwnOfferOut,
            self._transport.send(
                "PATCH", f"/v1/enrichment-offers/{segment(offer_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def submit_enrichment_offer(self, offer_id: UUID) -> OwnOfferOut:
        """Put an offer before the moderators."""
        return answer(
            OwnOfferOut, self._transport.send("POST", f"/v1/enrichment-offers/{segment(offer_id)}/submission")
        )

    def withdraw_interest(self, offer_id: UUID) -> None:
        """Take the interest back; the school that waits longest moves up."""
        self._transport.send("DELETE", f"/v1/enrichment-offers/{segment(offer_id)}/interest")
