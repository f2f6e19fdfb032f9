"""What `.ci/run` ends with: the status that a machine reads, not only the last line that a person reads."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ncce_cli.parts import ROOT

TOOLS = ("mypy", "ruff", "lint-imports", "yamllint", "hadolint", "shellcheck", "python")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository of its own with this one's `.ci/run`, in which every tool answers at once that all is well."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    for name in TOOLS:
        answers(tmp_path, name, 0)
    command = tmp_path / "ncce"
    command.write_text("#!/bin/sh\nexit 0\n")
    command.chmod(0o755)
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    return tmp_path


def answers(tree: Path, tool: str, status: int, *, after: str = ":") -> None:
    """Let a tool of the tree say its name and end with this status, after a command."""
    script = tree / ".venv" / "bin" / tool
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(f"#!/bin/sh\n{after}\necho {tool} was here\nexit {status}\n")
    script.chmod(0o755)


def run(tree: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "TMPDIR": str(tree)}
    return subprocess.run(["bash", ".ci/run"], cwd=tree, env=environment, capture_output=True, text=True, check=False)


def test_when_every_check_passes_the_status_says_so_too(tree: Path) -> None:
    ended = run(tree)
    assert ended.stdout.endswith("PASSED: all checks.\n"), ended.stdout + ended.stderr
    assert ended.returncode == 0
    assert not list(tree.glob("tmp.*")), "what the check beside the others said is left behind"


def test_a_check_beside_the_others_that_takes_longer_than_they_is_waited_for(tree: Path) -> None:
    finished = tree / "finished"
    answers(tree, "mypy", 0, after=f"until [ -e {finished} ]; do :; done")
    command = tree / "ncce"
    command.write_text(f'#!/bin/sh\n[ "$1" != test ] || touch {finished}\n')
    ended = run(tree)
    assert ended.returncode == 0
    assert "mypy was here" in ended.stdout


@pytest.mark.parametrize(
    ("tool", "named"), [("ruff", "ruff check"), ("lint-imports", "import-linter"), ("mypy", "mypy")]
)
def test_one_check_that_fails_fails_the_run_and_is_named(tree: Path, tool: str, named: str) -> None:
    answers(tree, tool, 3)
    ended = run(tree)
    assert ended.returncode == 1
    assert ended.stdout.splitlines()[-1].startswith(f"FAILED: {named}")
