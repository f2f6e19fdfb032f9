"""What every route does without saying so: it refuses what it does not know and documents what it may answer."""

import os
import subprocess
import sys
from typing import Annotated, Any

import httpx
import pytest
from fastapi import Query
from fastapi.routing import APIRoute
from pydantic import BaseModel

from builders import a_teacher, anonymous
from chassis.access import PUBLIC, allow
from chassis.openapi import Application
from chassis.paging import PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter, query_parameters
from chassis.service import describe
from harness import ServiceHarness
from sample_service.app import SERVICE

Anyone = Annotated[Principal, allow(PUBLIC)]


class Wanted(BaseModel):
    """A filter."""

    colour: str | None = None
    size: int | None = None


router = ServiceRouter()


@router.get("/things")
async def list_things(
    caller: Anyone, wanted: Annotated[Wanted, Query()], page: PageRequest, sort_by: Annotated[str, Query(alias="sort")]
) -> dict[str, str]:
    """List."""
    return {}


@router.delete("/things", status_code=204)
async def drop_things(caller: Anyone) -> None:
    """Drop."""


@router.post("/things", dependencies=[IDEMPOTENT])
async def add_thing(caller: Anyone, body: Wanted) -> dict[str, str]:
    """Add."""
    return {}


def operation(method: str) -> dict[str, Any]:
    """How `/things` is documented."""
    app = Application()
    app.include_router(router)
    found: dict[str, Any] = app.openapi()["paths"]["/things"][method]
    return found


def codes(documented: dict[str, Any], status: str) -> set[str]:
    """The problems documented for a status."""
    return set(documented["responses"][status]["content"]["application/problem+json"]["examples"])


def test_parameters_are_known_wherever_they_are_declared() -> None:
    (route, *_) = router.routes
    assert isinstance(route, APIRoute)
    assert query_parameters(route.dependant) == {"colour", "size", "limit", "cursor", "sort"}


async def test_every_unknown_parameter_is_refused_by_name(sample: ServiceHarness) -> None:
    client = await sample.client(a_teacher())
    reply = await client.get("/v1/memberships?limit=5&offset=3&Limit=5&x")
    assert (reply.status_code, reply.json()["code"]) == (422, "validation-failed")
    assert [error["pointer"] for error in reply.json()["errors"]] == ["Limit", "offset", "x"]
    assert "Known here: cursor, limit." in reply.json()["detail"]


async def test_who_may_not_call_learns_nothing_about_parameters(sample: ServiceHarness) -> None:
    client = await sample.client(anonymous())
    assert (await client.get("/v1/memberships?offset=3")).status_code == 401


async def test_a_path_is_found_wherever_its_parameters_stand_and_whenever_it_was_declared() -> None:
    later = ServiceRouter()

    async def show(path: str) -> str:
        """Show."""
        return path

    app = Application()
    app.include_router(later)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        assert (await client.get("/things/1")).status_code == 404
        for declared in ("/things/{path}", "/others/{path}/parts", "/{path}"):
            later.add_api_route(declared, show)
        found = [(await client.get(path)).status_code for path in ("/things/1", "/others/1/parts", "/others/1", "/x")]
        assert found == [200, 200, 404, 200]
        assert (await client.post("/things/1")).status_code == 405


def test_problems_are_documented_that_follow_from_the_declaration() -> None:
    assert codes(operation("get"), "400") == {"cursor-invalid"}
    assert {"validation-failed"} <= codes(operation("delete"), "422")
    assert codes(operation("post"), "400") == {"bad-request", "idempotency-key-missing"}
    assert {"idempotency-key-reused", "validation-failed"} <= codes(operation("post"), "422")
    assert {"401", "503"} <= set(operation("get")["responses"])
    assert "403" not in operation("get")["responses"], "everybody may call it"


def test_documented_problems_stand_beside_the_routes_own() -> None:
    documented = describe(SERVICE)
    join = documented["paths"]["/v1/memberships"]["post"]
    assert codes(join, "409") == {"hub-closed", "idempotency-key-in-flight"}
    assert {"Problem", "FieldError"} <= set(documented["components"]["schemas"])
    assert "HTTPValidationError" not in documented["components"]["schemas"]


@pytest.mark.parametrize("service", ["identity", "hubs", "certification", "funding"])
def test_a_service_describes_itself_without_settings(service: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", service, "openapi"],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.startswith('{"openapi": "3.1.0"')
