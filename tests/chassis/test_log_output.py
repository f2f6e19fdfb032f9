"""Logging never ends whoever logs: with a full disk under the log, and after it."""

import json
import subprocess
import sys
from pathlib import Path

# A process whose log lies on a full disk, which has room again after a while.
SPEAKER = """
import os, sys
import structlog
from chassis.telemetry import configure_logging

configure_logging("hubs")
log = structlog.get_logger("speaker")
for number in range(3):
    log.warning("said.on_full_disk", number=number, words="x" * 3000)
try:
    raise LookupError
except LookupError:
    log.exception("failed.on_full_disk")
os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT), 1)
log.warning("said.with_room")
log.warning("said.later")
"""


def test_who_logs_on_a_full_disk_goes_on_and_says_so_when_there_is_room(tmp_path: Path) -> None:
    lines = tmp_path / "log"
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-c", SPEAKER, lines],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (0, "")
    said = [json.loads(line) for line in lines.read_text().splitlines() if line.startswith("{")]
    assert [one["event"] for one in said][-3:] == ["said.with_room", "log.had_no_room", "said.later"]
    assert said[-2]["failures"] >= 4
