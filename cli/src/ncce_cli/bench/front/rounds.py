"""Rounds in which everybody has a turn, and what the paired figures of a round say."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ncce_cli.bench.front.load import Entry, Figures, Load

WARM_UP_SECONDS = 1.0
Round = dict[str, Figures]


@dataclass(frozen=True)
class Gate:
    """A figure of a pair in one round, the median of which is to reach something."""

    what: str
    over: str
    under: str
    bar: float
    """At least, or with `at_most` at most; 0: it is told and not judged."""
    at_most: bool = False
    of: Callable[[Figures, Figures], float] = lambda over, under: over.requests_per_second / under.requests_per_second
    unit: str = ""
    also_by_processor: bool = False
    """Missed only when the ratio of the processor's times misses it, too: of the two one may be noise."""

    def judge(self, rounds: Sequence[Round]) -> dict[str, object]:
        """Median, quartiles, and whether it is reached."""
        found = sorted(self.of(one[self.over], one[self.under]) for one in rounds)
        median = statistics.median(found)
        by_processor = statistics.median(one[self.under].cpu_us / max(one[self.over].cpu_us, 0.01) for one in rounds)
        best = max(median, by_processor) if self.also_by_processor else median
        return {
            "what": self.what,
            "median": round(median, 3),
            "low": round(found[len(found) // 4], 3),
            "high": round(found[-1 - len(found) // 4], 3),
            "cpu_median": round(by_processor, 3),
            "bar": self.bar_in_words,
            "unit": self.unit,
            "reached": None if not self.bar else best <= self.bar if self.at_most else best >= self.bar,
        }

    @property
    def bar_in_words(self) -> str:
        """For people; empty when there is none."""
        return f"{'≤' if self.at_most else '≥'} {self.bar:g}{self.unit}" if self.bar else ""


def run_rounds(
    load: Load, entries: Sequence[Entry], rounds: int, seconds: float, tell: Callable[[str], None]
) -> list[Round]:
    """Every entry once in each round; the order changes, and a first round only warms up."""
    found = []
    for number in range(-1, rounds):
        turn = number % len(entries)
        in_turn = [*entries[turn:], *entries[:turn]][:: 1 if number % 2 else -1]
        length = WARM_UP_SECONDS if number < 0 else seconds
        found.append({entry.name: load.run(entry, length) for entry in in_turn})
        tell("  warmed up" if number < 0 else f"  round {number + 1}")
    return found[1:]


def report(rounds: Sequence[Round], gates: Sequence[Gate]) -> dict[str, object]:
    """What the gates say of those who took part, the medians of everybody, and every round."""
    there = rounds[0]
    return {
        "gates": [gate.judge(rounds) for gate in gates if gate.over in there and gate.under in there],
        "medians": {name: _median(rounds, name) for name in there},
        "rounds": [{name: figures.as_dict() for name, figures in one.items()} for one in rounds],
    }


def _median(rounds: Sequence[Round], name: str) -> dict[str, float]:
    columns = [one[name].as_dict() for one in rounds]
    return {key: round(statistics.median(column[key] for column in columns), 1) for key in columns[0]}
