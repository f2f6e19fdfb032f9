"""Bookings. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.bookings import BookingOut, GroupOut, NewBooking, NewGroup, Transfer
from ncce_sdk.transport import Area, answer, segment


class BookingsArea(Area):
    """A teacher's place on a run, from offer to cancellation."""

    def book_group(self, body: NewGroup, *, idempotency_key: str | None = None) -> GroupOut:
        """Book teachers of the caller's school, all or none."""
        return answer(
            GroupOut,
            self._transport.send(
                "POST", "/v1/bookings/groups", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def cancel_booking(self, booking_id: UUID) -> BookingOut:
        """Give up a place, or a turn in the waiting list, before the run begins."""
        return answer(BookingOut, self._transport.send("POST", f"/v1/bookings/{segment(booking_id)}/cancellation"))

    def confirm_booking(self, booking_id: UUID) -> BookingOut:
        """Take the place that is held for or offered to the caller."""
        return answer(BookingOut, self._transport.send("POST", f"/v1/bookings/{segment(booking_id)}/confirmation"))

    def get_booking(self, booking_id: UUID) -> BookingOut:
        """One booking."""
        return answer(BookingOut, self._transport.send("GET", f"/v1/bookings/{segment(booking_id)}"))

    def list_bookings(
        self,
        *,
        course_run_id: UUID | None = None,
        status: Literal[
            "held", "waiting", "offered", "confirmed", "attended", "incomplete", "no_show", "cancelled", "expired"
        ]
        | None = None,
        limit: int | None = None,
    ) -> Iterator[BookingOut]:
        """The caller's bookings; hub staff also see those on their hub's runs."""
        return self._transport.each(
            BookingOut, "GET", "/v1/bookings", query={"course_run_id": course_run_id, "status": status, "limit": limit}
        )

    def place_booking(self, body: NewBooking, *, idempotency_key: str | None = None) -> BookingOut:
        """Book a place for the signed-in teacher, hold one, or join the waiting list."""
        return answer(
            BookingOut,
            self._transport.send(
                "POST", "/v1/bookings", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def transfer_booking(self, booking_id: UUID, body: Transfer, *, idempotency_key: str | None = None) -> BookingOut:
        """Exchange a place for one on another run of the course."""
        return answer(
            BookingOut,
            self._transport.send(
                "POST",
                f"/v1/bookings/{segment(booking_id)}/transfer",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
