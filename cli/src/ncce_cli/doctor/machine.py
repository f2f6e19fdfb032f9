"""The machine below a platform, and the processes on it: space, ports, certificates, who answers."""

import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from json import loads
from pathlib import Path
from typing import Literal

from cryptography import x509

from ncce_cli import processes
from ncce_cli.doctor.findings import Finding
from ncce_cli.state import NEEDED_BYTES, Home, PlatformState, ProcessState

SOON_BYTES = 4 * NEEDED_BYTES
SOON_DAYS = 14
ANSWER_SECONDS = 10.0
SERVERS = ("postgres", "nats")
WHY_NOT_READY = {
    "database": "its database does not answer: see ./ncce logs {name}, and what is said of the database",
    "migrations": "its database is not at this release: run ./ncce migrate {member}",
    "draining": "it is stopping: look again in ten seconds",
}


def space(home: Home, free: int | None = None) -> Iterator[Finding]:
    """Whether the disk below the state directory is nearly full."""
    there = next(path for path in (home.root, *home.root.parents) if path.exists())
    free = shutil.disk_usage(there).free if free is None else free
    if free < SOON_BYTES:
        severity: Literal["wrong", "soon"] = "wrong" if free < NEEDED_BYTES else "soon"
        sentence = (
            f"Only {free // 2**20} MB are free where {home} lies: make room before the databases stop writing, "
            "or move the state directory with NCCE_HOME."
        )
        yield Finding("disk-nearly-full", "machine", sentence, severity)


def port(number: int) -> Iterator[Finding]:
    """Whether a platform that is not running could listen where it is told to."""
    if not processes.is_free(number, os.environ.get("GATEWAY_HOST", processes.LOOPBACK)):
        sentence = f"Port {number} is taken by another program: stop that, or choose another port with NCCE_PORT."
        yield Finding("port-taken", "gateway", sentence)


def those_that_run(state: PlatformState) -> Iterator[Finding]:
    """Whether each process of a running platform lives and says that it is ready."""
    for entry in state.processes.values():
        if entry.name not in SERVERS and entry.state not in ("external", "waiting"):
            yield from one_that_runs(entry)


def one_that_runs(entry: ProcessState) -> Iterator[Finding]:
    """Whether one does."""
    name, member = entry.name, entry.name.partition("-")[0]
    if entry.state == "restarting" or entry.pid is None or not processes.is_alive(entry.pid):
        sentence = f"{name} is not running and is being started again: see ./ncce logs {name} for what ended it."
        yield Finding("process-gone", name, sentence)
        return
    failing = why_not_ready(entry.port or 0)
    if failing is None:
        sentence = (
            f"{name} lives (process {entry.pid}) and does not answer at port {entry.port}: "
            f"see ./ncce logs {name}; if nothing moves there, end it and it is started again."
        )
        yield Finding("process-silent", name, sentence)
    for reason in failing or ():
        why = WHY_NOT_READY.get(reason, reason + " is missing: see ./ncce logs {name}").format(name=name, member=member)
        yield Finding(f"not-ready-{reason}", name, f"{name} is not ready, because {why}.")


def why_not_ready(number: int) -> list[str] | None:
    """What a process waits for by its own account; None when it does not answer."""
    url = f"http://{processes.LOOPBACK}:{number}/health/ready"
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_SECONDS):
            return []
    except urllib.error.HTTPError as answer:
        with answer:
            return list(loads(answer.read()).get("failing", ["something"]))
    except OSError:
        return None


def certificates(environment: Mapping[str, str], member: str, now: datetime | None = None) -> Iterator[Finding]:
    """Certificates that a member is given and that end soon."""
    now = now or datetime.now(UTC)
    for variable in sorted(environment):
        if not variable.endswith(("_TLS_CERTIFICATE", "_CA_FILE")) or not environment[variable]:
            continue
        ends_at = x509.load_pem_x509_certificate(Path(environment[variable]).read_bytes()).not_valid_after_utc
        if ends_at - now < timedelta(days=SOON_DAYS):
            sentence = (
                f"The certificate of {variable} ends on {ends_at:%d %B %Y}: put a renewed one in its place; "
                "it is read again without a restart."
            )
            yield Finding("certificate-ends", member, sentence, "wrong" if ends_at < now else "soon")


def clock(part: str, ahead_seconds: float) -> Iterator[Finding]:
    """Whether a server's clock and ours agree."""
    if abs(ahead_seconds) > 2:
        way = "ahead of" if ahead_seconds > 0 else "behind"
        sentence = (
            f"The clock of {part} is {abs(ahead_seconds):.0f} s {way} this machine's: "
            "have both follow the same time server, because tokens and deadlines are judged by it."
        )
        yield Finding("clock-skew", part, sentence)
