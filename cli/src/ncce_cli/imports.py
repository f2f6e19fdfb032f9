"""`ncce import`: data that operators bring, handed to the service that keeps it."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from rich.console import Console

from ncce_cli.errors import CommandError, ImportHeld
from ncce_cli.jobs import connected, run_program

SHOWN = 10
"""Remarks shown on the terminal; all of them are in the report and behind the API."""
Line = dict[str, object]
HELD = 3
"""Exit code of the service's program when an import waits for a second person."""


def schools(
    console: Console,
    file: Path | None,
    synthetic: int | None,
    links: Path | None,
    as_of: datetime | None,
    accept_older: bool,
    report: Path | None,
    person: str | None = None,
) -> None:
    """Import an extract of the register of schools, or invented schools."""
    if (file is None) == (synthetic is None):
        raise CommandError("Say what to import: a file of the register, or --synthetic with a number of schools.")
    what = [str(_there(file))] if file else ["--synthetic", str(synthetic)]
    if links:
        what += ["--links", str(_there(links))]
    if as_of:
        what += ["--as-of", str(as_of.date())]
    if accept_older:
        what += ["--accept-older"]
    if person:
        what += ["--person", person]
    *remarks, run = _run(["schools", *what])
    if report:
        report.write_text("".join(f"{json.dumps(remark)}\n" for remark in remarks))
    for remark in remarks[:SHOWN]:
        console.print(_remark(remark), markup=False)
    if len(remarks) > SHOWN:
        rest = f"… and {len(remarks) - SHOWN} more"
        console.print(f"{rest}, in {report}" if report else f"{rest}: --report FILE writes all of them")
    if run["status"] == "held":
        console.print(_counts(run["changes"]))
        raise ImportHeld(
            f"Held, nothing was changed: {run['held_because']} POST /v1/schools/imports/{run['id']}/approval decides."
        )
    console.print(_summary(run))


def postcodes(console: Console, directory: Path | None, vintage: str | None) -> None:
    """Load the full postcode directory."""
    where = ["--directory", str(_there(directory))] if directory else []
    *_, outcome = _run(["postcodes", *where, *(["--vintage", vintage] if vintage else [])])
    console.print(
        f"{outcome['postcodes']:,} postcodes, {outcome['in_england']:,} of them in England, from {outcome['source']} "
        f"({outcome['vintage']}): {outcome['written']:,} new or different, {outcome['removed']:,} gone"
    )


def _run(arguments: Sequence[str]) -> list[Line]:
    with connected() as environment:
        return run_program("hubs.imports", arguments, environment["hubs"], expected=(0, HELD))


def _there(path: Path) -> Path:
    if not path.exists():
        raise CommandError(f"There is no {path}.")
    return path.resolve()  # the job runs elsewhere


def _remark(remark: Line) -> str:
    reasons = remark["reasons"]
    said = "; ".join(str(reason) for reason in reasons) if isinstance(reasons, list) else str(reasons)
    return f"{remark['file_name']}, line {remark['line']}, {remark['severity']}: {said}"


def _counts(changes: object) -> str:
    said = changes.items() if isinstance(changes, dict) else ()
    return "It would change: " + ", ".join(f"{count:,} {name}" for name, count in said if name != "known")


def _summary(run: Line) -> str:
    same, gone = run["schools_unchanged"], run["schools_missing"]
    return (
        f"{run['rows_read']:,} rows of {date.fromisoformat(str(run['as_of_on']))}: {run['schools_added']:,} schools "
        f"added, {run['schools_changed']:,} changed, {same:,} as before, {gone:,} "
        f"no longer listed; {run['rows_refused']:,} rows refused; {run['events_published']:,} events"
    )
