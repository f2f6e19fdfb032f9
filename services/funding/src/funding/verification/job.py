"""`python -m funding verify`: JSON lines, one for each finding and one that sums up. Exit code 10 on findings.

The last line has the latest head of the log of seals. Whoever notes it elsewhere gives it back with `--head`, and
learns whether anything that was written before it has been changed, put in or taken away, seals and log included.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from chassis.cli import JOB_STATEMENT_TIMEOUT_MS
from chassis.db import Database
from chassis.settings import ServiceSettings
from chassis.telemetry import configure_logging
from funding.settings import Settings
from funding.verification import heads, service

Head = tuple[int, str]
FOUND = 10
"""Exit code when something is not as it must be."""


def main(arguments: Sequence[str]) -> int:
    """Check everything; the exit code."""
    noted = parsed(arguments)
    settings = Settings()
    configure_logging("funding", settings.log_level, settings.log_format)
    return asyncio.run(run(settings.model_copy(update={"statement_timeout_ms": JOB_STATEMENT_TIMEOUT_MS}), noted))


def parsed(arguments: Sequence[str]) -> list[Head]:
    """The heads that somebody noted."""
    description = "Hold every record of the money against every other."
    parser = argparse.ArgumentParser(prog="python -m funding verify", description=description)
    parser.add_argument("--head", type=_head, action="append", default=[], metavar="NUMBER:SHA256")
    noted: list[Head] = parser.parse_args(arguments).head
    return noted


def _head(told: str) -> Head:
    number, _, sha256 = told.partition(":")
    if not number.isdigit() or len(sha256) != 64:
        raise argparse.ArgumentTypeError("a head is written as its number, a colon, and its SHA-256 in 64 digits")
    return int(number), sha256


async def run(settings: ServiceSettings, noted: Sequence[Head] = ()) -> int:
    """Say what was found; the exit code."""
    database = Database(settings, "funding verify")
    found = 0
    try:
        async with service.snapshot(database) as connection:
            for source in (service.verify(connection), *(heads.noted(connection, *head) for head in noted)):
                async for finding in source:
                    found += 1
                    _say(asdict(finding))
            rows = await service.counts(connection)
            log = await heads.told(connection)
    finally:
        await database.close()
    _say({"checks": len(service.NAMES), "findings": found, "rows": rows, **log})
    return FOUND if found else 0


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
