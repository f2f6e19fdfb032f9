"""Small disks of memory that fill up and are emptied again, each under one part of a platform's state directory."""

import asyncio
import errno
import random
import shutil
import subprocess
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

import asyncpg

from ncce_cli.errors import MissingTool
from ncce_cli.postgres import PASSWORD_FILE, SUPERUSER, url_at

NEEDED = "A full disk needs root, to be able to mount one."
MEGABYTES = {"": 560, "postgres": 600, "nats": 48, "evidence": 8}
"""By folder of the state directory; the first holds logs, keys, mail and what is written of the platform's state."""
HOG = "hog"
PIECE = bytes(1 << 16)
FILL_SECONDS = 0.05


class Disk:
    """One of them; whoever mounts must be root."""

    def __init__(self, place: Path, megabytes: int) -> None:
        self.place, self.name = place, place.name
        place.mkdir(parents=True, exist_ok=True)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=711", "tmpfs", str(place)]
        done = subprocess.run(mount, capture_output=True, text=True)
        if done.returncode:
            raise MissingTool(f"{NEEDED} {done.stderr.strip()}")

    def fill(self) -> None:
        """Take all the room that there is."""
        with (self.place / HOG).open("ab", buffering=0) as hog:
            length = len(PIECE)
            while length:
                try:
                    hog.write(PIECE[:length])
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                    length //= 2

    def empty(self) -> None:
        """Give the room back."""
        (self.place / HOG).unlink(missing_ok=True)

    def unmount(self) -> None:
        """Let it go, with all that is on it."""
        subprocess.run(["umount", "-l", str(self.place)], check=True)


class Disks:
    """A home whose parts are on disks of their own, of which one or all are full at times."""

    def __init__(self, seed: int) -> None:
        self.chosen = random.Random(seed)
        self.filled: Counter[str] = Counter()
        self._folder = Path(tempfile.mkdtemp(prefix="ncce-disks-", dir="/var/tmp"))
        self._folder.chmod(0o711)
        self.home = self._folder / "home"
        self._disks = [Disk(self.home / folder, size) for folder, size in MEGABYTES.items()]

    async def fill_for_a_while(self, most_seconds: float) -> str:
        """One of them, or all, have no room for so long; which."""
        disks = self._disks if self.chosen.random() < 1 / 5 else [self.chosen.choice(self._disks)]
        name = "all" if len(disks) > 1 else disks[0].name
        self.filled[name] += 1
        try:
            async with asyncio.timeout(self.chosen.uniform(most_seconds / 4, most_seconds)):
                while True:  # whoever gives room back loses it again
                    for disk in disks:
                        await asyncio.to_thread(disk.fill)
                    if any(disk.name == "postgres" for disk in disks):
                        await self._use_up()
                    await asyncio.sleep(FILL_SECONDS)
        except TimeoutError:
            pass
        finally:
            for disk in disks:
                disk.empty()
        return name

    async def _use_up(self) -> None:
        """Make the database need what minutes of load would: the next file of its log."""
        with suppress(OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError):
            port = int((self.home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[3])
            password = (self.home / "postgres" / PASSWORD_FILE).read_text()
            connection = await asyncpg.connect(url_at(port, SUPERUSER, password, "postgres"), timeout=5)
            try:
                await connection.execute("SELECT pg_logical_emit_message(false, 'disk', 'full')")
                await connection.execute("SELECT pg_switch_wal()")
            finally:
                await connection.close(timeout=5)

    def close(self) -> None:
        """Unmount, and remove what is left."""
        for disk in reversed(self._disks):
            disk.unmount()
        with suppress(FileNotFoundError):
            shutil.rmtree(self._folder)
