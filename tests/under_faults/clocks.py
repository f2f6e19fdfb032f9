"""Wall clocks of a platform's processes that jump: forward, back, and over midnight; of one process, or of all."""

import mmap
import random
import shlex
import shutil
import struct
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ncce_cli.postgres_programs import find_programs, reachable_programs
from platform_harness import Platform
from under_faults.machine import compiled

SLOTS, NUMBER = 65536, struct.Struct("=q")
HOUR, DAY = 3600, 86_400
ALL = 0.3
"""How often everybody's clock jumps, as when the machine's date is set."""
BEFORE_MIDNIGHT_SECONDS = 3


class Clocks:
    """By how much each process is ahead of the true time, in a file that all of them look into."""

    def __init__(self, seed: int) -> None:
        self.chosen = random.Random(seed)
        self.jumped: Counter[str] = Counter()
        self._folder = folder = Path(tempfile.mkdtemp(prefix="ncce-clocks-", dir="/var/tmp"))
        self._library = compiled(Path(__file__).with_name("jumping_clock.c"), folder)
        self._table = folder / "clocks"
        self._table.write_bytes(bytes(SLOTS * NUMBER.size))
        for path in (folder, self._table, self._library):
            path.chmod(0o755)  # the database is another user's
        with self._table.open("r+b") as file:
            self._numbers = mmap.mmap(file.fileno(), 0)

    @property
    def variables(self) -> dict[str, str]:
        """With these a platform's processes have such clocks; the database by programs of ours around its own."""
        preload = {"LD_PRELOAD": str(self._library), "CLOCK_TABLE": str(self._table)}
        return preload | {"PG_BIN": str(self._around_postgres(preload))}

    def _around_postgres(self, preload: dict[str, str]) -> Path:
        """The server is started with an environment of its own."""
        programs, wrapped = reachable_programs(find_programs()), self._folder / "programs"
        wrapped.mkdir(exist_ok=True)
        assigned = " ".join(shlex.quote(f"{name}={value}") for name, value in preload.items())
        for name in ("initdb", "postgres"):
            (wrapped / name).write_text(f'#!/bin/sh\nexec env {assigned} {shlex.quote(str(programs / name))} "$@"\n')
            (wrapped / name).chmod(0o755)
        wrapped.chmod(0o755)
        return wrapped

    def put_ahead(self, pid: int, seconds: int) -> None:
        """From now on; zero for everybody."""
        NUMBER.pack_into(self._numbers, pid % SLOTS * NUMBER.size, seconds)

    def jump(self, platform: Platform) -> tuple[str, int]:
        """Whose clock jumped, and by how many seconds it is ahead now."""
        everybody = self.chosen.random() < ALL
        living = {name: one.pid for name, one in sorted(platform.state.processes.items()) if one.pid and name != "nats"}
        name = "all" if everybody else self.chosen.choice(list(living))
        seconds = self.chosen.choice((HOUR, -HOUR, DAY, -DAY, to_midnight(datetime.now(UTC))))
        self.put_ahead(0 if everybody else living[name], seconds)
        self.jumped[name] += 1
        return name, seconds

    def go_right(self) -> None:
        """Everybody has the true time again: one more jump."""
        self._numbers[:] = bytes(len(self._numbers))

    def close(self) -> None:
        """Remove the file. Who still looks into it has it until its end."""
        self._numbers.close()
        shutil.rmtree(self._folder)


def to_midnight(now: datetime) -> int:
    """How far to go so that a day ends at once."""
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((tomorrow - now).total_seconds()) - BEFORE_MIDNIGHT_SECONDS
