"""A closed-loop load generator that costs less than what it measures: raw sockets, prepared bytes, keep-alive."""

import asyncio
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle


@dataclass(frozen=True)
class Request:
    """One request, ready to send again and again."""

    name: str
    raw: bytes


@dataclass(frozen=True)
class Measured:
    """What one request's round gave."""

    requests_per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float


def request(name: str, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Request:
    """Render a request once."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench", *(f"{key}: {value}" for key, value in headers.items())]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return Request(name, "\r\n".join(lines).encode() + b"\r\n\r\n" + body)


async def measure(port: int, sent: Request, connections: int, seconds: float) -> Measured:
    """Send a request over some connections for a while, each waiting for its answer before it asks again."""
    return await measure_mix(port, [sent], connections, seconds)


async def measure_mix(port: int, sent: Sequence[Request], connections: int, seconds: float) -> Measured:
    """The same with several requests, one after another in turn on each connection."""
    offsets = [len(sent) * number // connections for number in range(connections)]
    turns = [[*sent[offset:], *sent[:offset]] for offset in offsets]
    deadline = time.perf_counter() + seconds
    return await _measured(port, sent, [cycle([one.raw for one in turn]) for turn in turns], deadline)


async def measure_each(port: int, sent: Sequence[Request], connections: int) -> Measured:
    """Each request once, over some connections that take the next as soon as they have their answer."""
    waiting = iter([one.raw for one in sent])
    return await _measured(port, sent, [waiting] * connections, float("inf"))


async def _measured(port: int, sent: Sequence[Request], turns: Sequence[Iterator[bytes]], deadline: float) -> Measured:
    started = time.perf_counter()
    done = await asyncio.gather(*(_client(port, turn, deadline) for turn in turns))
    elapsed = time.perf_counter() - started
    latencies = sorted(latency for latencies, _ in done for latency in latencies)
    failures = sum(failed for _, failed in done)
    if failures or not latencies:
        names = ", ".join(dict.fromkeys(one.name for one in sent))
        raise RuntimeError(f"{names}: {failures} of {failures + len(latencies)} answers were not a success")
    return Measured(
        requests_per_second=round(len(latencies) / elapsed, 1),
        p50_ms=round(statistics.median(latencies) * 1000, 3),
        p95_ms=round(latencies[int(len(latencies) * 0.95)] * 1000, 3),
        p99_ms=round(latencies[int(len(latencies) * 0.99)] * 1000, 3),
    )


async def _client(port: int, turn: Iterator[bytes], deadline: float) -> tuple[Sequence[float], int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    latencies: list[float] = []
    failed = 0
    while (started := time.perf_counter()) < deadline and (raw := next(turn, None)) is not None:
        writer.write(raw)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(_length(head))
        if head[9:10] == b"2":
            latencies.append(time.perf_counter() - started)
        else:
            failed += 1
    writer.close()
    return latencies, failed


def _length(head: bytes) -> int:
    lowered = head.lower()
    at = lowered.index(b"content-length:") + len(b"content-length:")
    return int(lowered[at : lowered.index(b"\r\n", at)])
