"""How long writes took, in one stretch of time and in another."""

import statistics
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Asked(NamedTuple):
    """One request, by monotonic time; without a status when nothing came back."""

    began: float
    seconds: float
    method: str
    status: int | None

    @property
    def failed(self) -> bool:
        """Whether its client was not served, and not for what it had asked."""
        return self.status is None or self.status >= 500


class Pace:
    """Writes within some stretches of time."""

    def __init__(self, asked: Iterable[Asked], *stretches: tuple[float, float]) -> None:
        chosen = [one for one in asked if any(begin <= one.began < end for begin, end in stretches)]
        self.failed = [one for one in chosen if one.failed]
        self.took: Sequence[float] = sorted(one.seconds for one in chosen if one.method == "POST" and not one.failed)

    @property
    def p99(self) -> float:
        """In seconds; of a hundred writes at least."""
        assert len(self.took) >= 100, f"{len(self.took)} writes tell nothing of one in a hundred"
        return statistics.quantiles(self.took, n=100)[98]

    def __str__(self) -> str:
        return (
            f"{len(self.took)} writes, p50 {statistics.median(self.took) * 1000:.0f} ms,"
            f" p99 {self.p99 * 1000:.0f} ms, {len(self.failed)} requests failed"
        )
