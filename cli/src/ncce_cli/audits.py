"""`ncce funding verify`: the service's own check of everything it holds, told to people or to programs."""

import json
from collections.abc import Sequence

from rich.console import Console

from ncce_cli.errors import Unsound
from ncce_cli.jobs import connected, run_program

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
