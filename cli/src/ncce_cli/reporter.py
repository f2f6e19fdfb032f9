"""Tell the person at the terminal how far a start has come.

The supervisor speaks to a `Reporter`. In the foreground that draws on the terminal; a detached supervisor writes the
same as JSON lines into a pipe, which the waiting `./ncce up --detach` reads and draws.
"""

import contextlib
import json
from types import TracebackType
from typing import IO, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn


class Reporter(Protocol):
    def stage(self, text: str) -> None:
        """Something has begun."""

    def progress(self, service: str, step: str, done: int, total: int) -> None:
        """A step of loading data has come so far."""

    def ready(self) -> None:
        """Everything runs."""

    def note(self, text: str) -> None:
        """Something worth knowing happened to a running platform."""

    def failed(self, message: str, exit_code: int) -> None:
        """The start was given up."""


class TerminalReporter:
    """Draws bars on a terminal; writes one line per finished step where there is none."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars: dict[tuple[str, str], TaskID] = {}
        self._columns = Progress(
            SpinnerColumn(finished_text="[green]✓[/]"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            console=console,
            transient=False,
        )
        self._drawing = False

    def __enter__(self) -> "TerminalReporter":
        if self._console.is_terminal:
            self._columns.start()
            self._drawing = True
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def _end(self) -> None:
        if self._drawing:
            self._columns.stop()
            self._drawing = False

    def stage(self, text: str) -> None:
        self._console.print(f"[dim]·[/] {text}", highlight=False)

    def progress(self, service: str, step: str, done: int, total: int) -> None:
        if self._drawing:
            bar = self._bars.get((service, step))
            if bar is None:
                bar = self._bars[service, step] = self._columns.add_task(f"{service}: {step}")
            self._columns.update(bar, completed=done, total=total)
        elif done >= total:
            self._console.print(f"  {service}: {step}, {total:,} rows", highlight=False)

    def ready(self) -> None:
        self._end()

    def note(self, text: str) -> None:
        self._console.print(f"[yellow]![/] {text}", highlight=False)

    def failed(self, message: str, exit_code: int) -> None:
        self._end()


class PipeReporter:
    """Writes each call as one JSON line; a reader that has gone away is not missed."""

    def __init__(self, pipe: IO[str]) -> None:
        self._pipe = pipe

    def _send(self, **event: str | int) -> None:
        with contextlib.suppress(BrokenPipeError, ValueError):
            self._pipe.write(json.dumps(event) + "\n")
            self._pipe.flush()

    def stage(self, text: str) -> None:
        self._send(event="stage", text=text)

    def progress(self, service: str, step: str, done: int, total: int) -> None:
        self._send(event="progress", service=service, step=step, done=done, total=total)

    def ready(self) -> None:
        self._send(event="ready")
        with contextlib.suppress(BrokenPipeError):
            self._pipe.close()

    def note(self, text: str) -> None:
        self._send(event="note", text=text)

    def failed(self, message: str, exit_code: int) -> None:
        self._send(event="failed", message=message, exit_code=exit_code)
