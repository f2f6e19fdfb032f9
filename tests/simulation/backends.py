"""What the database does for each actor: which of them it makes wait, and in which order it lets them go on.

A backend that waits for a lock is stopped (SIGSTOP) until it has been given it, and several that are given something at
once go on one after the other: who of them is first is the seed's to say, not the operating system's.
"""

import os
import signal
from collections.abc import Callable, Collection
from typing import Any

import asyncpg
from sqlalchemy import Connection, event

from engines import MovingDatabase
from left_running import remember

AGE = "3 ms"
"""A wait this old has been looked through for a deadlock (PATIENCE) and stays until somebody lets go."""
PATIENCE = "1ms"
_WAITING = f"SELECT pid, waitstart < clock_timestamp() - interval '{AGE}' AS is_old FROM pg_locks WHERE NOT granted"
_ALIVE = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1"

Gate = Callable[[str, int], Any]
"""What stands before each statement: told the statement and the number of the backend, it returns an awaitable."""


class Backends:
    """The server's processes that work for a simulation, seen from a connection of their own."""

    def __init__(self, watching: asyncpg.Connection) -> None:
        self._watching = watching
        self._stopped: set[int] = set()
        self._known: set[int] = set()

    @classmethod
    async def of(cls, admin_url: str) -> "Backends":
        """Watch a server as its superuser."""
        return cls(await asyncpg.connect(admin_url))

    async def waiting(self, pids: Collection[int]) -> dict[int, bool]:
        """Which of these wait for a lock; True when for so long that nothing but another's end can change it."""
        rows = await self._watching.fetch(_WAITING)
        return {row["pid"]: bool(row["is_old"]) for row in rows if row["pid"] in pids}

    async def gone(self, pid: int) -> None:
        """Wait until a backend whose client went away has let go of everything."""
        while await self._watching.fetchval(_ALIVE, pid):
            pass

    def stop(self, pid: int) -> None:
        """Let a backend stand still."""
        if pid not in self._known:
            self._known.add(pid)
            remember(pid)
        os.kill(pid, signal.SIGSTOP)
        self._stopped.add(pid)

    def go_on(self, pid: int) -> None:
        """Let it go on."""
        os.kill(pid, signal.SIGCONT)
        self._stopped.discard(pid)

    async def close(self) -> None:
        """Nobody stands still any more."""
        for pid in list(self._stopped):
            self.go_on(pid)
        await self._watching.close()


async def make_impatient(database_url: str) -> None:
    """Let the server look for deadlocks at once: whoever closes the circle is the one that is refused, every time."""
    connection = await asyncpg.connect(database_url)
    try:
        name = await connection.fetchval("SELECT current_database()")
        await connection.execute(f"ALTER DATABASE {name} SET deadlock_timeout = '{PATIENCE}'")
    finally:
        await connection.close()


def stand_before(database: MovingDatabase, gate: Gate) -> None:
    """Put a gate before each statement, commit and rollback of a service."""
    database.watched = True
    for engine in (database.engine.sync_engine, database.reads.sync_engine):

        def before_statement(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
            _stand(gate, connection, statement)

        def before_commit(connection: Connection) -> None:
            _stand(gate, connection, "COMMIT")

        def before_rollback(connection: Connection) -> None:
            if not connection.invalidated:
                _stand(gate, connection, "ROLLBACK")

        event.listen(engine, "before_cursor_execute", before_statement)
        event.listen(engine, "commit", before_commit)
        event.listen(engine, "rollback", before_rollback)


def _stand(gate: Gate, connection: Connection, statement: str) -> None:
    driver: Any = connection.connection.dbapi_connection
    driver.run_async(lambda raw: gate(statement, raw.get_server_pid()))
