"""Sitting assessments as tests do it: through the API, with a bank of their own and a clock that they move."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import jwt
from sqlalchemy import select
from standardwebhooks import Webhook

from builders import a_fresh_key, a_teacher, anonymous, staff
from certification.assessments.models import AttemptItem
from certification.assessments.schemas import AttemptOut
from certification.question_banks.models import Question
from certification.question_banks.schemas import QuestionContent
from certification.question_banks.seed import BankFile, bank_files
from certification_facts import registered
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from harness import ServiceHarness

JSON = dict[str, Any]
GCSE = "gcse-subject-knowledge"
LETTERS = "abcdefghijkl"
SECRET, NEXT_SECRET = ("whsec_" + base64.b64encode(bytes([number]) * 32).decode() for number in (7, 8))
"""What tests share with their provider."""
PROVIDER = "example-tests"
SECRETS = {"provider_secrets": json.dumps({PROVIDER: [SECRET, NEXT_SECRET]})}


def gcse_file() -> BankFile:
    """The bank that comes with the platform."""
    return next(one for one in bank_files() if one.assessment == GCSE)


def an_assessor(organisation_id: UUID | None = None) -> Principal:
    """An assessor of the organisation that keeps the GCSE assessment, or of another."""
    return staff("assessor", organisation_id=organisation_id or gcse_file().organisation_id)


def a_bank(**changes: Any) -> JSON:
    """A bank of four questions, all of them on each paper; half an hour, as in the one that comes with the platform."""
    questions = [
        {
            "name": f"sum-{number}",
            "topic": "sums",
            "difficulty": "core",
            "text": f"What is {number} and {number} together?",
            "right": [str(2 * number)],
            "wrong": [str(2 * number + 1), str(2 * number + 3), str(2 * number + 5)],
        }
        for number in range(1, 5)
    ]
    bank: JSON = {
        "assessment": GCSE,
        "source": "Made for this test alone.",
        "limits": {"questions": 4, "statistics_from": 5},
        "topics": [{"topic": "sums", "title": "Sums", "questions": 4}],
        "questions": questions,
    }
    return bank | changes


def at_a_provider(**limits: Any) -> JSON:
    """A bank that says that a provider holds the assessment."""
    return a_bank(provider=PROVIDER, topics=[], questions=[], limits=limits)


class Hall:
    """An assessment and those who keep it."""

    def __init__(self, certification: ServiceHarness) -> None:
        self.certification = certification
        self.assessor = an_assessor()
        self.second_assessor = an_assessor()

    async def post(self, caller: Principal, path: str, body: JSON | None = None) -> httpx.Response:
        """A POST, whatever comes of it."""
        client = await self.certification.client(caller)
        return await client.post(path, json=body, headers=a_fresh_key())

    async def get(self, caller: Principal, path: str) -> Any:
        """A GET that must succeed."""
        reply = await (await self.certification.client(caller)).get(path)
        assert reply.status_code == 200, reply.text
        return reply.json()

    async def publish(self, bank: JSON | None = None) -> JSON:
        """A bank all the way from a draft."""
        made = await self.post(self.assessor, "/v1/question-banks", bank or a_bank())
        assert made.status_code == 201, made.text
        path = f"/v1/question-banks/{made.json()['id']}"
        approval = {"outcome": "approved", "reason": "Every answer was checked."}
        assert (await self.post(self.second_assessor, f"{path}/approval", approval)).status_code == 200
        published = await self.post(self.assessor, f"{path}/publication")
        assert published.status_code == 200, published.text
        return dict(published.json())

    async def set_up_provider(self) -> None:
        """A provider that the assessors look after."""
        facts = {
            "slug": PROVIDER,
            "title": "Example Tests",
            "organisation_id": str(gcse_file().organisation_id),
            "launch_url": "https://tests.example.org/launch",
        }
        made = await self.post(staff("administrator"), "/v1/assessment-providers", facts)
        assert made.status_code == 201, made.text

    async def candidate(self) -> "Candidate":
        """Somebody who is enrolled for the certificate."""
        candidate = Candidate(self)
        await self.certification.deliver(registered(candidate.id, "secondary"))
        reply = await self.post(candidate.teacher, "/v1/enrolments", {"scheme": "gcse_subject_knowledge"})
        assert reply.status_code == 201, reply.text
        return candidate


class Candidate:
    """A teacher who sits an assessment."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.teacher = a_teacher(phase="secondary")
        assert self.teacher.id is not None
        self.id: UUID = self.teacher.id

    async def try_to_begin(self) -> httpx.Response:
        """Begin an attempt, whatever comes of it."""
        return await self.hall.post(self.teacher, f"/v1/assessments/{GCSE}/attempts", {"accepts_conditions": True})

    async def begin(self) -> JSON:
        """An attempt."""
        reply = await self.try_to_begin()
        assert reply.status_code == 201, reply.text
        return dict(reply.json())

    async def gate(self) -> JSON:
        """Whether an attempt may begin."""
        return dict((await self.hall.get(self.teacher, f"/v1/assessments/{GCSE}"))["gate"])

    async def attempt(self, attempt_id: str) -> JSON:
        """An attempt as it is now."""
        return dict(await self.hall.get(self.teacher, f"/v1/assessment-attempts/{attempt_id}"))

    async def _paper(self, attempt: JSON) -> list[tuple[int, list[int], QuestionContent]]:
        async with self.hall.certification.session() as session:
            query = select(AttemptItem.position, AttemptItem.shown, Question.content)
            query = query.join(Question, Question.id == AttemptItem.question_id)
            own = query.where(AttemptItem.attempt_id == UUID(attempt["id"])).order_by(AttemptItem.position)
            rows = (await session.execute(own)).all()
        return [(position, shown, QuestionContent.model_validate(content)) for position, shown, content in rows]

    async def questions(self, attempt: JSON) -> list[QuestionContent]:
        """What is on a paper, from the database: one that was handed in is shown to nobody."""
        return [question for _, _, question in await self._paper(attempt)]

    async def answers(self, attempt: JSON, *, right: int) -> list[JSON]:
        """Answers to everything on a paper, so many of them right; read from the database, because no API tells."""
        found = []
        for position, shown, question in await self._paper(attempt):
            places = range(len(question.right)) if position <= right else [len(question.right)]
            letters = sorted(LETTERS[shown.index(place)] for place in places)
            found.append({"question": position, "options": letters})
        return found

    async def save(self, attempt: JSON, answers: list[JSON], number: int = 1) -> httpx.Response:
        """Save answers, whatever comes of it."""
        client = await self.hall.certification.client(self.teacher)
        body = {"save_number": number, "answers": answers}
        return await client.put(f"/v1/assessment-attempts/{attempt['id']}/answers", json=body)

    async def hand_in(self, attempt: JSON, answers: list[JSON] | None = None) -> httpx.Response:
        """Hand in, whatever comes of it."""
        path = f"/v1/assessment-attempts/{attempt['id']}/submission"
        return await self.hall.post(self.teacher, path, {"answers": answers} if answers is not None else {})

    async def sit(self, *, right: int) -> JSON:
        """A whole attempt, marked."""
        attempt = await self.begin()
        reply = await self.hand_in(attempt, await self.answers(attempt, right=right))
        assert reply.status_code == 200, reply.text
        AttemptOut.model_validate(reply.json())
        return dict(reply.json())

    async def launch(self, attempt: JSON) -> str:
        """The token with which the candidate comes to a provider."""
        reply = await self.hall.post(self.teacher, f"/v1/assessment-attempts/{attempt['id']}/launch")
        assert reply.status_code == 200, reply.text
        return str(reply.json()["url"]).partition("?token=")[2]


def token_id(token: str) -> str:
    """What a provider gives back of the token with which somebody came."""
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    return str(jwt.decode(token, key, algorithms=["HS256"], audience=PROVIDER)["jti"])


def finished(token: str, percent: str, finished_at: datetime | None = None) -> bytes:
    """What a provider says of an attempt."""
    at = (finished_at or clock.now()).isoformat()
    return json.dumps(
        {"type": "attempt.finished", "data": {"token": token, "percent": percent, "finished_at": at}}
    ).encode()


def signed(
    body: bytes, *, secret: str = SECRET, message: str | None = None, age: timedelta | None = None
) -> dict[str, str]:
    """The headers that make a message genuine."""
    message = message or f"msg_{new_id().hex}"
    at = datetime.now(UTC) - (age or timedelta(0))
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(message, at, body.decode()),
        "Content-Type": "application/json",
    }


async def send(certification: ServiceHarness, body: bytes, headers: JSON | None = None) -> httpx.Response:
    """A provider's message, whatever comes of it."""
    client = await certification.client(anonymous())
    path = f"/v1/assessment-providers/{PROVIDER}/results"
    return await client.post(path, content=body, headers=signed(body) if headers is None else headers)
