"""What teachers and moderators do with certification: take the diagnostic, write the log, accept what was written."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy import text

from builders import staff
from certification_facts import COMMUNITY_WORTH_25
from chassis.principal import Principal
from harness import ServiceHarness
from simulation.actors import Actor
from simulation.asking import Desk

PAUSES = (0.0, 0.5, 3.0)
ANSWERS = {"answers": [{"question": number, "answer": 3} for number in range(1, 6)]}
DECISION = {"outcome": "accepted", "reason": "Well described."}
HEARD = 60
"""So often somebody asks again who is not known yet."""


@dataclass
class Learner:
    """Does everything for the certificate but the courses, which hubs tells of."""

    desk: Desk
    person: Principal
    entries: list[str]
    """Of everybody, for the moderators."""

    async def act(self, actor: Actor) -> None:
        """The diagnostic and the two activities, in any order."""
        steps: list[tuple[str, dict[str, Any]]] = [("/v1/diagnostics/subject-knowledge/responses", ANSWERS)]
        for activity in COMMUNITY_WORTH_25:
            entry = {
                "activity": activity,
                "occurred_on": "2026-09-04",
                "description": "Led the autumn meeting of ours.",
            }
            steps.append(("/v1/log-entries", entry))
        actor.chosen.shuffle(steps)
        for path, body in steps:
            answer = await self._until_known(actor, path, body)
            if path == "/v1/log-entries":
                self.entries.append(answer.json()["id"])

    async def _until_known(self, actor: Actor, path: str, body: Any) -> httpx.Response:
        """Certification may not have heard of them yet."""
        for _ in range(HEARD):
            await asyncio.sleep(actor.chosen.choice(PAUSES))
            answer = await self.desk.post(actor, self.person, path, body)
            if answer.is_success:
                return answer
        raise AssertionError(f"{actor.name} is not known after all this time: {answer.text}")


@dataclass
class Moderator:
    """Accepts what lies there; two may take the same entry."""

    desk: Desk
    entries: list[str]
    wanted: int
    """Of how many entries there will be."""
    done: set[str]
    """Of all moderators."""
    person: Principal = field(init=False)

    def __post_init__(self) -> None:
        """A person of their own."""
        self.person = staff("moderator", person_id=self.desk.scheduler.moments.new_id())

    async def act(self, actor: Actor) -> None:
        """Until all are accepted."""
        while len(self.done) < self.wanted:
            await asyncio.sleep(1 + actor.chosen.choice(PAUSES))
            left = [one for one in self.entries if one not in self.done]
            if left:
                entry = actor.chosen.choice(left)
                answer = await self.desk.post(actor, self.person, f"/v1/log-entries/{entry}/decision", DECISION)
                if answer.is_success:
                    self.done.add(entry)


async def draw_alike(certification: ServiceHarness) -> None:
    """Let the same log entries be drawn in every database. What was published is changed, as no API would."""
    async with certification.session() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text("UPDATE moderation_policy SET seed = repeat('0', length(seed))"))
