"""Webhooks. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.webhooks import (
    Challenged,
    DeliveryState,
    EventTypesOut,
    NewWebhook,
    Replay,
    Replayed,
    WebhookChange,
    WebhookDeliveryDetail,
    WebhookDeliveryOut,
    WebhookOut,
    WebhookSecretRotation,
    WebhookWithSecret,
)
from ncce_sdk.transport import Area, answer, segment


class WebhooksArea(Area):
    """Events sent to a partner's address: where to, what, and what came of it."""

    def change_webhook(self, webhook_id: UUID, body: WebhookChange, *, if_match: str) -> WebhookOut:
        """Change what is sent there, or pause and resume it."""
        return answer(
            WebhookOut,
            self._transport.send(
                "PATCH", f"/v1/webhooks/{segment(webhook_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def create_webhook(self, body: NewWebhook) -> WebhookWithSecret:
        """Register an address for events; it is sent a challenge, and events once it has answered that."""
        return answer(WebhookWithSecret, self._transport.send("POST", "/v1/webhooks", body=body))

    def delete_webhook(self, webhook_id: UUID) -> None:
        """Delete a webhook; what waits for it is not sent."""
        self._transport.send("DELETE", f"/v1/webhooks/{segment(webhook_id)}")

    def list_webhook_deliveries(
        self, webhook_id: UUID, *, status: DeliveryState | None = None, limit: int | None = None
    ) -> Iterator[WebhookDeliveryOut]:
        """List what was sent to an address and what became of it, the latest first."""
        return self._transport.each(
            WebhookDeliveryOut,
            "GET",
            f"/v1/webhooks/{segment(webhook_id)}/deliveries",
            query={"status": status, "limit": limit},
        )

    def list_webhook_event_types(self) -> EventTypesOut:
        """List what can be subscribed to, and what each event tells."""
        return answer(EventTypesOut, self._transport.send("GET", "/v1/webhooks/event-types"))

    def list_webhooks(self, *, limit: int | None = None) -> Iterator[WebhookOut]:
        """List the webhooks of your organisation."""
        return self._transport.each(WebhookOut, "GET", "/v1/webhooks", query={"limit": limit})

    def replay_webhook_deliveries(self, webhook_id: UUID, body: Replay) -> Replayed:
        """Send deliveries again, by id or by the time at which they were queued."""
        return answer(Replayed, self._transport.send("POST", f"/v1/webhooks/{segment(webhook_id)}/replays", body=body))

    def rotate_webhook_secret(self, webhook_id: UUID, body: WebhookSecretRotation) -> WebhookWithSecret:
        """Sign with another secret; during the overlap each delivery has two signatures."""
        return answer(
            WebhookWithSecret,
            self._transport.send("POST", f"/v1/webhooks/{segment(webhook_id)}/secret-rotation", body=body),
        )

    def show_webhook(self, webhook_id: UUID) -> WebhookOut:
        """A webhook as it stands."""
        return answer(WebhookOut, self._transport.send("GET", f"/v1/webhooks/{segment(webhook_id)}"))

    def show_webhook_delivery(self, webhook_id: UUID, delivery_id: UUID) -> WebhookDeliveryDetail:
        """A delivery with its body and every attempt."""
        return answer(
            WebhookDeliveryDetail,
            self._transport.send("GET", f"/v1/webhooks/{segment(webhook_id)}/deliveries/{segment(delivery_id)}"),
        )

    def verify_webhook(self, webhook_id: UUID) -> Challenged:
        """Send the address another challenge."""
        return answer(Challenged, self._transport.send("POST", f"/v1/webhooks/{segment(webhook_id)}/verification"))
