"""Steps with the resource bank that several tests share."""

from typing import Any

import httpx

from builders import a_fresh_key, a_teacher, staff
from chassis.principal import Principal
from harness import ServiceHarness

JSON = dict[str, Any]

FACTS: JSON = {
    "title": "Sorting networks in the playground",
    "summary": "Pupils walk through a network chalked on the ground and find out why it sorts.",
    "key_stages": ["ks2", "ks3"],
    "topics": ["algorithms"],
    "aims": ["ks2-reasoning", "ks3-algorithms"],
    "type": "activity",
    "licence": "CC-BY-4.0",
    "link": "https://resources.example.org/sorting-networks",
}


class Bank:
    """The bank, and the ways of people in it."""

    def __init__(self, hubs: ServiceHarness) -> None:
        self.hubs = hubs
        self.moderator = staff("moderator")

    async def ask(self, who: Principal, method: str, path: str = "", **request: Any) -> httpx.Response:
        """Any request under `/v1/resources`."""
        client = await self.hubs.client(who, **a_fresh_key())
        return await client.request(method, f"/v1/resources{path}", **request)

    async def draft(self, author: Principal, **facts: Any) -> JSON:
        """A first version that its author has not submitted."""
        made = await self.ask(author, "POST", json=FACTS | facts)
        assert made.status_code == 201, made.text
        return dict(made.json())

    async def submit(self, author: Principal, version: JSON) -> JSON:
        """A version put before the moderators."""
        submitted = await self.ask(author, "POST", f"{path_of(version)}/submission")
        assert submitted.status_code == 200, submitted.text
        return dict(submitted.json())

    async def decide(
        self, version: JSON, outcome: str = "published", moderator: Principal | None = None
    ) -> httpx.Response:
        """A review from taking it in hand to the decision."""
        by = moderator or self.moderator
        taken = await self.ask(by, "POST", f"{path_of(version)}/review", json={})
        if taken.status_code != 200:
            return taken
        word = {"outcome": outcome, "reason": "Tried with a class."}
        return await self.ask(by, "POST", f"{path_of(version)}/decision", json=word)

    async def published(self, author: Principal | None = None, **facts: Any) -> JSON:
        """A resource that everybody finds; its first version."""
        by = author or a_teacher()
        version = await self.submit(by, await self.draft(by, **facts))
        decided = await self.decide(version)
        assert decided.status_code == 200, decided.text
        return dict(decided.json())

    async def withdraw(self, who: Principal, resource_id: str, *, for_cause: bool = False) -> httpx.Response:
        """A resource taken away."""
        word = {"reason": "It is another's work.", "for_cause": for_cause}
        return await self.ask(who, "POST", f"/{resource_id}/withdrawal", json=word)

    async def use(self, who: Principal, resource_id: str) -> httpx.Response:
        """Word that somebody used it."""
        return await self.ask(who, "PUT", f"/{resource_id}/use")

    async def rate(self, who: Principal, resource_id: str, stars: int, comment: str | None = None) -> httpx.Response:
        """Stars, and what somebody says of it."""
        return await self.ask(who, "PUT", f"/{resource_id}/rating", json={"stars": stars, "comment": comment})

    async def seen(self, resource_id: str) -> JSON:
        """A resource as everybody sees it."""
        found = await self.ask(a_teacher(), "GET", f"/{resource_id}")
        assert found.status_code == 200, found.text
        return dict(found.json())


def path_of(version: JSON) -> str:
    """The path of a version under the bank's."""
    return f"/{version['resource_id']}/versions/{version['number']}"


def refusal(reply: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return reply.status_code, reply.json()["code"]


async def a_commented_resource(hubs: ServiceHarness, author: Principal, reader: Principal) -> dict[str, str]:
    """A published resource that somebody used and commented on; names of both."""
    await hubs.seed("resource_vocabulary")
    bank = Bank(hubs)
    version = await bank.published(author)
    resource_id = str(version["resource_id"])
    await bank.use(reader, resource_id)
    await bank.rate(reader, resource_id, 4, "Needs a second lesson.")
    [comment] = (await bank.ask(bank.moderator, "GET", "/comments")).json()["data"]
    return {"resource_id": resource_id, "number": "1", "comment_id": comment["comment_id"]}
