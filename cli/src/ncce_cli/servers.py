"""PostgreSQL and the broker of one platform: our own, or somebody else's by settings."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass

from ncce_cli import processes
from ncce_cli.broker import Broker, RunningBroker
from ncce_cli.databases import create_databases
from ncce_cli.errors import NotRunning
from ncce_cli.keys import KeyStore
from ncce_cli.parts import running_role
from ncce_cli.postgres import Postgres, RunningPostgres, url_at
from ncce_cli.settings_for import Connections, External
from ncce_cli.state import Home, PlatformState, ProcessState

LOOK_SECONDS = 5.0
ROOM_BYTES = 64 * 1024 * 1024
"""So much the broker's disk must have again before it is started anew (deploy/broker/alive.sh asks for the same)."""


@dataclass
class Servers:
    """The servers we started; None for those that are external."""

    postgres: RunningPostgres | None
    broker: RunningBroker | None

    def running(self) -> Iterator[tuple[str, RunningPostgres | RunningBroker]]:
        if self.postgres:
            yield "postgres", self.postgres
        if self.broker:
            yield "nats", self.broker

    def states(self, started_at: str) -> Iterator[ProcessState]:
        for name, server in (("postgres", self.postgres), ("nats", self.broker)):
            if server is None:
                yield ProcessState(name, state="external")
            else:
                yield ProcessState(name, server.pid, server.port, "ready", started_at)

    def stop(self) -> None:
        """The broker first: what it still wants to say, nobody listens to any more."""
        if self.broker:
            self.broker.stop()
        if self.postgres:
            self.postgres.stop()


class ServerRoom:
    """Starts the servers of one state directory, and starts them again where they were."""

    def __init__(
        self, home: Home, external: External, room_bytes: int = ROOM_BYTES, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._home = home
        self._external = external
        self._room_bytes = room_bytes
        self._look_seconds = look_seconds
        self._look_due = 0.0
        self._looked_given_up: int | None = None

    def start(self, *, broker: bool = True) -> Servers:
        """Start what is not external. Called from the main thread, so that the servers die with us."""
        servers = Servers(None, None)
        with processes.on_failure(servers.stop):
            if not self._external.databases:
                servers.postgres = Postgres(self._home.postgres).start()
            if broker and not self._external.nats_url:
                servers.broker = Broker(self._home.nats).start()
        return servers

    def restart_dead(self, servers: Servers) -> list[str]:
        """Start again, at its port, each server that has died; returns their names."""
        if time.monotonic() >= self._look_due:
            self._look_due = time.monotonic() + self._look_seconds
            self._end_a_broker_that_gave_up(servers.broker)
            self._end_a_database_that_gave_up(servers.postgres)
        revived = []
        if servers.postgres and not servers.postgres.is_alive():
            servers.postgres.stop()
            servers.postgres = Postgres(self._home.postgres).start(servers.postgres.port)
            revived.append("postgres")
        if servers.broker and not servers.broker.is_alive():
            dead = servers.broker
            dead.stop()
            servers.broker = Broker(self._home.nats).start(dead.port, dead.monitor_port)
            revived.append("nats")
        return revived

    def _end_a_broker_that_gave_up(self, broker: RunningBroker | None) -> None:
        """It looks alive, and whatever is published to one of its streams is refused: its disk was full.

        While it still is, a start makes no room, and the streams that it can write to would be away meanwhile.
        """
        if broker and broker.is_alive() and broker.has_given_up() and self._broker_has_room():
            broker.stop()

    def _end_a_database_that_gave_up(self, postgres: RunningPostgres | None) -> None:
        """At the second look: between a crash and the start of its recovery it has neither process for a moment."""
        if postgres is None or not postgres.is_alive() or not postgres.has_given_up():
            self._looked_given_up = None
        elif self._looked_given_up == postgres.pid:
            postgres.end_at_once()
        else:
            self._looked_given_up = postgres.pid

    def _broker_has_room(self) -> bool:
        return shutil.disk_usage(self._home.nats).free >= self._room_bytes

    async def connections(self, servers: Servers) -> Connections:
        """Where everything is, after making the databases that are missing."""
        databases, owned, identities = self._external.databases, dict[str, str](), dict[str, str]()
        if postgres := servers.postgres:
            keys = KeyStore(self._home.secrets)
            identities = await create_databases(postgres, keys.database_passwords(), keys.running_passwords())
            databases, owned = as_they_run(self._home, postgres.port), as_owners(self._home, postgres.port)
        if servers.broker:
            return Connections(databases, servers.broker.url, servers.broker.monitor_url, identities, owned)
        return Connections(databases, self._external.nats_url or "", "", identities, owned)


def connections_of_running(home: Home, state: PlatformState, external: External) -> Connections:
    """Where the databases and the broker of a running platform are."""
    databases, owned = external.databases, dict[str, str]()
    if not databases:
        database_port = port_of_running(state)
        databases, owned = as_they_run(home, database_port), as_owners(home, database_port)
    if external.nats_url:
        return Connections(databases, external.nats_url, "", owned=owned)
    port = state.processes["nats"].port
    if port is None:
        raise NotRunning("The running platform uses an external broker: set NATS_URL to the same.")
    return Connections(databases, Broker(home.nats).url_at(port), state.monitor_url, owned=owned)


def port_of_running(state: PlatformState) -> int:
    """Where our own PostgreSQL listens; NotRunning when it is somebody else's."""
    port = state.processes["postgres"].port
    if port is None:
        raise NotRunning("The running platform uses external databases: set their URLs in the environment too.")
    return port


def as_they_run(home: Home, port: int) -> dict[str, str]:
    """Each service's database, as its processes reach it."""
    passwords = KeyStore(home.secrets).running_passwords()
    return {service: url_at(port, running_role(service), word, service) for service, word in passwords.items()}


def as_owners(home: Home, port: int) -> dict[str, str]:
    """Each service's database, as its owner reaches it."""
    passwords = KeyStore(home.secrets).database_passwords()
    return {service: url_at(port, service, word, service) for service, word in passwords.items()}
