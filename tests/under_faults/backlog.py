"""Events that wait for the broker, and whether those that are to hear them have."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from corruptions import SERVICES
from under_faults.restores import LISTENERS

Waiting = Mapping[str, Sequence[UUID]]
"""Events by subject."""
_UNTOLD = "SELECT subject, array_agg(event_id) AS events FROM outbox WHERE published_at IS NULL GROUP BY subject"
_SINCE = "SELECT subject, array_agg(event_id) AS events FROM outbox WHERE recorded_at >= $1 GROUP BY subject"
_HEARD = "SELECT count(*) FROM inbox WHERE consumer = $1 AND event_id = ANY($2)"


class Backlog:
    """What a platform's services have to tell, asked of their databases by URL."""

    def __init__(self, databases: Mapping[str, str]) -> None:
        self._databases = databases

    async def waiting(self) -> Waiting:
        """What no service has told yet."""
        return await self._events(_UNTOLD)

    async def since(self, moment: datetime) -> Waiting:
        """What services had to tell since then, whether they have or not."""
        return await self._events(_SINCE, moment)

    async def _events(self, query: str, *arguments: object) -> Waiting:
        found: dict[str, Sequence[UUID]] = {}
        for service in SERVICES:
            found |= {row["subject"]: row["events"] for row in await self._ask(service, query, *arguments)}
        return found

    async def is_heard(self, events: Waiting) -> bool:
        """Whether everybody who listens for them has heard all of these."""
        for service in SERVICES:
            for one in (one for one in LISTENERS if one.durable.startswith(f"{service}-")):
                wanted = events.get(one.event.subject, [])
                if wanted and (await self._ask(service, _HEARD, one.durable, wanted))[0][0] < len(wanted):
                    return False
        return True

    async def _ask(self, service: str, query: str, *arguments: object) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self._databases[service])
        try:
            found: list[asyncpg.Record] = await connection.fetch(query, *arguments)
            return found
        finally:
            await connection.close()
