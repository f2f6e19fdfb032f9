"""`ncce logs`: the log files of all processes as one, each line with the name of its process."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

from ncce_cli.errors import CommandError
from ncce_cli.state import Home, home_of_environment

LINES_EACH = 40
POLL_SECONDS = 0.3
COLOURS = ("cyan", "green", "magenta", "blue", "yellow", "bright_cyan", "bright_green", "bright_magenta")


class Follower:
    """Reads what is added to one file, line by line."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self._path = path
        self._position = 0
        self._rest = b""

    def last(self, lines: int) -> list[str]:
        """The newest lines; what comes later is for `new`."""
        content = self._path.read_bytes()
        self._position = len(content)
        return content.decode(errors="replace").splitlines()[-lines:]

    def new(self) -> Iterator[str]:
        size = self._path.stat().st_size if self._path.exists() else 0
        if size < self._position:  # moved aside for being large: the file is a new one
            self._position = 0
        if size > self._position:
            with self._path.open("rb") as file:
                file.seek(self._position)
                added = self._rest + file.read()
                self._position = file.tell()
            *whole, self._rest = added.split(b"\n")
            yield from (line.decode(errors="replace") for line in whole)


def log_files(home: Home, wanted: str | None) -> dict[str, Path]:
    """The log files by the name of their process; all of a service's when `wanted` names the service."""
    files = {path.stem: path for path in sorted(home.logs.glob("*.log")) if not path.stem.endswith(".old")}
    files |= {path.stem: path for path in (home.postgres / "postgres.log", home.nats / "nats.log") if path.exists()}
    if wanted is None:
        return files
    chosen = {name: path for name, path in files.items() if name == wanted or name.startswith(f"{wanted}-")}
    if not chosen:
        known = ", ".join(files) or "none yet"
        raise CommandError(f"There is no log of {wanted} in {home.logs}; there are: {known}.")
    return chosen


def logs(console: Console, wanted: str | None, follow: bool) -> None:
    """Print the newest lines of each log, then, if asked, what is added, until Ctrl-C."""
    files = log_files(home_of_environment(), wanted)
    followers = [Follower(name, path) for name, path in files.items()]
    width = max((len(name) for name in files), default=0)
    colours = {follower.name: COLOURS[number % len(COLOURS)] for number, follower in enumerate(followers)}

    def show(name: str, line: str) -> None:
        console.print(Text.assemble((f"{name:<{width}} | ", colours[name]), line), soft_wrap=True)

    for follower in followers:
        for line in follower.last(LINES_EACH):
            show(follower.name, line)
    with contextlib.suppress(KeyboardInterrupt):
        while follow:
            for follower in followers:
                for line in follower.new():
                    show(follower.name, line)
            time.sleep(POLL_SECONDS)
