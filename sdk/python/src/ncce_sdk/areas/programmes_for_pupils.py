"""Programmes for pupils. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.programmes_for_pupils import (
    EnrolmentIn,
    EnrolmentOut,
    EventCancellation,
    HubsProgrammesSchemasReportOut,
    HubsProgrammesSchemasWithdrawalIn,
    HubsPupilEventsSchemasAttendanceIn,
    HubsPupilEventsSchemasAttendanceOut,
    ProgrammeEdit,
    ProgrammeIn,
    ProgrammeOut,
    ProgrammesOut,
    PupilBookingIn,
    PupilBookingOut,
    PupilEventDetail,
    PupilEventEdit,
    PupilEventIn,
    PupilEventOut,
)
from ncce_sdk.transport import Area, answer, segment


class ProgrammesForPupilsArea(Area):
    """Events and programmes that schools book for pupils."""

    def book_pupils(
        self, event_id: UUID, body: PupilBookingIn, *, idempotency_key: str | None = None
    ) -> PupilBookingOut:
        """Book numbers of pupils and staff for the caller's school: all of them or none."""
        return answer(
            PupilBookingOut,
            self._transport.send(
                "POST",
                f"/v1/pupil-events/{segment(event_id)}/bookings",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def call_off_pupil_event(
        self, event_id: UUID, body: EventCancellation, *, idempotency_key: str | None = None
    ) -> PupilEventDetail:
        """Call an event off for good; every booking of it is cancelled."""
        return answer(
            PupilEventDetail,
            self._transport.send(
                "POST",
                f"/v1/pupil-events/{segment(event_id)}/cancellation",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def cancel_pupil_booking(self, pupil_booking_id: UUID, *, idempotency_key: str | None = None) -> PupilBookingOut:
        """Give the places up before the event begins."""
        return answer(
            PupilBookingOut,
            self._transport.send(
                "POST",
                f"/v1/pupil-bookings/{segment(pupil_booking_id)}/cancellation",
                headers={"Idempotency-Key": idempotency_key},
                needs_key=True,
            ),
        )

    def change_pupil_booking(self, pupil_booking_id: UUID, body: PupilBookingIn, *, if_match: str) -> PupilBookingOut:
        """Change the numbers of a booking of the caller's school, before the event begins."""
        return answer(
            PupilBookingOut,
            self._transport.send(
                "PATCH", f"/v1/pupil-bookings/{segment(pupil_booking_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def create_programme(self, body: ProgrammeIn, *, idempotency_key: str | None = None) -> ProgrammeOut:
        """Keep a new programme."""
        return answer(
            ProgrammeOut,
            self._transport.send(
                "POST", "/v1/programmes", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def edit_programme(self, programme_slug: str, body: ProgrammeEdit, *, if_match: str) -> ProgrammeOut:
        """Change a programme, from the version that was read."""
        return answer(
            ProgrammeOut,
            self._transport.send(
                "PATCH", f"/v1/programmes/{segment(programme_slug)}", headers={"if-match": if_match}, body=body
            ),
        )

    def edit_pupil_event(self, event_id: UUID, body: PupilEventEdit, *, if_match: str) -> PupilEventDetail:
        """Change an event that the caller runs, from the version that was read."""
        return answer(
            PupilEventDetail,
            self._transport.send(
                "PATCH", f"/v1/pupil-events/{segment(event_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def enrol_school(
        self, programme_slug: str, body: EnrolmentIn, *, idempotency_key: str | None = None
    ) -> EnrolmentOut:
        """Let the caller's school take part in an academic year."""
        return answer(
            EnrolmentOut,
            self._transport.send(
                "POST",
                f"/v1/programmes/{segment(programme_slug)}/enrolments",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_attendance(self, event_id: UUID) -> HubsPupilEventsSchemasAttendanceOut:
        """What the organiser said of who came, for the organiser. Its ETag is what telling it needs."""
        return answer(
            HubsPupilEventsSchemasAttendanceOut,
            self._transport.send("GET", f"/v1/pupil-events/{segment(event_id)}/attendance"),
        )

    def get_programme(self, programme_slug: str) -> ProgrammeOut:
        """One programme. Its ETag is what an edit needs."""
        return answer(ProgrammeOut, self._transport.send("GET", f"/v1/programmes/{segment(programme_slug)}"))

    def get_programme_report(
        self,
        programme_slug: str,
        *,
        by: Literal["total", "region", "organiser", "approach"] | None = None,
        academic_year: str | None = None,
    ) -> HubsProgrammesSchemasReportOut:
        """Figures by year, and by region, organiser or approach. A group of fewer than five pupils cannot be read
        off.
        """
        return answer(
            HubsProgrammesSchemasReportOut,
            self._transport.send(
                "GET",
                f"/v1/programmes/{segment(programme_slug)}/report",
                query={"by": by, "academic_year": academic_year},
            ),
        )

    def get_programme_report_csv(
        self,
        programme_slug: str,
        *,
        by: Literal["total", "region", "organiser", "approach"] | None = None,
        academic_year: str | None = None,
    ) -> None:
        """The same as CSV."""
        self._transport.send(
            "GET",
            f"/v1/programmes/{segment(programme_slug)}/report.csv",
            query={"by": by, "academic_year": academic_year},
        )

    def get_pupil_booking(self, pupil_booking_id: UUID) -> PupilBookingOut:
        """One booking."""
        return answer(PupilBookingOut, self._transport.send("GET", f"/v1/pupil-bookings/{segment(pupil_booking_id)}"))

    def get_pupil_event(self, event_id: UUID) -> PupilEventDetail:
        """One event, with the places left now; how to join it for schools that booked and for who runs it."""
        return answer(PupilEventDetail, self._transport.send("GET", f"/v1/pupil-events/{segment(event_id)}"))

    def list_programme_enrolments(
        self,
        programme_slug: str,
        *,
        academic_year: str | None = None,
        urn: str | None = None,
        is_standing: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[EnrolmentOut]:
        """Schools that take part; a school's lead sees their own."""
        return self._transport.each(
            EnrolmentOut,
            "GET",
            f"/v1/programmes/{segment(programme_slug)}/enrolments",
            query={"academic_year": academic_year, "urn": urn, "is_standing": is_standing, "limit": limit},
        )

    def list_programmes(self) -> ProgrammesOut:
        """All programmes."""
        return answer(ProgrammesOut, self._transport.send("GET", "/v1/programmes"))

    def list_pupil_bookings(
        self,
        *,
        event_id: UUID | None = None,
        status: Literal["booked", "cancelled"] | None = None,
        limit: int | None = None,
    ) -> Iterator[PupilBookingOut]:
        """Bookings of the caller's school, and of events that the caller runs."""
        return self._transport.each(
            PupilBookingOut, "GET", "/v1/pupil-bookings", query={"event_id": event_id, "status": status, "limit": limit}
        )

    def list_pupil_events(
        self,
        *,
        programme_slug: str | None = None,
        hub_id: UUID | None = None,
        key_stage: Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"] | None = None,
        mode: Literal["face_to_face", "online"] | None = None,
        near: str | None = None,
        within_km: float | None = None,
        starts_from: dt.date | None = None,
        starts_to: dt.date | None = None,
        only_with_places: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[PupilEventOut]:
        """Events to come, soonest first; with `near`, nearest first."""
        return self._transport.each(
            PupilEventOut,
            "GET",
            "/v1/pupil-events",
            query={
                "programme_slug": programme_slug,
                "hub_id": hub_id,
                "key_stage": key_stage,
                "mode": mode,
                "near": near,
                "within_km": within_km,
                "starts_from": starts_from,
                "starts_to": starts_to,
                "only_with_places": only_with_places,
                "limit": limit,
            },
        )

    def plan_pupil_event(self, body: PupilEventIn, *, idempotency_key: str | None = None) -> PupilEventDetail:
        """Plan an event for a hub or a partner organisation of the caller's."""
        return answer(
            PupilEventDetail,
            self._transport.send(
                "POST", "/v1/pupil-events", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def tell_attendance(
        self, event_id: UUID, body: HubsPupilEventsSchemasAttendanceIn, *, if_match: str
    ) -> HubsPupilEventsSchemasAttendanceOut:
        """Say or correct how many came: by booking, and by group for the event as a whole if the programme counts
        them.
        """
        return answer(
            HubsPupilEventsSchemasAttendanceOut,
            self._transport.send(
                "PUT", f"/v1/pupil-events/{segment(event_id)}/attendance", headers={"if-match": if_match}, body=body
            ),
        )

    def withdraw_school(
        self,
        programme_slug: str,
        enrolment_id: UUID,
        body: HubsProgrammesSchemasWithdrawalIn,
        *,
        idempotency_key: str | None = None,
    ) -> EnrolmentOut:
        """End the part of the caller's school; it may enrol again."""
        return answer(
            EnrolmentOut,
            self._transport.send(
                "POST",
                f"/v1/programmes/{segment(programme_slug)}/enrolments/{segment(enrolment_id)}/withdrawal",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
