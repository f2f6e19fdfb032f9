"""One process that serves, or several that share a port and the limits."""

import asyncio
import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress

import structlog
import uvicorn
import uvloop

from gateway.admin.app import admin_app
from gateway.app import create_app, reload
from gateway.control.events import Events
from gateway.control.routing_file import RoutingWrong
from gateway.front import Gateway
from gateway.policy.buckets import Store
from gateway.policy.shared_buckets import SharedStore
from gateway.settings import Settings

COLLECT = (50_000, 20, 50)
"""The garbage collector's thresholds: requests leave next to no cycles."""
RESTART_SECONDS = 0.5
PARENT_CHECK_SECONDS = 1.0
STOPPING = (signal.SIGTERM, signal.SIGINT)

log = structlog.get_logger(__name__)


def run(settings: Settings) -> int:
    """Serve until told to stop; the signal that said so."""
    if settings.processes == 1:
        return uvloop.run(serve(settings))
    return _run_several(settings)


async def serve(settings: Settings, store: Store | None = None, index: int = 0, parent: int = 0) -> int:
    """One process's work until a signal says stop; the signal."""
    told: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    gateway = create_app(settings, store=store)
    # What exists now stays; the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)
    _heed_signals(told, lambda: _reload(gateway, settings))
    await gateway.listen([open_socket(settings)])
    beside = [asyncio.create_task(work) for work in _beside(gateway, settings, index)]
    if parent:
        beside.append(asyncio.create_task(_end_with(parent, told)))
    stopped_by = await told
    log.info("process.stopping", kind="serve")
    await gateway.stop()
    for task in beside:
        task.cancel()
    await asyncio.gather(*beside, return_exceptions=True)
    return stopped_by


def open_socket(settings: Settings) -> socket.socket:
    """The listening socket; several processes may have one each on the same port."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family, reuse_port=True)


def _heed_signals(told: "asyncio.Future[int]", on_hangup: Callable[[], None]) -> None:
    def stop(by: int) -> None:
        if not told.done():
            told.set_result(by)

    loop = asyncio.get_running_loop()
    for number in STOPPING:
        loop.add_signal_handler(number, stop, number)
    loop.add_signal_handler(signal.SIGHUP, on_hangup)


def _reload(gateway: Gateway, settings: Settings) -> None:
    try:
        reload(gateway, settings)
        log.info("routing.reloaded")
    except RoutingWrong as error:
        log.error("routing.kept", reason=str(error))


def _beside(gateway: Gateway, settings: Settings, index: int) -> Iterator[Coroutine[None, None, None]]:
    """What runs beside the serving of requests."""
    if settings.nats_url is not None:
        yield Events(settings.nats_url, gateway.authenticator).run()
    if settings.admin_port:
        app = admin_app(gateway, lambda: reload(gateway, settings))
        port = settings.admin_port + index
        yield AdminServer(uvicorn.Config(app, port=port, log_config=None, access_log=False, lifespan="off")).serve()


class AdminServer(uvicorn.Server):
    """uvicorn without a say in how the process ends."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """They are the gateway's."""
        yield


async def _end_with(parent: int, told: "asyncio.Future[int]") -> None:
    """Stop when the process that started us is gone, which takes its others along."""
    while os.getppid() == parent:  # noqa: ASYNC110  the kernel tells nobody's loop
        await asyncio.sleep(PARENT_CHECK_SECONDS)
    if not told.done():
        told.set_result(signal.SIGTERM)


def _run_several(settings: Settings) -> int:
    """Fork the processes, replace those that die, pass signals on, and end when all have ended."""
    store = SharedStore(settings.processes)
    children: dict[int, int] = {}
    stopped_by = 0

    def pass_on(number: int, _: object) -> None:
        nonlocal stopped_by
        if number in STOPPING:
            stopped_by = number
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, number)

    for number in (*STOPPING, signal.SIGHUP):
        signal.signal(number, pass_on)
    for index in range(settings.processes):
        children[_fork(settings, store, index)] = index
    while children:
        pid, status = os.wait()
        index = children.pop(pid)
        if not stopped_by:
            log.error("process.died", index=index, status=status)
            time.sleep(RESTART_SECONDS)
            children[_fork(settings, store, index)] = index
    return stopped_by


def _fork(settings: Settings, store: SharedStore, index: int) -> int:
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    for number in (*STOPPING, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    store.column = index
    uvloop.run(serve(settings, store, index, parent))
    sys.stdout.flush()
    os._exit(0)
