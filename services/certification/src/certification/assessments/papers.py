"""Drawing a paper: so many questions of each topic, in an order of its own, options shuffled. Pure, given the seed."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from certification.question_banks.schemas import Topic


@dataclass(frozen=True)
class Candidate:
    """A question that may be put."""

    id: UUID
    name: str
    topic: str
    options: int


@dataclass(frozen=True)
class Place:
    """A question on a paper, with its options in the order in which they are shown."""

    position: int
    question_id: UUID
    shown: tuple[int, ...]


class PaperImpossible(ValueError):
    """A topic has fewer questions than a paper needs of it."""


def draw(
    topics: Sequence[Topic], candidates: Collection[Candidate], seen: Mapping[UUID, int], seed: int
) -> list[Place]:
    """A paper; the same for the same seed. Questions that the person has seen least often go first."""
    chance = random.Random(seed)  # noqa: S311  a stored seed has to give the paper again; it is drawn from a secret source
    chosen: list[Candidate] = []
    for topic in topics:
        there_are = sorted((one for one in candidates if one.topic == topic.topic), key=lambda one: one.name)
        if len(there_are) < topic.questions:
            raise PaperImpossible(topic.topic)
        chance.shuffle(there_are)
        chosen += sorted(there_are, key=lambda one: seen.get(one.id, 0))[: topic.questions]
    chance.shuffle(chosen)
    return [
        Place(position, one.id, tuple(chance.sample(range(one.options), one.options)))
        for position, one in enumerate(chosen, start=1)
    ]
