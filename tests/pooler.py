"""PgBouncer before the suite's PostgreSQL, which gives a connection out for one transaction at a time."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from ncce_cli import processes
from ncce_cli.debian import unpack
from ncce_cli.parts import ROOT
from ncce_cli.postgres import RunningPostgres

HOME = ROOT / ".tools" / "pgbouncer"
PACKAGES = ("pgbouncer", "libevent-2.1-7", "libc-ares2")
NEEDED = "Tests behind a pooler need PgBouncer: apt-get install pgbouncer, or apt-get and dpkg to unpack it."
CONNECTIONS = 4
"""To each database: fewer than a service has open, so that each transaction meets another connection."""
CONFIGURATION = """\
[databases]
* = host=127.0.0.1 port={postgres} user=postgres password={password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 1000
server_idle_timeout = 5
{user}
"""


def find() -> Path:
    """PgBouncer's program, unpacked first where it is missing and may be. MissingTool."""
    if found := shutil.which("pgbouncer"):
        return Path(found)
    program = HOME / "usr" / "sbin" / "pgbouncer"
    for package in () if program.is_file() else PACKAGES:
        unpack(package, HOME, NEEDED)
    return program


def through(url: str, port: int) -> str:
    """The same database by way of the pooler."""
    return make_url(url).set(host="127.0.0.1", port=port).render_as_string(hide_password=False)


@contextmanager
def pooling(postgres: RunningPostgres, folder: Path) -> Iterator[int]:
    """A pooler before a server, and the port it listens at."""
    program, port, configuration = find(), processes.free_port(), folder / "pgbouncer.ini"
    configuration.write_text(
        CONFIGURATION.format(
            postgres=postgres.port,
            password=postgres.password,
            port=port,
            connections=CONNECTIONS,
            user="user = nobody" if os.geteuid() == 0 else "",  # it refuses to be root
        )
    )
    process = processes.spawn(
        [program, configuration],
        log=folder / "pgbouncer.log",
        environment={"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": ":".join(map(str, HOME.glob("usr/lib/*")))},
        directory=folder,
        death_signal=signal.SIGTERM,
    )
    try:
        assert processes.wait_until(lambda: not processes.is_free(port), 60), processes.tail_of(
            folder / "pgbouncer.log"
        )
        yield port
    finally:
        processes.stop(process, signal.SIGTERM, 10)
