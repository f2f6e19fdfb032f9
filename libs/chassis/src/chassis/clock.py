"""The time. Instants are aware UTC; calendar days are England's.

In a sandbox, and nowhere else, the platform's time runs ahead of the real one by what a file says that all its
processes read. Whatever somebody outside compares with a clock of their own (a signature, a token, a code of an
authenticator app) goes by `real`.
"""

import asyncio
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ENGLAND = ZoneInfo("Europe/London")
LOOK_SECONDS = 0.25
LONGEST_AHEAD = timedelta(days=1500)
_NOT_AHEAD = timedelta(0)


class ClockNotMovable(RuntimeError):
    """The time of a live platform is the real one."""


@dataclass
class _Ahead:
    """By how much a file says that time is ahead; read again when it is another file."""

    path: Path
    seen: tuple[int, int] | None = None
    by: timedelta = _NOT_AHEAD

    def read(self) -> timedelta:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return _NOT_AHEAD
        if (found.st_ino, found.st_mtime_ns) != self.seen:
            self.by = timedelta(seconds=int(self.path.read_text()))
            self.seen = (found.st_ino, found.st_mtime_ns)
        return self.by


_ahead: _Ahead | None = None


def follow(path: Path | None) -> None:
    """Go by this file from now on, or by the real time alone."""
    global _ahead
    _ahead = None if path is None else _Ahead(path)


def real() -> datetime:
    """This instant as everybody's clocks show it, aware UTC."""
    return datetime.now(UTC)


def ahead() -> timedelta:
    """By how much the platform's time is ahead of the real one; nothing, but in a sandbox whose clock was moved."""
    return _NOT_AHEAD if _ahead is None else _ahead.read()


def now() -> datetime:
    """This instant, aware UTC."""
    return real() + ahead()


def today() -> date:
    """The calendar day in England, by which effective dates and deadlines are read."""
    return now().astimezone(ENGLAND).date()


def move(by: timedelta) -> None:
    """Let the platform's time be so much ahead, for all processes that follow the same file. ClockNotMovable if none.

    ValueError when that would be before the real time or too far ahead of it.
    """
    if _ahead is None:
        raise ClockNotMovable
    if not _NOT_AHEAD <= by <= LONGEST_AHEAD:
        raise ValueError(f"the clock can be 0 to {LONGEST_AHEAD.days} days ahead")
    new = _ahead.path.with_name(f"{_ahead.path.name}.{os.getpid()}.new")
    new.write_text(str(int(by.total_seconds())))
    new.replace(_ahead.path)


async def pause(seconds: float) -> None:
    """Wait for real seconds, or until somebody moves the clock: what is due by then is looked for at once."""
    if _ahead is None:
        await asyncio.sleep(seconds)
        return
    before = ahead()
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while ahead() == before and (left := until - loop.time()) > 0:  # noqa: ASYNC110  files tell it no other way
        await asyncio.sleep(min(left, LOOK_SECONDS))
