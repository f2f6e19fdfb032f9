"""Assessments that a provider holds: signed links there, signed results back, each with one effect."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from assessment_steps import (
    GCSE,
    NEXT_SECRET,
    PROVIDER,
    SECRET,
    SECRETS,
    Candidate,
    Hall,
    an_assessor,
    at_a_provider,
    finished,
    send,
    signed,
    token_id,
)
from builders import anonymous
from certification.app import SERVICE
from certification.assessment_providers.models import ProviderResult
from certification.assessment_providers.schemas import MOST_BYTES
from certification.assessment_providers.signatures import ProviderSecrets, UnusableSecrets, is_genuine
from chassis.ids import new_id
from contracts.certification import AssessmentPassed
from harness import ServiceHarness

TWO_HOURS, A_MOMENT = timedelta(hours=2), timedelta(microseconds=1)
RESULTS = f"/v1/assessment-providers/{PROVIDER}/results"


@pytest.fixture
async def certification(start_service: Callable[..., Awaitable[ServiceHarness]]) -> ServiceHarness:
    """The service with secrets that it shares with a provider."""
    return await start_service(SERVICE, seeded=True, **SECRETS)


@pytest.fixture
async def hall(certification: ServiceHarness) -> Hall:
    hall = Hall(certification)
    await hall.set_up_provider()
    await hall.publish(at_a_provider())
    return hall


@pytest.fixture
async def candidate(hall: Hall) -> Candidate:
    return await hall.candidate()


def at(moment: datetime) -> time_machine.travel:
    """The platform's clock stands still at a moment."""
    return time_machine.travel(moment, tick=False)


async def status_of(certification: ServiceHarness, body: bytes, headers: dict[str, str] | None = None) -> str:
    """What was done with a message that was taken in."""
    reply = await send(certification, body, headers)
    assert reply.status_code == 200, reply.text
    return str(reply.json()["status"])


async def parked(hall: Hall) -> list[dict[str, Any]]:
    return list((await hall.get(hall.assessor, f"{RESULTS}?status=parked"))["data"])


async def test_a_link_names_the_attempt_and_nobody(hall: Hall, candidate: Candidate) -> None:
    attempt = await candidate.begin()
    assert attempt["provider"] == PROVIDER
    first, second = await candidate.launch(attempt), await candidate.launch(attempt)
    claims = jwt.decode(first, options={"verify_signature": False})
    assert set(claims) == {"iss", "aud", "jti", "iat", "exp", "assessment", "extra_time_percent"}
    assert str(candidate.id) not in json.dumps(claims)
    assert claims["exp"] <= datetime.fromisoformat(attempt["expires_at"]).timestamp()
    assert token_id(first) != token_id(second)
    assert await status_of(hall.certification, finished(token_id(first), "65.0")) == "applied"
    assert (await candidate.attempt(attempt["id"]))["outcome"] == "passed"


@pytest.mark.parametrize(
    ("percent", "outcome"), [("65.0", "passed"), ("65", "passed"), ("64.99", "failed"), ("64.9999", "failed")]
)
async def test_65_percent_of_a_provider_passes_and_a_hundredth_less_does_not(
    hall: Hall, candidate: Candidate, percent: str, outcome: str
) -> None:
    attempt = await candidate.begin()
    token = token_id(await candidate.launch(attempt))
    assert await status_of(hall.certification, finished(token, percent)) == "applied"
    result = await candidate.attempt(attempt["id"])
    assert (result["outcome"], result["ended_by"]) == (outcome, "result")


async def test_a_hundred_deliveries_of_one_message_have_one_effect(hall: Hall, candidate: Candidate) -> None:
    token = token_id(await candidate.launch(await candidate.begin()))
    body = finished(token, "80.5")
    headers = signed(body)
    replies = await asyncio.gather(*(send(hall.certification, body, headers) for _ in range(100)))
    assert {one.status_code for one in replies} == {200}
    assert sorted(one.json()["status"] for one in replies) == ["applied", *["repeated"] * 99]
    assert len(await hall.certification.published(AssessmentPassed)) == 1
    async with hall.certification.session() as session:
        assert await session.scalar(select(func.count()).select_from(ProviderResult)) == 1


async def test_the_same_result_in_another_message_changes_nothing_and_another_result_waits_for_a_person(
    hall: Hall, candidate: Candidate
) -> None:
    attempt = await candidate.begin()
    token = token_id(await candidate.launch(attempt))
    assert await status_of(hall.certification, finished(token, "80")) == "applied"
    assert await status_of(hall.certification, finished(token, "80.0")) == "repeated"
    assert await status_of(hall.certification, finished(token, "20")) == "parked"
    assert (await candidate.attempt(attempt["id"]))["percent"] == "80"
    [waiting] = await parked(hall)
    path = f"{RESULTS}/{waiting['id']}/decision"
    refused = await hall.post(hall.assessor, path, {"outcome": "accepted", "reason": "They say so."})
    assert (refused.status_code, refused.json()["code"]) == (409, "provider-result-cannot-count")
    decided = await hall.post(hall.assessor, path, {"outcome": "dismissed", "reason": "A trial of theirs."})
    assert decided.json()["status"] == "dismissed"
    assert len(await hall.certification.published(AssessmentPassed)) == 1


async def test_an_attempt_without_a_result_expires_after_exactly_two_hours_and_counts_as_nothing(
    hall: Hall, candidate: Candidate
) -> None:
    attempt = await candidate.begin()
    expires_at = datetime.fromisoformat(attempt["expires_at"])
    assert expires_at - datetime.fromisoformat(attempt["started_at"]) == TWO_HOURS
    with at(expires_at - A_MOMENT):
        assert (await candidate.attempt(attempt["id"]))["status"] == "in_progress"
    with at(expires_at):
        expired = await candidate.attempt(attempt["id"])
        assert (expired["status"], expired["outcome"]) == ("expired", None)
        gate = await candidate.gate()
        assert (gate["status"], gate["attempts"], gate["failures"]) == ("open", 1, 0)


async def test_a_result_of_an_attempt_that_was_finished_in_time_counts_however_late_it_arrives(
    hall: Hall, candidate: Candidate
) -> None:
    attempt = await candidate.begin()
    token = token_id(await candidate.launch(attempt))
    expires_at = datetime.fromisoformat(attempt["expires_at"])
    with at(expires_at + timedelta(days=3)):
        assert (await candidate.attempt(attempt["id"]))["status"] == "expired"
        body = finished(token, "70", expires_at - A_MOMENT)
        assert await status_of(hall.certification, body) == "applied"
        assert (await candidate.gate())["status"] == "passed"


async def test_an_attempt_that_was_finished_after_it_expired_waits_for_a_person_who_may_count_it(
    hall: Hall, candidate: Candidate
) -> None:
    attempt = await candidate.begin()
    token = token_id(await candidate.launch(attempt))
    expires_at = datetime.fromisoformat(attempt["expires_at"])
    with at(expires_at + timedelta(minutes=1)):
        assert await status_of(hall.certification, finished(token, "70", expires_at)) == "parked"
        [waiting] = await parked(hall)
        assert waiting["reason"] == "The attempt was finished after it had expired."
        assert (await candidate.gate())["status"] == "open"
        path = f"{RESULTS}/{waiting['id']}/decision"
        accepted = await hall.post(hall.assessor, path, {"outcome": "accepted", "reason": "Their clock was wrong."})
        assert accepted.status_code == 200, accepted.text
        assert (await candidate.gate())["status"] == "passed"
        again = await hall.post(hall.assessor, path, {"outcome": "dismissed", "reason": "Changed my mind."})
        assert again.json()["code"] == "provider-result-not-waiting"


async def test_where_the_version_says_so_a_late_result_counts_and_an_expired_attempt_is_a_failure(hall: Hall) -> None:
    await hall.publish(at_a_provider(late_results="count", expired_counts_as="failure"))
    candidate = await hall.candidate()
    attempt = await candidate.begin()
    token = token_id(await candidate.launch(attempt))
    expires_at = datetime.fromisoformat(attempt["expires_at"])
    with at(expires_at):
        assert (await candidate.gate())["failures"] == 1
    with at(expires_at + timedelta(minutes=1)):
        assert await status_of(hall.certification, finished(token, "70", expires_at)) == "applied"
        assert (await candidate.gate())["status"] == "passed"


async def test_a_late_failure_does_not_undo_a_pass_that_came_in_between(hall: Hall, candidate: Candidate) -> None:
    first = await candidate.begin()
    token = token_id(await candidate.launch(first))
    expires_at = datetime.fromisoformat(first["expires_at"])
    with at(expires_at):
        second = token_id(await candidate.launch(await candidate.begin()))
        assert await status_of(hall.certification, finished(second, "90")) == "applied"
        assert await status_of(hall.certification, finished(token, "10", expires_at - A_MOMENT)) == "applied"
        assert (await candidate.gate())["status"] == "passed"
    assert len(await hall.certification.published(AssessmentPassed)) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"not json",
        b"[]",
        b'{"type": "attempt.finished"}',
        b'{"type": "attempt.imagined", "data": {}}',
        finished("unknown", "100"),
        finished("unknown", "101"),
        finished("unknown", "-1"),
        finished("a\0b", "70"),
        finished("known", "70").replace(b'"70"', b"70.1"),
        finished("known", "70", datetime.max.replace(tzinfo=UTC)),
    ],
)
async def test_what_cannot_be_placed_is_answered_and_kept_for_a_person(hall: Hall, body: bytes) -> None:
    text = body.decode("utf-8", "replace")
    genuine = text.encode() == body
    reply = await send(hall.certification, body, signed(text.encode()))
    assert (reply.status_code, reply.json().get("status")) == ((200, "parked") if genuine else (401, 401))
    assert len(await parked(hall)) == genuine


async def test_only_a_fresh_signature_of_the_provider_is_taken(hall: Hall, candidate: Candidate) -> None:
    token = token_id(await candidate.launch(await candidate.begin()))
    body = finished(token, "100")
    old, ahead = signed(body, age=timedelta(minutes=5, seconds=2)), signed(body, age=-timedelta(minutes=5, seconds=2))
    strange = signed(body, secret="whsec_" + "A" * 44)
    without = {"Content-Type": "application/json"}
    broken = signed(body) | {"webhook-signature": "nonsense"}
    other_body = signed(finished(token, "99"))
    other_id = signed(body) | {"webhook-id": "msg_other"}
    for headers in (old, ahead, strange, without, broken, other_body, other_id):
        reply = await send(hall.certification, body, headers)
        assert (reply.status_code, reply.json()["code"]) == (401, "webhook-not-genuine")
    assert (await candidate.gate())["status"] == "in_progress"
    assert await status_of(hall.certification, body, signed(body, secret=NEXT_SECRET)) == "applied"


async def test_a_body_beyond_the_limit_is_refused(hall: Hall) -> None:
    reply = await send(hall.certification, b" " * (MOST_BYTES + 1))
    assert (reply.status_code, reply.json()["code"]) == (413, "result-too-large")


async def test_a_provider_that_nobody_set_up_is_not_found(hall: Hall) -> None:
    body = finished("x", "70")
    client = await hall.certification.client(anonymous())
    reply = await client.post("/v1/assessment-providers/nobody/results", content=body, headers=signed(body))
    assert (reply.status_code, reply.json()["code"]) == (404, "assessment-provider-not-found")


async def test_an_attempt_at_a_provider_takes_no_answers_here(candidate: Candidate) -> None:
    attempt = await candidate.begin()
    for reply in (await candidate.save(attempt, []), await candidate.hand_in(attempt)):
        assert (reply.status_code, reply.json()["code"]) == (409, "attempt-sat-elsewhere")


async def test_an_assessor_of_another_organisation_sees_no_result(hall: Hall) -> None:
    await status_of(hall.certification, finished("unknown", "70"))
    client = await hall.certification.client(an_assessor(organisation_id=new_id()))
    reply = await client.get(RESULTS)
    assert (reply.status_code, reply.json()["code"]) == (404, "assessment-provider-not-found")


async def test_a_bank_cannot_name_a_provider_that_is_not_set_up(hall: Hall) -> None:
    bank = at_a_provider() | {"provider": "nobody", "assessment": GCSE}
    refused = await hall.post(hall.assessor, "/v1/question-banks", bank)
    assert (refused.status_code, refused.json()["code"]) == (409, "assessment-provider-unknown")


@given(
    st.dictionaries(st.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature"]), st.text()), st.binary()
)
def test_no_headers_and_no_body_make_the_check_of_a_signature_fail_other_than_by_saying_no(
    headers: dict[str, str], body: bytes
) -> None:
    assert not is_genuine((SECRET, NEXT_SECRET), headers, body)


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"a": []}', '{"a": ["whsec_"]}', '{"a": ["whsec_YWJj"]}', '{"a": "whsec_"}']
)
def test_secrets_that_are_none_stop_the_service_from_starting(text: str) -> None:
    with pytest.raises(UnusableSecrets):
        ProviderSecrets.load(text)


def test_no_secrets_are_none() -> None:
    assert ProviderSecrets.load("").of(PROVIDER) == ()
