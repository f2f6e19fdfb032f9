"""Databases of services for one test after another, on the engines of tests that are over.

An engine keeps what it compiled and what it asked the server of itself. Made anew for each test, all engines together
spent a tenth of the suite's time on that.
"""

import asyncio
from collections import defaultdict
from typing import Any

from sqlalchemy import event

from chassis.db import Database, driver_url
from chassis.settings import ServiceSettings

Likeness = tuple[object, ...]
IDLE: dict[Likeness, list["MovingDatabase"]] = defaultdict(list)
"""Those that no test uses, by what they have in common."""


def likeness(settings: ServiceSettings, application_name: str) -> Likeness:
    """All that engines are made from, but for the database's name."""
    url = settings.database_url.get_secret_value()
    elsewhere = driver_url(url).set(database="any"), url.partition("?")[2]
    limits = settings.database_pool_size, settings.database_wait_seconds, settings.statement_timeout_ms
    return (*elsewhere, *limits, settings.database_pooled, application_name)


class MovingDatabase(Database):
    """A service's database, which can go on with another one of the same server."""

    def __init__(self, settings: ServiceSettings, application_name: str) -> None:
        super().__init__(settings, application_name)
        self.watched = False
        """Somebody listens to the engines: they serve no other test."""
        self._like = likeness(settings, application_name)
        self._move(settings)
        for engine in (self.engine, self.reads):
            event.listen(engine.sync_engine, "do_connect", self._where)

    def _move(self, settings: ServiceSettings) -> None:
        self._settings = settings
        self._name = driver_url(settings.database_url.get_secret_value()).database
        self.outbox_written = asyncio.Event()

    def _where(self, _dialect: object, _record: object, _arguments: object, named: dict[str, Any]) -> None:
        named["database"] = self._name

    async def retire(self) -> None:
        """Close every connection, and wait for the next test."""
        await self.close()
        if not self.watched:
            IDLE[self._like].append(self)


def database_for(settings: ServiceSettings, application_name: str) -> MovingDatabase:
    """A database with these settings, on engines that have worked before if any are idle."""
    idle = IDLE[likeness(settings, application_name)]
    if not idle:
        return MovingDatabase(settings, application_name)
    found = idle.pop()
    found._move(settings)
    return found
