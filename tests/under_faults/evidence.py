"""The mixed load, and beside it a teacher who adds files to the log."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

from evidence_files import a_png
from under_faults.load import Load
from under_faults.writes import Caller


class EvidenceLoad(Load):
    """Files whose keeping was acknowledged are remembered, byte by byte."""

    async def begin(self, at_once: int) -> None:
        """The stories of the load, and one more."""
        await super().begin(at_once)
        self.files: dict[str, int] = {}
        self._shades = count(1)
        self._author = await self._registered(f"{self.tag}.author")
        self._activity = await self._activity_of(self._author)
        self._tellers.append(asyncio.create_task(self._tell(self._prove)))

    async def _activity_of(self, who: Caller) -> str:
        found = (await who.get("/v1/activities?category=community&limit=100"))["data"]
        usable = (one for one in found if one["self_certifiable"] and one["status"] == "current")
        return str(next(usable)["code"])

    async def _prove(self) -> None:
        """A draft of an entry, and a picture for it."""
        occurred_on = (datetime.now(UTC) - timedelta(days=30)).date()
        entry = {
            "activity": self._activity,
            "occurred_on": str(occurred_on),
            "description": f"{self.tag}, in pictures.",
        }
        drafted = await self._author.post("/v1/log-entries", entry | {"as_draft": True})
        if drafted is None:
            return
        shade = next(self._shades)
        path = f"/v1/log-entries/{drafted['id']}/evidence"
        reply = await self._author.ask("POST", path, key=str(uuid4()), files={"file": ("shade.png", picture(shade))})
        assert reply.status_code == 201, reply.text
        self.files[reply.json()["id"]] = shade
        self.journal.done["evidence"] += 1

    async def unlike_files(self) -> list[str]:
        """Acknowledged files that are not there, or not as they were."""
        found = []
        for evidence_id, shade in self.files.items():
            reply = await self._author.ask("GET", f"/v1/log-entries/evidence/{evidence_id}")
            if reply.content != picture(shade):
                found.append(f"evidence {evidence_id}: {reply.status_code}, {len(reply.content)} bytes")
        return found


def picture(number: int) -> bytes:
    """No two are alike."""
    return a_png(2 + number, 2)
