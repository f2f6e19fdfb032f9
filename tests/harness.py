"""A service as tests meet it: its real application on its own real database, called and fed as in production."""

import itertools
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import httpx
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import make_url, select
from sqlalchemy.ext.asyncio import AsyncSession

import lent
from builders import GATEWAY_KEY, GATEWAY_SIGNER, a_key, a_sealing_key, an_rsa_key, key_set
from chassis import clock, migrate, subscriptions
from chassis.cli import load
from chassis.ids import new_id
from chassis.principal import HEADER, Principal, sign_principal
from chassis.service import Service, build_app, furnish
from chassis.settings import ServiceSettings
from chassis.tables import outbox
from contracts.base import AnyEnvelope, Event
from contracts.registry import EVENTS, PUBLISHER
from engines import database_for
from ncce_cli.postgres import RunningPostgres

EventT = TypeVar("EventT", bound=Event)
EnteredT = TypeVar("EnteredT")

NEEDED_BY: dict[str, dict[str, Any]] = {
    "identity": {
        "token_keys": key_set(a_key("token"), private=True),
        "factor_keys": key_set(a_sealing_key("factors-2026")),
        "webhook_keys": key_set(a_sealing_key("webhooks-2026")),
    },
    "certification": {
        "signing_keys": key_set(a_key("certificate"), private=True),
        "badge_keys": key_set(an_rsa_key("rsa-2026"), private=True),
    },
    "funding": {
        "payee_keys": key_set(a_sealing_key("payees-2026")),
        "bacs_service_user_number": "999999",
        "bacs_sort_code": "089999",
        "bacs_account_number": "66374958",
        "bacs_account_name": "NCCE SANDBOX",
        "recent_proof_minutes": 0,
    },
}
"""Settings without which a service does not start."""


POSTGRES_CUTS_NAMES_AT = 64
IDLE: dict[str, list[FastAPI]] = defaultdict(list)
"""Applications that no test uses. FastAPI takes milliseconds for each route when it first meets it; the routes of an
application stay the same, only what depends on settings is given anew. By the migrations' package: a sample service has
the name of a real one."""


def _application(service: Service, settings: ServiceSettings) -> FastAPI:
    """The application of a service, furnished anew if one is idle."""
    if not IDLE[service.migrations]:
        return build_app(service, settings)
    app = IDLE[service.migrations].pop()
    furnish(app, service, settings)
    return app


AS_RUNNING_ROLE: list[bool] = []
"""Something is in it while services run as the role they have in production (`--running-role`)."""


def running_role(service: Service) -> str:
    """The role that processes of a service have in production: not the owner of its tables."""
    return f"{service.migrations.partition('.')[0]}_run"


def _as_processes_run(service: Service, settings: ServiceSettings) -> ServiceSettings:
    """The settings of processes: what tests prepare and look at, they reach as the owner."""
    role = running_role(service)
    url = make_url(settings.database_url.get_secret_value()).set(username=role, password=role)
    return settings.model_copy(update={"database_url": SecretStr(url.render_as_string(hide_password=False))})


class ServiceHarness:
    """One running service on a database of its own."""

    def __init__(self, service: Service, settings: ServiceSettings) -> None:
        self.service = service
        self.settings = settings
        self.app = _application(service, settings)
        self.database = database_for(settings, f"{service.name} test")
        self.running = self.database
        if AS_RUNNING_ROLE:
            self.running = database_for(_as_processes_run(service, settings), f"{service.name} running")
        self.app.state.database = self.running
        self.app.state.draining = False
        self._clients = AsyncExitStack()
        self._closed = False

    async def client(self, caller: Principal | None, **headers: str) -> httpx.AsyncClient:
        """A client that the gateway vouches for as this caller; None sends no statement at all."""
        if caller is not None:
            headers[HEADER] = sign_principal(caller, GATEWAY_SIGNER, self.service.name, lifetime_seconds=600)
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://service", headers=headers, trust_env=False)
        return await self._clients.enter_async_context(client)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """A transaction on the service's database."""
        async with self.database.transaction() as session:
            yield session

    async def deliver(self, event: Event, *, times: int = 1, sequence: int = 1, event_id: UUID | None = None) -> int:
        """Hand an event to every handler that hears it, as a consumer does; how often one really ran."""
        envelope = AnyEnvelope(
            id=event_id or new_id(),
            source=f"/services/{PUBLISHER[type(event)]}",
            type=event.type(),
            subject=event.aggregate_id,
            sequence=sequence,
            time=clock.now(),
            data=event.model_dump(mode="json"),
        )
        body = envelope.model_dump_json().encode()
        heard = [one for one in self.service.subscriptions.table if one.event is type(event)]
        assert heard, f"{self.service.name} does not hear {event.subject}"
        ran = 0
        for subscription, _ in itertools.product(heard, range(times)):
            async with self.running.transaction() as session:
                ran += await subscriptions.handle(session, subscription, [subscriptions.read(subscription, body)])
        return ran

    async def published(self, kind: type[EventT]) -> list[EventT]:
        """Events of a kind in the outbox, in order."""
        query = select(outbox.c.type, outbox.c.data).order_by(outbox.c.position)
        async with self.session() as session:
            rows = (await session.execute(query)).all()
        return [kind.model_validate(data) for type_, data in rows if EVENTS[type_] is kind]

    async def seed(self, *names: str) -> None:
        """Load reference data by name; all of it when no name is given."""
        own = self.service.sandbox_seeds if self.settings.sandbox else ()
        known = [*self.service.seeds, *self.service.demo_seeds, *own]
        for seed in known:
            if not names or seed.name in names:
                await load(self.database, seed)
        assert set(names) <= {seed.name for seed in known}

    async def beside(self, other: AbstractAsyncContextManager[EnteredT]) -> EnteredT:
        """Something that is there for as long as this is."""
        return await self._clients.enter_async_context(other)

    async def close(self) -> None:
        """Let go of clients and connections."""
        await self._clients.aclose()
        if self._closed:
            return
        self._closed = True
        for database in {self.database, self.running}:
            await database.retire()
        IDLE[self.service.migrations].append(self.app)


class Databases:
    """Databases for tests: one migrated template per service, cloned for each use. Clones are numbered from `first`."""

    def __init__(self, postgres: RunningPostgres, first: int = 1) -> None:
        self._postgres = postgres
        self._numbers = itertools.count(first)
        self._templates: set[str] = set()
        self._roles: set[str] = set()

    def url(self, name: str) -> str:
        """The URL of a database by name, as its superuser."""
        return self._postgres.admin_url.rsplit("/", 1)[0] + f"/{name}"

    async def run(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        connection = await asyncpg.connect(self._postgres.admin_url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def empty(self) -> str:
        """The URL of a fresh empty database."""
        name = f"empty_{next(self._numbers)}"
        await self.run(f"CREATE DATABASE {name}")
        return self.url(name)

    async def of(self, service: Service, *, seeded: bool = False, loaded: Sequence[str] = ()) -> str:
        """The URL of a fresh migrated database of a service, with all it loads when `seeded`, or with some of it."""
        template = await self._template(service, seeded=seeded, loaded=loaded)
        return self.url(await self._clone(template, f"{service.name}_{next(self._numbers)}"))

    async def copy_of(self, url: str) -> str:
        """The URL of a copy of a database, to which nobody may be connected."""
        original = url.rsplit("/", 1)[1]
        return self.url(await self._clone(original, f"{original}_{next(self._numbers)}"))

    async def _template(self, service: Service, *, seeded: bool = False, loaded: Sequence[str] = ()) -> str:
        """The database to clone, made when it is first wanted."""
        name = "_".join(["template", service.migrations, *(["seeded"] if seeded else []), *loaded]).replace(".", "_")
        assert len(name) < POSTGRES_CUTS_NAMES_AT
        if name in self._templates or await self._is_there(name):
            return name
        if seeded or loaded:
            await self._clone(await self._template(service), name)
            await load_some(service, self.url(name), *loaded)
        else:
            await self.run(f"CREATE DATABASE {name}")
            await migrate.upgrade(self.url(name), service.migrations, running_role=await self._made_role(service))
        self._templates.add(name)
        return name

    async def _is_there(self, name: str) -> bool:
        """Whether a run before this made it, on a server that both were lent."""
        if not lent.SERVER:
            return False
        connection = await asyncpg.connect(self._postgres.admin_url)
        try:
            return bool(await connection.fetchval("SELECT count(*) FROM pg_database WHERE datname = $1", name))
        finally:
            await connection.close()

    async def _made_role(self, service: Service) -> str:
        """What processes of a service run as, made once: roles belong to the server. Empty where they run as owner."""
        name = running_role(service) if AS_RUNNING_ROLE else ""
        if name and name not in self._roles:
            self._roles.add(name)
            await self.run(f"CREATE ROLE {name} LOGIN PASSWORD '{name}'")
        return name

    async def _clone(self, template: str, name: str) -> str:
        # Quicker than by log where nothing is synced.
        await self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    async def drop(self, url: str) -> None:
        """Remove a database that nothing uses any more."""
        await self.run(f"DROP DATABASE IF EXISTS {url.rsplit('/', 1)[1]} WITH (FORCE)")


async def load_some(service: Service, database_url: str, *names: str) -> None:
    """What a service loads, by name; everything, the demo's data too, when no name is given."""
    harness = ServiceHarness(service, settings_for(service, database_url))
    await harness.seed(*names)
    await harness.close()


def settings_for(service: Service, database_url: str, /, **overrides: Any) -> ServiceSettings:
    """Settings of a service for tests."""
    values: dict[str, Any] = {
        "database_url": database_url,
        "principal_keys": key_set(GATEWAY_KEY),
        "audit_keys": key_set(a_key(f"{service.name}-audit"), private=True),
        "environment": "development",
        "require_synced_broker": False,
        "log_level": "ERROR",
        # Tests share two cores with each other.
        "database_wait_seconds": 30.0,
        "statement_timeout_ms": 30_000,
        **NEEDED_BY.get(service.name, {}),
        **overrides,
    }
    return service.settings(**values)
