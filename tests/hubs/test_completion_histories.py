"""Whatever partners send in whatever order, twice, in pieces, at the same time: it comes to what a small model says.

A history is all that was ever said under a few numbers, revision by revision. The model looks only at the last word on
each number; the platform hears all of them shuffled, repeated and split into batches, some of which arrive together,
with the news of a teacher and a moderator's answers somewhere in between.
"""

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import partner
from chassis import clock
from chassis.ids import new_id
from completion_steps import JSON, counts, hours_told, item, matches, report, reported, resolve, reverse
from harness import Databases, ServiceHarness, settings_for
from hubs.app import SERVICE
from hubs.completion_thresholds.models import CompletionThreshold
from hubs_network import Network, registered

NUMBERS, LEARNERS, REVISIONS = 4, 4, 4
THRESHOLD = 60
CODES = ("CO001", "CO002")
LINKED, SAME_AS_LINKED, HEARD_OF_LATER, FOUND_OUT = range(LEARNERS)
"""Two numbers of one learner, whom the partner knows; one whom it names before we know them; one who is found out."""

said = st.one_of(
    st.fixed_dictionaries(
        {
            "learner": st.integers(0, LEARNERS - 1),
            "code": st.sampled_from(CODES),
            "percent": st.sampled_from([None, 0, 40, 60, 100]),
            "hours": st.integers(1, 4),
        }
    ),
    st.just(None),
)
histories = st.lists(st.lists(said, min_size=1, max_size=REVISIONS), min_size=1, max_size=NUMBERS)


@dataclass(frozen=True)
class Story:
    """A history, and in which pieces it arrives."""

    history: list[list[JSON | None]]
    batches: list[list[tuple[int, int]]]
    """Numbers and revisions; a batch and the one after it arrive together when the coin says so."""
    together: list[bool]
    news_before: int
    answer_before: int
    answer_is_taken_back: bool


@st.composite
def stories(draw: st.DrawFn) -> Story:
    history = draw(histories)
    rows = [(number, revision) for number, words in enumerate(history) for revision in range(len(words))]
    again = draw(st.lists(st.sampled_from(rows), max_size=6))
    order = draw(st.permutations(rows + again))
    cuts = sorted(draw(st.lists(st.integers(0, len(order)), max_size=4)))
    batches = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True) if a < b]
    return Story(
        history,
        batches,
        [draw(st.booleans()) for _ in batches],
        draw(st.integers(0, len(batches))),
        draw(st.integers(0, len(batches))),
        draw(st.booleans()),
    )


class Telling:
    """One story told to a platform of its own partner."""

    def __init__(self, network: Network, linked: UUID, later: UUID, found: UUID) -> None:
        self.network = network
        self.hubs = network.service
        self.sender = partner("completions:write")
        self.teachers = [linked, linked, later, found]

    def row(self, number: int, revision: int, words: JSON | None) -> JSON:
        """What the partner sends."""
        if words is None:
            return {"external_id": f"C{number}", "withdrawn": True, "revision": revision}
        found: JSON = item(number, f"L{words['learner']}", words["code"], revision=revision)
        found |= {"hours": str(words["hours"])} | ({} if words["percent"] is None else {"percent": words["percent"]})
        is_named = words["learner"] != FOUND_OUT
        return found | ({"teacher_id": str(self.teachers[words["learner"]])} if is_named else {})

    async def send(self, story: Story, batch: list[tuple[int, int]]) -> None:
        """One batch."""
        rows = [self.row(number, revision, story.history[number][revision]) for number, revision in batch]
        assert counts(await report(self.hubs, self.sender, rows))[3] == 0

    async def hear(self) -> None:
        """The news of the teacher whom the partner named too early."""
        await self.hubs.deliver(registered(self.teachers[HEARD_OF_LATER]))

    async def answer(self, taken_back: bool) -> None:
        """A moderator answers for whoever waits to be found out, perhaps wrongly at first."""
        for match in await matches(self.hubs, self.sender):
            if match["external_learner_id"] == f"L{FOUND_OUT}":
                if taken_back:
                    assert (await resolve(self.hubs, match["id"], self.teachers[LINKED])).status_code == 200
                    assert (await reverse(self.hubs, match["id"])).status_code == 200
                assert (await resolve(self.hubs, match["id"], self.teachers[FOUND_OUT])).status_code == 200

    async def play(self, story: Story) -> None:
        """All of it; in the end everything is known."""
        waiting: list[list[tuple[int, int]]] = []
        for place, batch in enumerate(story.batches):
            acts = [self.hear()] if place == story.news_before else []
            if place == story.answer_before:
                await self.answer(story.answer_is_taken_back)
            waiting.append(batch)
            if not story.together[place] or acts:
                await asyncio.gather(*(self.send(story, one) for one in waiting), *acts)
                waiting = []
        await asyncio.gather(*(self.send(story, one) for one in waiting))
        if story.news_before == len(story.batches):
            await self.hear()
        await self.answer(story.answer_is_taken_back)

    def expected(self, story: Story) -> dict[tuple[UUID, str], Decimal]:
        """The model: the last word on each number, and of those that are enough the fullest."""
        found: dict[tuple[UUID, str], Decimal] = {}
        for words in (history[-1] for history in story.history):
            if words is not None and (words["percent"] is None or words["percent"] >= THRESHOLD):
                key = self.teachers[words["learner"]], words["code"]
                found[key] = max(found.get(key, Decimal(0)), Decimal(words["hours"]))
        return found


async def tell(harness: ServiceHarness, story: Story) -> None:
    """One story, at the service that hears all of them: each has its own partner and its own teachers."""
    network = Network(harness, new_id(), new_id())
    telling = Telling(network, await network.registered_teacher(), new_id(), await network.registered_teacher())
    await telling.play(story)
    told = await hours_told(harness, *telling.teachers)
    assert told == telling.expected(story)
    shown = {one["external_id"]: one for one in await reported(harness, telling.sender)}
    assert len(shown) == len(story.history)
    counting = [one["completion_id"] for one in shown.values() if one["status"] == "recorded"]
    assert len(counting) == len(set(counting)) == len(told)
    last = {f"C{number}": words[-1] for number, words in enumerate(story.history)}
    assert {number for number, one in shown.items() if one["status"] == "withdrawn"} == {
        number for number, words in last.items() if words is None
    }
    assert await matches(harness, telling.sender) == []


@pytest.fixture
async def stage(databases: Databases) -> str:
    """A database with activities and the threshold of the model."""
    url = await databases.of(SERVICE)
    harness = ServiceHarness(SERVICE, settings_for(SERVICE, url))
    await Network.build(harness)
    async with harness.session() as session:
        decided = {"version": 1, "percent": Decimal(THRESHOLD), "valid_from_on": clock.today().replace(year=2000)}
        session.add(CompletionThreshold(id=new_id(), source="The model", recorded_at=clock.now(), **decided))
    await harness.close()
    return url


@pytest.mark.parametrize("examples", [pytest.param(30), pytest.param(1_000, marks=pytest.mark.campaign)])
def test_a_history_comes_to_the_same_however_it_arrives(stage: str, examples: int) -> None:
    with asyncio.Runner() as runner:
        harness = ServiceHarness(SERVICE, settings_for(SERVICE, stage))

        @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(story=stories())
        def comes_to_the_same(story: Story) -> None:
            runner.run(tell(harness, story))

        try:
            comes_to_the_same()
        finally:
            runner.run(harness.close())
