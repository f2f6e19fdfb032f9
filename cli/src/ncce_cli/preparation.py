"""Bring a service's database up to date: migrate, then load reference data. Skipped when nothing has changed since."""

import asyncio
import contextlib
import hashlib
import json
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from ncce_cli import processes
from ncce_cli.errors import ServiceFailed
from ncce_cli.files import write_private
from ncce_cli.parts import ROOT
from ncce_cli.reporter import Reporter
from ncce_cli.state import Home

LINE_LIMIT = 2**20


def fingerprint(service: str, database: str, demo: bool, role: str) -> str:
    """Changes whenever migrating or loading could have another result: code, data, lock file, database or role."""
    digest = hashlib.sha256(f"{database} {demo} {role}".encode())
    for path in sorted(sources_of(service)):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def sources_of(service: str) -> Iterator[Path]:
    """Nothing that Python keeps of what it compiled: it is written, and renamed, while this is read."""
    for directory in (ROOT / "services" / service / "src", ROOT / "libs"):
        yield from (path for path in directory.rglob("*") if "__pycache__" not in path.parts and path.is_file())
    yield ROOT / "requirements.lock"


class Preparation:
    """Remembers in the state directory what was prepared, and does what is not."""

    def __init__(self, home: Home, reporter: Reporter, demo: bool) -> None:
        self._home = home
        self._reporter = reporter
        self._demo = demo
        self._done: dict[str, str] = json.loads(home.prepared.read_text()) if home.prepared.exists() else {}

    async def prepare(
        self, service: str, database: str | None, migrating: Mapping[str, str], environment: Mapping[str, str]
    ) -> None:
        """Migrate as the owner, and load as the service runs; `database` says which one it is, None that only itself
        can tell what it holds.
        """
        role = migrating.get(f"{service.upper()}_RUNNING_ROLE", "")
        wanted = fingerprint(service, database or "", self._demo, role)
        if database and self._done.get(service) == wanted:
            return
        self._reporter.stage(f"{service}: migrating and loading reference data")
        await self.migrate(service, migrating)
        await self.seed(service, environment)
        if database:
            self._done[service] = wanted
            write_private(self._home.prepared, json.dumps(self._done, indent=2))

    async def migrate(self, service: str, environment: Mapping[str, str]) -> None:
        await self._run(service, ["migrate"], environment)

    async def seed(self, service: str, environment: Mapping[str, str]) -> None:
        await self._run(service, ["seed", *(["--demo"] if self._demo else [])], environment)

    async def _run(self, service: str, arguments: list[str], environment: Mapping[str, str]) -> None:
        """Run `python -m <service> …` to its end; its JSON lines are progress, the rest goes to a log file."""
        log = self._home.log(f"{service}-{arguments[0]}")
        with log.open("ab") as errors:
            process = await asyncio.create_subprocess_exec(
                *processes.bound_to_us([sys.executable, "-m", service, *arguments], signal.SIGTERM),
                env=dict(environment),
                cwd=ROOT,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
                limit=LINE_LIMIT,
            )
            try:
                assert process.stdout is not None
                async for line in process.stdout:
                    if not self._report(service, line):
                        errors.write(line)
                        errors.flush()
                code = await process.wait()
            except asyncio.CancelledError:
                with contextlib.suppress(ProcessLookupError):  # it came to its end just now
                    process.terminate()
                await process.wait()
                raise
        if code != 0:
            raise ServiceFailed(f"{service} could not {arguments[0]} (exit code {code}): {processes.last_words(log)}")

    def _report(self, service: str, line: bytes) -> bool:
        """Pass on a progress line; False for any other line."""
        try:
            event = json.loads(line)
            self._reporter.progress(service, event["step"], event["done"], event["total"])
        except (ValueError, KeyError, TypeError):
            return False
        return True
