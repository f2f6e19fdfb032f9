"""What runs in a machine whose power is cut: both servers as `./ncce up` starts them, and writers that tell.

The machine's first process. At each start it says what has been kept, in ranges; then it writes until it is no more,
and says each write that was acknowledged.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import asyncpg
import nats
from nats.js import JetStreamContext
from nats.js.errors import NotFoundError

from ncce_cli import broker, postgres
from ncce_cli.broker import Broker, RunningBroker
from ncce_cli.postgres import Postgres

DISK = Path("/mnt")
MOUNTS = (("proc", "/proc"), ("tmpfs", "/run"), ("tmpfs", "/dev/shm"))  # noqa: S108
STREAM = "promises"
WRITERS = 4
PATIENCE_SECONDS = 600.0


def say(*words: object) -> None:
    """One line to whoever watches the console."""
    os.write(1, ("ncce: " + " ".join(map(str, words)) + "\n").encode())


def prepare() -> None:
    """Mount what programs expect, and the disk."""
    Path("/dev/shm").mkdir(exist_ok=True)  # noqa: S108
    for kind, place in MOUNTS:
        subprocess.run(["mount", "-t", kind, kind, place], check=True)
    subprocess.run(["mount", "-t", "ext4", "/dev/ubda", str(DISK)], check=True)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    DISK.chmod(0o755)
    postgres.START_SECONDS = broker.START_SECONDS = PATIENCE_SECONDS


def ranges(numbers: Iterable[int]) -> Iterator[str]:
    """Of ascending numbers, `first-last` of those without a gap."""
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            yield f"{first}-{last}"
            first = last = number
    if first is not None:
        yield f"{first}-{last}"


async def tell_rows(connection: "asyncpg.Connection[asyncpg.Record]") -> dict[int, int]:
    """Say which rows there are; the last of each writer."""
    await connection.execute(
        "CREATE TABLE IF NOT EXISTS promise (writer int, number int, PRIMARY KEY (writer, number))"
    )
    kept: dict[int, list[int]] = {}
    for writer, number in await connection.fetch("SELECT writer, number FROM promise ORDER BY writer, number"):
        kept.setdefault(writer, []).append(number)
    return tell("row", kept)


def tell(kind: str, kept: dict[int, list[int]]) -> dict[int, int]:
    """Say what was kept of a kind."""
    for writer, numbers in kept.items():
        for one in ranges(numbers):
            say("kept", kind, writer, one)
    return {writer: numbers[-1] for writer, numbers in kept.items()}


async def tell_messages(jetstream: JetStreamContext) -> dict[int, int]:
    """Say which messages there are, after making a stream that is gone."""
    try:
        state = (await jetstream.stream_info(STREAM)).state
    except NotFoundError:
        await jetstream.add_stream(name=STREAM, subjects=[f"{STREAM}.*"])
        return {}
    kept: dict[int, set[int]] = {}
    if state.messages:
        heard = await jetstream.subscribe(f"{STREAM}.*", ordered_consumer=True)
        for _ in range(state.messages):
            message = await heard.next_msg(timeout=60)
            kept.setdefault(int(message.subject.split(".")[1]), set()).add(int(message.data))
        await heard.unsubscribe()
    return tell("message", {writer: sorted(numbers) for writer, numbers in kept.items()})


async def write_rows(url: str, settings: dict[str, str], writer: int, last: int) -> None:
    """Commit one row after the other, and say so."""
    connection = await asyncpg.connect(url, server_settings=settings)
    while True:
        last += 1
        await connection.execute("INSERT INTO promise VALUES ($1, $2)", writer, last)
        say("row", writer, last)


async def write_messages(jetstream: JetStreamContext, writer: int, last: int) -> None:
    """Publish one message after the other, and say which the broker has acknowledged."""
    while True:
        last += 1
        await jetstream.publish(f"{STREAM}.{writer}", str(last).encode(), timeout=60)
        say("message", writer, last)


async def live(running: RunningBroker, url: str, synchronous: str) -> None:
    """Tell what was kept, then write for ever."""
    settings = {"synchronous_commit": synchronous}
    jetstream = (await nats.connect(running.url, connect_timeout=60)).jetstream(timeout=60)
    connection = await asyncpg.connect(url, timeout=60)
    rows, messages = await tell_rows(connection), await tell_messages(jetstream)
    say("begin", f"{time.monotonic():.1f}")
    async with asyncio.TaskGroup() as group:
        for writer in range(WRITERS):
            group.create_task(write_rows(url, settings, writer, rows.get(writer, 0)))
            group.create_task(write_messages(jetstream, writer, messages.get(writer, 0)))


def main(lagging: str) -> None:
    """Start both servers on the disk and write; the one that is named lags behind its disk."""
    prepare()
    running = Broker(DISK / "nats", durable=lagging != "broker").start()
    server = Postgres(DISK / "postgres").start()
    asyncio.run(live(running, server.admin_url, "off" if lagging == "database" else "on"))


if __name__ == "__main__":
    main(*sys.argv[1:])
