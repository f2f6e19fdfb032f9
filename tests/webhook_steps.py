"""What a partner does with webhooks, and what the sender does for it."""

from typing import Any

from builders import partner, staff
from harness import ServiceHarness
from identity.organisations.seed import organisation_id
from identity.settings import Settings
from identity.webhooks.egress import Egress
from identity.webhooks.sender import SendingDesk, send_one
from identity_steps import IdentitySteps
from webhook_receiver import Receiver

JSON = dict[str, Any]
STEM, BCS = organisation_id("stem-learning"), organisation_id("bcs")
OWN = partner("webhooks:manage", organisation_id=STEM)
ADMIN = staff("partner_admin", organisation_id=STEM)


def desk_of(harness: ServiceHarness, egress: Egress | None = None) -> SendingDesk:
    """The sender of a service, which may call this machine."""
    settings = harness.settings
    assert isinstance(settings, Settings)
    sending = egress or Egress(allow_private=True, total_seconds=2)
    return SendingDesk(harness.database, sending, settings.loaded_webhook_keys)


class WebhookSteps:
    """A partner with an address."""

    def __init__(self, identity: IdentitySteps, receiver: Receiver) -> None:
        self.identity = identity
        self.receiver = receiver
        self.desk = desk_of(identity.harness)

    async def register(self, **changes: object) -> JSON:
        """Register the receiver; the challenge waits."""
        made = await self.identity.post("/v1/webhooks", {"url": self.receiver.url, **changes}, caller=OWN)
        assert made.status_code == 201, made.text
        webhook: JSON = made.json()
        return webhook

    async def active(self, **changes: object) -> JSON:
        """Register the receiver and let it answer its challenge."""
        webhook = await self.register(**changes)
        await self.send()
        assert (await self.show(webhook))["status"] == "active"
        return webhook

    async def send(self) -> int:
        """Send all that is due; the number of requests."""
        sent = 0
        while await send_one(self.desk):
            sent += 1
        return sent

    async def send_later(self) -> int:
        """Send what waits for its next attempt."""
        await self.identity.query("UPDATE webhook_delivery SET due_at = now() WHERE status = 'waiting'")
        return await self.send()

    async def show(self, webhook: JSON) -> JSON:
        """A webhook as it stands."""
        shown: JSON = (await self.identity.call("GET", f"/v1/webhooks/{webhook['id']}", caller=OWN)).json()
        return shown

    async def change(self, webhook: JSON, **changes: object) -> int:
        """Change a webhook as it stands; the status of the answer."""
        client = await self.identity.harness.client(OWN, **{"If-Match": f'"{(await self.show(webhook))["version"]}"'})
        return (await client.patch(f"/v1/webhooks/{webhook['id']}", json=changes)).status_code

    async def deliveries(self, webhook: JSON, **parameters: str) -> list[JSON]:
        """What was sent, but for challenges, oldest first."""
        client = await self.identity.harness.client(OWN)
        found = (await client.get(f"/v1/webhooks/{webhook['id']}/deliveries", params=parameters)).json()["data"]
        return [one for one in reversed(found) if "verification" not in one["event_type"]]

    async def replay(self, webhook: JSON, **body: object) -> JSON:
        """Ask for deliveries again."""
        answer = await self.identity.post(f"/v1/webhooks/{webhook['id']}/replays", body, caller=OWN)
        assert answer.status_code == 202, answer.text
        replayed: JSON = answer.json()
        return replayed
