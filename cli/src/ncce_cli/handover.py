"""Commands that another program carries out: the test runner, the demo, the benchmarks."""

import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ncce_cli.errors import CommandError
from ncce_cli.parts import ROOT

MOST_WORKERS = 4


def become(module: str, arguments: Sequence[str]) -> NoReturn:
    """Turn into `python -m <module> …`, run from the repository's root; its exit code is ours."""
    if not is_there(f"{module}.__main__"):
        raise CommandError(f"This checkout has no program {module}.")
    if named := os.environ.get("NCCE_HOME"):
        os.environ["NCCE_HOME"] = str(Path(named).expanduser().resolve())  # it may be meant from where we stand
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])  # noqa: S606 -- one process, one exit code


def is_there(module: str) -> bool:
    package, _, _ = module.rpartition(".")
    return all(importlib.util.find_spec(name) is not None for name in (package, module))


def pytest_arguments(arguments: Sequence[str], campaign: str | None) -> list[str]:
    """Campaigns run only when named: they take minutes. The whole suite runs on all cores, a file on one of them.

    Half as many workers again as there are cores: tests wait for processes and servers for a quarter of their time.
    """
    if campaign:
        return ["-m", "campaign", "-k", campaign, *arguments]
    workers = min(MOST_WORKERS, len(os.sched_getaffinity(0)) * 3 // 2)
    spread = [] if arguments else ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"]
    return [*([] if "-m" in arguments else ["-m", "not campaign"]), *spread, *arguments]
