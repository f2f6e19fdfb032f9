"""How often an organisation may ask for deliveries again, and how many it may have: two quotas, one row."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from identity.webhooks.errors import TooManyReplays
from identity.webhooks.models import WebhookReplayUse


@dataclass(frozen=True)
class Quota:
    """So many in a window, given back evenly: what is kept is the moment at which it is whole again."""

    name: str
    most: int
    window: timedelta

    def after(self, count: int, whole_at: datetime | None, now: datetime) -> datetime:
        """When it would be whole again after so many more."""
        return max(whole_at or now, now) + self.window * count / self.most

    def wait_seconds(self, count: int, whole_at: datetime | None, now: datetime) -> int:
        """How long until there are so many; zero when there are."""
        over = self.after(count, whole_at, now) - now - self.window
        return max(math.ceil(over.total_seconds() - 1e-6), 0)

    def policy(self) -> str:
        """As an item of `RateLimit-Policy`."""
        return f'"{self.name}";q={self.most};w={int(self.window.total_seconds())}'

    def left(self, whole_at: datetime | None, now: datetime) -> str:
        """As an item of `RateLimit`: what is left, and when it is whole again."""
        used = max(whole_at or now, now) - now
        remaining = math.floor((1 - used / self.window) * self.most + 1e-6)
        return f'"{self.name}";r={max(remaining, 0)};t={math.ceil(used.total_seconds())}'


REQUESTS = Quota("webhook-replays", 10, timedelta(minutes=1))
DELIVERIES = Quota("replayed-deliveries", 10_000, timedelta(hours=1))
POLICY = f"{REQUESTS.policy()}, {DELIVERIES.policy()}"


async def held_use(session: AsyncSession, organisation_id: UUID) -> WebhookReplayUse:
    """What an organisation has used, nobody else's to change until this transaction ends."""
    row = insert(WebhookReplayUse).values(organisation_id=organisation_id).on_conflict_do_nothing()
    await session.execute(row)
    of = WebhookReplayUse.organisation_id == organisation_id
    return (await session.scalars(select(WebhookReplayUse).where(of).with_for_update())).one()


def spend(use: WebhookReplayUse, count: int, now: datetime) -> None:
    """Take one request and so many deliveries off; TooManyReplays when either is more than is left."""
    for quota, wanted, whole_at in (
        (REQUESTS, 1, use.requests_whole_at),
        (DELIVERIES, count, use.deliveries_whole_at),
    ):
        if wait := quota.wait_seconds(wanted, whole_at, now):
            raise TooManyReplays(quota.name, quota.most, quota.window, wait, headers_of(use, now))
    use.requests_whole_at = REQUESTS.after(1, use.requests_whole_at, now)
    use.deliveries_whole_at = DELIVERIES.after(count, use.deliveries_whole_at, now)


def headers_of(use: WebhookReplayUse, now: datetime) -> dict[str, str]:
    """What is left, in the headers that every limit is told in."""
    left = f"{REQUESTS.left(use.requests_whole_at, now)}, {DELIVERIES.left(use.deliveries_whole_at, now)}"
    return {"RateLimit-Policy": POLICY, "RateLimit": left}
