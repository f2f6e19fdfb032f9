"""One process that serves, or several that share a port and the limits."""

import asyncio
import gc
import os
import signal
import socket
import ssl
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from importlib import import_module

import uvloop

from chassis.tls import Certificate
from chassis.tracing import open_recorder
from gateway.admin.app import Admin
from gateway.app import create_app, reload
from gateway.control.routing_file import RoutingWrong
from gateway.front import Gateway
from gateway.logs import Log
from gateway.policy.buckets import Store
from gateway.policy.shared_buckets import SharedStore
from gateway.policy.shared_endings import SharedEndings
from gateway.settings import Settings
from gateway.traces import Traces

COLLECT = (50_000, 20, 50)
"""The garbage collector's thresholds: requests leave next to no cycles."""
RESTART_SECONDS = 0.5
BESIDE_SECONDS = 2.0
"""For what runs beside the serving of requests to end when the process does."""
PARENT_CHECK_SECONDS = 1.0
EVENTS = "gateway.control.events"
STOPPING = (signal.SIGTERM, signal.SIGINT)

log = Log(__name__)


def run(settings: Settings) -> int:
    """Serve until told to stop; the signal that said so."""
    if settings.nats_url is not None:
        # Loaded only where there is a broker: with what its client brings along it is a fifth of a process. And before
        # there are several, so that they share it.
        import_module(EVENTS)
    if settings.processes == 1:
        return uvloop.run(serve(settings))
    return _run_several(settings)


async def serve(
    settings: Settings,
    store: Store | None = None,
    endings: SharedEndings | None = None,
    index: int = 0,
    parent: int = 0,
) -> int:
    """One process's work until a signal says stop; the signal."""
    told: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    gateway = create_app(settings, store=store, endings=endings)
    if settings.otlp_url:
        # After the fork: it has a thread.
        gateway.traces = Traces(open_recorder(settings.otlp_url, "gateway"), settings.traced_share)
    # What exists now stays; the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)
    _heed_signals(told, lambda: _reload(gateway, settings))
    certificate = certificate_of(settings)
    tls = None if certificate is None else certificate.context()
    await gateway.listen([open_socket(settings)], tls)
    admin = await _show_operators(gateway, settings, index, tls)
    beside = [asyncio.create_task(work) for work in _beside(gateway, settings)]
    if certificate is not None and tls is not None:
        beside.append(asyncio.create_task(certificate.keep_renewing(tls, log)))
    if parent:
        beside.append(asyncio.create_task(_end_with(parent, told)))
    stopped_by = await told
    log.info("process.stopping", kind="serve")
    await gateway.stop()
    if gateway.traces is not None:
        await asyncio.to_thread(gateway.traces.recorder.close)
    if admin is not None:
        admin.server.close()
    for task in beside:
        task.cancel()
    # Not for ever: a library may swallow the cancellation if it comes at the wrong moment.
    await asyncio.wait(beside, timeout=BESIDE_SECONDS)
    return stopped_by


def open_socket(settings: Settings) -> socket.socket:
    """The listening socket; several processes may have one each on the same port."""
    return socket.create_server((settings.host, settings.port), family=_family(settings.host), reuse_port=True)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def certificate_of(settings: Settings) -> Certificate | None:
    """What the gateway proves itself to clients with, if it speaks TLS by itself."""
    if settings.tls_certificate is None or settings.tls_key is None:
        return None
    return Certificate(settings.tls_certificate, settings.tls_key)


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


def _beside(gateway: Gateway, settings: Settings) -> Iterator[Coroutine[None, None, None]]:
    """What runs beside the serving of requests."""
    yield gateway.authenticator.keys.keep_current()
    if settings.nats_url is not None:
        events = import_module(EVENTS)
        yield events.Events(settings.nats_url, gateway.authenticator, settings.nats_ca_file).run()


async def _show_operators(gateway: Gateway, settings: Settings, index: int, tls: ssl.SSLContext | None) -> Admin | None:
    if not settings.admin_port:
        return None
    admin = Admin(gateway, settings, lambda: reload(gateway, settings))
    host, port = settings.admin_host, settings.admin_port + index
    await admin.server.listen([socket.create_server((host, port), family=_family(host))], tls)
    return admin


async def _end_with(parent: int, told: "asyncio.Future[int]") -> None:
    """Stop when the process that started us is gone, which takes its others along."""
    while os.getppid() == parent:  # noqa: ASYNC110  the kernel tells nobody's loop
        await asyncio.sleep(PARENT_CHECK_SECONDS)
    if not told.done():
        told.set_result(signal.SIGTERM)


def _run_several(settings: Settings) -> int:
    """Fork the processes, replace those that die, pass signals on, and end when all have ended."""
    shared = SharedStore(settings.processes), SharedEndings(settings.processes)
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
    # What is loaded now is shared by all of them as long as nobody writes there, the garbage collector included.
    gc.collect()
    gc.freeze()
    for index in range(settings.processes):
        children[_fork(settings, *shared, index)] = index
    while children:
        pid, status = os.wait()
        index = children.pop(pid)
        if not stopped_by:
            log.error("process.died", index=index, status=status)
            time.sleep(RESTART_SECONDS)
            children[_fork(settings, *shared, index)] = index
    return stopped_by


def _fork(settings: Settings, store: SharedStore, endings: SharedEndings, index: int) -> int:
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    for number in (*STOPPING, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    store.column = endings.column = index
    uvloop.run(serve(settings, store, endings, index, parent))
    sys.stdout.flush()
    os._exit(0)
