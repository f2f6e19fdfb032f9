"""`python -m funding verify`: JSON lines, one for each finding and one that sums up. Exit code 10 on findings."""

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
from funding.verification import service

FOUND = 10
"""Exit code when something is not as it must be."""


def main(arguments: Sequence[str]) -> int:
    """Check everything; the exit code."""
    description = "Hold every record of the money against every other."
    argparse.ArgumentParser(prog="python -m funding verify", description=description).parse_args(arguments)
    settings = Settings()
    configure_logging("funding", settings.log_level, settings.log_format)
    return asyncio.run(run(settings.model_copy(update={"statement_timeout_ms": JOB_STATEMENT_TIMEOUT_MS})))


async def run(settings: ServiceSettings) -> int:
    """Say what was found; the exit code."""
    database = Database(settings, "funding verify")
    found = 0
    try:
        async with service.snapshot(database) as connection:
            async for finding in service.verify(connection):
                found += 1
                _say(asdict(finding))
            rows = await service.counts(connection)
    finally:
        await database.close()
    _say({"checks": len(service.NAMES), "findings": found, "rows": rows})
    return FOUND if found else 0


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
