"""What test runs that were killed left in memory goes with the next run, and nothing that is somebody's."""

import json
import os
from pathlib import Path

from conftest import OWNER, PREFIX, sweep_memory
from left_running import owner_of


def test_only_folders_whose_process_is_gone_are_removed(tmp_path: Path) -> None:
    mine = owner_of(os.getpid())
    owners = {"mine": mine, "another of that number": [mine[0], "1"], "gone": ["4194304", "1"], "unclear": {}}
    for name, owner in owners.items():
        (tmp_path / f"{PREFIX}{name}").mkdir()
        (tmp_path / f"{PREFIX}{name}" / OWNER).write_text(json.dumps(owner) if owner else "{")
    (tmp_path / f"{PREFIX}nobody's").mkdir()
    (tmp_path / "another program's").mkdir()
    sweep_memory(tmp_path)
    assert {one.name.removeprefix(PREFIX) for one in tmp_path.iterdir()} == {
        "mine", "unclear", "nobody's", "another program's",
    }  # fmt: skip
