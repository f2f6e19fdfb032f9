"""Endorsements. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.endorsements import (
    EndorsementIn,
    EndorsementRequestIn,
    EndorsementRequestOut,
    EndorsementWithdrawal,
    SchemeEndorsementIn,
)
from ncce_sdk.models.shared import EndorsementOut
from ncce_sdk.transport import Area, answer, segment


class EndorsementsArea(Area):
    """Who vouches for an application."""

    def ask_for_endorsement(
        self, body: EndorsementRequestIn, *, idempotency_key: str | None = None
    ) -> EndorsementRequestOut:
        """Ask an organisation to endorse an application, a certificate or an activity of yours."""
        return answer(
            EndorsementRequestOut,
            self._transport.send(
                "POST",
                "/v1/endorsement-requests",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def endorse(self, request_id: UUID, body: EndorsementIn, *, idempotency_key: str | None = None) -> EndorsementOut:
        """Endorse what a teacher asked your organisation for."""
        return answer(
            EndorsementOut,
            self._transport.send(
                "POST",
                f"/v1/endorsement-requests/{segment(request_id)}/endorsement",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def endorse_scheme(self, body: SchemeEndorsementIn, *, idempotency_key: str | None = None) -> EndorsementOut:
        """Endorse a certificate scheme in your organisation's name; verification of its certificates says so."""
        return answer(
            EndorsementOut,
            self._transport.send(
                "POST", "/v1/endorsements", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def list_endorsement_requests(self, *, limit: int | None = None) -> Iterator[EndorsementRequestOut]:
        """Your requests; for a partner, those to its organisation. Oldest first."""
        return self._transport.each(EndorsementRequestOut, "GET", "/v1/endorsement-requests", query={"limit": limit})

    def list_endorsements(self, *, limit: int | None = None) -> Iterator[EndorsementOut]:
        """Endorsements of you; for a partner, those that its organisation gave. Oldest first, withdrawn ones too."""
        return self._transport.each(EndorsementOut, "GET", "/v1/endorsements", query={"limit": limit})

    def withdraw_endorsement(
        self, endorsement_id: UUID, body: EndorsementWithdrawal, *, idempotency_key: str | None = None
    ) -> EndorsementOut:
        """Withdraw an endorsement of your organisation's. It stays on record, and counts for nothing from now on."""
        return answer(
            EndorsementOut,
            self._transport.send(
                "POST",
                f"/v1/endorsements/{segment(endorsement_id)}/withdrawal",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
