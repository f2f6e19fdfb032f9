"""A service, described once: what it is made of, and the two applications that run it.

`serve` answers requests and relays its own outbox; `work` relays, consumes and runs background loops. They are one
image, scaled apart.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, NoReturn, Protocol, cast

import structlog
from fastapi import APIRouter, FastAPI, Request
from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import State
from starlette.middleware import Middleware

from chassis import clock, errors, faults, health
from chassis.access import refuse_undeclared_routes
from chassis.audit_chain import chain_entries
from chassis.audit_heads import Witness
from chassis.bus import BrokerLeft, BrokerNotDurable, Bus, NatsError
from chassis.database_errors import is_away
from chassis.db import Database
from chassis.deadlines import Deadlines
from chassis.invariants import Invariants
from chassis.known_as import KnownAs
from chassis.measures import COMMON, Measure, Measures, keep_measuring, keep_measuring_lag
from chassis.migrate import Schema
from chassis.openapi import VERSION, Application
from chassis.outbox import Relay
from chassis.principal import PrincipalVerifier
from chassis.resealing import Stores
from chassis.retention import Retention, keep_running
from chassis.settings import ServiceSettings
from chassis.subscriptions import Consumer, Subscriptions
from chassis.telemetry import RequestContext
from chassis.trying import tried
from chassis.views import Views
from contracts.base import Event, RecordsViewed

log = structlog.get_logger(__name__)

RESTART_SECONDS = 0.5
"""Before a loop that ended is begun again."""

CANCEL_AGAIN_SECONDS = 5.0


class Progress(Protocol):
    """Told now and then how far a seed is."""

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` rows are in."""


@dataclass(frozen=True)
class Seed:
    """Reference data that a service loads. Loading again changes nothing and publishes nothing."""

    name: str
    load: Callable[[AsyncSession, Progress], Awaitable[None]]


@dataclass(frozen=True)
class ServiceContext:
    """What a background loop may use."""

    database: Database
    settings: ServiceSettings


Background = Callable[[ServiceContext], Awaitable[None]]
"""A loop that runs in `work` until it is cancelled."""


@dataclass(frozen=True)
class Service:
    """Everything a service is made of."""

    name: str
    title: str
    settings: type[ServiceSettings]
    metadata: MetaData
    migrations: str
    routers: Sequence[APIRouter]
    subscriptions: Subscriptions
    seeds: Sequence[Seed] = ()
    demo_seeds: Sequence[Seed] = ()
    sandbox_seeds: Sequence[Seed] = ()
    """Of a sandbox alone, after all others."""
    background: Sequence[Background] = ()
    witness: Witness | None = None
    """What the service keeps and tells of the others' audit trails."""
    audit_head: type[Event] | None = None
    """How the head of the audit trail's chain is told to the services that keep it."""
    retention: Retention | None = None
    """How long what is kept; what is due goes by itself."""
    resealing: Stores = field(default_factory=dict)
    """Everything that it keeps sealed, and how each is sealed anew."""
    records_viewed: type[RecordsViewed] | None = None
    """How identity is told who saw whose data here; None at identity itself."""
    invariants: Invariants = field(default_factory=Invariants)
    """What must be true of its records, and which facts it owes others or is owed."""
    measures: Sequence[Measure] = ()
    """What the service tells of its business at /metrics of `work`."""
    processes: Mapping[str, Sequence[Background]] = field(default_factory=dict)
    """Further processes by command, each with loops of its own and nothing of the broker: what must be kept apart."""


def settings_of(request: Request) -> ServiceSettings:
    """The settings of the application that serves this request."""
    return cast(ServiceSettings, request.app.state.settings)


def build_app(service: Service, settings: ServiceSettings) -> FastAPI:
    """The application of `serve`. Raises when a route does not declare who may call it."""
    return _with_routes(service, _bare_app(service, settings, consuming=False))


def describe(service: Service) -> dict[str, Any]:
    """The OpenAPI document of a service. Needs no settings: it is the same wherever the service runs."""
    return _with_routes(service, Application(title=service.title, version=VERSION)).openapi()


def _with_routes(service: Service, app: FastAPI) -> FastAPI:
    for router in service.routers:
        app.include_router(router)
    refuse_undeclared_routes(service.name, (route for router in service.routers for route in router.routes))
    return app


def build_worker(service: Service, settings: ServiceSettings) -> FastAPI:
    """The application of `work`: health and metrics, beside the loops."""
    return _bare_app(service, settings, consuming=True)


def build_process(service: Service, settings: ServiceSettings, command: str) -> FastAPI:
    """The application of one of the service's further processes: health and metrics, beside its loops."""
    return _bare_app(service, settings, consuming=False, command=command)


def _bare_app(service: Service, settings: ServiceSettings, *, consuming: bool, command: str | None = None) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if command:
            process = running_process(service, settings, command)
        else:
            process = running(service, settings, consuming=consuming)
        async with process as database:
            app.state.database = database
            app.state.draining = False
            async with _writing_views(app.state.views, database):
                yield

    app = Application(
        title=service.title,
        version=VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        middleware=[Middleware(RequestContext), Middleware(Deadlines)],
    )
    errors.install(app)
    app.include_router(health.router)
    furnish(app, service, settings)
    return app


@asynccontextmanager
async def _writing_views(views: Views, database: Database) -> AsyncIterator[None]:
    """Write who saw whose data, for as long as requests are served and once more after the last."""
    writing = asyncio.create_task(_forever("views", views.keep_writing, database))
    # Whoever is cancelled before they began would not write at the end.
    await asyncio.sleep(0)
    try:
        yield
    finally:
        await _stop([writing])


def furnish(app: FastAPI, service: Service, settings: ServiceSettings) -> None:
    """Give an application all that follows from its settings, and nothing of what it had before."""
    app.state = State()
    app.state.settings = settings
    app.state.principals = PrincipalVerifier(settings.principal_keys, service.name, takes_tests=settings.sandbox)
    app.state.known_as = KnownAs()
    app.state.schema = Schema(service.migrations)
    app.state.views = Views(service.name, service.records_viewed)
    faults.arm(settings.fault_point)
    clock.follow(settings.sandbox_clock_file)


@asynccontextmanager
async def running(service: Service, settings: ServiceSettings, *, consuming: bool) -> AsyncIterator[Database]:
    """The database of a process, with its loops running beside; they end with the block, the work in hand finished."""
    database = Database(settings, f"{service.name} {'work' if consuming else 'serve'}")
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        loops = [asyncio.create_task(_forever("broker", use_broker, service, settings, database, consuming))]
        if consuming:
            context = ServiceContext(database, settings)
            loops += [asyncio.create_task(_forever(loop.__name__, loop, context)) for loop in service.background]
            if service.retention is not None:
                kept = ("retention", keep_running, database, service.retention)
                loops.append(asyncio.create_task(_forever(*kept)))
            if service.witness is not None:
                loops.append(asyncio.create_task(_forever("held heads", service.witness.keep_telling, database)))
            measures = Measures([*COMMON, *service.measures])
            loops.append(asyncio.create_task(_forever("measures", keep_measuring, database, measures)))
            chained = ("audit chain", chain_entries, database, service.name, service.audit_head)
            loops.append(asyncio.create_task(_forever(*chained)))
        stack.push_async_callback(_stop, loops)
        yield database


@asynccontextmanager
async def running_process(service: Service, settings: ServiceSettings, command: str) -> AsyncIterator[Database]:
    """The database of a further process, with its loops running beside."""
    database = Database(settings, f"{service.name} {command}")
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        context = ServiceContext(database, settings)
        loops = [asyncio.create_task(_forever(loop.__name__, loop, context)) for loop in service.processes[command]]
        stack.push_async_callback(_stop, loops)
        yield database


async def _stop(loops: Sequence["asyncio.Task[None]"]) -> None:
    while running_on := [loop for loop in loops if not loop.done()]:
        for loop in running_on:
            loop.cancel()
        # Once should do, but a cancellation that meets an error on its way out is lost.
        await asyncio.wait(running_on, timeout=CANCEL_AGAIN_SECONDS)


async def use_broker(service: Service, settings: ServiceSettings, database: Database, consuming: bool) -> None:
    """Relay and consume; a broker that is away is waited for."""
    bus = await Bus.connect(settings, service.name)
    try:
        await bus.require_durable()
        await bus.ensure_stream()
        async with asyncio.TaskGroup() as group:

            def begin(name: str, loop: Awaitable[None]) -> None:
                group.create_task(_unending(name, loop), name=name)

            begin("relay", Relay(database, bus, service.name).run())
            if consuming:
                begin("lag", keep_measuring_lag(bus, service.subscriptions.table))
            for subscription in service.subscriptions.table if consuming else ():
                begin(subscription.durable, Consumer(subscription, database, bus, settings).run())
            begin("connection", bus.until_it_leaves())
    except* BrokerLeft:
        log.warning("broker.left")  # whoever runs this runs it again, and so connects anew
    finally:
        await bus.close()


class LoopEnded(Exception):
    """A loop that never ends has ended: something it waited for was cancelled, though nobody asked the loop to stop."""


async def _unending(name: str, loop: Awaitable[None]) -> NoReturn:
    """Run a loop to its end, which is an error unless this task was asked to stop.

    A task that a cancellation from within ended counts as one that somebody cancelled: its group would say nothing, and
    one consumer would be deaf for as long as the process lives.
    """
    try:
        await loop
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
    raise LoopEnded(name)


async def _forever(name: str, loop: Callable[..., Awaitable[None]], *arguments: object) -> None:
    """Run a loop for as long as the process lives, whatever happens to it."""

    async def once() -> None:
        # In a task of its own: with Python 3.11 one whose group has failed counts as asked to stop ever after.
        await asyncio.create_task(_unending(name, loop(*arguments)), name=name)

    while True:
        ended = await tried(once)
        _tell_of_end(name, ended or LoopEnded(name))
        await asyncio.sleep(RESTART_SECONDS)


def _tell_of_end(loop: str, error: Exception) -> None:
    if _passes(error):
        log.warning("loop.interrupted", loop=loop, error=str(error)[:200])
    else:
        log.error("loop.failed", loop=loop, exc_info=error)


def _passes(error: Exception) -> bool:
    """Whether it tells of a broker or a database that is away, as it will twice a second until they are back."""
    if isinstance(error, ExceptionGroup):
        return all(map(_passes, error.exceptions))
    return isinstance(error, BrokerNotDurable | LoopEnded | NatsError | TimeoutError) or is_away(error)
