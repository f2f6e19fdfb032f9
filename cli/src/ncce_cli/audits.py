"""`ncce funding verify` and `ncce audit verify`: what services hold, checked; told to people or to programs."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from ncce_cli.errors import Unsound
from ncce_cli.jobs import chosen_services, connected, run_job, run_program
from ncce_cli.parts import SERVICES

FOUND = 10
"""Exit code of the service's job when something is not as it must be."""

Line = dict[str, object]


def verify_funding(console: Console, as_json: bool, heads: Sequence[str]) -> None:
    """Say what is not as it must be; Unsound when there is anything."""
    arguments = ["verify", *(one for head in heads for one in ("--head", head))]
    with connected() as environment:
        *findings, summary = run_program("funding", arguments, environment["funding"], expected=(0, FOUND))
    if as_json:
        for line in (*findings, summary):
            console.print(json.dumps(line), soft_wrap=True, markup=False)
    else:
        _tell(console, findings, summary)
    if findings:
        raise Unsound(f"{len(findings)} findings.")


def _tell(console: Console, findings: Sequence[Line], summary: Line) -> None:
    for finding in findings:
        said = f"{finding['check']}: {finding['subject']}: {finding['detail']}"
        console.print(said, markup=False, soft_wrap=True)
    rows = summary["rows"]
    looked_at = sum(rows.values()) if isinstance(rows, dict) else 0
    console.print(f"{summary['checks']} checks over {looked_at:,} sealed rows: {summary['findings']} findings")
    if summary["head"] is not None:
        console.print(f"Head to note elsewhere: {summary['head']}", markup=False, soft_wrap=True)


def verify_audit(console: Console, as_json: bool, services: Sequence[str]) -> None:
    """Hold every audit trail against the heads of it that the other services hold; Unsound when one does not fit."""
    chosen = chosen_services(services)
    with connected() as environment:
        # The holders first: what is chained meanwhile comes on top of what they hold.
        holders = [holder for holder in SERVICES if {holder} != set(chosen)]
        held = [line for holder in holders for line in run_job(holder, ["audit", "witnessed"], environment[holder])]
        told = {service: _verified(service, held, environment[service]) for service in chosen}
    found = 0
    for service, (*findings, summary) in told.items():
        found += sum(not finding["explained"] for finding in findings)
        if as_json:
            for line in (*findings, summary):
                console.print(json.dumps({"service": service, **line}), soft_wrap=True, markup=False)
        else:
            _tell_trail(console, service, findings, summary)
    if found:
        raise Unsound(f"{found} findings.")


def _verified(service: str, held: Sequence[Line], environment: Mapping[str, str]) -> list[Line]:
    own = [line for line in held if line["service"] == service]
    with TemporaryDirectory() as folder:
        heads = Path(folder) / "heads"
        heads.write_text("".join(f"{json.dumps(line)}\n" for line in own))
        arguments = ["audit", "verify", "--heads", str(heads)]
        return run_program(service, arguments, environment, expected=(0, FOUND))


def _tell_trail(console: Console, service: str, findings: Sequence[Line], summary: Line) -> None:
    for finding in findings:
        at = f"link {finding['number']}" if finding["number"] is not None else f"position {finding['position']}"
        said = f"{service}: {at}: {finding['what']}{' (explained by an auditor)' if finding['explained'] else ''}"
        console.print(said, markup=False, soft_wrap=True)
    counted = f"{summary['number']:,} entries, {summary['held']:,} heads held by others"
    console.print(f"{service}: {counted}: {summary['findings']} findings", markup=False)
