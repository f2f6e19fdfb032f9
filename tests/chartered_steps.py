"""A teacher on the way to chartered status, and the organisation that decides, as tests meet them."""

from datetime import date
from typing import Any

import httpx

from builders import a_fresh_key, partner
from certification.endorsements.queries import NAMES
from certification_facts import JSON, Log, completed
from chassis import clock
from chassis.principal import Principal
from harness import ServiceHarness

APPLICATIONS, SUBMISSIONS = "/v1/chartered-applications", "/v1/chartered-submissions"
PATHWAY = "chartered-teacher-of-computing"
BCS, STEM = (next(key for key, name in NAMES.items() if name.startswith(begins)) for begins in ("BCS", "STEM"))
DECIDER = partner("chartered:decide", organisation_id=BCS)
ENDORSER = partner("endorsements:write", organisation_id=STEM)
LONG = "Pupils now explain their programs to one another before they run them. " * 4


async def ask(
    certification: ServiceHarness, caller: Principal, method: str, path: str, body: JSON | None = None
) -> httpx.Response:
    """One request, with a fresh key where one is needed."""
    headers = {} if method == "GET" else a_fresh_key()
    return await (await certification.client(caller, **headers)).request(method, path, json=body)


class Way:
    """One teacher's application, through the API."""

    def __init__(self, log: Log, told: JSON) -> None:
        self.log = log
        self.path = f"{APPLICATIONS}/{told['id']}"
        self.id = str(told["id"])

    @classmethod
    async def begin(cls, log: Log) -> "Way":
        """Begin the pathway."""
        reply = await log.post(APPLICATIONS, {"pathway": PATHWAY})
        assert reply.status_code == 201, reply.text
        return cls(log, reply.json())

    @classmethod
    async def ready(cls, certification: ServiceHarness) -> "Way":
        """Somebody of whom nothing is missing but consent."""
        log = await Log(certification).earn()
        for code in ("CP003", "CP005"):
            await certification.deliver(completed(log.id, "5", code, on=date(2020, 3, 4)))
        await log.name_certificate()
        way = await cls.begin(log)
        await way.write()
        await way.be_endorsed()
        return way

    async def ask(self, method: str, step: str = "", body: JSON | None = None) -> httpx.Response:
        """A request by the teacher, whatever comes of it."""
        return await ask(self.log.certification, self.log.teacher, method, f"{self.path}{step}", body)

    async def now(self) -> JSON:
        """The application as it stands."""
        return dict(await self.log.get(self.path))

    async def write(self, text: str = LONG) -> None:
        """Write the statement."""
        reply = await self.ask("POST", "/statements", {"need": "impact-statement", "text": text})
        assert reply.status_code == 201, reply.text

    async def request_endorsement(self, **subject: Any) -> str:
        """The id of a request to STEM Learning."""
        body = {"organisation_id": str(STEM), "note": "You know me as Ada Example.", **subject}
        reply = await self.log.post("/v1/endorsement-requests", body)
        assert reply.status_code == 201, reply.text
        return str(reply.json()["id"])

    async def be_endorsed(self) -> JSON:
        """An endorsement of the application by STEM Learning."""
        request_id = await self.request_endorsement(application_id=self.id)
        body = {"statement": "Ada leads our community, and well."}
        path = f"/v1/endorsement-requests/{request_id}/endorsement"
        reply = await ask(self.log.certification, ENDORSER, "POST", path, body)
        assert reply.status_code == 201, reply.text
        return dict(reply.json())

    async def send(self) -> str:
        """Agree and send; the submission's id."""
        assert (await self.ask("PUT", "/consent", {"agrees": True})).status_code == 200
        reply = await self.ask("POST", "/submission")
        assert reply.status_code == 201, reply.text
        return str(reply.json()["submissions"][-1]["id"])

    async def decide(self, submission_id: str, outcome: str = "granted", **changes: Any) -> httpx.Response:
        """What BCS says."""
        path = f"{SUBMISSIONS}/{submission_id}/decisions"
        return await ask(self.log.certification, DECIDER, "POST", path, decision(outcome, **changes))


def decision(outcome: str = "granted", **changes: Any) -> JSON:
    """A decision of today."""
    today = clock.today()
    days = {"status_from_on": str(today), "renew_by_on": str(today.replace(year=today.year + 5, day=1))}
    told = {"outcome": outcome, "reason": "As the panel decided.", "reference": "CT-1", "decided_on": str(today)}
    return {**told, **(days if outcome == "granted" else {}), **changes}
