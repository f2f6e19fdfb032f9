"""The virus scanner, where one is configured: clamd's INSTREAM, over TCP or a local socket."""

import asyncio
from dataclasses import dataclass

from chassis.files.findings import Infected, ScannerSilent

CHUNK_BYTES = 64 * 1024
SCAN_SECONDS = 20.0
MOST_REPLY_BYTES = 4096


@dataclass(frozen=True)
class Scan:
    """What is known of a file: `clean` by a scanner, or `not_scanned` for want of one."""

    status: str
    scanner: str | None = None


async def scan(content: bytes, address: str | None) -> Scan:
    """Have a file scanned. Infected; ScannerSilent rather than to take it unscanned."""
    if address is None:
        return Scan("not_scanned")
    try:
        async with asyncio.timeout(SCAN_SECONDS):
            version = await _ask(address, b"zVERSION\0")
            answer = await _ask(address, b"zINSTREAM\0", content)
    except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError) as error:
        raise ScannerSilent("The virus scanner does not answer; nothing was kept. Try again later.") from error
    if answer == "stream: OK":
        return Scan("clean", version[:120])
    if answer.endswith("FOUND"):
        raise Infected
    raise ScannerSilent("The virus scanner could not look at the file; nothing was kept. Try again later.")


async def _ask(address: str, command: bytes, content: bytes | None = None) -> str:
    reader, writer = await _connect(address)
    try:
        writer.write(command)
        if content is not None:
            for start in range(0, len(content), CHUNK_BYTES):
                chunk = content[start : start + CHUNK_BYTES]
                writer.write(len(chunk).to_bytes(4) + chunk)
                await writer.drain()
            writer.write(bytes(4))
        await writer.drain()
        return (await reader.readuntil(b"\0"))[:MOST_REPLY_BYTES].rstrip(b"\0").decode(errors="replace").strip()
    finally:
        writer.close()


async def _connect(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if address.startswith("/"):
        return await asyncio.open_unix_connection(address)
    host, _, port = address.rpartition(":")
    return await asyncio.open_connection(host, int(port))
