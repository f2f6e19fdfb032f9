"""Alliances. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.alliances import (
    AllianceApplicationIn,
    AllianceDetail,
    AllianceEnd,
    AllianceIn,
    AllianceInvitation,
    AllianceOut,
    AllianceWord,
    HubGuestEnd,
    HubGuestIn,
    HubGuestOut,
    StemPlanOut,
    StemPlanVersionsOut,
)
from ncce_sdk.transport import Area, answer, segment


class AlliancesArea(Area):
    """Schools that become STEM skills hubs, guests of hubs, and the national plan for both."""

    def admit_hub_guest(self, hub_id: UUID, body: HubGuestIn, *, idempotency_key: str | None = None) -> HubGuestOut:
        """Let a school that does not belong to the hub use its centre and borrow its equipment on these days."""
        return answer(
            HubGuestOut,
            self._transport.send(
                "POST",
                f"/v1/hub-guests/{segment(hub_id)}",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def apply_as_hub(
        self, alliance_id: UUID, body: AllianceApplicationIn, *, idempotency_key: str | None = None
    ) -> AllianceDetail:
        """Ask to be a STEM skills hub; administrators assess and designate it as any hub, and its schools belong
        to it.
        """
        return answer(
            AllianceDetail,
            self._transport.send(
                "POST",
                f"/v1/alliances/{segment(alliance_id)}/application",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def ask_alliance_school(
        self, alliance_id: UUID, body: AllianceInvitation, *, idempotency_key: str | None = None
    ) -> AllianceDetail:
        """Ask another school into the alliance."""
        return answer(
            AllianceDetail,
            self._transport.send(
                "POST",
                f"/v1/alliances/{segment(alliance_id)}/schools",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def end_alliance(self, alliance_id: UUID, body: AllianceEnd) -> AllianceDetail:
        """End an alliance that has not asked to be a hub."""
        return answer(
            AllianceDetail, self._transport.send("POST", f"/v1/alliances/{segment(alliance_id)}/end", body=body)
        )

    def form_alliance(self, body: AllianceIn, *, idempotency_key: str | None = None) -> AllianceDetail:
        """Form an alliance that the caller's school leads, and ask other schools into it."""
        return answer(
            AllianceDetail,
            self._transport.send(
                "POST", "/v1/alliances", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def get_alliance(self, alliance_id: UUID) -> AllianceDetail:
        """One alliance: its schools, what is unusual about it, and once it is a hub the funds it may apply for."""
        return answer(AllianceDetail, self._transport.send("GET", f"/v1/alliances/{segment(alliance_id)}"))

    def get_stem_plan(
        self,
        plan_version: str,
        *,
        hubs: int | None = None,
        schools_per_hub: int | None = None,
        years: int | None = None,
        set_up_pence: int | None = None,
        centre_pence: int | None = None,
        centres_per_hundred_hubs: int | None = None,
        recurrent_pence: int | None = None,
    ) -> StemPlanOut:
        """A version worked out, by year and region, with other figures where they are asked for."""
        return answer(
            StemPlanOut,
            self._transport.send(
                "GET",
                f"/v1/stem-plans/{segment(plan_version)}",
                query={
                    "hubs": hubs,
                    "schools_per_hub": schools_per_hub,
                    "years": years,
                    "set_up_pence": set_up_pence,
                    "centre_pence": centre_pence,
                    "centres_per_hundred_hubs": centres_per_hundred_hubs,
                    "recurrent_pence": recurrent_pence,
                },
            ),
        )

    def get_stem_plan_csv(
        self,
        plan_version: str,
        *,
        hubs: int | None = None,
        schools_per_hub: int | None = None,
        years: int | None = None,
        set_up_pence: int | None = None,
        centre_pence: int | None = None,
        centres_per_hundred_hubs: int | None = None,
        recurrent_pence: int | None = None,
    ) -> bytes:
        """The same as a spreadsheet reads it, a line a figure."""
        return self._transport.send(
            "GET",
            f"/v1/stem-plans/{segment(plan_version)}/figures.csv",
            query={
                "hubs": hubs,
                "schools_per_hub": schools_per_hub,
                "years": years,
                "set_up_pence": set_up_pence,
                "centre_pence": centre_pence,
                "centres_per_hundred_hubs": centres_per_hundred_hubs,
                "recurrent_pence": recurrent_pence,
            },
        ).content

    def list_alliances(self, *, limit: int | None = None) -> Iterator[AllianceOut]:
        """Alliances that the caller's school is in or asked into, or whose hub the caller staffs, newest first."""
        return self._transport.each(AllianceOut, "GET", "/v1/alliances", query={"limit": limit})

    def list_hub_guests(self, hub_id: UUID, *, limit: int | None = None) -> Iterator[HubGuestOut]:
        """Schools that are or were guests of a hub, newest first."""
        return self._transport.each(HubGuestOut, "GET", f"/v1/hub-guests/{segment(hub_id)}", query={"limit": limit})

    def list_stem_plans(self) -> StemPlanVersionsOut:
        """The versions of the plan's assumptions."""
        return answer(StemPlanVersionsOut, self._transport.send("GET", "/v1/stem-plans"))

    def say_alliance_consent(self, alliance_id: UUID, body: AllianceWord) -> None:
        """Let the caller's school consent, decline or leave. A school that left does not see the alliance any
        more.
        """
        self._transport.send("POST", f"/v1/alliances/{segment(alliance_id)}/consent", body=body)

    def shorten_hub_guest(self, hub_id: UUID, guest_id: UUID, body: HubGuestEnd) -> HubGuestOut:
        """Let a guest's days end earlier; what is booked and lent stays."""
        return answer(
            HubGuestOut,
            self._transport.send("POST", f"/v1/hub-guests/{segment(hub_id)}/{segment(guest_id)}/end", body=body),
        )
