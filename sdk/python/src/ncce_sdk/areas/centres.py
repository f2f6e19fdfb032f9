"""Centres. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.centres import (
    CentreDetail,
    CentreEdit,
    CentreIn,
    CentreOut,
    SpaceBookingIn,
    SpaceBookingOut,
    SpaceEdit,
    SpaceIn,
    SpaceOut,
    TimesOut,
)
from ncce_sdk.transport import Area, answer, segment


class CentresArea(Area):
    """Places with rooms, and their booking."""

    def add_space(self, centre_id: UUID, body: SpaceIn, *, idempotency_key: str | None = None) -> SpaceOut:
        """Keep a space of a centre."""
        return answer(
            SpaceOut,
            self._transport.send(
                "POST",
                f"/v1/centres/{segment(centre_id)}/spaces",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def book_space(self, body: SpaceBookingIn, *, idempotency_key: str | None = None) -> SpaceBookingOut:
        """Book a space for the caller's school, or for the hub when its staff calls."""
        return answer(
            SpaceBookingOut,
            self._transport.send(
                "POST", "/v1/centre-bookings", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def cancel_space_booking(self, space_booking_id: UUID, *, idempotency_key: str | None = None) -> SpaceBookingOut:
        """Give the time back, before it begins."""
        return answer(
            SpaceBookingOut,
            self._transport.send(
                "POST",
                f"/v1/centre-bookings/{segment(space_booking_id)}/cancellation",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def edit_centre(self, centre_id: UUID, body: CentreEdit, *, if_match: str) -> CentreDetail:
        """Change, open or close a centre of the caller's hub, from the version that was read."""
        return answer(
            CentreDetail,
            self._transport.send(
                "PATCH", f"/v1/centres/{segment(centre_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def edit_space(self, space_id: UUID, body: SpaceEdit, *, if_match: str) -> SpaceOut:
        """Change a space, from the version that was read. Bookings that stand are kept."""
        return answer(
            SpaceOut,
            self._transport.send(
                "PATCH", f"/v1/centre-spaces/{segment(space_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def get_centre(self, centre_id: UUID) -> CentreDetail:
        """One centre with its spaces. Its ETag is what an edit needs."""
        return answer(CentreDetail, self._transport.send("GET", f"/v1/centres/{segment(centre_id)}"))

    def get_centres_geojson(self) -> None:
        """All centres that are planned or open, as GeoJSON."""
        self._transport.send("GET", "/v1/centres.geojson")

    def get_space(self, space_id: UUID) -> SpaceOut:
        """One space. Its ETag is what an edit needs."""
        return answer(SpaceOut, self._transport.send("GET", f"/v1/centre-spaces/{segment(space_id)}"))

    def get_space_booking(self, space_booking_id: UUID) -> SpaceBookingOut:
        """One booking."""
        return answer(SpaceBookingOut, self._transport.send("GET", f"/v1/centre-bookings/{segment(space_booking_id)}"))

    def get_times(self, space_id: UUID, *, starts_from: dt.datetime | None = None) -> TimesOut:
        """When a space is open, and when it is taken."""
        return answer(
            TimesOut,
            self._transport.send(
                "GET", f"/v1/centre-spaces/{segment(space_id)}/times", query={"starts_from": starts_from}
            ),
        )

    def list_centres(
        self,
        *,
        near: str | None = None,
        within_km: float | None = None,
        hub_id: UUID | None = None,
        status: Literal["planned", "open", "closed"] | None = None,
        limit: int | None = None,
    ) -> Iterator[CentreOut]:
        """Centres by name; with `near`, nearest first."""
        return self._transport.each(
            CentreOut,
            "GET",
            "/v1/centres",
            query={"near": near, "within_km": within_km, "hub_id": hub_id, "status": status, "limit": limit},
        )

    def list_space_bookings(
        self,
        *,
        centre_id: UUID | None = None,
        space_id: UUID | None = None,
        status: Literal["booked", "cancelled"] | None = None,
        ends_from: dt.datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[SpaceBookingOut]:
        """Bookings of the caller's school, and those at centres of the caller's hub."""
        return self._transport.each(
            SpaceBookingOut,
            "GET",
            "/v1/centre-bookings",
            query={
                "centre_id": centre_id,
                "space_id": space_id,
                "status": status,
                "ends_from": ends_from,
                "limit": limit,
            },
        )

    def plan_centre(self, body: CentreIn, *, idempotency_key: str | None = None) -> CentreDetail:
        """Keep a planned centre of the caller's hub."""
        return answer(
            CentreDetail,
            self._transport.send(
                "POST", "/v1/centres", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )
