"""Badges. Written by `./ncce sdk`; do not edit."""

from uuid import UUID

from ncce_sdk.models.badges import BadgeIssuer, BadgeKey, BadgeKeySet
from ncce_sdk.transport import Area, answer, segment


class BadgesArea(Area):
    """Certificates as Open Badges."""

    def get_badge(self, certificate_id: UUID) -> bytes:
        """Your certificate as an Open Badge 3.0, to keep or to show elsewhere. Your name is in it as a salted hash
        only.
        """
        return self._transport.send("GET", f"/v1/certificates/{segment(certificate_id)}/badge").content

    def get_badge_issuer(self) -> BadgeIssuer:
        """Who issues badges."""
        return answer(BadgeIssuer, self._transport.send("GET", "/v1/badges/issuer"))

    def get_badge_key(self, kid: str) -> BadgeKey:
        """One key: what the `kid` of a badge leads to."""
        return answer(BadgeKey, self._transport.send("GET", f"/v1/badges/keys/{segment(kid)}"))

    def get_status_list(self, list_number: int) -> bytes:
        """Which certificates of a list no longer stand, as a signed W3C Bitstring Status List. It names no
        certificate.
        """
        return self._transport.send("GET", f"/v1/badges/status/{segment(list_number)}").content

    def list_badge_keys(self) -> BadgeKeySet:
        """The public keys that badges and status lists are signed with."""
        return answer(BadgeKeySet, self._transport.send("GET", "/v1/badges/keys"))
