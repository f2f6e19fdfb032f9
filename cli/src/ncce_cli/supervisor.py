"""Run the platform: start everything in order, watch it, stop everything it started and only that.

PostgreSQL and the broker come first. Then each service goes its own way (migrate, load data, start `serve` and `work`)
while the others go theirs, and the gateway starts meanwhile. Every process also asks the kernel to be ended at our
death, so that even a killed supervisor leaves nothing running.
"""

import asyncio
import contextlib
import logging
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ncce_cli import health, processes
from ncce_cli.children import Child, Impatience, stop_all
from ncce_cli.errors import CommandError, PortTaken
from ncce_cli.parts import GATEWAY, GATEWAY_ADMIN, PARTS, SERVICES, Part
from ncce_cli.preparation import Preparation
from ncce_cli.reporter import Reporter
from ncce_cli.servers import ServerRoom, Servers
from ncce_cli.settings_for import Environments, External
from ncce_cli.state import Home, PlatformState, ProcessState, require_disk_space

WATCH_SECONDS = 0.2
SERVER_PAUSE_SECONDS = 5.0
LOG_BYTES = 20 * 1024 * 1024
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Plan:
    """What is to run, and where."""

    home: Home
    external: External
    port: int
    demo: bool

    @property
    def base_url(self) -> str:
        return f"http://{processes.LOOPBACK}:{self.port}"


class Supervisor:
    """The life of one platform, from start to stop."""

    def __init__(self, plan: Plan, reporter: Reporter) -> None:
        self._plan = plan
        self._reporter = reporter
        self._room = ServerRoom(plan.home, plan.external)
        self._servers = Servers(None, None)
        self._children: dict[str, Child] = {}
        self._impatience = Impatience()
        self._servers_due = 0.0
        self._held = processes.HeldPorts()
        self.was_ready = self._state_is_written = False
        self._started_at = utc_now()
        self._state = PlatformState("starting", plan.base_url, self._started_at)

    async def run(self) -> None:
        """Start, then watch until cancelled or until the start fails; whatever happens, stop what was started."""
        with self._signals_cancel(asyncio.current_task()):
            try:
                await self._start()
                self._state.state = "ready"
                self.was_ready = True
                self._write_state()
                self._reporter.ready()
                await self._watch()
            finally:
                await self._stop()

    @contextlib.contextmanager
    def _signals_cancel(self, task: "asyncio.Task[None] | None") -> Iterator[None]:
        """The first Ctrl-C ends the platform in good order, the second at once."""
        loop = asyncio.get_running_loop()

        def end() -> None:
            if self._state.state == "stopping":
                self._impatience.is_set = True
            elif task:
                self._state.state = "stopping"
                task.cancel()

        for number in ENDING_SIGNALS:
            loop.add_signal_handler(number, end)
        try:
            yield
        finally:
            for number in ENDING_SIGNALS:
                loop.remove_signal_handler(number)

    async def _start(self) -> None:
        ports = choose_ports(self._plan.port, self._held)
        self._reporter.stage("starting PostgreSQL and nats-server")
        self._servers = self._room.start()
        self._write_state()
        connections = await self._room.connections(self._servers)
        environments = Environments(self._plan.home, connections, ports)
        for part in PARTS:
            log = rotated(self._plan.home, part.name)
            self._children[part.name] = Child(part, ports[part.name], environments.of(part), log)
        gateway = self._children[Part(GATEWAY, "serve").name].environment
        self._state.gateway_admin_port = int(gateway["GATEWAY_ADMIN_PORT"])
        preparation = Preparation(self._plan.home, self._reporter, self._plan.demo)
        async with first_error(), asyncio.TaskGroup() as group:
            group.create_task(self._bring_up(Part(GATEWAY, "serve")))
            for service in SERVICES:
                database, migrating = connections.identities.get(service), environments.to_migrate(service)
                group.create_task(self._bring_up_service(service, preparation, database, migrating))

    async def _bring_up_service(
        self, service: str, preparation: Preparation, database: str | None, migrating: Mapping[str, str]
    ) -> None:
        environment = self._children[Part(service, "serve").name].environment
        await preparation.prepare(service, database, migrating, environment)
        await asyncio.gather(*(self._bring_up(part) for part in PARTS if part.member == service))

    async def _bring_up(self, part: Part) -> None:
        child = self._children[part.name]
        child.start()
        self._note(child, "starting")
        await child.until_ready()
        self._note(child, "ready")

    def _note(self, child: Child, state: str) -> None:
        """Record what became of a child."""
        pid = child.process.pid if child.process and state != "restarting" else None
        entry = ProcessState(child.part.name, pid, child.port, state, utc_now(), child.restarts)
        before = self._state.processes.get(child.part.name)
        if before and before.pid == pid:
            entry.started_at = before.started_at
        self._state.processes[child.part.name] = entry
        self._write_state()

    def _write_state(self) -> None:
        for entry in self._servers.states(self._started_at):
            known = self._state.processes.get(entry.name)
            if known is None or known.pid != entry.pid:
                entry.restarts = known.restarts + 1 if known else 0
                entry.started_at = utc_now()
                self._state.processes[entry.name] = entry
        if self._servers.broker:
            self._state.monitor_url = self._servers.broker.monitor_url
        self._state_is_written = False
        self._state.write(self._plan.home)
        self._state_is_written = True

    async def _watch(self) -> None:
        """Start again what dies, for ever. A full disk passes, and we are needed when it has."""
        while True:
            try:
                self._tend_servers()
                for child in self._children.values():
                    await self._tend(child)
                if not self._state_is_written:
                    self._write_state()
            except OSError as error:
                self._reporter.note(f"{error}; going on")
            await asyncio.sleep(WATCH_SECONDS)

    def _tend_servers(self) -> None:
        if time.monotonic() < self._servers_due:
            return
        try:
            for name in self._room.restart_dead(self._servers):
                self._reporter.note(f"{name} had died and was started again")
                self._write_state()
        except (CommandError, OSError) as error:
            self._reporter.note(f"{error}; trying again in {SERVER_PAUSE_SECONDS:g} s")
            self._servers_due = time.monotonic() + SERVER_PAUSE_SECONDS

    async def _tend(self, child: Child) -> None:
        now = time.monotonic()
        state = self._state.processes[child.part.name].state
        if child.due is not None and now >= child.due:
            child.restarts += 1
            child.start()
            self._note(child, "starting")
        elif child.due is None and child.has_died():
            code = child.process.returncode if child.process else None
            delay = child.plan_restart(now)
            self._reporter.note(f"{child.part.name} died (exit code {code}); starting it again in {delay:g} s")
            self._note(child, "restarting")
        elif state == "starting" and await health.is_ready(child.port):
            self._note(child, "ready")

    async def _stop(self) -> None:
        """The gateway first, so that no new work comes in; then the services; the servers last."""
        self._state.state = "stopping"
        self._reporter.stage("stopping")
        gateway = [child for child in self._children.values() if child.part.member == GATEWAY]
        others = [child for child in self._children.values() if child.part.member != GATEWAY]
        await stop_all(gateway, self._impatience)
        await stop_all(others, self._impatience)
        self._servers.stop()
        self._held.release()
        self._plan.home.state.unlink(missing_ok=True)


@contextlib.asynccontextmanager
async def first_error() -> AsyncIterator[None]:
    """Of several tasks that failed together, raise the first error alone."""
    try:
        yield
    except BaseExceptionGroup as group:
        error: BaseException = group
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        raise error from None


def utc_now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def choose_ports(gateway_port: int, held: processes.HeldPorts) -> dict[str, int]:
    """A port for every process: the gateway's as asked, the others wherever there is room, held for as long as we live.

    They are used only when a service's data is loaded, which is long enough for somebody else to draw the same.
    """
    gateway = Part(GATEWAY, "serve").name
    inner = [*(part.name for part in PARTS if part.name != gateway), GATEWAY_ADMIN]
    return {gateway: gateway_port, **dict(zip(inner, held.draw(len(inner), but=gateway_port), strict=True))}


def rotated(home: Home, name: str) -> Path:
    """The log file of a process, its predecessor moved aside when it has grown large."""
    log = home.log(name)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".old.log"))
    return log


def check_before_start(plan: Plan) -> None:
    """Everything that can be refused up front is refused here, before anything runs."""
    require_disk_space(plan.home)
    if not processes.is_free(plan.port, os.environ.get("GATEWAY_HOST", processes.LOOPBACK)):
        raise PortTaken(
            f"Port {plan.port} is taken by another program: stop that, or choose another port with NCCE_PORT."
        )


def supervise(plan: Plan, reporter: Reporter) -> bool:
    """Run a platform until a signal ends it; whether it had become ready. CommandError when it cannot start."""
    # A job that ends by itself just as it is told to is reaped by whoever tells it, and asyncio warns that its watcher
    # does not know the process: a second line beside the sentence that says why a start failed.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    plan.home.make()
    lock = plan.home.acquire()
    try:
        check_before_start(plan)
        supervisor = Supervisor(plan, reporter)
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(supervisor.run())
        return supervisor.was_ready
    except CommandError as error:
        reporter.failed(str(error), error.exit_code)
        raise
    finally:
        os.close(lock)
