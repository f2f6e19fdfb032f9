"""The processes of the platform: started, watched, started again when they die."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ncce_cli import health, processes
from ncce_cli.errors import ServiceFailed
from ncce_cli.parts import ROOT, Part

READY_SECONDS = 120.0
STOP_SECONDS = 15.0
FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0
STEADY_SECONDS = 10.0  # after so long alive a process is trusted again: it had started, and died of something else
POLL_SECONDS = 0.05


@dataclass
class Child:
    """One process and its history."""

    part: Part
    port: int
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    started: float = 0.0
    restarts: int = 0
    delay: float = FIRST_DELAY_SECONDS
    due: float | None = None  # when to start again, in monotonic seconds; None while alive

    def start(self) -> None:
        self.process = processes.spawn(
            [sys.executable, *self.part.arguments],
            log=self.log,
            environment=self.environment,
            directory=ROOT,
            death_signal=signal.SIGTERM,
        )
        self.started = time.monotonic()
        self.due = None

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self, now: float) -> float:
        """Decide when to start again: at once-ish for a first death, ever later for one that keeps dying."""
        if now - self.started > STEADY_SECONDS:
            self.delay = FIRST_DELAY_SECONDS
        planned = self.delay
        self.due = now + planned
        self.delay = min(self.delay * 2, LONGEST_DELAY_SECONDS)
        return planned

    async def until_ready(self) -> None:
        """Return when the process answers that it is ready; ServiceFailed when it dies or takes too long."""
        deadline = self.started + READY_SECONDS
        while not await health.is_ready(self.port):
            if self.has_died():
                code = self.process.returncode if self.process else None
                words = processes.last_words(self.log)
                raise ServiceFailed(f"{self.part.name} ended while starting (exit code {code}): {words}")
            if time.monotonic() > deadline:
                raise ServiceFailed(
                    f"{self.part.name} was not ready after {READY_SECONDS:.0f} s: its log is {self.log}."
                )
            await asyncio.sleep(POLL_SECONDS)


class Impatience:
    """Set by a second Ctrl-C: whoever waits for an orderly end stops waiting."""

    def __init__(self) -> None:
        self.is_set = False


async def stop_all(children: Iterable[Child], impatience: Impatience) -> None:
    """Ask all to end together, wait for them, kill what is left."""
    running = [child.process for child in children if child.process and child.process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    while any(process.poll() is None for process in running):
        if impatience.is_set or time.monotonic() > deadline:
            for process in running:
                process.kill()
                process.wait()
            return
        await asyncio.sleep(POLL_SECONDS)
