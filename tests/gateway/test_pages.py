"""The gateway's own pages and problems, and what every reply carries."""

import json
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr, ValidationError

from builders import GATEWAY_KEY, a_key, key_set
from gateway.app import create_app
from gateway.openapi import merge
from gateway.policy.routing import RouteTable
from gateway.portal.problems import read_problems
from gateway.routes import ROUTES
from gateway_harness import Platform, StartPlatform, raw_exchange, settings_for_gateway

Document = dict[str, Any]


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/nothing", "/internal/api-keys/authenticate", "/v1/hubs/", "/docs/"])
async def test_an_unknown_path_is_a_problem(platform: Platform, client: aiohttp.ClientSession, path: str) -> None:
    async with client.post(platform.url + path, headers={"X-Request-Id": "my-id_1.2"}) as reply:
        assert reply.status == 404
        assert reply.content_type == "application/problem+json"
        problem = await reply.json()
        assert reply.headers["X-Request-Id"] == "my-id_1.2"
    assert problem["code"] == "no-such-path"
    assert (problem["type"], problem["instance"]) == ("/problems/no-such-path", path)
    assert problem["request_id"] == "my-id_1.2"
    assert platform.services.seen == platform.services.key_lookups == []


@pytest.mark.parametrize("given", ["", "a" * 65, "a b", "x\x80", "<script>", "a;b", "../x"])
async def test_an_odd_request_id_is_replaced(platform: Platform, given: str) -> None:
    payload = (
        b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: "
        + given.encode("latin-1")
        + b"\r\n\r\n"
    )
    reply = await raw_exchange(platform.running.port, payload)
    (passed_on,) = platform.last_seen.all("x-request-id")
    assert passed_on != given
    assert f"x-request-id: {passed_on}\r\n".encode() in reply
    assert reply.count(b"x-request-id:") == 1


TRACE = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"


@pytest.mark.parametrize(
    ("given", "kept"), [(TRACE, True), (TRACE.replace("a", "0"), False), ("nonsense", False), (TRACE.upper(), False)]
)
async def test_trace_context_is_passed_on_or_begun(
    platform: Platform, client: aiohttp.ClientSession, given: str, kept: bool
) -> None:
    headers = {"traceparent": given, "tracestate": "vendor=1"}
    async with client.get(platform.url + "/v1/hubs", headers=headers):
        pass
    (passed_on,) = platform.last_seen.all("traceparent")
    assert (passed_on == given) is kept
    assert platform.last_seen.all("tracestate") == (["vendor=1"] if kept else [])


@pytest.mark.parametrize("environment", ["development", "production"])
@pytest.mark.parametrize("path", ["/v1/hubs", "/v1/nothing", "/health/live"])
async def test_every_reply_has_the_security_headers(
    start_platform: StartPlatform, client: aiohttp.ClientSession, environment: str, path: str
) -> None:
    platform = await start_platform(environment=environment)
    async with client.get(platform.url + path) as reply:
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Referrer-Policy"] == "no-referrer"
        assert ("Strict-Transport-Security" in reply.headers) is (environment == "production")
        assert "Server" not in reply.headers
        assert len(reply.headers.getall("Date")) == 1


@pytest.mark.parametrize("code", sorted(read_problems()))
async def test_the_type_of_every_problem_leads_to_a_page(
    platform: Platform, client: aiohttp.ClientSession, code: str
) -> None:
    described = read_problems()[code]
    async with client.get(f"{platform.url}/problems/{code}") as reply:
        assert (reply.status, reply.content_type, reply.headers["Vary"]) == (200, "text/plain", "accept")
        assert described["meaning"] in await reply.text()
    async with client.get(f"{platform.url}/problems/{code}", headers={"Accept": "text/html,*/*;q=0.8"}) as reply:
        assert (reply.status, reply.content_type) == (200, "text/html")
        assert f"<code>{code}</code>" in await reply.text()


async def test_pages_of_problems_are_only_read(platform: Platform, client: aiohttp.ClientSession) -> None:
    page = platform.url + "/problems/not-found"
    async with client.head(page) as reply:
        assert (reply.status, await reply.read()) == (200, b"")
    async with client.post(page) as reply:
        assert reply.status == 405
    for unknown in ("nothing", "not-found/more", "", "<script>"):
        async with client.get(f"{platform.url}/problems/{unknown}") as reply:
            assert (reply.status, (await reply.json())["code"]) == (404, "no-such-path")


async def test_health_answers_and_numbers_name_no_path(platform: Platform, client: aiohttp.ClientSession) -> None:
    for path in ("/health/live", "/health/ready", "/health/startup"):
        async with client.get(platform.url + path) as reply:
            assert reply.status == 200
    async with client.get(platform.url + "/v1/hubs/some-person"):
        pass
    text = platform.gateway.observation.render().decode()
    assert 'ncce_request_seconds_count{method="GET",route="/v1/hubs",status="200"}' in text
    assert "some-person" not in text


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
async def test_nobody_is_told_numbers_at_the_public_port(
    platform: Platform, client: aiohttp.ClientSession, method: str
) -> None:
    async with client.request(method, platform.url + "/metrics") as reply:
        assert reply.status == 404
        assert b"ncce_request_seconds" not in await reply.read()


async def test_a_draining_gateway_says_so_and_goes_on_serving(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    platform.gateway.is_draining = True
    async with client.get(platform.url + "/health/ready") as reply:
        assert reply.status == 503
    async with client.get(platform.url + "/v1/hubs") as reply:
        assert reply.status == 200


def _part(path: str, tag: str, schemas: Document) -> Document:
    reference = {"$ref": "#/components/schemas/Page"}
    operation = {"tags": [tag], "responses": {"200": {"content": {"application/json": {"schema": reference}}}}}
    return {
        "openapi": "3.1.0",
        "tags": [{"name": tag}],
        "paths": {path: {"get": operation}, "/internal/secret": {"post": operation}},
        "components": {"schemas": schemas},
    }


def test_documents_are_merged_without_mixing_up_what_has_one_name() -> None:
    problem = {"type": "object", "title": "Problem"}
    used = {"$ref": "#/components/schemas/Problem"}
    parts = {
        "hubs": _part("/v1/hubs/{hub_id}", "hubs", {"Page": {"items": used}, "Problem": problem, "Secret": {}}),
        "funding": _part("/v1/claims", "claims", {"Page": {"title": "claims"}, "Problem": problem}),
        "identity": _part("/v1/claims/{id}", "identity", {}),
    }
    merged = merge(parts, RouteTable(ROUTES))
    assert set(merged["paths"]) == {"/v1/hubs/{hub_id}", "/v1/claims"}
    assert [tag["name"] for tag in merged["tags"]] == ["hubs", "claims"]
    assert set(merged["components"]["schemas"]) == {"Page", "FundingPage", "Problem"}
    answer = merged["paths"]["/v1/claims"]["get"]["responses"]
    assert answer["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/FundingPage"}
    assert answer["429"] == {"$ref": "#/components/responses/Gateway429"}


def test_what_refers_to_something_else_of_the_same_name_is_something_else_too() -> None:
    page = {"Page": {"items": {"$ref": "#/components/schemas/Draft"}}}
    parts = {
        "hubs": _part("/v1/hubs", "hubs", page | {"Draft": {"title": "of a project"}}),
        "funding": _part("/v1/claims", "claims", page | {"Draft": {"title": "of a policy"}}),
    }
    schemas = merge(parts, RouteTable(ROUTES))["components"]["schemas"]
    assert schemas["FundingPage"]["items"]["$ref"] == "#/components/schemas/FundingDraft"
    assert schemas["Page"]["items"]["$ref"] == "#/components/schemas/Draft"


async def test_the_merged_document_waits_for_a_service_that_is_down(
    start_platform: StartPlatform, client: aiohttp.ClientSession
) -> None:
    platform = await start_platform(funding_url="http://127.0.0.1:1")
    platform.services.openapi = _part("/v1/hubs", "hubs", {"Page": {"title": "hubs"}})

    async def paths() -> set[str]:
        async with client.get(platform.url + "/openapi.json") as reply:
            assert reply.content_type == "application/json"
            return set((await reply.json())["paths"])

    assert await paths() == {"/v1/hubs"}
    platform.services.openapi = _part("/v1/courses", "courses", {"Page": {"title": "courses"}})
    assert await paths() == {"/v1/hubs"}
    platform.clock.advance(6)
    assert await paths() == {"/v1/courses"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"hubs_url": "127.0.0.1:8102"}, {"hubs_url": "http://user@host"}, {"hubs_url": "http://host/path"},
        {"principal_key": SecretStr("{}")}, {"principal_key": SecretStr("not json")}, {"port": 0},
        {"principal_key": SecretStr(key_set(GATEWAY_KEY, private=True))},
        {"principal_key": SecretStr(json.dumps({k: v for k, v in GATEWAY_KEY.items() if k != "d"}))},
        {"principal_key": SecretStr(json.dumps({k: v for k, v in a_key().items() if k != "kid"}))},
    ],
)  # fmt: skip
def test_wrong_settings_stop_the_start_and_do_not_show_the_key(wrong: Document) -> None:
    with pytest.raises(ValidationError) as raised:
        create_app(settings_for_gateway("http://127.0.0.1:1", **wrong))
    assert GATEWAY_KEY["d"] not in str(raised.value)
