"""A machine whose power can be cut: Debian's user-mode-linux on a disk of its own, in a process of ours.

It sees our files, which it cannot write, and one disk. What its programs have written and not synced is in its own page
cache, which dies with it: SIGKILL for its processes is a power cut for what they run.
"""

import asyncio
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ncce_cli import processes
from ncce_cli.debian import unpack
from ncce_cli.errors import MissingTool
from ncce_cli.parts import ROOT
from ncce_cli.postgres_programs import find_programs, reachable_programs

HOME = ROOT / ".tools" / "user-mode-linux"
NEEDED = "A power cut needs user-mode-linux: apt-get and dpkg to take it out of Debian's package, mkfs.ext4 and gcc."
MEMORY, DISK_BYTES = "768M", 2 * 1024**3
SAID = re.compile(rb"ncce: (.*?)\r?\n")


def compiled(source: Path, folder: Path) -> Path:
    """A library to be loaded before all others, made by the machine's compiler. MissingTool."""
    if not shutil.which("gcc"):
        raise MissingTool(f"{source.name} is to be compiled: install Debian's package gcc (and libc6-dev).")
    made = folder / f"{source.stem}.so"
    subprocess.run(["gcc", "-O2", "-shared", "-fPIC", "-o", str(made), str(source), "-ldl"], check=True)
    return made


class Machine:
    """One machine and its disk; off at first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._program = bring()
        self._registers = compiled(Path(__file__).with_name("whole_registers.c"), folder)
        self.console = folder / "console"
        self._disk = folder / "disk"
        with self._disk.open("wb") as file:
            file.truncate(DISK_BYTES)
        mkfs = shutil.which("mkfs.ext4", path="/usr/sbin:/sbin:/usr/bin:/bin")
        if mkfs is None:
            raise MissingTool(NEEDED)
        subprocess.run([mkfs, "-q", "-F", str(self._disk)], check=True)

    async def boot(self, hear: Callable[[list[str]], None], module: str, *arguments: str) -> None:
        """Power on; `python -m module …` is its first process, and each line that it says is heard, word by word."""
        first = self._folder / "first"
        first.write_text(self._script([sys.executable, "-m", module, *arguments]))
        first.chmod(0o755)
        command = [
            str(self._program),
            f"mem={MEMORY}",
            f"ubd0={self._disk}",
            "root=/dev/root",
            "rootfstype=hostfs",
            "rootflags=/",
            "ro",
            f"init={first}",
            f"uml_dir={self._folder}/",
            "con=null",
            "con0=null,fd:1",
            "quiet",
        ]
        self._process = await asyncio.create_subprocess_exec(
            *processes.bound_to_us(command, signal.SIGKILL),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self._folder), "LD_PRELOAD": str(self._registers)},
        )
        self._listening = asyncio.create_task(self._listen(hear))

    def _script(self, command: list[str]) -> str:
        programs = reachable_programs(find_programs())
        variables = {
            "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin",
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PG_BIN": str(programs),
            "HOME": "/dev/shm",  # noqa: S108  in the machine's own memory
            "TMPDIR": "/dev/shm",  # noqa: S108
        }
        set_out = "".join(f"export {name}={shlex.quote(value)}\n" for name, value in variables.items())
        return f"#!/bin/sh\n{set_out}exec {shlex.join(command)}\n"

    async def _listen(self, hear: Callable[[list[str]], None]) -> None:
        assert self._process.stdout is not None
        with self.console.open("ab", buffering=0) as console:
            async for line in self._process.stdout:
                console.write(line)
                if found := SAID.search(line):
                    hear(found[1].decode().split())

    @property
    def is_on(self) -> bool:
        """Whether it has not ended by itself."""
        return self._process.returncode is None

    async def cut(self) -> None:
        """Cut the power, and hear what it had said by then."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._listening
        await self._process.wait()

    def last_words(self) -> str:
        """The end of what it printed."""
        return self.console.read_text(errors="replace")[-3000:]


def bring() -> Path:
    """The machine's program, unpacked first where it is missing and may be. MissingTool."""
    program = HOME / "usr" / "bin" / "linux.uml"
    if not program.exists():
        unpack("user-mode-linux", HOME, NEEDED)
    return program
