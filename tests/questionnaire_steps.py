"""How tests propose questionnaires and sit them."""

from typing import Any

from builders import a_fresh_key
from certification.questionnaire_drafts.schemas import EXAMPLE
from certification_facts import JSON, Log
from chassis import clock
from chassis.principal import Principal
from harness import ServiceHarness

DRAFTS, SITTINGS = "/v1/questionnaire-drafts", "/v1/diagnostic-sittings"


def a_questionnaire(slug: str = "key-stage-3-programming", **changes: object) -> JSON:
    """A questionnaire to propose, with cases that it passes; in force from today."""
    return {**EXAMPLE, "slug": slug, "effective_from": str(clock.today()), **changes}


async def proposed_questionnaire(certification: ServiceHarness, author: Principal, proposal: JSON | None = None) -> str:
    """The id of a new draft."""
    client = await certification.client(author, **a_fresh_key())
    reply = await client.post(DRAFTS, json=proposal or a_questionnaire())
    assert reply.status_code == 201, reply.text
    return str(reply.json()["id"])


async def step(
    certification: ServiceHarness, caller: Principal, draft_id: str, name: str, body: JSON | None = None
) -> JSON:
    """What comes of a step that must succeed."""
    client = await certification.client(caller, **a_fresh_key())
    reply = await client.post(f"{DRAFTS}/{draft_id}/{name}", json=body)
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


async def published_questionnaire(
    certification: ServiceHarness, author: Principal, other: Principal, proposal: JSON | None = None
) -> int:
    """The number of a version that went all the way from a draft."""
    draft_id = await proposed_questionnaire(certification, author, proposal)
    report = await step(certification, author, draft_id, "test")
    assert report["status"] == "tested", report
    await step(certification, other, draft_id, "approval", {"outcome": "approved", "reason": "As the board decided."})
    return int((await step(certification, author, draft_id, "publication"))["published_version"])


def given(*answers: tuple[int, int]) -> list[dict[str, int]]:
    """Answers by question."""
    return [{"question": question, "answer": answer} for question, answer in answers]


class Sitting:
    """One teacher's sitting, through the API."""

    def __init__(self, log: Log, told: JSON) -> None:
        self.log = log
        self.told = told
        self.path = f"{SITTINGS}/{told['id']}"

    @classmethod
    async def begin(cls, log: Log, diagnostic: str = "primary-computing") -> "Sitting":
        """Begin, or go on."""
        reply = await log.post(SITTINGS, {"diagnostic": diagnostic})
        assert reply.status_code == 201, reply.text
        return cls(log, reply.json())

    async def attempt(self, *answers: tuple[int, int], seen: int | None = None) -> Any:
        """Save answers, whatever comes of it."""
        tag = {"If-Match": f'"{self.told["revision"] if seen is None else seen}"'}
        client = await self.log.certification.client(self.log.teacher, **tag)
        return await client.patch(self.path, json={"answers": given(*answers)})

    async def save(self, *answers: tuple[int, int]) -> JSON:
        """Save answers that must fit."""
        reply = await self.attempt(*answers)
        assert reply.status_code == 200, reply.text
        assert reply.headers["ETag"] == f'"{reply.json()["revision"]}"'
        self.told = reply.json()
        return self.told

    async def finish(self) -> JSON:
        """Finish a sitting in which nothing more is asked."""
        reply = await self.log.post(f"{self.path}/completion", {})
        assert reply.status_code == 201, reply.text
        return dict(reply.json())
