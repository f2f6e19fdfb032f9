"""A service believes the gateway's statement about the caller and nothing else; every route says who may call it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any
from uuid import uuid4

import jwt
import pytest
import time_machine
from fastapi import APIRouter
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from builders import GATEWAY_SIGNER, a_key, a_teacher, anonymous, partner, staff, the_gateway
from chassis import clock
from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.principal import HEADER, Principal, sign_principal
from chassis.routing import ServiceRouter
from chassis.service import build_app
from harness import ServiceHarness, settings_for
from sample_service.app import SERVICE

URL = "postgresql://nobody@127.0.0.1/none"


async def ask(sample: ServiceHarness, caller: Principal | None, path: str = "/v1/memberships", **headers: str) -> Any:
    """GET a path as somebody."""
    client = await sample.client(caller, **headers)
    return await client.get(path)


@pytest.mark.parametrize(
    ("path", "caller", "status"),
    [
        ("/v1/public", anonymous(), 200),
        ("/v1/memberships", anonymous(), 401),
        ("/v1/memberships", a_teacher(), 200),
        ("/v1/memberships", partner("notes:read"), 403),
        ("/v1/moderation", anonymous(), 401),
        ("/v1/moderation", a_teacher(), 403),
        ("/v1/moderation", staff("hub_lead"), 403),
        ("/v1/moderation", staff("hub_lead", "moderator"), 200),
        ("/v1/moderation", partner("notes:read"), 200),
        ("/v1/moderation", partner("notes:write"), 403),
        ("/v1/internal", the_gateway(), 200),
        ("/v1/internal", staff("administrator"), 403),
        ("/v1/moderation", the_gateway(), 403),
    ],
)
async def test_a_route_admits_whom_it_declares(
    sample: ServiceHarness, path: str, caller: Principal, status: int
) -> None:
    assert (await ask(sample, caller, path)).status_code == status


def signed(audience: str = "hubs", lifetime_seconds: int = 60, **changed: Any) -> str:
    """A statement about a teacher, with some of it made wrong."""
    good = sign_principal(a_teacher(), GATEWAY_SIGNER, audience, lifetime_seconds)
    claims = jwt.decode(good, options={"verify_signature": False})
    header = jwt.get_unverified_header(good) | changed.pop("header", {})
    key = changed.pop("key", GATEWAY_SIGNER.key)
    body = {name: value for name, value in (claims | changed).items() if value is not None}
    return jwt.encode(body, key, algorithm=header.pop("alg"), headers=header)


OTHER = jwt.PyJWK(a_key("gateway"), algorithm="EdDSA").key

FORGERIES: dict[str, Callable[[], str]] = {
    "another key under the gateway's name": lambda: signed(key=OTHER),
    "a key nobody knows": lambda: signed(header={"kid": "stranger"}),
    "no signature": lambda: signed(key=None, header={"alg": "none"}),
    "a shared secret": lambda: signed(key="x" * 64, header={"alg": "HS256"}),
    "another service's": lambda: signed(audience="funding"),
    "expired": lambda: signed(lifetime_seconds=-60),
    "without an expiry": lambda: signed(exp=None),
    "another issuer's": lambda: signed(iss="somebody"),
    "an access token": lambda: signed(header={"typ": "at+jwt"}),
    "another kind of caller": lambda: signed(kind="root"),
    "not a token": lambda: "teacher",
    "empty": lambda: "",
}


@pytest.mark.parametrize("name", FORGERIES)
async def test_a_statement_that_is_not_the_gateways_is_refused(sample: ServiceHarness, name: str) -> None:
    reply = await ask(sample, None, **{HEADER: FORGERIES[name]()})
    assert (reply.status_code, reply.json()["code"]) == (401, "unauthenticated")
    assert reply.headers["www-authenticate"] == "Bearer"


async def test_without_a_statement_even_a_public_route_is_closed(sample: ServiceHarness) -> None:
    assert (await ask(sample, None, "/v1/public")).status_code == 401


async def test_a_statement_once_believed_is_not_believed_after_its_time(sample: ServiceHarness) -> None:
    statement = {HEADER: signed(lifetime_seconds=60)}
    assert (await ask(sample, None, "/v1/public", **statement)).status_code == 200
    with time_machine.travel(clock.now() + timedelta(seconds=66), tick=True):
        assert (await ask(sample, None, "/v1/public", **statement)).status_code == 401


async def test_who_calls_is_settled_before_the_body_is_read_or_a_key_asked_for(sample: ServiceHarness) -> None:
    client = await sample.client(anonymous())
    assert (await client.post("/v1/memberships", content=b"{")).status_code == 401


def test_roles_are_held_at_organisations() -> None:
    hub = uuid4()
    lead = staff("hub_lead", organisation_id=hub)
    assert lead.has_role("moderator", "hub_lead")
    assert lead.organisations("hub_lead") == {hub}
    assert not staff("moderator").organisations("moderator")


def undeclared() -> APIRouter:
    """A route that forgot to say who may call it."""
    router = ServiceRouter(prefix="/v1")
    router.add_api_route("/open-door", lambda: {"open": True})
    return router


def not_ours() -> APIRouter:
    """A route of a kind that cannot say it."""
    return APIRouter(routes=[Route("/side-door", PlainTextResponse("open"))])


def nested() -> APIRouter:
    """An undeclared route hidden in a router within a router."""
    router = ServiceRouter()
    router.include_router(undeclared())
    return router


@pytest.mark.parametrize("router", [undeclared(), not_ours(), nested()])
def test_an_application_with_an_undeclared_route_does_not_start(router: APIRouter) -> None:
    with pytest.raises(RuntimeError, match="routes without a policy"):
        build_app(replace(SERVICE, routers=[router]), settings_for(SERVICE, URL))


def test_allowing_nobody_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="allows somebody"):
        allow()


def test_a_declared_route_is_accepted() -> None:
    router = ServiceRouter(prefix="/v1")

    @router.get("/door")
    async def door(caller: Annotated[Principal, allow(PUBLIC, SIGNED_IN)]) -> dict[str, str]:
        return {"kind": caller.kind}

    build_app(replace(SERVICE, routers=[router]), settings_for(SERVICE, URL))
