"""`python -m hubs.imports schools FILE` and `python -m hubs.imports postcodes`: data that operators bring.

Prints JSON lines: remarks about lines of the file as they are found, then one line that sums up. Exit code 0 when the
run went through, with refused lines too; 1 when nothing could be imported; 3 when the import is held, because it would
change so much that a second person has to approve it.
"""

import argparse
import asyncio
import getpass
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from uuid import UUID

from chassis import clock
from chassis.cli import JOB_STATEMENT_TIMEOUT_MS
from chassis.db import Database
from chassis.telemetry import configure_logging
from hubs.areas import postcodes
from hubs.school_imports.errors import ImportRefused
from hubs.school_imports.rules import date_in_name
from hubs.school_imports.schemas import SchoolImportOut
from hubs.school_imports.service import Extract, import_schools
from hubs.schools import synthetic, synthetic_register
from hubs.settings import Settings

HELD = 3
"""Exit code of an import that waits for a second person."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one import; its exit code."""
    chosen = _parser().parse_args(arguments)
    settings = Settings()
    configure_logging("hubs", settings.log_level, settings.log_format)
    return asyncio.run(_run(settings, chosen))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m hubs.imports", description="Import data into hubs")
    kinds = parser.add_subparsers(dest="kind", required=True)
    schools = kinds.add_parser("schools", help="the national register's CSV file")
    what = schools.add_mutually_exclusive_group(required=True)
    what.add_argument("file", type=Path, nargs="?")
    what.add_argument("--synthetic", type=int, metavar="N", help="N invented schools instead of a file")
    schools.add_argument("--links", type=Path, help="the register's file of links between schools")
    schools.add_argument("--as-of", type=date.fromisoformat, help="date of the extract; by its name when left out")
    schools.add_argument("--person", type=UUID, help="the importer's id on the platform; who imports does not approve")
    schools.add_argument("--accept-older", action="store_true", help="even if a newer extract was imported")
    full = kinds.add_parser("postcodes", help="the full postcode directory")
    full.add_argument("--directory", type=Path, help="the package's files; found where installed when left out")
    full.add_argument("--vintage", help="of the directory, such as NOV_2025; by the package when left out")
    for one in (schools, full):
        one.add_argument("--by", default=_user(), help="who imports, for the record")
    return parser


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have a number and no name
        return "unnamed"


async def _run(settings: Settings, chosen: argparse.Namespace) -> int:
    patient = settings.model_copy(update={"statement_timeout_ms": JOB_STATEMENT_TIMEOUT_MS})
    database = Database(patient, f"hubs import {chosen.kind}")
    try:
        return await (_schools if chosen.kind == "schools" else _postcodes)(database, chosen)
    except (ImportRefused, postcodes.PostcodePackageMissing, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        await database.close()


async def _schools(database: Database, chosen: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as directory:
        file, as_of_on = chosen.file, chosen.as_of
        if chosen.synthetic is not None:
            file = Path(directory) / "synthetic.csv"
            await asyncio.to_thread(synthetic_register.write, file, chosen.synthetic)
            as_of_on = as_of_on or date.fromisoformat(synthetic.AS_OF)
        day = as_of_on or date_in_name(file.name) or clock.today()
        by = f"{chosen.by} (command line)"
        extract = Extract(file, day, by, chosen.links, chosen.accept_older, chosen.person)
        run = await import_schools(database, extract, _say)
    _say(SchoolImportOut.model_validate(run, from_attributes=True).model_dump(mode="json"))
    return HELD if run.status == "held" else 0


async def _postcodes(database: Database, chosen: argparse.Namespace) -> int:
    source = postcodes.source_of(chosen.directory, chosen.vintage)
    outcome = await postcodes.import_directory(database, source, f"{chosen.by} (command line)", _say)
    _say(asdict(outcome))
    return 0


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line, default=str) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
