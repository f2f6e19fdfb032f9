"""Every example of a body in every description is sent to the running service, where it must succeed as described.

An example is written for readers: its identifiers name nothing. Before it is sent, what its fields call by a name that
the service's world knows (`tests/worlds.py`, `tests/example_steps.py`) is put in, and its days are moved with the
calendar, by whole weeks: each keeps its weekday. Nothing else is touched.
"""

import json
import re
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from builders import a_fresh_key, the_gateway
from chassis import clock
from chassis.access import SERVICE
from chassis.principal import Principal
from chassis.service import Service
from composition import SERVICES
from described import JSON, Body, bodies_of, complaints
from example_steps import PREPARED, SIGNERS
from gateway.openapi import merge
from gateway.policy.routing import RouteTable
from gateway.routes import ROUTES
from harness import Databases, ServiceHarness, settings_for
from operations import ALL, Operation, description_of
from worlds import World, build_world

WRITTEN_ON = date(2026, 11, 22)
"""Examples speak as if it were this day."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?")
ASK_FOR_ONE = (
    'no example of a body. Add one to its model: `model_config = ConfigDict(extra="forbid", json_schema_extra='
    '{"examples": [{…}]})`, see CONTRIBUTING.md'
)
SERVICE_OF = {str(operation): name for name, operation in ALL}
DESCRIBED = {name: description_of(name) for name in SERVICES}
OPERATIONS = {str(operation): operation for _, operation in ALL}
BODIES = [(name, body) for name in SERVICES for body in bodies_of(DESCRIBED[name])]
EXAMPLES = [(name, body, example) for name, body in BODIES for example in body.examples]

each_service = pytest.mark.parametrize("name", SERVICES)


class Worlds:
    """A world per service, built once, and a copy of it for whoever asks."""

    def __init__(self, databases: Databases, directory: Path) -> None:
        self._databases = databases
        self._directory = directory
        self._built: dict[str, tuple[World, str]] = {}

    async def copy(self, name: str) -> tuple[World, str]:
        """The service's world as it is in the beginning, on a database of its own, and that database."""
        if name not in self._built:
            self._built[name] = await self._build(name)
        world, original = self._built[name]
        url = await self._databases.copy_of(original)
        settings = world.harness.settings.model_copy(update={"database_url": SecretStr(url)})
        return World(ServiceHarness(world.harness.service, settings), world.ids, dict(world.callers)), url

    def maildir(self, name: str) -> Path:
        """Where a service's mail goes."""
        return self._directory / name

    async def _build(self, name: str) -> tuple[World, str]:
        urls: list[str] = []

        async def start(service: Service, **overrides: Any) -> ServiceHarness:
            urls.append(await self._databases.of(service))
            return ServiceHarness(service, settings_for(service, urls[0], **overrides))

        world = await build_world(name, start, self.maildir(name))
        await world.harness.close()
        return world, urls[0]


@pytest.fixture(scope="module")
async def worlds(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    """Worlds of this module."""
    return Worlds(databases, tmp_path_factory.mktemp("worlds"))


@pytest.fixture
async def world(worlds: Worlds, databases: Databases, name: str) -> AsyncIterator[World]:
    """The test's own copy of a service's world."""
    found, url = await worlds.copy(name)
    yield found
    await found.harness.close()
    await databases.drop(url)


def operation_in(document: JSON, operation: str) -> JSON:
    """What a document says of an operation."""
    method, _, path = operation.partition(" ")
    found: JSON = document["paths"][path][method.lower()]
    return found


@each_service
def test_every_body_has_an_example(name: str) -> None:
    missing = [f"{body.operation}: {ASK_FOR_ONE}" for body in bodies_of(DESCRIBED[name]) if not body.examples]
    assert missing == []


@each_service
def test_examples_are_as_their_schemas_say(name: str) -> None:
    document = DESCRIBED[name]
    wrong = []
    for title, schema in document["components"]["schemas"].items():
        parts = {title: schema} | {f"{title}.{field}": one for field, one in schema.get("properties", {}).items()}
        for where, part in parts.items():
            for example in part.get("examples", ()):
                wrong += [f"{where}: {complaint}" for complaint in complaints(document, part, example)]
    for body in bodies_of(document):
        for example in body.examples:
            wrong += [f"{body.operation}: {one}" for one in complaints(document, body.schema, example)]
    assert wrong == []


def test_the_gateways_document_has_the_examples_of_the_services() -> None:
    merged = merge(DESCRIBED, RouteTable(ROUTES))
    own = {body.operation: body.examples for _, body in BODIES}
    shown = {body.operation: body.examples for body in bodies_of(merged)}
    assert shown == {operation: own[operation] for operation in shown}
    hidden = own.keys() - shown.keys()
    assert {operation for operation in hidden if "/internal/" not in operation} == set()


@pytest.mark.parametrize(
    ("name", "body", "example"), EXAMPLES, ids=[body.operation.replace(" ", "") for _, body, _ in EXAMPLES]
)
async def test_an_example_succeeds_as_described(
    world: World, worlds: Worlds, name: str, body: Body, example: Any
) -> None:
    operation, answers = OPERATIONS[body.operation], operation_in(DESCRIBED[name], body.operation)["responses"]
    prepare = PREPARED.get(body.operation)
    names = world.ids | (await prepare(world, worlds.maildir(name)) if prepare else {})
    reply = await succeed(world, operation, body, with_names(moved(example), names), names)
    described = answers[str(reply.status_code)].get("content", {}).get("application/json")
    assert (described is None) is (not reply.content)
    if described:
        assert complaints(DESCRIBED[name], described["schema"], reply.json()) == []


async def succeed(world: World, operation: Operation, body: Body, content: Any, names: JSON) -> httpx.Response:
    """The first success: of those in the world whom the route admits, at least one must have it."""
    refusals = []
    for who, caller in callers_of(operation, world).items():
        client = await world.harness.client(caller, **a_fresh_key())
        url = filled(operation.path, names)
        sent: JSON = {"json": content} if body.media_type == "application/json" else {"content": content}
        headers = {"Content-Type": body.media_type} | await precondition(client, url)
        if body.media_type == "application/x-www-form-urlencoded":
            sent = {"data": content}
        if body.media_type == "multipart/form-data":
            headers.pop("Content-Type")  # the client adds the boundary that it chose
            sent = {"files": {field: ("notes.pdf", value) for field, value in content.items()}}
        if sign := SIGNERS.get(str(operation)):
            sent = {"content": json.dumps(content)}
            headers |= sign(sent["content"].encode())
        reply = await client.request(operation.method, url, params=parameters_of(operation), headers=headers, **sent)
        if reply.is_success:
            return reply
        refusals.append(f"{who}: {reply.status_code} {reply.text}")
    pytest.fail(
        f"The example of {operation} succeeds for nobody. What must be there first: PREPARED in tests/example_steps.py."
        "\n" + "\n".join([str(content), *refusals])
    )


def callers_of(operation: Operation, world: World) -> dict[str, Principal]:
    """Those in the world whom a route admits."""
    if SERVICE in operation.policies:
        return {"the gateway": the_gateway()}
    return {who: one for who, one in world.callers.items() if any(p.admits(one) for p in operation.policies)}


async def precondition(client: httpx.AsyncClient, url: str) -> dict[str, str]:
    """`If-Match` with the tag of what is there, if there is something that has one."""
    found = await client.get(url)
    return {"If-Match": found.headers["ETag"]} if "ETag" in found.headers else {}


def parameters_of(operation: Operation) -> dict[str, str]:
    """The parameters of the query that must be there, each with its first example."""
    described = operation_in(DESCRIBED[SERVICE_OF[str(operation)]], str(operation))
    required = [one for one in described.get("parameters", ()) if one["in"] == "query" and one["required"]]
    return {one["name"]: str(moved(one["schema"]["examples"][0])) for one in required}


def filled(path: str, names: JSON) -> str:
    """A path with the names of things that exist."""
    return re.sub(r"\{(\w+)\}", lambda found: str(names[found[1]]), path)


def with_names(example: Any, names: JSON) -> Any:
    """An example with the names of things that exist."""
    if isinstance(example, list):
        return [with_names(one, names) for one in example]
    if isinstance(example, dict):
        return {field: named(names.get(field), one) or with_names(one, names) for field, one in example.items()}
    return example


def named(name: Any, example: Any) -> Any:
    """What stands for the example's value, if it is of its kind: a number under the same name is something else."""
    if isinstance(example, int) and isinstance(name, str) and name.isdigit():
        return int(name)
    return name if type(name) is type(example) else None


def moved(example: Any) -> Any:
    """An example with its days moved by whole weeks, so that what lay ahead does, and what was over is."""
    if isinstance(example, list):
        return [moved(one) for one in example]
    if isinstance(example, dict):
        return {field: moved(one) for field, one in example.items()}
    if not isinstance(example, str) or not MOMENT.fullmatch(example):
        return example
    days = (clock.today() - WRITTEN_ON).days
    lies_ahead = example[:10] > str(WRITTEN_ON)
    weeks = timedelta(weeks=-(-days // 7) if lies_ahead else days // 7)
    if len(example) == len("2026-11-22"):
        return str(date.fromisoformat(example) + weeks)
    return (datetime.fromisoformat(example) + weeks).isoformat()
