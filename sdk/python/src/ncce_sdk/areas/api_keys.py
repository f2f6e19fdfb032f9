"""API keys. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.api_keys import (
    ApiKeyOut,
    CreatedApiKey,
    LeakReport,
    LeakReportOut,
    NewApiKey,
    RequestLimit,
    Rotation,
)
from ncce_sdk.transport import Area, answer, segment


class ApiKeysArea(Area):
    """Keys for partners' systems: made, listed, revoked."""

    def create_api_key(self, body: NewApiKey) -> CreatedApiKey:
        """Make an API key for an organisation; the reply is the only place that shows it."""
        return answer(CreatedApiKey, self._transport.send("POST", "/v1/api-keys", body=body))

    def limit_requests(self, organisation_id: UUID, body: RequestLimit) -> RequestLimit:
        """Limit what all credentials of an organisation may ask together."""
        return answer(
            RequestLimit,
            self._transport.send("PUT", f"/v1/organisations/{segment(organisation_id)}/request-limit", body=body),
        )

    def list_api_keys(self, *, limit: int | None = None) -> Iterator[ApiKeyOut]:
        """List the API keys of the organisations you manage, revoked ones included."""
        return self._transport.each(ApiKeyOut, "GET", "/v1/api-keys", query={"limit": limit})

    def report_leaked_api_key(self, body: LeakReport) -> LeakReportOut:
        """Report a key found where others can read it: it is revoked at once and its owner told."""
        return answer(LeakReportOut, self._transport.send("POST", "/v1/api-keys/leak-reports", body=body))

    def revoke_api_key(self, key_id: UUID) -> None:
        """Revoke an API key at once and for ever."""
        self._transport.send("DELETE", f"/v1/api-keys/{segment(key_id)}")

    def rotate_api_key(self, key_id: UUID, body: Rotation) -> CreatedApiKey:
        """Replace an API key by one that is alike; both work for as long as the overlap lasts."""
        return answer(
            CreatedApiKey, self._transport.send("POST", f"/v1/api-keys/{segment(key_id)}/rotation", body=body)
        )

    def show_request_limit(self, organisation_id: UUID) -> RequestLimit:
        """What all credentials of an organisation may ask together."""
        return answer(
            RequestLimit, self._transport.send("GET", f"/v1/organisations/{segment(organisation_id)}/request-limit")
        )
