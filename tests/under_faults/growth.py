"""Whether processes grow: memory (shared pages counted by share) and open files, sampled while they work."""

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

NOISE_KIB = 8 * 1024
"""By so much a process may differ between two thirds of an hour: what the gateway gains under every kind of load."""
KIB_AN_HOUR = 1024
FILES = 16
"""Connections come and go."""


class Sample(NamedTuple):
    """One look at one process."""

    second: float
    pss_kib: int
    files: int


class Growth:
    """Samples of processes, each process by its name and number: one that was started again is another."""

    def __init__(self) -> None:
        self.samples: dict[tuple[str, int], list[Sample]] = defaultdict(list)

    def look(self, second: float, processes: Mapping[str, int]) -> None:
        """Sample those that are there."""
        for name, pid in processes.items():
            try:
                found = Sample(second, _pss_kib(pid), len(list(Path(f"/proc/{pid}/fd").iterdir())))
            except (FileNotFoundError, ProcessLookupError):  # it ended just now
                continue
            self.samples[name, pid].append(found)

    def grown(self) -> list[str]:
        """Processes that hold more at the end than they may, a line each."""
        return [line for (name, _), samples in self.samples.items() for line in _too_much(name, samples)]

    def told(self) -> list[str]:
        """What every process held first and last, for the report."""
        return [
            f"{name}: PSS {first.pss_kib / 1024:.1f} → {last.pss_kib / 1024:.1f} MiB, files {first.files} →"
            f" {last.files}, {(last.second - first.second) / 60:.1f} min"
            for name, first, last in self._ends()
        ]

    def _ends(self) -> list[tuple[str, Sample, Sample]]:
        """The first and the last look at each."""
        return [(name, samples[0], samples[-1]) for (name, _), samples in sorted(self.samples.items())]


def _too_much(name: str, samples: Sequence[Sample]) -> list[str]:
    """The middle of the last third against the middle of the first: one look at a bad moment decides nothing."""
    third = len(samples) // 3
    if third == 0:
        return []
    early, late = samples[:third], samples[-third:]
    hours = (late[0].second - early[0].second) / 3600
    memory = statistics.median(one.pss_kib for one in late) - statistics.median(one.pss_kib for one in early)
    files = statistics.median(one.files for one in late) - statistics.median(one.files for one in early)
    found = [f"{name}: {memory / 1024:.1f} MiB more"] if memory > NOISE_KIB + KIB_AN_HOUR * hours else []
    return found + ([f"{name}: {files:.0f} files more"] if files > FILES else [])


def _pss_kib(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise ProcessLookupError(pid)
