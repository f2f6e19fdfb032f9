"""Refusals about webhooks."""

from datetime import timedelta

from chassis.errors import Conflict, NotFound, TooManyRequests, Unprocessable


class WebhookNotFound(NotFound):
    """No such webhook, or it is not the caller's."""

    code, title = "webhook-not-found", "No such webhook"

    def __init__(self) -> None:
        super().__init__("There is no webhook with this id among yours.")


class WebhookDeliveryNotFound(NotFound):
    """No such delivery of this webhook."""

    code, title = "webhook-delivery-not-found", "No such delivery"

    def __init__(self) -> None:
        super().__init__("There is no delivery with this id; they are kept for 30 days.")


class TooManyWebhooks(Conflict):
    """An organisation has so many webhooks that nobody knows them all."""

    code, title = "too-many-webhooks", "Too many webhooks"

    def __init__(self, limit: int) -> None:
        super().__init__(f"An organisation has at most {limit} webhooks. Delete one first.")


class TooManyReplays(TooManyRequests):
    """An organisation asks for more deliveries again, or more often, than it may. Nothing was queued."""

    code, title = "too-many-replays", "Too much is sent again"

    def __init__(self, quota: str, most: int, window: timedelta, wait_seconds: int, told: dict[str, str]) -> None:
        of = "requests" if quota == "webhook-replays" else "deliveries"
        minutes = int(window.total_seconds() // 60)
        within = "a minute" if minutes == 1 else f"{minutes} minutes"
        detail = f"All webhooks of an organisation have {most} {of} sent again in {within}. Nothing was queued."
        super().__init__(detail, retry_after_seconds=wait_seconds, quota=quota)
        self.headers |= told


class WebhookUrlRefused(Unprocessable):
    """The platform sends nothing to this URL."""

    code, title = "webhook-url-refused", "Nothing is sent to this address"


class WebhookNotVerified(Conflict):
    """The address has not answered its challenge yet."""

    code, title = "webhook-not-verified", "The address has not been verified"

    def __init__(self) -> None:
        super().__init__("Ask for a challenge and let the address answer it; then events are sent there.")
