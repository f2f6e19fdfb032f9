"""Finds what may not happen between transactions, in a history of what each of them read and added.

Adya's names (G0, G1a, G1b, G1c, lost update) and Elle's method: everything is a list to which transactions only add, so
that the order of writes is seen in the lists themselves. Between transactions there is an edge where one added after
another (ww), read what another added (wr), or did not yet read what another added (rw).

READ COMMITTED lets a transaction read twice and find two states. That is no anomaly here, unless what it writes rests
upon a read (`Read.is_rested_upon`): then nobody may have added in between.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise


@dataclass(frozen=True)
class Read:
    """A list as a transaction saw it."""

    key: str
    seen: tuple[str, ...]
    is_rested_upon: bool = False
    """Whether the transaction decided by it what to add to the same list."""


@dataclass(frozen=True)
class Append:
    """Something a transaction added; nothing is added twice to a list."""

    key: str
    element: str


@dataclass
class Transaction:
    """What one transaction did, in its order; of one that was rolled back, what it tried."""

    name: str
    steps: list[Read | Append] = field(default_factory=list)
    is_committed: bool = False


@dataclass(frozen=True)
class Anomaly:
    """What happened, by its name, and to whom."""

    kind: str
    detail: str


Lists = Mapping[str, Sequence[str]]
Edges = set[tuple[str, str]]


def anomalies(history: Sequence[Transaction], final: Lists) -> list[Anomaly]:
    """Everything in a history that may not be there, given the lists as they were at its end."""
    authors = {(one.key, one.element): by for by in history for one in by.steps if isinstance(one, Append)}
    found = [*_misread(history, final, authors), *_lost_updates(history, final, authors)]
    ww, wr = set(_follows(history, final, authors)), set(_reads_from(history, authors))
    found += [Anomaly("G0", cycle) for cycle in _cycle(ww)]
    if not any(one.kind == "G0" for one in found):
        found += [Anomaly("G1c", cycle) for cycle in _cycle(ww | wr)]
    return found


Authors = Mapping[tuple[str, str], Transaction]


def _misread(history: Sequence[Transaction], final: Lists, authors: Authors) -> Iterator[Anomaly]:
    """Reads of what was rolled back (G1a), of what was half done (G1b), and of lists that never were."""
    last = {(by.name, one.key): one.element for by in history for one in by.steps if isinstance(one, Append)}
    for by in history:
        if by.is_committed:
            for step in by.steps:
                if isinstance(step, Append) and step.element not in final.get(step.key, ()):
                    yield Anomaly("lost", f"{by.name} added {step.element} to {step.key}, and it is not there")
        for read in (one for one in by.steps if isinstance(one, Read)):
            for element in read.seen:
                author = authors.get((read.key, element))
                if author is not None and author is not by and not author.is_committed:
                    yield Anomaly("G1a", f"{by.name} read {element} of {author.name}, which was rolled back")
            author = authors.get((read.key, read.seen[-1])) if read.seen else None
            if author is not None and author is not by and last[author.name, read.key] != read.seen[-1]:
                yield Anomaly("G1b", f"{by.name} read {read.key} while {author.name} was still adding to it")
            # What a transaction that was rolled back added itself, and saw, is in no later list.
            others = tuple(one for one in read.seen if authors.get((read.key, one)) is not by)
            settled = [one for one in final.get(read.key, ()) if authors.get((read.key, one)) is not by]
            if others != tuple(settled[: len(others)]):
                yield Anomaly("incompatible order", f"{by.name} read {read.key} as it never was")


def _lost_updates(history: Sequence[Transaction], final: Lists, authors: Authors) -> Iterator[Anomaly]:
    """What a transaction added by a read that was old by then."""
    for by in (one for one in history if one.is_committed):
        added = {one.key for one in by.steps if isinstance(one, Append)}
        for read in (one for one in by.steps if isinstance(one, Read)):
            if not read.is_rested_upon or read.key not in added:
                continue
            after = [authors.get((read.key, one)) for one in final.get(read.key, ())[len(read.seen) :]]
            if after and after[0] is not by:
                between = after[0].name if after[0] else "somebody"
                yield Anomaly("lost update", f"{by.name} added to {read.key} by what it was before {between}")


def _follows(history: Sequence[Transaction], final: Lists, authors: Authors) -> Iterator[tuple[str, str]]:
    """ww: who added right after whom."""
    for key, elements in final.items():
        by = [authors[key, one].name for one in elements if (key, one) in authors]
        yield from ((one, other) for one, other in pairwise(by) if one != other)


def _reads_from(history: Sequence[Transaction], authors: Authors) -> Iterator[tuple[str, str]]:
    """wr: who read what whom had added last."""
    for by in (one for one in history if one.is_committed):
        for read in (one for one in by.steps if isinstance(one, Read) and one.seen):
            author = authors.get((read.key, read.seen[-1]))
            if author is not None and author is not by and author.is_committed:
                yield author.name, by.name


def _cycle(edges: Edges) -> Iterator[str]:
    """One cycle, if there is any."""
    before: dict[str, set[str]] = defaultdict(set)
    for one, other in edges:
        before[other].add(one)
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        yield " → ".join(error.args[1])
