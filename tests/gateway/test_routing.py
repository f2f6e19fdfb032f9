"""Which paths lead to a service: the table, and forms of a path that could mean two things."""

import pytest

from gateway.policy.routing import Route, RouteTable
from gateway.routes import ROUTES

TABLE = RouteTable(ROUTES)


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/v1/me", "identity"),
        ("/.well-known/jwks.json", "identity"),
        ("/v1/hubs/lookup", "hubs"),
        ("/v1/hubs/0192/members", "hubs"),
        ("/v1/courses/CP001%20a", "hubs"),
        ("/v1/verify/AB12", "certification"),
        ("/v1/ledger/trial-balance", "funding"),
    ],
)
def test_a_listed_prefix_leads_to_its_service(path: str, service: str) -> None:
    route = TABLE.match(path.encode())
    assert route is not None
    assert route.service == service


def test_the_longest_prefix_wins() -> None:
    batches, matches = TABLE.match(b"/v1/completions:batch"), TABLE.match(b"/v1/completions/matches")
    assert batches is not None
    assert matches is not None
    assert (batches.body_limit_bytes, matches.body_limit_bytes) == (4 * 1024 * 1024, 256 * 1024)
    assert (batches.seconds_for("POST"), matches.seconds_for("POST"), matches.seconds_for("GET")) == (60, 10, 3)


@pytest.mark.parametrize(
    "path",
    [
        "/", "", "*", "/v1", "/v2/hubs", "/v1/hubsx", "/v1/unknown", "/metrics", "/health/ready", "/docs",
        "/internal/api-keys/authenticate", "/v1/internal", "/Internal/x",
        "/v1/hubs/", "//v1/hubs", "/v1//hubs", "/v1/hubs//x", "/V1/hubs",
        "/v1/hubs/../../internal/x", "/v1/hubs/..", "/v1/hubs/./x", "/v1/hubs/.",
        "/v1/hubs/%2e%2e/internal", "/v1/hubs/%2E%2E%2Finternal", "/v1/hubs/..%2finternal", "/v1/hubs/%2e./x",
        "/v1/hubs/..%5cinternal", "/v1/hubs/a%00b", "/v1/hubs/a%0d%0aX:1", "/v1/hubs/%252e%252e/internal",
        "/v1/hubs/%zz", "/v1/hubs/%", "/v1/hubs\\..\\internal", "/v1/hubs/a b", "/v1/hubs/é", "/v1/hubs/a\n",
        "http://other.example.org/v1/hubs", "/v1/auth/../me",
    ],
)  # fmt: skip
def test_what_is_not_listed_or_could_be_read_in_two_ways_leads_nowhere(path: str) -> None:
    assert TABLE.match(path.encode()) is None


def test_no_route_exposes_what_services_say_to_each_other() -> None:
    assert not [route for route in ROUTES if "internal" in route.prefix]
    assert len({route.prefix for route in ROUTES}) == len(ROUTES)


def test_a_prefix_matches_whole_segments_only() -> None:
    table = RouteTable([Route("/v1/a", "hubs"), Route("/v1/a/b/c", "funding")])
    found = [table.match(path) for path in (b"/v1/a/b", b"/v1/a/b/c/d", b"/v1/ab")]
    assert [route and route.service for route in found] == ["hubs", "funding", None]
