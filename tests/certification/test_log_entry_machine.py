"""Entries against a small model: whatever is asked in whatever order, both say the same, and nothing earns twice."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import text

from builders import a_fresh_key, staff
from certification.app import SERVICE
from certification_facts import Log
from harness import Databases, ServiceHarness, settings_for

ACTIVITY = "other-community-activity"
"""Counts each time, 5 credits."""
TOLD = {"activity": ACTIVITY, "occurred_on": "2026-09-04", "description": "Ran a club for families after school."}
DECISIONS = {
    "accept": ("decision", {"outcome": "accepted"}),
    "return": ("decision", {"outcome": "returned", "reason": "Say more of it."}),
    "confirm": ("audit", {"outcome": "confirmed"}),
    "reject": ("audit", {"outcome": "rejected", "reason_code": "other", "reason": "It did not happen."}),
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["change", "put_in", "put_in", "withdraw", "claim", "release", *DECISIONS, *DECISIONS]),
        st.sampled_from(["one", "other"]),
    ),
    min_size=4,
    max_size=10,
)


@dataclass
class Model:
    """What an entry is, as the guide tells it."""

    status: str
    claimed_by: str | None = None
    decided_by: str | None = None
    audited: bool = False
    seen: set[str] = field(default_factory=set)

    def does(self, step: str, who: str) -> bool:
        """Whether a step is possible; if so, it is taken."""
        possible = self._is_possible(step, who)
        if possible:
            self._take(step, who)
            self.seen.add(step)
        return possible

    def _is_possible(self, step: str, who: str) -> bool:
        free = self.claimed_by in (None, who)
        if step in ("change", "put_in"):
            return self.status in ("draft", "returned")
        if step == "withdraw":
            return self.status not in ("accepted", "reversed")
        if step == "release":
            return self.claimed_by == who
        if step in ("confirm", "reject"):
            return self.status == "accepted" and not self.audited and who != self.decided_by and free
        return self.status == "submitted" and free

    def _take(self, step: str, who: str) -> None:
        if step == "put_in":
            self.status = "submitted"
        elif step == "withdraw":
            self.status, self.claimed_by = "withdrawn", None
        elif step == "claim":
            self.claimed_by = who
        elif step == "release":
            self.claimed_by = None
        elif step in ("accept", "return"):
            self.status = "accepted" if step == "accept" else "returned"
            self.decided_by, self.claimed_by = who, None
        elif step in ("confirm", "reject"):
            self.audited, self.status = True, "accepted" if step == "confirm" else "reversed"


class Play:
    """One entry, really and in the model."""

    def __init__(self, certification: ServiceHarness) -> None:
        self.log = Log(certification)
        self.moderators = {name: staff("moderator") for name in ("one", "other")}
        self.model = Model("draft")
        self.entry: dict[str, Any] = {}

    async def run(self, steps: list[tuple[str, str]]) -> None:
        """Take every step, comparing as it goes."""
        await self.log.register()
        self.entry = (await self.log.post("/v1/log-entries", {**TOLD, "as_draft": True})).json()
        for step, who in steps:
            status = await self.ask(step, who)
            assert (status == 200) is self.model.does(step, who), (step, who, status, self.model)
            await self.compare()
        recorded = Decimal((await self.log.component("community"))["recorded"])
        assert recorded == (5 if self.model.status == "accepted" else 0)

    async def ask(self, step: str, who: str) -> int:
        path = f"/v1/log-entries/{self.entry['id']}"
        caller = self.log.teacher if step in ("change", "put_in", "withdraw") else self.moderators[who]
        client = await self.log.certification.client(caller, **a_fresh_key())
        if step == "change":
            version = (await self.log.get(path))["version"]
            return (await client.put(path, json=TOLD, headers={"If-Match": f'"{version}"'})).status_code
        if step == "release":
            return (await client.delete(f"{path}/claim")).status_code
        names = {"put_in": "submission", "withdraw": "withdrawal", "claim": "claim"}
        name, body = DECISIONS.get(step) or (names[step], None)
        return (await client.post(f"{path}/{name}", json=body)).status_code

    async def compare(self) -> None:
        """The status shown."""
        shown = await self.log.get(f"/v1/log-entries/{self.entry['id']}")
        in_review = self.model.status == "submitted" and self.model.claimed_by is not None
        assert shown["status"] == ("in_review" if in_review else self.model.status)


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as found:
        yield found


def test_whatever_happens_to_an_entry_the_model_says_it_too(databases: Databases, runner: asyncio.Runner) -> None:
    seen: set[str] = set()
    url = runner.run(databases.of(SERVICE, seeded=True))
    certification = ServiceHarness(SERVICE, settings_for(SERVICE, url))

    @seed(11)
    @settings(
        max_examples=15,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=STEPS)
    @example(steps=[("accept", "one"), ("reject", "other"), ("put_in", "one")])
    @example(steps=[("accept", "one"), ("confirm", "other"), ("reject", "one")])
    @example(steps=[("claim", "one"), ("accept", "other"), ("release", "one"), ("return", "other")])
    def play(steps: list[tuple[str, str]]) -> None:
        one = Play(certification)
        runner.run(one.run([("put_in", "one"), *steps]))
        seen.update(one.model.seen)

    try:
        play()
        assert seen >= {"put_in", "withdraw", "claim", "release", *DECISIONS}
        runner.run(_every_step_is_numbered(certification))
    finally:
        runner.run(certification.close())


async def _every_step_is_numbered(certification: ServiceHarness) -> None:
    """Steps are counted from 1 without gaps, whoever made them."""
    gaps = "SELECT entry_id FROM log_entry_event GROUP BY entry_id HAVING max(number) <> count(*)"
    async with certification.session() as session:
        assert (await session.execute(text(gaps))).all() == []
