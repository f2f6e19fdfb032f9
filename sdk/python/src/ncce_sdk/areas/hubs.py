"""Hubs. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.hubs import (
    ApplicationIn,
    CoverageIn,
    CoverageListOut,
    CoverageOut,
    DeliveryOut,
    EndIn,
    HandOverIn,
    HubFacts,
    HubOut,
    HubsDirectoryAdministrationSchemasNetworkOut,
    HubsMeetingsSchemasAttendanceIn,
    HubsMembershipOut,
    LifeCycleOut,
    LinkIn,
    LookupOut,
    MeetingEdit,
    MeetingIn,
    MeetingOut,
    NetworkDeliveryOut,
    SchoolMembershipIn,
    StepIn,
    TargetsIn,
    TargetsOut,
    UncoveredOut,
)
from ncce_sdk.transport import Area, answer, segment


class HubsArea(Area):
    """Computing hubs, what they cover, who belongs to them."""

    def apply_for_hub(self, body: ApplicationIn, *, idempotency_key: str | None = None) -> HubOut:
        """Keep an application. Only administrators see it until the hub is designated."""
        return answer(
            HubOut,
            self._transport.send(
                "POST", "/v1/hubs", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def cover_district(self, hub_id: UUID, body: CoverageIn, *, idempotency_key: str | None = None) -> CoverageOut:
        """Let a hub cover a district that nobody covers on these days."""
        return answer(
            CoverageOut,
            self._transport.send(
                "POST",
                f"/v1/hubs/{segment(hub_id)}/coverage",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def drop_link(self, hub_id: UUID, link_id: UUID) -> None:
        """Remove a link that was entered by mistake; one that ended gets a last day instead."""
        self._transport.send("DELETE", f"/v1/hubs/{segment(hub_id)}/links/{segment(link_id)}")

    def drop_school(self, hub_id: UUID, urn: str, joined_on: dt.date) -> None:
        """Remove a period that was entered by mistake; a school that leaves gets a last day instead."""
        self._transport.send(
            "DELETE", f"/v1/hubs/{segment(hub_id)}/schools/{segment(urn)}/periods/{segment(joined_on)}"
        )

    def edit_hub(self, hub_id: UUID, body: HubFacts, *, if_match: str) -> HubOut:
        """Change facts, from the version that was read; fields left out keep their value."""
        return answer(
            HubOut,
            self._transport.send("PATCH", f"/v1/hubs/{segment(hub_id)}", headers={"if-match": if_match}, body=body),
        )

    def edit_meeting(self, hub_id: UUID, meeting_id: UUID, body: MeetingEdit, *, if_match: str) -> MeetingOut:
        """Change or cancel a meeting, from the version that was read."""
        return answer(
            MeetingOut,
            self._transport.send(
                "PATCH",
                f"/v1/hubs/{segment(hub_id)}/meetings/{segment(meeting_id)}",
                headers={"if-match": if_match},
                body=body,
            ),
        )

    def end_coverage(
        self, hub_id: UUID, coverage_id: UUID, body: EndIn, *, idempotency_key: str | None = None
    ) -> CoverageOut:
        """Set the last day of a coverage."""
        return answer(
            CoverageOut,
            self._transport.send(
                "POST",
                f"/v1/hubs/{segment(hub_id)}/coverage/{segment(coverage_id)}/end",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_coverage(self, hub_id: UUID, *, on: dt.date | None = None) -> CoverageListOut:
        """The districts a hub covers on a day; without one, all it ever covered and will."""
        return answer(
            CoverageListOut, self._transport.send("GET", f"/v1/hubs/{segment(hub_id)}/coverage", query={"on": on})
        )

    def get_delivery(self, hub_id: UUID, *, year: str | None = None) -> DeliveryOut:
        """A hub's year against its targets, counted now."""
        return answer(
            DeliveryOut, self._transport.send("GET", f"/v1/hubs/{segment(hub_id)}/delivery", query={"year": year})
        )

    def get_hub(self, hub_id: UUID) -> HubOut:
        """One hub, or with `Accept: application/ld+json` in schema.org's words. Its ETag is what an edit needs."""
        return answer(HubOut, self._transport.send("GET", f"/v1/hubs/{segment(hub_id)}"))

    def get_hub_network(
        self, hub_id: UUID, *, on: dt.date | None = None
    ) -> HubsDirectoryAdministrationSchemasNetworkOut:
        """The schools that belong to a hub, and whom it works with: on a day, or all there ever were."""
        return answer(
            HubsDirectoryAdministrationSchemasNetworkOut,
            self._transport.send("GET", f"/v1/hubs/{segment(hub_id)}/network", query={"on": on}),
        )

    def get_hubs_csv(self) -> None:
        """All hubs as CSV."""
        self._transport.send("GET", "/v1/hubs.csv")

    def get_hubs_geojson(self) -> None:
        """All hubs as GeoJSON."""
        self._transport.send("GET", "/v1/hubs.geojson")

    def get_life_cycle(self, hub_id: UUID) -> LifeCycleOut:
        """Where a hub stands and how it came there."""
        return answer(LifeCycleOut, self._transport.send("GET", f"/v1/hubs/{segment(hub_id)}/life-cycle"))

    def get_meeting(self, hub_id: UUID, meeting_id: UUID) -> MeetingOut:
        """One meeting; its ETag is what an edit needs."""
        return answer(
            MeetingOut, self._transport.send("GET", f"/v1/hubs/{segment(hub_id)}/meetings/{segment(meeting_id)}")
        )

    def get_network_delivery(self, *, year: str | None = None) -> NetworkDeliveryOut:
        """Every hub's year against its targets, with totals and the figures that sources name for the network."""
        return answer(NetworkDeliveryOut, self._transport.send("GET", "/v1/hubs/delivery", query={"year": year}))

    def get_network_delivery_csv(self, *, year: str | None = None) -> bytes:
        """The same as CSV, a line per hub."""
        return self._transport.send("GET", "/v1/hubs/delivery.csv", query={"year": year}).content

    def get_targets(self, hub_id: UUID, academic_year: str) -> TargetsOut:
        """A hub's targets of a year, and the ETag that setting them needs (`"0"` when there are none)."""
        return answer(
            TargetsOut, self._transport.send("GET", f"/v1/hubs/{segment(hub_id)}/targets/{segment(academic_year)}")
        )

    def hand_over_district(
        self, hub_id: UUID, coverage_id: UUID, body: HandOverIn, *, idempotency_key: str | None = None
    ) -> CoverageOut:
        """Hand a district over to another hub on a day, in one step; the answer is the new coverage."""
        return answer(
            CoverageOut,
            self._transport.send(
                "POST",
                f"/v1/hubs/{segment(hub_id)}/coverage/{segment(coverage_id)}/hand-over",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def join_hub(self, hub_id: UUID) -> HubsMembershipOut:
        """Sign up to a hub. A repeat answers 200 with the membership that exists."""
        return answer(HubsMembershipOut, self._transport.send("POST", f"/v1/hubs/{segment(hub_id)}/members"))

    def keep_link(self, hub_id: UUID, body: LinkIn) -> HubsDirectoryAdministrationSchemasNetworkOut:
        """Say whom the hub works with: a partner, a local enterprise partnership, an ambassador hub, an employer."""
        return answer(
            HubsDirectoryAdministrationSchemasNetworkOut,
            self._transport.send("PUT", f"/v1/hubs/{segment(hub_id)}/links", body=body),
        )

    def keep_school(
        self, hub_id: UUID, urn: str, body: SchoolMembershipIn
    ) -> HubsDirectoryAdministrationSchemasNetworkOut:
        """Say from when to when a school belongs to the hub."""
        return answer(
            HubsDirectoryAdministrationSchemasNetworkOut,
            self._transport.send("PUT", f"/v1/hubs/{segment(hub_id)}/schools/{segment(urn)}", body=body),
        )

    def list_hubs(
        self,
        *,
        region: str | None = None,
        kind: Literal["computing_hub", "maths_hub", "stem_skills_hub", "satellite"] | None = None,
        stage: Literal["applied", "assessed", "designated", "reviewed", "closed"] | None = None,
        limit: int | None = None,
    ) -> Iterator[HubOut]:
        """Hubs by name; 304 for who holds this page already."""
        return self._transport.each(
            HubOut, "GET", "/v1/hubs", query={"region": region, "kind": kind, "stage": stage, "limit": limit}
        )

    def list_meetings(
        self, hub_id: UUID, *, from_on: dt.date | None = None, until_on: dt.date | None = None, limit: int | None = None
    ) -> Iterator[MeetingOut]:
        """Meetings of a hub's schools by day; minutes and schools for the hub's staff and administrators."""
        return self._transport.each(
            MeetingOut,
            "GET",
            f"/v1/hubs/{segment(hub_id)}/meetings",
            query={"from_on": from_on, "until_on": until_on, "limit": limit},
        )

    def list_uncovered_districts(self, *, on: dt.date | None = None) -> UncoveredOut:
        """Districts that no hub covers on a day, today when left out."""
        return answer(UncoveredOut, self._transport.send("GET", "/v1/hubs/uncovered-districts", query={"on": on}))

    def look_up_hub(
        self, *, postcode: str | None = None, urn: str | None = None, on: dt.date | None = None
    ) -> LookupOut:
        """The hub of a postcode or school: by the coverage of its district, else the nearest. The answer says
        which.
        """
        return answer(
            LookupOut,
            self._transport.send("GET", "/v1/hubs/lookup", query={"postcode": postcode, "urn": urn, "on": on}),
        )

    def plan_meeting(self, hub_id: UUID, body: MeetingIn, *, idempotency_key: str | None = None) -> MeetingOut:
        """Plan a meeting, or enter one that was."""
        return answer(
            MeetingOut,
            self._transport.send(
                "POST",
                f"/v1/hubs/{segment(hub_id)}/meetings",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def record_meeting_schools(
        self, hub_id: UUID, meeting_id: UUID, body: HubsMeetingsSchemasAttendanceIn
    ) -> MeetingOut:
        """Say which schools came, members or guests; saying it again corrects it. No people are recorded."""
        return answer(
            MeetingOut,
            self._transport.send(
                "PUT", f"/v1/hubs/{segment(hub_id)}/meetings/{segment(meeting_id)}/schools", body=body
            ),
        )

    def set_targets(self, hub_id: UUID, academic_year: str, body: TargetsIn, *, if_match: str) -> TargetsOut:
        """Set a hub's targets of a year: the whole set, from the version that was read."""
        return answer(
            TargetsOut,
            self._transport.send(
                "PUT",
                f"/v1/hubs/{segment(hub_id)}/targets/{segment(academic_year)}",
                headers={"if-match": if_match},
                body=body,
            ),
        )

    def take_back_coverage(self, hub_id: UUID, coverage_id: UUID) -> None:
        """Take back coverage that has not begun."""
        self._transport.send("DELETE", f"/v1/hubs/{segment(hub_id)}/coverage/{segment(coverage_id)}")

    def take_step(self, hub_id: UUID, body: StepIn) -> LifeCycleOut:
        """Take the next step. Who assessed a hub does not designate it."""
        return answer(LifeCycleOut, self._transport.send("POST", f"/v1/hubs/{segment(hub_id)}/life-cycle", body=body))
