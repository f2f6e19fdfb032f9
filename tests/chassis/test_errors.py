"""Every refusal is a problem document with a stable code; what nobody foresaw tells the caller nothing of itself."""

from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from builders import a_teacher
from chassis import errors
from chassis.errors import Conflict, NotFound, Problem, ServiceError, TooManyRequests, Unavailable, Unprocessable
from conftest import StartService
from harness import ServiceHarness
from sample_service.app import SERVICE
from sample_service.service import CLOSED_HUB

GOOD = {"hub_id": str(UUID(int=9)), "badge": "b"}


async def post(sample: ServiceHarness, **request: object) -> httpx.Response:
    """Send a joining with a fresh key."""
    client = await sample.client(a_teacher())
    headers = {"Idempotency-Key": "k", "Content-Type": "application/json"}
    return await client.post("/v1/memberships", headers=headers, **request)  # type: ignore[arg-type]  # as given


async def test_a_named_error_is_a_problem_with_its_code(sample: ServiceHarness) -> None:
    reply = await post(sample, json={**GOOD, "hub_id": str(CLOSED_HUB)})
    assert reply.status_code == 409
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json() == {
        "type": "/problems/hub-closed",
        "title": "The hub is closed",
        "status": 409,
        "code": "hub-closed",
        "detail": "This hub takes no members.",
        "instance": "/v1/memberships",
        "request_id": reply.headers["x-request-id"],
    }


async def test_all_wrong_fields_are_named_at_once(sample: ServiceHarness) -> None:
    reply = await post(sample, json={"hub_id": "x", "badge": "", "surprise": 1})
    assert reply.status_code == 422
    found = {error["pointer"]: error["code"] for error in reply.json()["errors"]}
    assert found == {"/hub_id": "uuid-parsing", "/badge": "string-too-short", "/surprise": "extra-forbidden"}
    Problem.model_validate(reply.json())


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"badge": ' * 5000])
async def test_a_body_that_cannot_be_read_is_a_bad_request(sample: ServiceHarness, body: bytes) -> None:
    reply = await post(sample, content=body)
    assert (reply.status_code, reply.json()["code"]) == (400, "bad-request")


async def test_a_missing_body_is_a_missing_field(sample: ServiceHarness) -> None:
    reply = await post(sample)
    assert reply.json()["errors"] == [{"pointer": "/", "code": "missing", "detail": "Field required"}]


@pytest.mark.parametrize("badge", [rb"a\u0000b", rb"\ud800"])
async def test_a_text_that_cannot_be_stored_is_the_callers_fault(sample: ServiceHarness, badge: bytes) -> None:
    reply = await post(sample, content=b'{"hub_id": "%s", "badge": "%s"}' % (GOOD["hub_id"].encode(), badge))
    assert reply.status_code == 422


async def test_a_body_beyond_the_limit_is_refused(sample: ServiceHarness) -> None:
    reply = await post(sample, content=b" " * (8 * 1024 * 1024 + 1))
    assert reply.status_code == 413
    assert reply.json()["code"] == "body-too-large"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("GET", "/nothing", 404, "not-found"), ("DELETE", "/v1/public", 405, "method-not-allowed")],
)
async def test_the_frameworks_own_errors_are_problems(
    sample: ServiceHarness, method: str, path: str, status: int, code: str
) -> None:
    client = await sample.client(a_teacher())
    reply = await client.request(method, path)
    assert (reply.status_code, reply.json()["code"]) == (status, code)


async def test_an_unforeseen_error_tells_nothing_but_the_request_id(sample: ServiceHarness) -> None:
    client = await sample.client(a_teacher())
    reply = await client.get("/v1/broken")
    assert reply.status_code == 500
    assert reply.json()["request_id"] == reply.headers["x-request-id"]
    assert "example.org" not in reply.text


async def test_a_commit_that_fails_answers_no_success_and_stores_nothing(sample: ServiceHarness) -> None:
    client = await sample.client(a_teacher())
    first = await client.post("/v1/memberships", json=GOOD, headers={"Idempotency-Key": "1"})
    second = await client.post("/v1/memberships", json=GOOD, headers={"Idempotency-Key": "2"})
    listed = await client.get("/v1/memberships")
    assert (first.status_code, second.status_code) == (201, 500)
    assert [row["id"] for row in listed.json()["data"]] == [first.json()["id"]]


async def test_a_statement_that_is_cut_off_asks_to_try_again(start_service: StartService) -> None:
    sample = await start_service(SERVICE, statement_timeout_ms=100)
    async with sample.session() as session:
        await session.execute(text("LOCK TABLE membership"))
        reply = await post(sample, json=GOOD)
    assert (reply.status_code, reply.json()["code"]) == (503, "unavailable")
    assert reply.headers["retry-after"] == "1"


async def test_a_connection_that_the_database_cut_is_replaced(sample: ServiceHarness) -> None:
    assert (await post(sample, json=GOOD)).status_code == 201
    others = "pid <> pg_backend_pid() AND datname = current_database()"
    async with sample.database.reads.connect() as connection:
        await connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
    assert (await post(sample, json={**GOOD, "badge": "c"})).status_code == 201


def test_documented_errors_are_grouped_by_status() -> None:
    documented = errors.errors(Conflict, NotFound, Unprocessable)
    assert sorted(documented) == [404, 409, 422]
    assert "application/problem+json" in documented[409]["content"]


@pytest.mark.parametrize("kind", [TooManyRequests, Unavailable])
def test_trying_again_later_is_said_in_a_header(kind: type[ServiceError]) -> None:
    assert kind("Later.", retry_after_seconds=7).headers == {"Retry-After": "7"}


def test_what_an_error_adds_replaces_no_member_that_every_problem_has() -> None:
    with pytest.raises(TypeError, match="every problem has status"):
        Conflict("The bursary is paid.", status="paid")
