"""Whether things measured side by side differ: a permutation test on ranks, exact about nothing but what it assumes.

In each round everybody is measured once, in random order. If it makes no difference who somebody is, names within a
round could be exchanged: how seldom that leads to mean ranks as far apart as those measured is the answer.
"""

import math
import random
from collections.abc import Sequence


def ranks(values: Sequence[float]) -> list[float]:
    """1 for the least; those that are equal share theirs."""
    order = sorted(values)
    return [order.index(value) + (order.count(value) + 1) / 2 for value in values]


def chance_of_such_ranks(rounds: Sequence[Sequence[float]], *, shuffles: int, seed: int) -> float:
    """The share of shuffles in which mean ranks are as far apart (Friedman's statistic) as they are."""
    chosen, rows = random.Random(seed), [ranks(row) for row in rounds]
    measured = _spread(rows)
    as_far = sum(_spread([chosen.sample(row, len(row)) for row in rows]) >= measured for _ in range(shuffles))
    return (as_far + 1) / (shuffles + 1)


def _spread(rows: Sequence[Sequence[float]]) -> float:
    sums = [sum(column) for column in zip(*rows, strict=True)]
    mean = sum(sums) / len(sums)
    return math.fsum((one - mean) ** 2 for one in sums)
