"""`ncce audit verify`: who holds heads of whom, brought together; what does not fit, said and counted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ncce_cli.parts import MEMBERS, SERVICES


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Stand-ins for the services, on databases of somebody else."""
    for member in MEMBERS:
        (tmp_path / f"{member}.py").write_text(f"from stand_in import main\n\nmain({member!r})\n")
    return {
        **os.environ,
        **{f"{service.upper()}_DATABASE_URL": "postgresql://nobody@127.0.0.1/nothing" for service in SERVICES},
        "NATS_URL": "nats://127.0.0.1:4222",
        "NCCE_HOME": str(tmp_path / "home"),
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]),
    }


def _verify(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "ncce_cli", "audit", "verify", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_every_trail_is_held_against_what_the_three_others_hold(environment: dict[str, str]) -> None:
    done = _verify(environment)
    assert (done.returncode, done.stderr) == (10, "ncce: 1 findings.\n")
    assert done.stdout.splitlines() == [
        "identity: 5 entries, 3 heads held by others: 0 findings",
        "hubs: link 7: it is gone (explained by an auditor)",
        "hubs: 5 entries, 3 heads held by others: 0 findings",
        "certification: 5 entries, 3 heads held by others: 0 findings",
        "funding: link 7: it is gone",
        "funding: 5 entries, 3 heads held by others: 1 findings",
    ]


def test_what_was_explained_is_told_to_programs_and_is_no_finding(environment: dict[str, str]) -> None:
    done = _verify(environment, "hubs", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    finding, summary = map(json.loads, done.stdout.splitlines())
    assert (finding["service"], finding["number"], finding["explained"]) == ("hubs", 7, True)
    assert (summary["findings"], summary["held"]) == (0, 3)
